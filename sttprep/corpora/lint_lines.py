r"""The lines of a corpus, piece by piece: quick filters find the suspicious ones, rules judge them.

A corpus of ten million words has some ten thousand suspicious lines. One regular expression in
polars finds them at the speed of memory; the exact rules see only these. Whatever the size of
the pieces, the result is the same.

>>> from sttprep.corpora.corpus import Corpus
>>> scan = Scan(Corpus.from_text("Take it.\r\nask info@example.org\r\n", "demo"), None)
>>> [(line.number, found.code) for line, found in scan.findings()]
[(2, 'e-mail-address')]
>>> scan.lines
2
"""

from __future__ import annotations

import operator
import re
import sys
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial, reduce
from typing import TYPE_CHECKING

from sttprep.corpora.lint_characters import candidates as character_candidates
from sttprep.corpora.lint_characters import character_rule
from sttprep.corpora.lint_found import Found, Rule
from sttprep.corpora.lint_language import candidates as language_candidates
from sttprep.corpora.lint_language import language_rule
from sttprep.corpora.lint_markup import CANDIDATES as MARKUP
from sttprep.corpora.lint_markup import markup
from sttprep.corpora.lint_numbers import CANDIDATES as NUMBERS
from sttprep.corpora.lint_numbers import number_rule
from sttprep.corpora.lint_sentences import CANDIDATES as SENTENCES
from sttprep.corpora.lint_sentences import CANDIDATES_AT_START as HEADINGS
from sttprep.corpora.lint_sentences import heading_rules, sentence_rules
from sttprep.corpora.pieces import Pieces

if TYPE_CHECKING:
    import polars as pl

    from sttprep.corpora.corpus import Corpus

__all__ = ["CHUNK", "Line", "LineRules", "Scan", "split_lines"]

CHUNK = 1 << 23
"""Characters of one piece."""
_BATCH = 10_000
"""Suspicious lines judged at a time; building the filters' automata again costs some time."""
_STEP = 10_000  # lines
_LONG_LINE = 1000  # characters; the longest sentence of plain prose has about 600
_TIMES_MEDIAN = 10
_ALWAYS_LONG = 20_000  # whatever the other lines are

_ENDLESS = 10_000_000
"""Characters of a line from which it takes minutes to judge it."""

_LONE_RETURN = re.compile(r"\r(?!\n)")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its place."""

    text: str
    """Without its line end."""
    file: str
    """The file as the user named it."""
    number: int
    """From 1, in its file."""
    offset: int
    """Of its first character in the text of its file."""
    end: int
    """Characters of its line end: 0 (end of the file), 1 or 2."""
    newline: str
    """How lines end in this file."""


class LineRules:
    """All rules about single lines, for one language.

    Args:
        language: language tag.
        lexicon: lower-case words, or None.

    Raises:
        CorpusError: ``language`` is no language tag.

    >>> [found.code for found in LineRules("en-US", None)("see <b>www.example.com</b>!")]
    ['web-address', 'markup', 'markup']
    """

    def __init__(self, language: str, lexicon: Container[str] | None) -> None:
        rules: list[tuple[str, list[Rule]]] = [
            (MARKUP, [markup]),
            (SENTENCES, sentence_rules(language)),
            (character_candidates(language), [character_rule(language)]),
            (NUMBERS, [number_rule(language)]),
            (language_candidates(language), [language_rule(language)]),
            (HEADINGS, heading_rules(lexicon)),
        ]
        *anywhere, at_start = (pattern for pattern, _ in rules)
        self.filters = ["|".join(anywhere), at_start]
        """Regular expressions for Python and Rust: a line about which there is a finding matches
        one of them. Joined in this way they take the least time; all in one they took fifty times
        as long, because Rust's automaton outgrew its cache."""
        self._rules = rules
        self._searches = [re.compile(pattern).search for pattern, _ in rules]

    def __call__(self, text: str) -> Iterator[Found]:
        """The findings in a line; a line that no filter matches has none."""
        return self._judge(text, [search(text) is not None for search in self._searches])

    def suspicious(self, lines: pl.Series) -> pl.Series:
        """Which of the lines there may be findings about: their indexes."""
        matches = [lines.str.contains(pattern) for pattern in self.filters]
        return reduce(operator.or_, matches).arg_true()

    def judge(self, lines: list[str]) -> Iterator[Callable[[str], Iterator[Found]]]:
        """For each line the rules that concern it, as a function of its text."""
        import polars as pl

        texts = pl.Series(lines, dtype=pl.String)
        groups = [texts.str.contains(pattern).to_list() for pattern, _ in self._rules]
        for concerned in zip(*groups, strict=True):
            yield partial(self._judge, concerned=concerned)

    def _judge(self, text: str, concerned: Sequence[bool]) -> Iterator[Found]:
        for (_, rules), concerns in zip(self._rules, concerned, strict=True):
            for rule in rules if concerns else ():
                for found in rule(text):
                    yield found
                    if found.whole_line and found.code in ("multipart-boundary", "timestamp"):
                        return


