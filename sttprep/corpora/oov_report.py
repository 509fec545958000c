"""The report of out-of-vocabulary words: its rows, its table, its files.

>>> row = OovWord("MVD", 2, (Context("Ask about MVD.", 1, "demo"),), "acronym")
>>> report = OovReport([row], total_words=8, oov_tokens=2)
>>> report
OovReport(1 words, 2 of 8 tokens out of vocabulary: 25.0 %)
>>> list(report.frame().columns)
['word', 'count', 'kind', 'example', 'line', 'source']
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sttprep.corpora.kinds import Kind

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Context", "OovReport", "OovWord"]

_SHOWN_ROWS = 25  # of the table in a notebook; .frame() has them all


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
    """What it looks like: ``acronym`` (MVD), ``compound`` (Tay-Sachs), ``possessive`` of a known
    word (provider's), ``code`` with digits (H5N1), ``address`` or file name, or plain ``word``."""
    sources: tuple[str, ...] = ()
    """Names of the corpora it stands in, in their order."""


@dataclass(frozen=True, repr=False)
class OovReport:
    """The out-of-vocabulary words of one or more corpora."""

    words: list[OovWord]
    """Most frequent first, then in code-point order."""
    total_words: int
    """Tokens in the corpora."""
    oov_tokens: int
    """Tokens that are out of vocabulary."""

    @property
    def rate(self) -> float:
        """Share of the tokens that is out of vocabulary, 0 to 1."""
        return self.oov_tokens / self.total_words if self.total_words else 0.0

    def __repr__(self) -> str:
        return (
            f"OovReport({len(self.words):,} words, {self.oov_tokens:,} of "
            f"{self.total_words:,} tokens out of vocabulary: {self.rate:.1%})"
        ).replace("%", " %")

    def frame(self) -> pd.DataFrame:
        """One row per word: word, count, kind, and its first context (example, line, source)."""
        import pandas as pd

        first = [word.contexts[0] if word.contexts else Context("", 0, "") for word in self.words]
        return pd.DataFrame(
            {
                "word": pd.Series([word.word for word in self.words], dtype=object),
                "count": pd.Series([word.count for word in self.words], dtype="int64"),
                "kind": pd.Series([word.kind for word in self.words], dtype=object),
                "example": pd.Series([context.text for context in first], dtype=object),
                "line": pd.Series([context.line for context in first], dtype="int64"),
                "source": pd.Series([context.source for context in first], dtype=object),
            }
        )

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left">{html.escape(word.word)}</th>'
            f"<td>{word.count}</td><td>{word.kind}</td>"
            f'<td style="text-align:left">{_marked(word)}</td></tr>'
            for word in self.words[:_SHOWN_ROWS]
        )
        hidden = len(self.words) - _SHOWN_ROWS
        more = f"<p>… and {hidden:,} more: <code>.frame()</code></p>" if hidden > 0 else ""
        heads = "".join(
            f'<th scope="col">{head}</th>' for head in ("word", "count", "kind", "line")
        )
        return (
            f"<table><caption>{len(self.words):,} out-of-vocabulary words, "
            f"{self.rate:.1%} of {self.total_words:,} words</caption>"
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{more}"
        )


def _marked(word: OovWord) -> str:
    """The first context, shortened around the word, with the word marked."""
    if not word.contexts:
        return ""
    text = word.contexts[0].text
    start = text.find(word.word)
    if start < 0:
        return html.escape(text[:100])
    end = start + len(word.word)
    left, right = max(0, start - 40), min(len(text), end + 40)
    before = ("…" if left else "") + text[left:start]
    after = text[end:right] + ("…" if right < len(text) else "")
    return f"{html.escape(before)}<mark>{html.escape(text[start:end])}</mark>{html.escape(after)}"
