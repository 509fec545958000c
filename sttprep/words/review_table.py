"""A review as a table, a file, a page: the same facts everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sttprep.corpora.export import Cell, csv_text, excel_bytes, json_text
from sttprep.corpora.html_table import context_html, escape, html_table, tag
from sttprep.corpora.kinds import KINDS
from sttprep.errors import WordError
from sttprep.files import write_bytes_whole, write_whole

if TYPE_CHECKING:
    import pandas as pd

    from sttprep.words.review import ReviewRow

__all__ = ["ReviewTable"]

_COLUMNS = (
    "word", "count", "kind", "action", "risks", "sounds_like", "pronunciations", "neighbours",
    "confusability", "rank", "variants", "typo_of", "example", "line", "source", "file",
)  # fmt: skip
_TYPES = {"count": "int64", "rank": "int64", "line": "int64", "confusability": "float64"}
_SHOWN_ROWS = 40
_SHOWN_NEIGHBOURS = 3


class ReviewTable:
    """What `sttprep.words.review.Review` can be turned into.

    >>> from sttprep.words.review import Review
    >>> list(Review(()).frame().columns)[:5]
    ['word', 'count', 'kind', 'action', 'risks']
    """

    rows: tuple[ReviewRow, ...]
    language: str
    generation: str

    def frame(self) -> pd.DataFrame:
        """One row per word; what is a list stands in one cell, parted by ``|``."""
        import pandas as pd

        cells = [_cells(row) for row in self.rows]
        return pd.DataFrame(
            {
                name: pd.Series([row[number] for row in cells], dtype=_TYPES.get(name, object))
                for number, name in enumerate(_COLUMNS)
            }
        )

    def to_csv(self, path: str | Path) -> None:
        """Write the columns of `frame` as CSV in UTF-8; text that looks like a formula stays text.

        Raises:
            WordError: the file cannot be written.
        """
        write_whole(path, csv_text(_COLUMNS, map(_cells, self.rows)), WordError)

    def to_excel(self, path: str | Path) -> None:
        """Write the columns of `frame` as an Excel workbook, all words typed as text.

        Raises:
            WordError: the file cannot be written.
        """
        write_bytes_whole(path, excel_bytes("review", _COLUMNS, map(_cells, self.rows)), WordError)

    def to_json(self, path: str | Path) -> None:
        """Write `document` as JSON in UTF-8, one word a line.

        Raises:
            WordError: the file cannot be written.
        """
        write_whole(path, json_text(self.document()), WordError)

    def document(self) -> dict[str, Any]:
        """Everything the review says, as values for JSON."""
        return {
            "language": self.language,
            "generation": self.generation,
            "words": [
                {
                    "word": row.word,
                    "count": row.count,
                    "kind": row.kind,
                    "action": row.action,
                    "risks": list(row.risks),
                    "sounds_like": list(row.sounds_like),
                    "pronunciations": [
                        {"phones": phones, "share": share} for phones, share in row.pronunciations
                    ],
                    "neighbours": [
                        {"word": one.word, "distance": one.distance, "phones": " ".join(one.phones)}
                        for one in row.neighbours
                    ],
                    "confusability": row.confusability,
                    "rank": row.rank,
                    "variants": [
                        {"word": spelling, "count": count} for spelling, count in row.variants
                    ],
                    "typo_of": list(row.typo_of),
                    "contexts": [
                        {
                            "text": context.text,
                            "line": context.line,
                            "source": context.source,
                            "file": context.file,
                        }
                        for context in row.contexts
                    ],
                    "sources": list(row.sources),
                }
                for row in self.rows
            ],
        }

    def _repr_html_(self) -> str:
        shown = self.rows[:_SHOWN_ROWS]
        rows = [
            (
                escape(row.word),
                row.count,
                tag(row.kind, KINDS.get(row.kind, "")),  # type: ignore[call-overload]
                tag(row.action),
                "<br>".join(map(escape, row.risks)),
                "<br>".join(map(escape, row.sounds_like)),
                "<br>".join(_said(*one) for one in row.pronunciations),
                ", ".join(escape(one.word) for one in row.neighbours[:_SHOWN_NEIGHBOURS]),
                context_html(row.contexts[0].text, row.word) if row.contexts else "",
            )
            for row in shown
        ]
        heads = (
            "word", "count", "kind", "action", "look at", "sounds like", "pronunciations",
            "sounds near", "first line",
        )  # fmt: skip
        hidden = len(self.rows) - len(shown)
        more = f"<p>… and {hidden:,} more: <code>.frame()</code></p>" if hidden else ""
        actions = [row.action for row in self.rows]
        listed = ", ".join(f"{actions.count(one):,} to {one}" for one in sorted(set(actions)))
        caption = f"{len(self.rows):,} words to review{': ' if listed else ''}{listed}"
        return html_table(heads, rows, caption=caption, more=more)


def _said(phones: str, share: float) -> str:
    chance = "" if share == 1 else f' <span class="faint">{share:.0%}</span>'
    return f"<span style='white-space:nowrap'>{escape(phones)}{chance}</span>"


def _cells(row: ReviewRow) -> Sequence[Cell]:
    first = row.contexts[0] if row.contexts else None
    return (
        row.word,
        row.count,
        row.kind,
        row.action,
        " | ".join(row.risks),
        " | ".join(row.sounds_like),
        " | ".join(
            phones if share == 1 else f"{phones} ({share:.0%})"
            for phones, share in row.pronunciations
        ),
        " | ".join(f"{one.word} ({one.distance:g})" for one in row.neighbours),
        row.confusability,
        row.rank,
        " | ".join(f"{spelling} ({count})" for spelling, count in row.variants),
        " | ".join(row.typo_of),
        first.text if first else "",
        first.line if first else 0,
        first.source if first else "",
        first.file if first else "",
    )