def split_lines(text: str) -> pl.Series:
    r"""The lines of a piece of text as a column; one that ended in ``\r\n`` keeps its ``\r``.

    >>> split_lines("a\r\nb\rc\n").to_list()
    ['a\r', 'b', 'c']
    """
    import polars as pl

    if text and "\r" not in text:
        return pl.scan_lines(text.encode()).collect()["line"]
    text = _LONE_RETURN.sub("\n", text)
    lines = pl.Series("line", [text]).str.split("\n").explode()
    return lines.head(-1) if text.endswith("\n") else lines


@dataclass(frozen=True)
class _Chunk:
    """Some lines of a file, see `Corpus.chunks`."""

    data: str | bytes
    """Bytes are UTF-8 and hold no ``\\r``."""
    file: str
    line: int
    offset: int

    @cached_property
    def lines(self) -> pl.Series:
        import polars as pl

        if isinstance(self.data, str):
            return split_lines(self.data)
        return pl.scan_lines(self.data).collect()["line"]

    @cached_property
    def starts(self) -> pl.Series:
        """Where each line begins in the chunk, in characters."""
        import polars as pl

        lengths = self.lines.str.len_chars().cast(pl.Int64) + 1
        return lengths.cum_sum() - lengths

    @property
    def ended(self) -> bool:
        """Whether the last line has a line end."""
        if isinstance(self.data, bytes):
            return self.data.endswith(b"\n")
        return self.data.endswith(("\n", "\r"))

    @property
    def newline(self) -> str:
        """The end of the first line, if it has one."""
        end = _LINE_END.search(self.data) if isinstance(self.data, str) else None
        return end[0] if end else "\n"


def _chunks(corpus: Corpus) -> Iterator[_Chunk]:
    """The lines of a corpus, some megabytes at a time; UTF-8 is not decoded where polars reads."""
    for number, part in enumerate(corpus.parts):
        if not part.plain:
            for chunk in part.chunks(CHUNK):
                yield _Chunk(chunk.text, chunk.file, chunk.line, chunk.offset)
            continue
        line, offset = 1, 0
        for piece in Pieces(corpus.parts).of_part(number):
            data = piece.data or b""
            yield _Chunk(data.decode() if b"\r" in data else data, part.name, line, offset)
            line += data.count(b"\n")
            offset += _characters(data)


def _characters(data: bytes) -> int:
    """Number of characters of UTF-8.

    >>> _characters("1 µg".encode())
    4
    """
    if data.isascii():
        return len(data)
    import numpy as np

    # All bytes of a character but its first are 0b10xxxxxx.
    return int(np.count_nonzero(np.frombuffer(data, np.int8) >= -64))


@dataclass(frozen=True, slots=True)
class _Piece:
    """Where a chunk's lines stand among the lines of the corpus."""

    index: int
    """Of its first line, from 0, over all files."""
    count: int
    newline: str


