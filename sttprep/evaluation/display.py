"""Numbers and tables as people read them: what the room's ``__str__`` and HTML share.

>>> percent(0.1216), plural(1, "word"), plural(1200, "word")
('12.2 %', '1 word', '1,200 words')
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

__all__ = ["percent", "plural", "points", "table"]


def percent(fraction: float) -> str:
    """A fraction in percent with one decimal."""
    return f"{100 * fraction:.1f} %"


def points(fraction: float) -> str:
    """A difference of fractions in percentage points, with its sign.

    >>> points(-0.031), points(0.0001)
    ('−3.1', '0.0')
    """
    value = f"{100 * fraction:+.1f}"
    return "0.0" if value in ("+0.0", "-0.0") else value.replace("-", "\N{MINUS SIGN}")


def plural(number: int, noun: str) -> str:
    """A number of things, in the singular where it is one."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    caption: str = "",
    numbers: Sequence[int] = (),
) -> str:
    """An HTML table; every cell is escaped, the first of a row is its heading.

    Args:
        header: names of the columns.
        rows: cells, as many as names.
        caption: says what the table shows.
        numbers: places of the columns that hold numbers, to align them right.

    >>> table(["word", "said"], [["<b>", "2"]], numbers=[1])
    '<table><thead><tr><th scope="col">word</th><th scope="col" class="number">said</th></tr>\
</thead><tbody><tr><th scope="row">&lt;b&gt;</th><td class="number">2</td></tr></tbody></table>'
    """
    kinds = [' class="number"' if place in numbers else "" for place in range(len(header))]
    head = "".join(
        f'<th scope="col"{kind}>{escape(cell)}</th>'
        for cell, kind in zip(header, kinds, strict=True)
    )
    body = []
    for row in rows:
        first, *others = row
        cells = "".join(
            f"<td{kind}>{escape(cell)}</td>" for cell, kind in zip(others, kinds[1:], strict=True)
        )
        body.append(f'<tr><th scope="row"{kinds[0]}>{escape(first)}</th>{cells}</tr>')
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    rows_html = "".join(body)
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{rows_html}</tbody></table>"
