"""How often each token stands in a corpus, at the speed at which the text can be read.

Most pieces of a text between blanks become tokens without a look at their neighbours, so a large
text is counted piece by piece as written (by polars, in its own threads), and the rules of
`sttprep.corpora.tokenize` are applied once to each distinct piece. Two things do depend on
neighbours. Numbers and the signs beside them: they are cut out together with the words around them
(an *island*), and each distinct island is read once. Brackets: such lines are read one by one.

>>> from sttprep.corpora.corpus import Corpus
>>> counts = Corpus.from_text("Take 2 (two) pills.\\nTake two.\\n", "demo").counts
>>> counts.total, counts.tokens["two"], counts.tokens["Take"]
(5, 2, 2)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sttprep.corpora.numerals import NUMERALS, base_language
from sttprep.corpora.tokenize import tokenizer

if TYPE_CHECKING:
    from sttprep.corpora.corpus import Corpus
    from sttprep.corpora.textfile import TextPart

__all__ = [
    "BRACKET",
    "FLAG",
    "ISLAND",
    "Counts",
    "Piece",
    "count",
    "in_pieces",
    "is_large",
    "piece_bytes",
    "pieces",
]

LARGE = 1 << 21
"""Characters above which pieces are counted by polars (2 MB); loading it pays only from there."""
_PIECE = 1 << 22
"""Bytes counted at a time: 4 MB need some 100 MB of memory while they are split."""

# These patterns are read by Python's and by Rust's engine alike.
BRACKET = r"[(){}\[\]<>]"
"""A line with one of these is read as a whole."""
FLAG = r"[\d&@(){}\[\]<>]"
"""A line without any of these is its pieces, each by itself."""
_REACH = 4  # words a rule may look at beside a number: "25 de diciembre de 2024", "$5 million"
_NUMBER = r"[^ ]*[\d&@][^ ]*"
ISLAND = (
    rf"(?:[^ ]+ +){{0,{_REACH}}}{_NUMBER}"
    rf"(?:(?: +[^ ]+){{0,{2 * _REACH}}}? +{_NUMBER})*(?: +[^ ]+){{0,{_REACH}}}"
)
"""Numbers with the words around them; two with few words between them are one island."""

Piece = bytes | tuple[str, int, int]
"""UTF-8 lines, or file and byte range of them."""


@dataclass
class Counts:
    """Tokens of a corpus and how often they occur."""

    tokens: dict[str, int]
    """Occurrences of each token, case kept."""
    odd_types: list[str] = field(default_factory=list)
    """Pieces between blanks that are not plain letters, as written; empty for small texts."""
    islands: dict[str, int] = field(default_factory=dict)
    """Numbers with their neighbours, as written; empty for small texts."""

    @property
    def total(self) -> int:
        """All tokens (IBM's ``total_words``)."""
        return sum(self.tokens.values())


def count(corpus: Corpus, n_jobs: int = 1) -> Counts:
    """Count the tokens of a corpus.

    Args:
        corpus: the text, of any size.
        n_jobs: processes, as joblib's; the counts are the same for any number.
    """
    if not is_large(corpus):
        counter: Counter[str] = Counter()
        for sentence in corpus.sentences if corpus.in_memory else corpus.iter_sentences():
            counter.update(sentence.tokens)
        return Counts(dict(counter))
    given = (piece for part in corpus.parts for piece in pieces(part, as_range=n_jobs != 1))
    return _merged(in_pieces(_count_piece, given, corpus.language, n_jobs), corpus)


def in_pieces(
    work: Callable[..., Any], given: Iterable[Piece], language: str, n_jobs: int, *more: Any
) -> Iterator[Any]:
    """The results of all pieces, in their order."""
    if n_jobs == 1:
        return (work(piece, language, *more) for piece in given)
    from joblib import Parallel, delayed

    jobs = (delayed(work)(piece, language, *more) for piece in given)
    return iter(Parallel(n_jobs=n_jobs)(jobs))


def is_large(corpus: Corpus) -> bool:
    """Whether a corpus is counted by polars; its language must have rules that know no more
    neighbours than `ISLAND` does."""
    known = base_language(corpus.language) in NUMERALS
    return known and sum(part.size for part in corpus.parts) >= LARGE


def pieces(part: TextPart, *, as_range: bool = False) -> Iterator[Piece]:
    """The lines of a text as UTF-8, some megabytes at a time.

    Args:
        part: the text.
        as_range: name byte ranges of the file, where it is UTF-8, for other processes to read.
    """
    if not part.plain or part.path is None:
        for chunk in part.chunks(_PIECE):
            text = chunk.text
            if "\r" in text:
                text = text.replace("\r\n", "\n").replace("\r", "\n")
            yield text.encode()
        return
    part.check_unchanged()
    start = 0
    rest = b""
    with part.path.open("rb") as stream:
        while True:
            data = stream.read(_PIECE)
            end = data.rfind(b"\n") + 1 if data else 0
            if data and not end:
                rest += data
                continue
            piece = rest + data[:end]
            if piece:
                yield (str(part.path), start, start + len(piece)) if as_range else piece
            start += len(piece)
            rest = data[end:]
            if not data:
                return


def piece_bytes(piece: Piece) -> bytes:
    """The lines of a piece."""
    if isinstance(piece, bytes):
        return piece
    path, start, end = piece
    with Path(path).open("rb") as stream:
        stream.seek(start)
        return stream.read(end - start)


def _count_piece(piece: Piece, language: str) -> tuple[Any, dict[str, int], dict[str, int]]:
    """Pieces between blanks, islands, and the tokens of lines with brackets.

    Pieces inside islands and bracket lines are taken off again.
    """
    import polars as pl

    lines = pl.scan_lines(piece_bytes(piece), name="line")
    line = pl.col("line")
    types = (
        lines.select(line.str.split(" ").explode().alias("type"))
        .group_by("type")
        .agg(pl.len().cast(pl.Int64).alias("count"))
        .collect(engine="streaming")
    )
    flagged = lines.filter(line.str.contains(FLAG)).collect(engine="streaming")
    bracketed = line.str.contains(BRACKET)
    tokens_of = tokenizer(language)
    plus: Counter[str] = Counter()
    minus: Counter[str] = Counter()
    for text in flagged.filter(bracketed)["line"].to_list():
        minus.update(text.split(" "))
        plus.update(tokens_of(text))
    found = flagged.filter(~bracketed)["line"].str.extract_all(ISLAND).explode()
    islands = dict(found.drop_nulls().value_counts().iter_rows())
    for island, times in islands.items():
        for chunk in island.split(" "):
            minus[chunk] += times
    taken = pl.DataFrame(
        {"type": list(minus), "count": [-times for times in minus.values()]},
        schema={"type": pl.String, "count": pl.Int64},
    )
    return pl.concat([types, taken]), islands, dict(plus)


def _merged(parts: Iterable[tuple[Any, dict[str, int], dict[str, int]]], corpus: Corpus) -> Counts:
    import polars as pl

    frames: list[Any] = []
    islands: Counter[str] = Counter()
    tokens: Counter[str] = Counter()
    rows = 0
    for types, found, plus in parts:
        frames.append(types)
        islands.update(found)
        tokens.update(plus)
        rows += len(types)
        if rows > 1 << 22:  # a text of many pieces: its types are summed now and then
            frames = [_summed(pl.concat(frames))]
            rows = len(frames[0])
    types = _summed(pl.concat(frames)).filter(pl.col("count") > 0)
    tokens_of = tokenizer(corpus.language)
    for island, times in islands.items():
        for token in tokens_of(island):
            tokens[token] += times
    odd = []
    for text, times in zip(types["type"].to_list(), types["count"].to_list(), strict=True):
        if text.isascii() and text.isalpha():
            tokens[text] += times
        else:
            odd.append(text)
            for token in tokens_of(text):
                tokens[token] += times
    return Counts(dict(tokens), odd, dict(islands))


def _summed(types: Any) -> Any:
    import polars as pl

    return types.lazy().group_by("type").agg(pl.col("count").sum()).collect(engine="streaming")