class Scan:
    """One walk over the lines of a corpus, and what it gathers for the rules about the whole.

    Args:
        corpus: the text.
        lexicon: lower-case words, or None.
        initials: words in capitals of which those at the start of a line are counted.
        searched: pieces of text; lines with one of them are shown to ``see``. The set may
            shrink.
        see: function of a line.
        endless: lines of millions of characters are judged too, not only called long.
    """

    def __init__(
        self,
        corpus: Corpus,
        lexicon: Container[str] | None,
        initials: Iterable[str] = (),
        searched: Collection[str] = (),
        see: Callable[[Line], None] = lambda line: None,
        *,
        endless: bool = True,
    ) -> None:
        self.corpus = corpus
        self.rules = LineRules(corpus.language, lexicon)
        self.files: list[str] = []
        """The files, in order."""
        self.initials: Counter[str] = Counter()
        """How often each word of ``initials`` begins a line."""
        self._initials = sorted(initials)
        self._searched, self._see = searched, see
        self._longest = sys.maxsize if endless else _ENDLESS
        self._pieces: list[_Piece] = []
        self._hashes: list[pl.Series] = []
        self._lengths: list[pl.Series] = []

    @property
    def lines(self) -> int:
        """Number of lines that are not blank, once `findings` has run."""
        return sum(len(hashes) - hashes.null_count() for hashes in self._hashes)

    def findings(self) -> Iterator[tuple[Line, Found]]:
        """The findings of the rules about single lines, in file order."""
        index, newline = 0, "\n"
        waiting: list[Line] = []
        for chunk in _chunks(self.corpus):
            if chunk.line == 1:
                self.files.append(chunk.file)
                newline = chunk.newline
            lines = chunk.lines
            self._pieces.append(_Piece(index, len(lines), newline))
            index += len(lines)
            self._gather(lines)
            for line in self._lines_with_words(chunk, newline):
                if len(line.text) <= self._longest:
                    self._see(line)
            suspicious = _lines_at(chunk, self.rules.suspicious(lines), newline)
            waiting += [line for line in suspicious if len(line.text) <= self._longest]
            if len(waiting) > _BATCH:
                yield from self._judged(waiting)
                waiting = []
        yield from self._judged(waiting)

    def _lines_with_words(self, chunk: _Chunk, newline: str) -> Iterator[Line]:
        lines = chunk.lines
        # In small steps: at the start of a corpus nearly every line has a word not seen before.
        for start in range(0, len(lines), _STEP):
            if not self._searched:
                return
            part = lines.slice(start, _STEP)
            rows = part.str.contains_any(sorted(self._searched)).arg_true()
            yield from _lines_at(chunk, rows + start, newline)

    def _judged(self, lines: list[Line]) -> Iterator[tuple[Line, Found]]:
        copies = Counter(line.text for line in lines)
        judges = self.rules.judge(list(copies))
        known: dict[str, list[Found]] = {}
        for line in lines:
            found: Iterable[Found] = known.get(line.text, ())
            if line.text not in known:
                found = next(judges)(line.text)
                if copies[line.text] > 1:
                    found = known[line.text] = list(found)
            for one in found:
                yield line, one

    def _gather(self, lines: pl.Series) -> None:
        import polars as pl

        bare = lines.str.strip_chars()
        lengths = bare.str.len_chars()
        self._lengths.append(lengths)
        hashes = bare.hash()
        self._hashes.append(hashes.zip_with(lengths > 0, pl.Series([None], dtype=hashes.dtype)))
        if self._initials:
            first = lines.str.extract(r"^[\W_]*(\w(?:\S*\w)?)")
            counts = first.filter(first.is_in(self._initials)).value_counts()
            self.initials.update(dict(counts.iter_rows()))

    def long_lines(self) -> Iterator[tuple[Line, Found]]:
        """Lines far longer than the others, after `findings`."""
        import polars as pl

        lengths = pl.concat(self._lengths)
        median = lengths.filter(lengths > 0).median()
        limit = max(_LONG_LINE, _TIMES_MEDIAN * int(median)) if isinstance(median, float) else 0
        rows = (lengths > min(limit, _ALWAYS_LONG)).arg_true()
        for line in self.at(rows.to_list()):
            text = line.text.strip()
            start = line.text.index(text[:1])
            unread = (
                "" if len(line.text) <= self._longest else "; nothing else was looked for in it"
            )
            yield line, Found(
                start, start + len(text), "warning", "long-line",
                f"a line of {len(text):,} characters; half of the lines have at most "
                f"{int(median or 0):,}{unread}."  # type: ignore[arg-type]
                if len(lengths) > 1 else f"a line of {len(text):,} characters{unread}.",
                "Start each sentence on its own line.",
            )  # fmt: skip

    def repeated(self) -> list[tuple[int, list[int]]]:
        """Equal lines, after `findings`: index of the first and of its copies, by first copy.

        Indexes count from 0, blank lines and the lines of all files included. Lines are equal if
        64 bits of a hash are: by chance once in some ten million corpora of a million lines.
        """
        import polars as pl

        hashes = pl.concat(self._hashes).alias("hash")
        table = pl.DataFrame([hashes]).with_row_index("index")
        table = table.filter(hashes.is_not_null() & hashes.is_duplicated())
        groups = (
            table.group_by("hash")
            .agg("index")
            .select(first=pl.col("index").list.first(), copies=pl.col("index").list.slice(1))
        )
        return groups.sort(pl.col("copies").list.first()).rows()

    def at(self, indexes: list[int]) -> Iterator[Line]:
        """The lines at these places (ascending, from 0, blank lines and all files counted)."""
        import polars as pl

        wanted = pl.Series(indexes, dtype=pl.UInt32)
        for chunk, piece in zip(_chunks(self.corpus), self._pieces, strict=True):
            if not indexes or piece.index > indexes[-1]:
                return
            here = wanted.filter((wanted >= piece.index) & (wanted < piece.index + piece.count))
            if len(here):
                yield from _lines_at(chunk, here - piece.index, piece.newline)


def _lines_at(chunk: _Chunk, rows: pl.Series, newline: str) -> Iterator[Line]:
    """The rows of a chunk as lines with their places."""
    if not len(rows):
        return
    last = len(chunk.lines) - 1
    texts, places = chunk.lines.gather(rows).to_list(), chunk.starts.gather(rows).to_list()
    for row, text, start in zip(rows.to_list(), texts, places, strict=True):
        end = 0 if row == last and not chunk.ended else 1
        if text.endswith("\r"):
            text, end = text[:-1], 2
        yield Line(text, chunk.file, chunk.line + row, chunk.offset + start, end, newline)
