"""Weights of JSGF alternatives: ``/10/ small | /0.5/ large`` (JSGF 1.0, 4.3.3).

>>> read_weight("/ 3.14e3 /", Span(0, 10))
(3140.0, None)
>>> read_weight("/many/", Span(0, 6))[1].message
"'many' is no weight."
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sttprep.grammars.expression import Alternative, Run
from sttprep.grammars.jsgf_syntax import Finding
from sttprep.source import Severity, Span

__all__ = ["read_weight", "weight_findings"]

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


def weight_findings(
    parts: Iterable[Alternative | Run], text: str, sphinx: bool = False
) -> list[Finding]:
    """Whether all alternatives have a weight or none has, and not all are zero."""
    total = 0
    zero: list[Span] = []
    weighted = 0
    without: Span | None = None
    for part in parts:
        total += 1
        if isinstance(part, Run):
            first = part.text.split("|", 1)[0].rstrip()
            without = without or Span(part.offset, part.offset + len(first))
        elif part.weight is None:
            without = without or part.span
        else:
            weighted += 1
            if part.weight == 0:
                zero.append(part.span)
    findings = []
    if weighted and without is not None:
        shown = text[without.start : without.end]
        shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."
        message = "this alternative has no weight, but others beside it have one."
        severity: Severity = "error"
        if sphinx:
            severity, message = "warning", f"{message[:-1]}: pocketsphinx counts it as /1/."
        hint = f'Write "/1/ {shown}", or take the weights of the others away.'
        findings.append(Finding("missing-weight", without, message, hint, severity))
    if zero and len(zero) == total:
        message = "all alternatives have weight 0, so nothing can be said."
        hint = 'Give one of them more: "/1/ tea | /0.5/ coffee".'
        findings.append(
            Finding("bad-weight", zero[0], message, hint, "warning" if sphinx else "error")
        )
    elif zero:
        message = "weight 0 means that this is never said."
        hint = "Take the alternative out, or give it more weight."
        findings += [Finding("zero-weight", span, message, hint, "warning") for span in zero]
    return findings
