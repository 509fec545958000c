"""How often each token stands in a corpus, and the first lines in which a word stands.

Small texts are read sentence by sentence, large ones by `sttprep.corpora.scan`; both give the same.

>>> from sttprep.corpora.corpus import Corpus
>>> corpus = Corpus.from_text("Ask about MVD.\\nMVD is rare.\\n", "demo")
>>> count(corpus)["MVD"]
2
>>> [context.line for context in count_and_find(corpus, str.isupper, 3)[1]["MVD"]]
[1, 2]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sttprep.corpora.languages import base_language
from sttprep.corpora.number_tables import NUMERALS
from sttprep.corpora.oov_report import Context
from sttprep.corpora.scan import Scan

if TYPE_CHECKING:
    from sttprep.corpora.corpus import Corpus
    from sttprep.corpora.textfile import TextPart

__all__ = ["count", "count_and_find", "is_large"]

LARGE = 1 << 21
"""Characters from which on polars does the work (2 MB); loading it pays only from there."""
_PIECE = 1 << 22
"""Bytes read at a time: 4 MB need some 100 MB of memory while they are split."""

_Piece = bytes | tuple[str, int, int]  # UTF-8 lines, or file and byte range of them
_Contexts = dict[str, tuple[Context, ...]]


def count(corpus: Corpus, n_jobs: int = 1) -> dict[str, int]:
    """Occurrences of each token, case kept.

    Args:
        corpus: the text, of any size.
        n_jobs: processes for a large text, as joblib's; the counts are the same for any number.
    """
    return count_and_find(corpus, None, 0, n_jobs)[0]


def count_and_find(
    corpus: Corpus, sought: Callable[[str], bool] | None, wanted: int, n_jobs: int = 1
) -> tuple[dict[str, int], _Contexts]:
    """Occurrences of each token, and the first lines of those that are sought.

    Args:
        corpus: the text, of any size.
        sought: tells the tokens whose lines are wanted; it must survive pickling if there are
            several processes.
        wanted: lines of each sought token.
        n_jobs: processes for a large text, as joblib's.
    """
    if is_large(corpus):
        return _large(corpus, sought, wanted, n_jobs)
    counts: Counter[str] = Counter()
    found: _Contexts = {}
    for sentence in corpus.sentences if corpus.in_memory else corpus.iter_sentences():
        counts.update(sentence.tokens)
        if sought is None or not wanted:
            continue
        for token in dict.fromkeys(sentence.tokens):
            known = found.get(token, ())
            if len(known) < wanted and (known or sought(token)):
                context = Context(sentence.text, sentence.line, corpus.name, sentence.file)
                found[token] = (*known, context)
    return dict(counts), found


def is_large(corpus: Corpus) -> bool:
    """Whether polars reads a corpus: it is large, and of a language with rules for numbers."""
    known = base_language(corpus.language) in NUMERALS
    return known and sum(part.size for part in corpus.parts) >= LARGE


def _large(
    corpus: Corpus, sought: Callable[[str], bool] | None, wanted: int, n_jobs: int
) -> tuple[dict[str, int], _Contexts]:
    found: _Contexts = {}
    whole = Scan(corpus.language)
    for part in corpus.parts:
        scan = Scan(corpus.language, sought, wanted)
        if n_jobs == 1:
            for piece in _pieces(part, as_range=False):
                scan.add(_lines_of(piece))
        else:
            from joblib import Parallel, delayed

            work = delayed(_scan)
            jobs = (
                work(one, corpus.language, sought, wanted) for one in _pieces(part, as_range=True)
            )
            for later in Parallel(n_jobs=n_jobs, return_as="generator")(jobs):
                scan.merge(later)
        for token, lines in scan.found.items():
            known = found.get(token, ())
            more = lines[: wanted - len(known)]
            contexts = [Context(text, row + 1, corpus.name, part.name) for row, text in more]
            found[token] = (*known, *contexts)
        whole.merge(scan)
    return whole.counts(), found


def _scan(piece: _Piece, language: str, sought: Callable[[str], bool] | None, wanted: int) -> Scan:
    """The work of one process."""
    scan = Scan(language, sought, wanted)
    scan.add(_lines_of(piece))
    scan.forget()
    return scan


def _lines_of(piece: _Piece) -> bytes:
    if isinstance(piece, bytes):
        return piece
    path, start, end = piece
    with Path(path).open("rb") as stream:
        stream.seek(start)
        return stream.read(end - start)


def _pieces(part: TextPart, as_range: bool) -> Iterator[_Piece]:
    """The lines of a text as UTF-8, some megabytes at a time.

    With ``as_range``, byte ranges of the file, where it is UTF-8, for other processes to read.
    """
    if not part.plain or part.path is None:
        yield from _encoded(chunk.text for chunk in part.chunks(_PIECE))
        return
    part.check_unchanged()
    start = 0
    rest: list[bytes] = []
    with part.path.open("rb") as stream:
        while True:
            data = stream.read(_PIECE)
            end = data.rfind(b"\n") + 1
            if data and not end:  # a line of many megabytes
                rest.append(data)
                continue
            piece = b"".join([*rest, data[:end]])
            if piece:
                yield (str(part.path), start, start + len(piece)) if as_range else piece
            start += len(piece)
            rest = [data[end:]]
            if not data:
                return


def _encoded(texts: Iterable[str]) -> Iterator[bytes]:
    for text in texts:
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        yield text.encode()
