"""Text inside an XML element: where its words stand, and which of them are one token."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from sttprep.grammars.expression import Alternative, Expression, Run
from sttprep.source import Span

__all__ = ["Frame", "Text", "plain_run"]


@dataclass(slots=True)
class Frame:
    """An element that is being read."""

    kind: str
    """Its name without a namespace."""
    at: int
    """Where it begins."""
    attributes: dict[str, str]
    items: list[Expression] = field(default_factory=list)
    """What it holds so far, in order."""
    parts: list[Alternative | Run] = field(default_factory=list)
    """Its alternatives, where it is ``<one-of>``."""
    pieces: list[tuple[int, str]] = field(default_factory=list)
    """Text since the last element in it: place and content of each piece."""
    examples: list[tuple[str, Span]] = field(default_factory=list)
    """Its examples and where they stand, counted from the start of the rule."""
    broken: bool = False
    """Something in it could not be read."""


class Text:
    """Pieces of text put together, which still know where they came from."""

    def __init__(self, source: str, pieces: list[tuple[int, str]]) -> None:
        self.source = source
        self.text = "".join(piece for _, piece in pieces)
        self.places = [at for at, _ in pieces]
        self.starts: list[int] = []
        length = 0
        for _, piece in pieces:
            self.starts.append(length)
            length += len(piece)

    def place(self, index: int) -> int:
        """Where a character came from."""
        piece = bisect_right(self.starts, index) - 1
        return self.places[piece] + index - self.starts[piece]

    def end(self, index: int) -> int:
        """Where the character before an index ended."""
        last = self.place(index - 1)
        if self.source.startswith("&", last):
            return self.source.find(";", last) + 1
        return last + 1


# Alternatives that are plain words and nothing else, the shape of long lists.
_PLAIN = re.compile(r"<one-of>\s*+(?:<item>\s*+[^\s<>&\"|][^<>&\"|]*+</item>\s*+)++(?=</one-of)")
_WORD = re.compile(r"\S")


def plain_run(text: str, at: int, base: int) -> Run | None:
    """The ``<one-of>`` at an offset as one run of plain words, or None if it is anything else.

    >>> plain_run("<one-of><item>tea</item> <item>iced coffee</item></one-of>", 0, 0).phrases()
    ['tea', 'iced coffee']

    The tags become blanks and bars, so that each word stays at its offset (from ``base``).
    """
    match = _PLAIN.match(text, at)
    if match is None:
        return None
    body = match[0][len("<one-of>") :].replace("<item>", " " * len("<item>"))
    body = body.replace("</item>", "|".ljust(len("</item>"))).rstrip()
    start = _WORD.search(body)
    first = start.start() if start else 0
    return Run(body[first:-1].rstrip(), at + len("<one-of>") + first - base)
