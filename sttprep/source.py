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

__all__ = ["Fix", "Problem", "Severity", "Source", "Span"]

Severity = Literal["error", "warning", "note"]

_LINE_END = re.compile(r"\r\n|\r|\n")
_KEPT = "\t\u200c\u200d"  # the joiners belong to emoji and to Persian words
_WIDTHLESS = ("Mn", "Me", "Cf")
_EXCERPT_WIDTH = 120  # characters of a long line shown around the place


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of character offsets in a text."""

    start: int
    """Offset of the first character, from 0."""
    end: int
    """Offset after the last character."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A mend of one place: the characters of ``span`` become ``text``."""

    span: Span
    """Offsets in the text; an empty one is a place to insert at."""
    text: str
    """What stands there afterwards; empty for a deletion."""
    title: str
    """What is done, as a button would say it: ``Delete the tag``."""


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
    fix: Fix | None = None
    """The mend, where there is one that needs no choice by a human."""

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
        """The fields as JSON values (``span`` left out: it is an offset into text not shown).

        ``fix`` is there only where there is one; its span is given, to apply it to the file.
        """
        fields = asdict(self)
        del fields["span"]
        if self.fix is None:
            del fields["fix"]
        return fields


class Source:
    """A text with a name, which turns offsets into lines and columns.

    Lines end at ``\\n``, ``\\r\\n`` or ``\\r``, mixed freely.

    Args:
        name: file (or other origin) as the user knows it.
        text: the text, or whole lines of a larger one.
        first_line: number of the first line of ``text`` in the larger text.
        first_offset: offset of the first character of ``text`` in the larger text. Lines and
            offsets of all methods are those of the larger text.

    >>> part = Source("big.txt", "three\\nfour\\n", first_line=3, first_offset=8)
    >>> part.position(14), part.line(4)
    ((4, 1), 'four')
    """

    def __init__(self, name: str, text: str, *, first_line: int = 1, first_offset: int = 0) -> None:
        self.name = name
        self.text = text
        self.first_line = first_line
        self.first_offset = first_offset

    def __repr__(self) -> str:
        return f"Source({self.name!r}, {len(self.text)} characters)"

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column (both from 1) of a character offset."""
        offset -= self.first_offset
        index = bisect_right(self._starts, offset) - 1
        return index + self.first_line, offset - self._starts[index] + 1

    def offset(self, line: int, column: int = 1) -> int:
        """Character offset of a line and column (both from 1)."""
        return self.first_offset + self._starts[line - self.first_line] + column - 1

    def line(self, number: int) -> str:
        """Text of a line (from 1) without its line end."""
        index = number - self.first_line
        start = self._starts[index]
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def excerpt(self, span: Span) -> str:
        """The line in which the span starts, with a caret under each of its characters."""
        number, column = self.position(span.start)
        index = number - self.first_line
        first, end = self._starts[index], len(self.text)
        if index + 1 < len(self._starts):
            end = self._starts[index + 1]
        while end > first and self.text[end - 1] in "\r\n":
            end -= 1
        left = max(0, min(column - 1 - _EXCERPT_WIDTH // 2, end - first - _EXCERPT_WIDTH))
        # Only this part is copied: all of a large text may stand on one line.
        shown = _visible(self.text[first + left : min(first + left + _EXCERPT_WIDTH, end)])
        start = column - 1 - left
        marked = shown[start : start + max(1, span.end - span.start)]
        gutter = f"  {number} | "
        rest = " " * (len(gutter) - 2) + "| "
        under = _blank(shown[:start]) + "^" * max(1, _width(marked))
        return f"{gutter}{shown}\n{rest}{under}"

    def problem(
        self,
        severity: Severity,
        code: str,
        span: Span,
        message: str,
        hint: str = "",
        fix: Fix | None = None,
    ) -> Problem:
        """A finding about a place in this text."""
        line, column = self.position(span.start)
        return Problem(
            severity, code, message, hint, self.name, line, column, self.excerpt(span), span, fix
        )


def _visible(text: str) -> str:
    """The text with control characters replaced, so that a terminal shows it as one line."""
    return "".join(
        character if character in _KEPT or character.isprintable() else "\ufffd"
        for character in text
    )


def _blank(text: str) -> str:
    """Blanks as wide as the text (tabs stay tabs), to put a caret under what follows."""
    return "".join("\t" if character == "\t" else " " * _width(character) for character in text)


def _width(text: str) -> int:
    """Columns a terminal uses for the text."""
    return sum(
        0
        if unicodedata.category(character) in _WIDTHLESS
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )
