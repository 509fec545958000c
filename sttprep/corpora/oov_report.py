"""The report of out-of-vocabulary words: its rows, its table, its files.

>>> row = OovWord("MVD", 2, (Context("Ask about MVD.", 1, "demo"),), "acronym")
>>> report = OovReport([row], total_words=8, oov_tokens=2)
>>> report
OovReport(1 words, 2 of 8 tokens out of vocabulary: 25.0 %)
>>> list(report.frame().columns)
['word', 'count', 'kind', 'example', 'line', 'source', 'file', 'variants', 'typo_of']
>>> report.details() is report.details()  # made once, when first asked for
True
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sttprep.corpora.export import csv_text, excel_bytes, json_text
from sttprep.corpora.html_table import context_html, escape, html_table, tag
from sttprep.corpora.kinds import KINDS, Kind
from sttprep.errors import CorpusError
from sttprep.files import write_bytes_whole, write_whole

if TYPE_CHECKING:
    import pandas as pd

    from sttprep.corpora.corpus import Corpus

__all__ = ["Background", "Context", "OovReport", "OovWord"]

_SHOWN_ROWS = 25  # of the table in a notebook; .frame() has them all
_QUICKLY_DETAILED = 20_000  # words whose details take a notebook cell no more than a few seconds


@dataclass(frozen=True, slots=True)
class Context:
    """A line in which a word stands."""

    text: str
    """The line as written."""
    line: int
    """Its number in the corpus, from 1."""
    source: str
    """Name of the corpus."""
    file: str = field(default="", repr=False)
    """The file, where the corpus was read from one."""


@dataclass(frozen=True, slots=True)
class OovWord:
    """A word that the lexicon lacks."""

    word: str
    """As the corpus spells it, case included."""
    count: int
    """Occurrences in all corpora."""
    contexts: tuple[Context, ...] = ()
    """The first lines in which it stands."""
    kind: Kind = "word"
    """What it looks like, e.g. ``acronym``; `sttprep.corpora.kinds.KINDS` explains each."""
    sources: tuple[str, ...] = ()
    """Names of the corpora it stands in, in their order."""
    variants: tuple[tuple[str, int], ...] = ()
    """Other spellings that differ in case or hyphens only, with their counts, most frequent first.
    Filled by `OovReport.details`."""
    typo_of: tuple[str, ...] = ()
    """What it probably was meant to be, best first; empty for a word that is probably right.
    Filled by `OovReport.details`."""


@dataclass(frozen=True)
class Background:
    """What a report was made from: needed for its details, not for its rows."""

    lexicon: Container[str] = ()
    """Known words in lower case."""
    corpora: tuple[Corpus, ...] = ()
    """The texts."""

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Occurrences of every spelling in the corpora, known or not, case kept."""
        counts: Counter[str] = Counter()
        for corpus in self.corpora:
            counts.update(corpus.counts)
        return counts


@dataclass(frozen=True, repr=False)
class OovReport:
    """The out-of-vocabulary words of one or more corpora."""

    words: list[OovWord]
    """Most frequent first, then in code-point order."""
    total_words: int
    """Tokens in the corpora."""
    oov_tokens: int
    """Tokens that are out of vocabulary."""
    background: Background = field(default=Background(), compare=False)
    """Lexicon and corpora, for `details`; without them, details know the rows only."""

    @property
    def rate(self) -> float:
        """Share of the tokens that is out of vocabulary, 0 to 1."""
        return self.oov_tokens / self.total_words if self.total_words else 0.0

    def __repr__(self) -> str:
        return (
            f"OovReport({len(self.words):,} words, {self.oov_tokens:,} of "
            f"{self.total_words:,} tokens out of vocabulary: {self.rate:.1%})"
        ).replace("%", " %")

    def details(self) -> OovReport:
        """The report with what takes a second look: variants, names, foreign words, typing errors.

        Made when first asked for, then kept; the rows' order and counts stay. The plain report
        costs no more than counting; this adds about a second for 3,000 unknown spellings and half
        a minute for 90,000, nearly all of it to look for similar spellings.
        """
        return self._detailed

    @cached_property
    def _detailed(self) -> OovReport:
        from sttprep.corpora.oov_details import detailed

        known = self.background
        counts = {word.word: word.count for word in self.words} | dict(known.counts)
        lexicon = known.lexicon
        if isinstance(lexicon, (list, tuple)):  # "in" walks a list
            lexicon = frozenset(lexicon)
        words = detailed(self.words, counts, lexicon, known.corpora)
        made = replace(self, words=words)
        made.__dict__["_detailed"] = made  # details of details are these
        return made

    def frame(self, *, details: bool = True) -> pd.DataFrame:
        """One row per word, as a table.

        The columns are word, count, kind, the first context (example, line, source, file), and
        as text the variants with their counts and the words it may be a typing error of.

        Args:
            details: Look twice, see `details`; False leaves variants and errors empty.
        """
        import pandas as pd

        rows = [_cells(word) for word in (self._detailed if details else self).words]
        return pd.DataFrame(
            {
                name: pd.Series(
                    [row[number] for row in rows],
                    dtype="int64" if name in ("count", "line") else object,
                )
                for number, name in enumerate(_COLUMNS)
            }
        )

    def to_csv(self, path: str | Path) -> None:
        """Write the columns of `frame` as CSV in UTF-8; text that looks like a formula stays text.

        Raises:
            CorpusError: the file cannot be written.
        """
        rows = map(_cells, self._detailed.words)
        write_whole(path, csv_text(_COLUMNS, rows), CorpusError)

    def to_excel(self, path: str | Path) -> None:
        """Write the columns of `frame` as an Excel workbook, all words typed as text.

        Raises:
            CorpusError: the file cannot be written.
        """
        rows = map(_cells, self._detailed.words)
        write_bytes_whole(path, excel_bytes("unknown words", _COLUMNS, rows), CorpusError)

    def to_json(self, path: str | Path) -> None:
        """Write `document` as JSON in UTF-8, one word a line.

        Raises:
            CorpusError: the file cannot be written.
        """
        write_whole(path, json_text(self.document()), CorpusError)

    def document(self) -> dict[str, Any]:
        """Everything the report says, as values for JSON: totals, and all contexts of each word."""
        return {
            "total_words": self.total_words,
            "oov_tokens": self.oov_tokens,
            "words": [
                {
                    "word": word.word,
                    "count": word.count,
                    "kind": word.kind,
                    "sources": list(word.sources),
                    "contexts": [
                        {
                            "text": context.text,
                            "line": context.line,
                            "source": context.source,
                            "file": context.file,
                        }
                        for context in word.contexts
                    ],
                    "variants": [
                        {"word": spelling, "count": count} for spelling, count in word.variants
                    ],
                    "typo_of": list(word.typo_of),
                }
                for word in self._detailed.words
            ],
        }

    def _repr_html_(self) -> str:
        detailed = "_detailed" in self.__dict__ or len(self.words) <= _QUICKLY_DETAILED
        words = (self._detailed if detailed else self).words[:_SHOWN_ROWS]
        rows = [
            (
                escape(word.word),
                word.count,
                tag(word.kind, KINDS[word.kind]),
                _notes_html(word),
                context_html(word.contexts[0].text, word.word) if word.contexts else "",
            )
            for word in words
        ]
        hidden = len(self.words) - len(rows)
        more = f"<p>… and {hidden:,} more: <code>.frame()</code></p>" if hidden > 0 else ""
        caption = (
            f"{len(self.words):,} out-of-vocabulary words, "
            f"{self.rate:.1%} of {self.total_words:,} words"
        )
        heads = ("word", "count", "kind", "look at", "first line")
        return html_table(heads, rows, caption=caption, more=more)


_COLUMNS = (
    "word", "count", "kind", "example", "line", "source", "file", "variants", "typo_of"
)  # fmt: skip


def _cells(word: OovWord) -> tuple[str | int, ...]:
    """The columns of one word, as the frame and the files have them."""
    first = word.contexts[0] if word.contexts else Context("", 0, "")
    variants = ", ".join(f"{spelling} ({count})" for spelling, count in word.variants)
    return (
        word.word, word.count, word.kind, first.text, first.line, first.source, first.file,
        variants, ", ".join(word.typo_of),
    )  # fmt: skip


def _notes_html(word: OovWord) -> str:
    notes = []
    if word.typo_of:
        meant = " or ".join(f"<b>{escape(one)}</b>" for one in word.typo_of)
        notes.append(f"typing error? {meant}")
    if word.variants:
        others = ", ".join(f"{escape(spelling)} ({count:,})" for spelling, count in word.variants)
        notes.append(f'<span class="faint">also</span> {others}')
    return "<br>".join(notes)
