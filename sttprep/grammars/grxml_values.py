"""Elements and attributes of the XML form: which there are, and what can stand in them.

>>> read_repeat("2-5"), read_repeat("3-"), read_repeat("4")
((2, 5), (3, None), (4, 4))
>>> read_repeat("5-2")
Complaint(code='bad-repeat', message="the repeat '5-2' has its larger number first.", hint='Write \
repeat="2-5".')
>>> nearest("itme", CHILDREN["rule"])
'item'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from sttprep.grammars.abnf_tokens import RULE_NAME
from sttprep.grammars.wording import similar

__all__ = [
    "ATTRIBUTES",
    "CHILDREN",
    "EXPANSIONS",
    "HEADERS",
    "NAMESPACE",
    "XML_NAMESPACE",
    "Complaint",
    "is_rule_name",
    "nearest",
    "read_language",
    "read_probability",
    "read_repeat",
    "read_weight",
    "rule_name_complaint",
]

NAMESPACE = "http://www.w3.org/2001/06/grammar"
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"

# SRGS 1.0, Appendix C.
EXPANSIONS = frozenset({"item", "one-of", "ruleref", "tag", "token"})
"""What a rule is made of."""
HEADERS = frozenset({"lexicon", "meta", "metadata"})
"""What stands before the rules."""
CHILDREN: dict[str, frozenset[str]] = {
    "grammar": HEADERS | {"rule", "tag"},
    "rule": EXPANSIONS | {"example"},
    "item": EXPANSIONS,
    "one-of": frozenset({"item"}),
}
"""What can stand directly in an element; nothing where it is not named."""
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "example": (),
    "grammar": ("version", "xml:lang", "mode", "root", "tag-format", "xml:base"),
    "item": ("repeat", "repeat-prob", "weight", "xml:lang"),
    "lexicon": ("uri", "type"),
    "meta": ("name", "http-equiv", "content"),
    "one-of": ("xml:lang",),
    "rule": ("id", "scope"),
    "ruleref": ("uri", "special", "type"),
    "tag": (),
    "token": ("xml:lang",),
}
"""Attributes of each element."""


class Complaint(NamedTuple):
    """What is wrong with a value."""

    code: str
    message: str
    hint: str


_REPEAT = re.compile(r"([0-9]+)(?:(-)([0-9]+)?)?")
_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_MOST_DIGITS = 9  # of a repeat count; no machine repeats more


def is_rule_name(text: str) -> bool:
    """Whether this can name a rule of SRGS."""
    return RULE_NAME.fullmatch(text) is not None


def rule_name_complaint(text: str) -> Complaint | None:
    """What is wrong with a rule name; None where it is fine."""
    if is_rule_name(text):
        return None
    if not text:
        return Complaint("bad-rule-name", "the rule has an empty name.", 'Write e.g. id="size".')
    if text[0] in "$#" and is_rule_name(text[1:]):
        message = f"a rule name has no '{text[0]}' before it."
        return Complaint("bad-rule-name", message, f'Write "{text[1:]}".')
    mended = re.sub(r"[^\w]+", "_", text).strip("_") or "size"
    mended = mended if is_rule_name(mended) else f"r_{mended}"
    bad = next((sign for sign in text if not is_rule_name("a" + sign)), "")
    what = (
        f"a rule name has no '{bad}' in it" if bad else f"a rule name cannot start with '{text[0]}'"
    )
    hint = f'Use letters, digits and "_", e.g. "{mended}".'
    return Complaint("bad-rule-name", f"{what}: '{text}'.", hint)


def read_repeat(text: str) -> tuple[int, int | None] | Complaint:
    """``n``, ``n-m``, ``n-`` (SRGS 1.0, 2.5)."""
    match = _REPEAT.fullmatch(text.strip())
    if match is None:
        return Complaint(
            "bad-repeat",
            f"'{text}' does not say how often.",
            'Write repeat="3", repeat="2-5", repeat="0-1" or repeat="1-" (once or more).',
        )
    if max(len(match[1]), len(match[3] or "")) > _MOST_DIGITS:
        return Complaint("bad-repeat", "the repeat is too large.", 'Write e.g. repeat="0-".')
    least = int(match[1])
    most = int(match[3]) if match[3] else None if match[2] else least
    if most is not None and most < least:
        message = f"the repeat '{text}' has its larger number first."
        return Complaint("bad-repeat", message, f'Write repeat="{most}-{least}".')
    return least, most


def read_probability(text: str) -> float | Complaint:
    """Of one more repetition (SRGS 1.0, 2.5.1)."""
    if _DECIMAL.fullmatch(text.strip()) and float(text) <= 1:
        return float(text)
    return Complaint(
        "bad-probability",
        f"the probability '{text}' is not a number from 0 to 1.",
        'Write e.g. repeat-prob="0.25".',
    )


def read_weight(text: str) -> float | Complaint:
    """Of an alternative (SRGS 1.0, 2.4.1)."""
    if _DECIMAL.fullmatch(text.strip()) and float(text) < float("inf"):
        return float(text)
    return Complaint(
        "bad-weight",
        f"the weight '{text}' is not a positive number.",
        'Write e.g. weight="2" or weight="0.5".',
    )


def read_language(text: str) -> str | Complaint:
    """A language tag like ``en-US`` (RFC 3066)."""
    if _LANGUAGE.fullmatch(text.strip()):
        return text.strip()
    mended = text.strip().replace("_", "-")
    example = mended if _LANGUAGE.fullmatch(mended) else "en-US"
    return Complaint(
        "bad-language", f"'{text}' does not name a language.", f'Write e.g. xml:lang="{example}".'
    )


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant."""
    by_lower = {each.lower(): each for each in sorted(known)}
    lower = name.lower()
    found = similar(lower, by_lower)
    if found:
        return by_lower[found]
    return next((each for each in sorted(known) if each.endswith(":" + lower)), None)
