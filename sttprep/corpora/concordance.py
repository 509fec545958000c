"""A word or phrase in its lines: keyword in context, with file and line.

>>> from sttprep.corpora.corpus import Corpus
>>> corpus = Corpus.from_text("Spinal cord pain.\\nThe spinal cord hurts.\\n", "demo")
>>> print(concordance(corpus, "spinal cord", width=8))
demo:1          Spinal cord pain.
demo:2      The spinal cord hurts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from sttprep.corpora.corpus import Chunk, Corpus
from sttprep.corpora.html_table import escape, html_table
from sttprep.errors import CorpusError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Concordance", "Occurrence", "concordance"]

_LINE_END = re.compile(r"\r\n|\r|\n")
_APOSTROPHE = "['’ʼ]"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where the phrase stands."""

    file: str
    """The file, or the name of a corpus that was read from none."""
    line: int
    """Number of the line, from 1."""
    left: str
    """What stands before it in the line, its last ``width`` characters."""
    match: str
    """The phrase as written there."""
    right: str
    """What stands after it, the first ``width`` characters."""


@dataclass(frozen=True, repr=False)
class Concordance:
    """The first occurrences of a phrase, and how many there are."""

    phrase: str
    """What was looked for."""
    lines: tuple[Occurrence, ...]
    """The occurrences kept, in the order of the corpora."""
    total: int
    """All occurrences, also those not kept."""
    width: int
    """Characters kept on each side."""

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[Occurrence]:
        return iter(self.lines)

    def __repr__(self) -> str:
        return f"Concordance({self.phrase!r}, {len(self.lines):,} of {self.total:,} occurrences)"

    def __str__(self) -> str:
        places = [f"{one.file}:{one.line}" for one in self.lines]
        widest = max(map(len, places), default=0)
        text = "\n".join(
            f"{place:<{widest}}  {one.left:>{self.width}}{one.match}{one.right}"
            for place, one in zip(places, self.lines, strict=True)
        )
        return text or f"'{self.phrase}' does not occur."

    def frame(self) -> pd.DataFrame:
        """One row per occurrence: file, line, left, match, right."""
        import pandas as pd

        columns = ("file", "line", "left", "match", "right")
        return pd.DataFrame(
            {
                name: pd.Series(
                    [getattr(one, name) for one in self.lines],
                    dtype="int64" if name == "line" else object,
                )
                for name in columns
            }
        )

    def _repr_html_(self) -> str:
        rows = [
            (
                f"{escape(PurePath(one.file).name)}:{one.line}",
                f'<div style="text-align:right">{escape(one.left)}</div>',
                f"<mark>{escape(one.match)}</mark>",
                escape(one.right),
            )
            for one in self.lines
        ]
        shown = "" if len(rows) == self.total else f", the first {len(rows):,} shown"
        caption = f"{self.phrase}: {self.total:,} occurrences{shown}"
        return html_table(("place", "left", "", "right"), rows, caption=caption)


def concordance(
    corpus: Corpus | Iterable[Corpus],
    phrase: str,
    width: int = 40,
    n: int = 25,
    *,
    ignore_case: bool = True,
) -> Concordance:
    """Where a word or phrase stands in one or more corpora; read once, in pieces.

    Whole words are found, as in ``nltk.Text.concordance``, but in the text as written, so that a
    phrase may hold punctuation; blanks between its words may be any, but no line end.

    Args:
        corpus: One corpus or several.
        phrase: One or more words.
        width: Characters kept on each side, 0 or more.
        n: At most so many occurrences are kept; all are counted.
        ignore_case: Find every case.

    Raises:
        CorpusError: the phrase is blank, or ``width`` or ``n`` is below 0.

    >>> corpus = Corpus.from_text("a cord\\nno cords", "demo")
    >>> concordance(corpus, "Cord").total, concordance(corpus, "Cord", ignore_case=False).total
    (1, 0)
    """
    if not phrase.strip():
        raise CorpusError(
            "There is no word to look for.", hint='Write concordance(corpus, "cord").'
        )
    if width < 0 or n < 0:
        raise CorpusError(
            f"width={width}, n={n}: neither can be below 0.", hint="Write width=40, n=25."
        )
    words = (re.escape(word) for word in phrase.split())
    body = r"[^\S\r\n]+".join(re.sub(r"['’ʼ]", _APOSTROPHE, word) for word in words)
    pattern = re.compile(rf"(?<!\w){body}(?!\w)", re.IGNORECASE if ignore_case else 0)
    kept: list[Occurrence] = []
    total = 0
    for one in [corpus] if isinstance(corpus, Corpus) else corpus:
        for chunk in one.chunks():
            line, place = chunk.line, 0
            for match in pattern.finditer(chunk.text):
                total += 1
                if len(kept) < n:
                    line += len(_LINE_END.findall(chunk.text, place, match.start()))
                    place = match.start()
                    kept.append(_occurrence(chunk, match, line, width))
    return Concordance(phrase, tuple(kept), total, width)


def _occurrence(chunk: Chunk, match: re.Match[str], line: int, width: int) -> Occurrence:
    start, end = match.span()
    text = chunk.text
    left = _LINE_END.split(text[max(0, start - width) : start])[-1]
    right = _LINE_END.split(text[end : end + width])[0]
    return Occurrence(chunk.file, line, left.lstrip(), match[0], right.rstrip())
