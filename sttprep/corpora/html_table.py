"""A table for notebooks: readable on light and dark pages, without a script or a file from afar.

>>> table = html_table(["word"], [[escape("<b>")]], caption="1 word")
>>> "&lt;b&gt;" in table, table.count("<tr>")
(True, 2)
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

__all__ = ["context_html", "escape", "html_table", "tag"]

# The class stands twice to win over JupyterLab's own rules for tables in outputs.
# Colours are those of the page, thinned: a grey of half opacity is seen on white and on black.
_TABLE = "table.sttprep-table.sttprep-table"
_STYLE = (
    "<style>"
    f"{_TABLE}{{border-collapse:collapse;font-size:13px;color:inherit;background:none;"
    "table-layout:auto;margin:0}"
    f"{_TABLE} caption{{text-align:left;font-weight:600;padding:4px 0 6px;color:inherit}}"
    f"{_TABLE} th,{_TABLE} td{{text-align:left;vertical-align:top;padding:4px 12px 4px 0;"
    "border:0;border-bottom:1px solid rgba(128,128,128,.35);color:inherit;background:none;"
    "max-width:34em;white-space:normal}"
    f"{_TABLE} thead th{{border-bottom:2px solid rgba(128,128,128,.7);white-space:nowrap}}"
    f"{_TABLE} td.number{{text-align:right;font-variant-numeric:tabular-nums}}"
    f"{_TABLE} mark{{background:rgba(255,196,0,.4);color:inherit;padding:0 1px;border-radius:2px}}"
    f"{_TABLE} .tag{{border:1px solid rgba(128,128,128,.6);border-radius:9px;padding:0 7px;"
    "white-space:nowrap;font-size:12px}"
    f"{_TABLE} .faint{{opacity:.7}}"
    "</style>"
)
_AROUND = 44  # characters of a line shown on each side of the word


def escape(text: str) -> str:
    """Text as HTML."""
    return html.escape(text)


def tag(text: str, title: str = "") -> str:
    """A short label in a rounded frame; ``title`` shows when the pointer rests on it."""
    hover = f' title="{html.escape(title)}"' if title else ""
    return f'<span class="tag"{hover}>{html.escape(text)}</span>'


def html_table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str | int]],
    *,
    caption: str,
    more: str = "",
) -> str:
    """The table as HTML.

    Args:
        heads: Names of the columns.
        rows: Cells; a string is HTML already, a number is set to the right. The first is the
            heading of its row.
        caption: Plain text above the table.
        more: HTML below it.
    """
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in heads)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>' + "".join(map(_cell, row[1:])) + "</tr>"
        for row in rows
    )
    return (
        f'{_STYLE}<table class="sttprep-table"><caption>{html.escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"
    )


def context_html(text: str, word: str) -> str:
    """A line shortened around a word, with the word marked.

    >>> context_html("Ask about MVD.", "MVD")
    'Ask about <mark>MVD</mark>.'
    """
    match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) or re.search(
        re.escape(word), text, re.IGNORECASE
    )
    if match is None:
        return html.escape(text[: 2 * _AROUND]) + ("…" if len(text) > 2 * _AROUND else "")
    start, end = match.span()
    left = _word_edge(text, max(0, start - _AROUND), start)
    right = min(len(text), end + _AROUND)
    if right < len(text):
        right = max(text.rfind(" ", end, right), end)
    before = ("… " if left else "") + text[left:start]
    after = text[end:right] + (" …" if right < len(text) else "")
    return f"{html.escape(before)}<mark>{html.escape(text[start:end])}</mark>{html.escape(after)}"


def _cell(value: str | int) -> str:
    return f"<td>{value}</td>" if isinstance(value, str) else f'<td class="number">{value:,}</td>'


def _word_edge(text: str, place: int, last: int) -> int:
    """The first beginning of a word at or after a place."""
    if place == 0:
        return 0
    blank = text.find(" ", place, last)
    return blank + 1 if blank >= 0 else place
