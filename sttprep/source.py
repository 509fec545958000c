"""Where something stands in a text, and what is wrong there.

>>> source = Source("menu.abnf", "#ABNF 1.0;\\nroot $order;\\n$order = a $size coffee;\\n")
>>> start = source.text.index("$size")
>>> problem = source.problem(
...     "error", "undefined-rule", Span(start, start + 5),
...     "rule $size is used but not defined.", 'Add "$size = small | large;".')
>>> problem.line, problem.column
(3, 12)
>>> print(problem.render())
menu.abnf:3:12: error: rule $size is used but not defined. Add "$size = small | large;".
  3 | $order = a $size coffee;
    |            ^^^^^
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal

__all__ = ["Problem", "Severity", "Source", "Span"]

Severity = Literal["error", "warning", "note"]

_LINE_END = re.compile(r"\r\n|\r|\n")
_EXCERPT_WIDTH = 120  # characters of a long line shown around the place


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of character offsets in a text."""

    start: int
    """Offset of the first character, from 0."""
    end: int
    """Offset after the last character."""


@dataclass(frozen=True)
class Problem:
    """One finding: how bad, what, where, and how to mend it."""

    severity: Severity
    """``error`` stops the work, ``warning`` changes its result, ``note`` is worth knowing."""
    code: str
    """Stable kebab-case name of this kind of finding."""
    message: str
    """What is wrong, a full sentence."""
    hint: str = ""
    """How to mend it, with a correct example."""
    name: str = ""
    """File (or other origin) as the user knows it; empty where there is none."""
    line: int | None = None
    """Line number, from 1."""
    column: int | None = None
    """Column in characters, from 1."""
    excerpt: str = ""
    """The line and a caret under the place; empty where there is no text."""
    span: Span | None = None
    """Offsets in the text, for programs."""

    @property
    def where(self) -> str:
        """``file:line:column``, as far as known."""
        parts = [self.name or ("line" if self.line else "")]
        parts += [str(number) for number in (self.line, self.column) if number is not None]
        return ":".join(part for part in parts if part)

    def __str__(self) -> str:
        text = f"{self.severity}: {self.message}"
        if self.hint:
            text += f" {self.hint}"
        return f"{self.where}: {text}" if self.where else text

    def render(self) -> str:
        """The finding in one line, and the line it is about with a caret under the place."""
        return f"{self}\n{self.excerpt}" if self.excerpt else str(self)

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON values (``span`` left out: it is an offset into text not shown)."""
        fields = asdict(self)
        del fields["span"]
        return fields


class Source:
    """A text with a name, which turns offsets into lines and columns.

    Lines end at ``\\n``, ``\\r\\n`` or ``\\r``, mixed freely.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    def __repr__(self) -> str:
        return f"Source({self.name!r}, {len(self.text)} characters)"

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column (both from 1) of a character offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int = 1) -> int:
        """Character offset of a line and column (both from 1)."""
        return self._starts[line - 1] + column - 1

    def line(self, number: int) -> str:
        """Text of a line (from 1) without its line end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def excerpt(self, span: Span) -> str:
        """The line in which the span starts, with a caret under each of its characters."""
        number, column = self.position(span.start)
        first, end = self._starts[number - 1], len(self.text)
        if number < len(self._starts):
            end = self._starts[number]
        while end > first and self.text[end - 1] in "\r\n":
            end -= 1
        left = max(0, min(column - 1 - _EXCERPT_WIDTH // 2, end - first - _EXCERPT_WIDTH))
        # Only this part is copied: all of a large text may stand on one line.
        shown = self.text[first + left : min(first + left + _EXCERPT_WIDTH, end)]
        start = column - 1 - left
        marked = shown[start : start + max(1, span.end - span.start)]
        gutter = f"  {number} | "
        rest = " " * (len(gutter) - 2) + "| "
        under = _blank(shown[:start]) + "^" * max(1, _width(marked))
        return f"{gutter}{_visible(shown)}\n{rest}{under}"

    def problem(
        self, severity: Severity, code: str, span: Span, message: str, hint: str = ""
    ) -> Problem:
        """A finding about a place in this text."""
        line, column = self.position(span.start)
        return Problem(
            severity, code, message, hint, self.name, line, column, self.excerpt(span), span
        )


def _visible(text: str) -> str:
    """The text with control characters replaced, so that a terminal shows it as one line."""
    return "".join(
        character if character == "\t" or character.isprintable() else "\ufffd"
        for character in text
    )


def _blank(text: str) -> str:
    """Blanks as wide as the text (tabs stay tabs), to put a caret under what follows."""
    return "".join("\t" if character == "\t" else " " * _width(character) for character in text)


def _width(text: str) -> int:
    """Columns a terminal uses for the text."""
    return sum(
        0
        if unicodedata.combining(character)
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )
