"""Boxes and rails of a railroad diagram: how large each part is, and how it is drawn.

A part has one rail that enters at its left and leaves at its right. ``up`` and ``down`` are what it
needs above and below that rail. All lengths are whole pixels, so the same diagram always has the
same bytes.

>>> line = Row([Box("a", "token"), Skip(Box("small", "token"))])
>>> line.words
'“a”, then optionally (“small”)'
>>> line.width, line.up, line.down
(125, 23, 13)
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

__all__ = [
    "RADIUS", "Box", "Choice", "Frame", "Loop", "Note", "Part", "Pen", "Rail", "Row", "Skip",
    "Stack", "escape", "printable", "shortened", "text_width",
]  # fmt: skip

Kind = Literal["token", "reference", "special", "more"]

RADIUS = 8
_GAP = 10  # between parts on one line, and between lines
_SIZE = 13  # of the text in boxes
_SMALL = 11  # of notes
_PADDING = 9  # left and right of the text in a box
_HALF = 13  # half the height of a box
_COLUMNS = 48  # of a text that is shown whole
_TITLE = 1000  # characters of a text in a tooltip

# Colours are seen on white and on black; text and rails take the colour of the page's text.
_SHAPES: dict[Kind, str] = {
    "token": 'fill="#2f81f7" fill-opacity=".14" stroke="#2f81f7"',
    "reference": 'fill="#bf8700" fill-opacity=".16" stroke="#bf8700"',
    "special": 'fill="#8b949e" fill-opacity=".14" stroke="#8b949e" stroke-dasharray="4 2"',
    "more": 'fill="none" stroke="none"',
}
_FRAME = 'fill="none" stroke="#a371f7" stroke-dasharray="4 3"'

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """The text with what XML cannot hold replaced."""
    return _NOT_XML.sub("\ufffd", text)


def escape(text: str) -> str:
    """The text as content of an element or an attribute.

    >>> escape('<size> & "more"')
    '&lt;size&gt; &amp; &quot;more&quot;'
    """
    return html.escape(printable(text))


def _columns(text: str) -> int:
    """Columns of a fixed-width font."""
    return sum(
        0
        if unicodedata.category(character) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def text_width(text: str, size: int = _SIZE) -> int:
    """Pixels that a text needs; fixed-width fonts advance 0.6 of their size a column.

    >>> text_width("tea"), text_width("お茶")
    (24, 32)
    """
    return -(-_columns(text) * size * 6 // 10)


def shortened(text: str, columns: int = _COLUMNS) -> str:
    """The beginning of a text, and an ellipsis where that is not all; blanks and line ends as one.

    >>> shortened("one  two three", 8)
    'one two…'
    """
    text = " ".join(text[: 4 * columns + 1].split()) + text[4 * columns + 1 :][:1]
    if _columns(text) <= columns:
        return text
    while _columns(text) >= columns:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _direction(text: str) -> str:
    """Attribute for a text that is read from right to left."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return "" if kind == "L" else ' direction="rtl"'
    return ""


class Pen:
    """Collects what is drawn."""

    def __init__(self) -> None:
        self.rails: list[str] = []
        """Path data of all rails."""
        self.marks: list[str] = []
        """Path data of what is drawn across rails: start, end, directions."""
        self.shapes: list[str] = []
        """Elements, in drawing order."""

    def rail(self, *steps: object) -> None:
        """Draw one rail: SVG path data."""
        self.rails.append(" ".join(map(str, steps)))

    def text(self, x: int, y: int, text: str, size: int = _SIZE, style: str = "") -> None:
        """Write a text centred at a place."""
        self.shapes.append(
            f'<text x="{x}" y="{y}" font-size="{size}"{_direction(text)}{style}>'
            f"{escape(text)}</text>"
        )


class Part:
    """Anything with a rail through it."""

    width = 0
    up = 0
    down = 0
    leaves = 0
    """How far below its entry the rail leaves (only where nothing follows on the line)."""
    words = ""
    """What it says, for those who cannot see it."""

    def draw(self, pen: Pen, x: int, y: int) -> None:
        """Draw it with the rail entering at a place."""
        raise NotImplementedError


class Rail(Part):
    """Nothing but a piece of rail."""

    def __init__(self) -> None:
        self.width = 2 * _GAP
        self.words = "nothing"

    def draw(self, pen: Pen, x: int, y: int) -> None:
        """Draw it."""
        pen.rail("M", x, y, "h", self.width)


