"""A weight of a JSGF alternative: ``/10/ small | /0.5/ large`` (JSGF 1.0, 4.3.3).

>>> read_weight("/ 3.14e3 /", Span(0, 10))
(3140.0, None)
>>> read_weight("/many/", Span(0, 6))[1].message
"'many' is no weight."
"""

from __future__ import annotations

import re

from sttprep.grammars.jsgf_syntax import Finding
from sttprep.source import Span

__all__ = ["read_weight"]

_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[fFdD]?")
"""A floating point number as in Java."""
_SPHINX_NUMBER = re.compile(r"[0-9]*(?:\.[0-9]+)?(?:e-)?[0-9]*")
"""What pocketsphinx 5.1 reads as a weight."""
_SHOWN = 40  # characters of the user's own text repeated in a hint


def read_weight(written: str, span: Span, sphinx: bool = False) -> tuple[float, Finding | None]:
    """The number between slashes (1 where there is none), and what is wrong with it."""
    inner = written[1:-1]
    number = inner.strip()
    value = float(number.rstrip("fFdD")) if _NUMBER.fullmatch(number) else float("inf")
    if value == float("inf"):
        message = f"'{number[:_SHOWN]}' is no weight." if number else "there is no weight here."
        hint = (
            'A weight is a number, 0 or more: "/10/ tea | /0.5/ coffee". '
            'Words with slashes are quoted: "and / or".'
        )
        return 1.0, Finding("bad-weight", span, message, hint)
    if sphinx and not _SPHINX_NUMBER.fullmatch(inner):
        plain = f"{value:.9f}".rstrip("0").rstrip(".")
        message = f"pocketsphinx cannot read the weight '{inner[:_SHOWN]}'."
        return value, Finding("bad-weight", span, message, f'Write plain digits: "/{plain}/".')
    return value, None
