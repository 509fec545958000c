"""How often each token stands in a corpus, and the first lines in which a word stands.

Small texts are read sentence by sentence, large ones by `sttprep.corpora.scan`; both give the same.

>>> from sttprep.corpora.corpus import Corpus
>>> corpus = Corpus.from_text("Ask about MVD.\\nMVD is rare.\\n", "demo")
>>> count(corpus)["MVD"]
2
>>> acronyms = lambda tokens: filter(str.isupper, tokens)
>>> [context.line for context in count_and_find(corpus, acronyms, 3)[1]["MVD"]]
[1, 2]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, repeat
from typing import TYPE_CHECKING

from sttprep.corpora.columns import rows_of
from sttprep.corpora.languages import base_language
from sttprep.corpora.number_tables import NUMERALS
from sttprep.corpora.oov_report import Context
from sttprep.corpora.pieces import Piece, Pieces
from sttprep.corpora.scan import Scan

if TYPE_CHECKING:
    import polars as pl

    from sttprep.corpora.corpus import Corpus, Sentence

__all__ = ["count", "count_and_find", "is_large"]

LARGE = 1 << 21
"""Characters from which on polars does the work (2 MB); loading it pays only from there."""

_Contexts = dict[str, tuple[Context, ...]]
_Chooser = Callable[[Iterable[str]], Iterable[str]]


def count(corpus: Corpus, n_jobs: int = 1) -> dict[str, int]:
    """Occurrences of each token, case kept.

    Args:
        corpus: the text, of any size.
        n_jobs: processes for a large text, as joblib's; the counts are the same for any number.
    """
    return count_and_find(corpus, None, 0, n_jobs)[0]


def count_and_find(
    corpus: Corpus, sought: _Chooser | None, wanted: int, n_jobs: int = 1
) -> tuple[dict[str, int], _Contexts]:
    """Occurrences of each token, and the first lines of those that are sought.

    Args:
        corpus: the text, of any size.
        sought: chooses from tokens those whose lines are wanted.
        wanted: lines of each sought token.
        n_jobs: processes for a large text, as joblib's.
    """
    if is_large(corpus):
        return _large(corpus, sought, wanted, n_jobs)
    counts: Counter[str] = Counter()
    found: dict[str, list[Sentence]] = {}
    for sentence in corpus.sentences if corpus.in_memory else corpus.iter_sentences():
        if sought is not None and wanted:
            for token in sought([one for one in sentence.tokens if one not in counts]):
                found[token] = []
            for token in dict.fromkeys(sentence.tokens):
                if token in found and len(found[token]) < wanted:
                    found[token].append(sentence)
        counts.update(sentence.tokens)
    return dict(counts), {
        token: tuple(Context(one.text, one.line, corpus.name, one.file) for one in sentences)
        for token, sentences in found.items()
    }


def is_large(corpus: Corpus) -> bool:
    """Whether polars reads a corpus: it is large, and of a language with rules for numbers."""
    known = base_language(corpus.language) in NUMERALS
    return known and sum(part.size for part in corpus.parts) >= LARGE


def _large(
    corpus: Corpus, sought: _Chooser | None, wanted: int, n_jobs: int
) -> tuple[dict[str, int], _Contexts]:
    scan = Scan(corpus.language, wanted if sought is not None else 0)
    pieces = Pieces(corpus.parts)
    if n_jobs == 1:
        for piece in pieces.read():
            scan.add(piece.lines())
            pieces.came(scan.lines)
    else:
        from joblib import Parallel, delayed

        work = delayed(_scan)
        jobs = (work(piece.on_disk(), corpus.language, scan.wanted) for piece in pieces.read())
        for later in Parallel(n_jobs=n_jobs, return_as="generator")(jobs):
            scan.merge(later)
            pieces.came(scan.lines)
    counts = scan.counts()
    if sought is None or not wanted:
        return counts, {}
    chosen = list(sought(counts))
    reading = pieces.again()
    first = scan.first_rows(chosen, lambda row: reading.at(row)[:2])
    del scan  # it may hold as much memory as the lines that come now
    return counts, _contexts(corpus, pieces, chosen, first)


def _scan(piece: Piece, language: str, wanted: int) -> Scan:
    """The work of one process."""
    scan = Scan(language, wanted)
    scan.add(piece.lines())
    return scan


def _contexts(
    corpus: Corpus, pieces: Pieces, sought: Sequence[str], first: pl.DataFrame
) -> _Contexts:
    """The lines at these rows, from a second reading; see `Scan.first_rows`."""
    rows = first["row"].unique().sort()
    reading = pieces.again()
    contexts: list[Context] = []
    while len(contexts) < len(rows):
        left = rows.slice(len(contexts))
        place = reading.at(left[0])
        here = left.filter(left < place.end) - place.row
        lines = place.data.split(b"\n")
        contexts += rows_of(
            Context,
            len(here),
            text=[lines[row].removesuffix(b"\r").decode() for row in here],
            line=here + place.line,
            source=repeat(corpus.name),
            file=repeat(corpus.parts[place.part].name),
        )
    # A line is one object, however many of its words are sought.
    ordered = map(contexts.__getitem__, rows.search_sorted(first["row"]))
    runs = first["token"].rle().struct.unnest()
    return {sought[token]: tuple(islice(ordered, times)) for times, token in runs.iter_rows()}
