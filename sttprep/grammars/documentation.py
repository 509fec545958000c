"""Documentation comments of ABNF and JSGF: ``/** … @example … */``.

>>> read_documentation("/** A drink. */", 0)
Documentation(text='A drink.', examples=(), spans=())
>>> read_documentation("/** @example black tea */", 0).spans
(Span(start=13, end=22),)
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sttprep.source import Span

__all__ = ["Documentation", "read_documentation"]


class Documentation(NamedTuple):
    """What a documentation comment says."""

    text: str
    """Without stars and ``@example`` lines."""
    examples: tuple[str, ...]
    """Text of the ``@example`` lines."""
    spans: tuple[Span, ...]
    """Where the examples stand, counted from the start of the statement (so, below zero)."""


_DOC_LINE = re.compile(r"[ \t]*\**[ \t]?(?P<text>[^\r\n]*)(?:\r\n|\r|\n|$)")
_EXAMPLE = re.compile(r"\s*@example(?=\s|$)[ \t]*(?P<text>.*?)[ \t]*$")


def read_documentation(doc: str, offset: int) -> Documentation:
    """What a comment says; ``offset`` is added to the places of its examples."""
    lines: list[str] = []
    examples: list[str] = []
    spans: list[Span] = []
    at, end = 3, len(doc[:-1].rstrip("*"))
    while at < end:
        line = _DOC_LINE.match(doc, at, end)
        assert line is not None
        example = _EXAMPLE.match(doc[line.start("text") : line.end("text")])
        if example is None:
            lines.append(line["text"].rstrip())
        else:
            examples.append(" ".join(example["text"].split()))
            start = offset + line.start("text") + example.start("text")
            spans.append(Span(start, start + len(example["text"])))
        at = max(line.end(), at + 1)
    return Documentation("\n".join(lines).strip(), tuple(examples), tuple(spans))