class Box(Part):
    """A text in a shape: round for what is spoken, square for what stands for a rule."""

    def __init__(self, text: str, kind: Kind, title: str = "", href: str = "") -> None:
        self.text = shortened(text)
        self.kind = kind
        self.title = title or (text if self.text != text else "")
        self.href = href
        self.width = text_width(self.text) + 2 * _PADDING
        self.up = self.down = _HALF
        self.words = f"“{self.text}”" if kind == "token" else self.text

    def draw(self, pen: Pen, x: int, y: int) -> None:
        """Draw it."""
        round_corners = f' rx="{_HALF}"' if self.kind == "token" else ' rx="2"'
        if self.kind == "more":
            pen.rail("M", x, y, "h", _PADDING - 2)
            pen.rail("M", x + self.width - _PADDING + 2, y, "h", _PADDING - 2)
        pen.shapes.append(f'<a href="{escape(self.href)}">' if self.href else "<g>")
        if self.title:
            pen.shapes.append(f"<title>{escape(self.title[:_TITLE])}</title>")
        pen.shapes.append(
            f'<rect x="{x}" y="{y - _HALF}" width="{self.width}" height="{2 * _HALF}"'
            f"{round_corners} {_SHAPES[self.kind]}/>"
        )
        style = ' font-style="italic"' if self.kind in ("special", "more") else ""
        pen.text(x + self.width // 2, y + 4, self.text, style=style)
        pen.shapes.append("</a>" if self.href else "</g>")


class Note(Part):
    """A small text above the rail: nothing is said for it."""

    def __init__(self, text: str, words: str, title: str = "") -> None:
        self.text = shortened(text, 32)
        self.title = title or (text if self.text != text else "")
        self.width = text_width(self.text, _SMALL) + 4
        self.up = _SMALL + 6
        self.down = 2
        self.words = words

    def draw(self, pen: Pen, x: int, y: int) -> None:
        """Draw it."""
        pen.rail("M", x, y, "h", self.width)
        pen.shapes.append("<g>")
        if self.title:
            pen.shapes.append(f"<title>{escape(self.title[:_TITLE])}</title>")
        pen.text(x + self.width // 2, y - 6, self.text, _SMALL, ' font-style="italic"')
        pen.shapes.append("</g>")


class Row(Part):
    """Parts one after the other on one line."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.width = sum(part.width for part in parts) + _GAP * (len(parts) - 1)
        self.up = max(part.up for part in parts)
        self.down = max(part.down for part in parts)
        self.words = ", then ".join(part.words for part in parts)

    def draw(self, pen: Pen, x: int, y: int) -> None:
        """Draw it."""
        for number, part in enumerate(self.parts):
            if number:
                pen.rail("M", x, y, "h", _GAP)
                x += _GAP
            part.draw(pen, x, y)
            x += part.width


class Stack(Part):
    """A sequence over several lines; it comes back to its first line unless it is the end."""

    def __init__(self, lines: Sequence[Row], at_the_end: bool) -> None:
        self.lines = lines
        self.inner = max(line.width for line in lines)
        self.width = self.inner + (3 if at_the_end else 6) * RADIUS
        self.up = lines[0].up
        self.down = lines[0].down
        self.places = [0]
        """Of each line's rail, below the first."""
        for line in lines[1:]:
            place = self.down + 2 * _GAP + line.up
            self.places.append(place)
            self.down = place + line.down
        self.leaves = self.places[-1] if at_the_end else 0
        self.words = ", then ".join(line.words for line in lines)

    def draw(self, pen: Pen, x: int, y: int) -> None:
        """Draw it."""
        left, right, r = x + 2 * RADIUS, x + 2 * RADIUS + self.inner, RADIUS
        pen.rail("M", x, y, "H", left)
        for number, line in enumerate(self.lines):
            place = y + self.places[number]
            line.draw(pen, left, place)
            end = ("M", left + line.width, place, "H", right)
            if number + 1 < len(self.lines):
                below = y + self.places[number + 1]
                middle = place + line.down + _GAP
                pen.rail(
                    *end, "a", r, r, 0, 0, 1, r, r, "V", middle - r, "a", r, r, 0, 0, 1, -r, r,
                    "H", left, "a", r, r, 0, 0, 0, -r, r, "V", below - r,
                    "a", r, r, 0, 0, 0, r, r,
                )  # fmt: skip
            elif self.leaves:
                pen.rail(*end, "h", RADIUS)
            else:
                pen.rail(
                    *end, "h", 2 * r, "a", r, r, 0, 0, 0, r, -r, "V", y + r,
                    "a", r, r, 0, 0, 1, r, -r,
                )  # fmt: skip


class Choice(Part):
    """One of several parts, the first on the line, the others below; each may have a note."""

    def __init__(self, rows: Sequence[tuple[str, Part]]) -> None:
        self.rows = rows
        self.notes = max(text_width(note, _SMALL) for note, _ in rows)
        self.notes += 4 if self.notes else 0
        self.inner = self.notes + max(part.width for _, part in rows)
        self.width = self.inner + 4 * RADIUS
        self.up = max(rows[0][1].up, _SMALL + 6 if self.notes else 0)
        self.down = rows[0][1].down
        self.places = [0]
        for _, part in rows[1:]:
            place = self.down + _GAP + max(part.up, 2 * RADIUS - _GAP)
            self.places.append(place)
            self.down = place + part.down
        said = (f"{part.words} ({note})" if note else part.words for note, part in rows)
        self.words = f"one of ({'; '.join(said)})"

    def draw(self, pen: Pen, x: int, y: int) -> None:
        """Draw it."""
        left, right, r = x + 2 * RADIUS, x + 2 * RADIUS + self.inner, RADIUS
        for (note, part), below in zip(self.rows, self.places, strict=True):
            place = y + below
            if below:
                pen.rail(
                    "M", x, y, "a", r, r, 0, 0, 1, r, r, "V", place - r,
                    "a", r, r, 0, 0, 0, r, r, "h", self.notes,
                )  # fmt: skip
            else:
                pen.rail("M", x, y, "H", left + self.notes)
            if note:
                pen.text(left + self.notes // 2 - 2, place - 5, note, _SMALL)
            part.draw(pen, left + self.notes, place)
            end = ("M", left + self.notes + part.width, place, "H", right)
            if below:
                pen.rail(
                    *end, "a", r, r, 0, 0, 0, r, -r, "V", y + r, "a", r, r, 0, 0, 1, r, -r
                )  # fmt: skip
            else:
                pen.rail(*end, "h", 2 * RADIUS)


class Skip(Part):
    """A part that may be left out: a rail passes above it."""

    def __init__(self, body: Part, note: str = "") -> None:
        self.body = body
        self.note = note
        self.inner = max(body.width, text_width(note, _SMALL))
        self.width = self.inner + 4 * RADIUS
        self.above = max(body.up + _GAP, 2 * RADIUS)
        self.up = self.above + (_SMALL + 6 if note else 0)
        self.down = body.down
        self.words = f"optionally ({body.words}{', ' if note else ''}{note})"

    def draw(self, pen: Pen, x: int, y: int) -> None:
        """Draw it."""
        r, end = RADIUS, x + self.width
        left = x + 2 * r + (self.inner - self.body.width) // 2
        pen.rail("M", x, y, "H", left)
        self.body.draw(pen, left, y)
        pen.rail("M", left + self.body.width, y, "H", end)
        top = y - self.above
        pen.rail(
            "M", x, y, "a", r, r, 0, 0, 0, r, -r, "V", top + r, "a", r, r, 0, 0, 1, r, -r,
            "H", end - 2 * r, "a", r, r, 0, 0, 1, r, r, "V", y - r, "a", r, r, 0, 0, 0, r, r,
        )  # fmt: skip
        if self.note:
            pen.text(x + self.width // 2, top - 5, self.note, _SMALL)


class Loop(Part):
    """A part that may come again: a rail leads back below it."""

    def __init__(self, body: Part, note: str, words: str) -> None:
        self.body = body
        self.note = note
        self.inner = max(body.width, text_width(note, _SMALL))
        self.width = self.inner + 4 * RADIUS
        self.up = body.up
        self.below = max(body.down + _GAP, 2 * RADIUS)
        self.down = self.below + _SMALL + 6
        self.words = f"({body.words}) {words}"

    def draw(self, pen: Pen, x: int, y: int) -> None:
        """Draw it."""
        r, end = RADIUS, x + self.width
        left = x + 2 * r + (self.inner - self.body.width) // 2
        pen.rail("M", x, y, "H", left)
        self.body.draw(pen, left, y)
        pen.rail("M", left + self.body.width, y, "H", end)
        bottom, middle = y + self.below, x + self.width // 2
        pen.rail(
            "M", end - 2 * r, y, "a", r, r, 0, 0, 1, r, r, "V", bottom - r,
            "a", r, r, 0, 0, 1, -r, r, "H", x + 2 * r,
            "a", r, r, 0, 0, 1, -r, -r, "V", y + r, "a", r, r, 0, 0, 1, r, -r,
        )  # fmt: skip
        pen.marks.append(f"M {middle + 3} {bottom - 4} l -6 4 l 6 4")
        pen.text(middle, bottom + _SMALL + 4, self.note, _SMALL)


class Frame(Part):
    """A part with a frame around it that says something about all of it."""

    def __init__(self, body: Part, note: str) -> None:
        self.body = body
        self.note = note
        self.inner = max(body.width, text_width(note, _SMALL))
        self.width = self.inner + 2 * _GAP
        self.up = body.up + 6 + _SMALL + 4
        self.down = body.down + 6
        self.words = f"({body.words}) {note}"

    def draw(self, pen: Pen, x: int, y: int) -> None:
        """Draw it."""
        left = x + _GAP + (self.inner - self.body.width) // 2
        top = y - self.body.up - 6
        pen.rail("M", x, y, "H", left)
        self.body.draw(pen, left, y)
        pen.rail("M", left + self.body.width, y, "H", x + self.width)
        pen.shapes.append(
            f'<rect x="{x + 3}" y="{top}" width="{self.width - 6}" '
            f'height="{y + self.down - top}" rx="4" {_FRAME}/>'
        )
        pen.text(x + self.width // 2, top - 4, self.note, _SMALL)
