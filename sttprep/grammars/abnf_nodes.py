"""Nodes of the tokens of SRGS ABNF, and what its fast path has to know.

>>> from sttprep.source import Span
>>> external_reference("$<cities.gram#state>~<application/srgs>", Span(0, 39))
Reference(rule='state', grammar='cities.gram', media_type='application/srgs')
"""

from __future__ import annotations

import re

from sttprep.grammars.abnf_checks import repeats_fit
from sttprep.grammars.abnf_tokens import (
    BLANK,
    LANGUAGE_CODE,
    MOST_DIGITS,
    PHRASE,
    REPEAT,
    RULE_NAME,
    WORD_CHARACTERS,
)
from sttprep.grammars.expression import Expression, Reference, Repeat, Sequence, Special, Tag, Token
from sttprep.grammars.plain import Plain
from sttprep.source import Span

__all__ = ["PLAIN", "external_reference", "quoted", "reference", "repeated", "tag"]


_SPECIALS = frozenset({"NULL", "VOID", "GARBAGE"})


def reference(text: str, span: Span) -> Reference | Special:
    """Node of ``$name``."""
    name = text[1:]
    if name in _SPECIALS:
        return Special(name, span)  # type: ignore[arg-type]
    return Reference(name, None, None, span)


def external_reference(text: str, span: Span) -> Reference:
    """Node of ``$<uri#rule>~<media type>``."""
    uri, _, media_type = text.partition(">~<")
    grammar, _, rule = uri[2:].rstrip(">").strip().partition("#")
    return Reference(rule or None, grammar or None, media_type.rstrip(">").strip() or None, span)


def quoted(text: str, span: Span) -> Expression:
    """Node of a quotation; one without a word in it says nothing."""
    words = " ".join(text[1:-1].split())
    return Token(words, True, span) if words else Sequence((), span)


def tag(text: str, span: Span) -> Tag:
    """Node of a tag in either form."""
    return Tag(text[3:-3] if text.startswith("{!{") else text[1:-1], span)


def repeated(body: Expression, text: str, end: int) -> Repeat:
    """Node of something with a repeat operator, which is valid."""
    found = REPEAT.fullmatch(text)
    assert found is not None
    least, most, probability = found.groups()
    return Repeat(
        body,
        int(least),
        int(least) if most is None else int(most[1:]) if len(most) > 1 else None,
        None if probability is None else float(probability),
        span=Span(body.span.start, end),
    )


_END = f"(?![{WORD_CHARACTERS}])"
_TIMES = rf"[0-9]{{1,{MOST_DIGITS}}}"
_TOKENS = (
    f"[{WORD_CHARACTERS}]++",
    rf"\$(?:{RULE_NAME.pattern}){_END}",
    r'"\s*+[^"\s][^"]*+"',
    r"\{!\{(?:(?!\}!\})[\s\S])*+\}!\}|\{(?!!\{)[^}]*+\}",
    f"!(?:{LANGUAGE_CODE.pattern}){_END}",
    r"/(?:[0-9]{1,9}\.?[0-9]{0,9}|\.[0-9]{1,9})/",
    rf"<{BLANK}*{_TIMES}(?:-(?:{_TIMES})?)?{BLANK}*(?:/(?:0?\.[0-9]{{1,9}}|[01])/{BLANK}*)?>",
)
_SHAPES = dict.fromkeys(range(128), "w")
_SHAPES |= {ord(a): b for a, b in zip('$"{!/<|()[]', "rqtlxn|()[]", strict=True)}
# ruleAlternative ::= Weight? (subexpansion repeatOperator?)+, a language behind what is spoken
_ALTERNATIVE = r"x?(?:(?:[^rtlxn|()\[\]]l?|[rt])n?)++"

PLAIN = Plain(
    blank=BLANK,
    phrase=PHRASE,
    tokens=_TOKENS,
    alternatives=rf"{_ALTERNATIVE}(?:\|{_ALTERNATIVE})*+",
    shapes=_SHAPES,
    nodes={"q": quoted, "r": reference, "t": tag},
    repeated=repeated,
    reference=re.compile(rf"\$(?:{RULE_NAME.pattern})"),
    hides=re.compile(r'["{]'),
    valid=repeats_fit,
)
"""The fast path for ABNF."""
