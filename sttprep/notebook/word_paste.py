"""Cells copied from a spreadsheet, and where in a word list they belong.

>>> pasted_words("MVD\\tM. V. D.\\nZika\\n")
{'MVD': {'sounds_like': 'M. V. D.'}, 'Zika': {}}
>>> pasted_cells("zee car\\tZika\\n", "sounds_like", ["Zika", "MVD"])
{'Zika': {'sounds_like': 'zee car', 'display_as': 'Zika'}}
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sttprep.errors import WordError

__all__ = ["CELLS", "pasted_cells", "pasted_words"]

CELLS = ("sounds_like", "display_as")
"""The cells that can be edited, from left to right."""

_MOST_CELLS = 10_000  # of one paste; a longer list is a file


def pasted_words(text: str) -> dict[str, dict[str, str]]:
    """The cells of a block that names its words itself: word, sounds-likes, display_as.

    Raises:
        WordError: a word stands twice in the block, or the block is too wide or too long.
    """
    rows: dict[str, dict[str, str]] = {}
    for spelling, *texts in _block(text, len(CELLS) + 1, "word, sounds_like, display_as"):
        spelling = spelling.strip()
        if not spelling and not any(texts):
            continue
        if spelling in rows:
            raise WordError(
                f"'{spelling[:60]}' stands twice in what is pasted.",
                hint="Put all its sounds-likes into one cell, with | between them.",
            )
        rows[spelling] = _filled(CELLS, texts)
    return rows


def pasted_cells(text: str, cell: str, spellings: Sequence[str]) -> dict[str, dict[str, str]]:
    """The cells of a block put in at a cell, down these words and to the right.

    An empty cell leaves the one below it as it is.

    Raises:
        WordError: more rows or columns are pasted than follow here.
    """
    cells = CELLS[CELLS.index(cell) :]
    block = _block(text, len(cells), " and ".join(cells))
    if len(block) > len(spellings):
        raise WordError(
            f"{len(block)} rows are pasted, but only {len(spellings)} rows follow here.",
            hint="Nothing was changed. Paste into the column of words to add words.",
        )
    rows = zip(spellings, block, strict=False)
    return {spelling: _filled(cells, texts) for spelling, texts in rows if any(texts)}


def _block(text: str, width: int, names: str) -> list[list[str]]:
    """Rows and columns; blank rows keep their place, so that none below them moves up."""
    lines = re.split(r"\r\n|\r|\n", text)  # str.splitlines would part at U+2028 inside a cell
    while lines and not lines[-1].strip():
        lines.pop()
    block = [[part.strip() for part in line.split("\t")] for line in lines]
    if sum(map(len, block)) > _MOST_CELLS:
        raise WordError(
            f"{len(block):,} rows are too many to be pasted at once.",
            hint=f"Paste at most {_MOST_CELLS:,} cells, or read the file: "
            'WordList.read("words.csv").',
        )
    widest = max((len(row) for row in block), default=0)
    if widest > width:
        raise WordError(
            f"{widest} columns are pasted, but only {width} can be filled from here: {names}.",
            hint="Nothing was changed. Copy only these columns.",
        )
    return block


def _filled(cells: Sequence[str], texts: Sequence[str]) -> dict[str, str]:
    return {cell: text for cell, text in zip(cells, texts, strict=False) if text}
