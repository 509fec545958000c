"""Nodes of the tokens of SRGS ABNF, and its fast path.

>>> from sttprep.source import Span
>>> external_reference("$<cities.gram#state>~<application/srgs>", Span(0, 39))
Reference(rule='state', grammar='cities.gram', media_type='application/srgs')
"""

from __future__ import annotations

import re

from sttprep.grammars.abnf_checks import repeat_fits
from sttprep.grammars.abnf_tokens import (
    BLANK,
    LANGUAGE_CODE,
    MOST_DIGITS,
    REPEAT,
    RULE_NAME,
    RUN,
    WORD_CHARACTERS,
)
from sttprep.grammars.expression import Expression, Reference, Repeat, Sequence, Special, Tag, Token
from sttprep.grammars.plain import Plain
from sttprep.source import Span

__all__ = ["PLAIN", "external_reference", "quoted", "reference", "repeated", "tag"]


def reference(text: str, span: Span) -> Reference | Special:
    """Node of ``$name``."""
    if text in ("$NULL", "$VOID", "$GARBAGE"):
        return Special(text[1:], span)  # type: ignore[arg-type]
    return Reference(text[1:], span=span)


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


def _word(text: str, span: Span) -> Token:
    return Token(text, False, span)


_WORD = f"[{WORD_CHARACTERS}]++"
_END = f"(?![{WORD_CHARACTERS}])"
_VALID = {
    "word": _WORD,
    "reference": rf"\$(?:{RULE_NAME.pattern}){_END}",
    "quoted": r'"\s*+[^"\s][^"]*+"',
    "tag": r"\{!\{(?:(?!\}!\})[\s\S])*+\}!\}|\{(?!!\{)[^}]*+\}",
    "language": f"!(?:{LANGUAGE_CODE.pattern}){_END}",
    "weight": r"/(?:[0-9]{1,9}\.?[0-9]{0,9}|\.[0-9]{1,9})/",
    "repeat": rf"<{BLANK}*[0-9]{{1,{MOST_DIGITS}}}(?:-[0-9]{{0,{MOST_DIGITS}}})?{BLANK}*"
    rf"(?:/(?:[01]?\.[0-9]{{1,9}}|[01])/{BLANK}*)?>",
    "sign": r"[|()\[\]]",
}
_SHAPES = {ord(character): "w" for character in map(chr, range(128))}
_SHAPES |= {ord(a): b for a, b in zip('$"{!/<|()[]', "rqtlxn|()[]", strict=True)}
# sequenceElement ::= subexpansion repeatOperator?, a language only behind what is spoken
_ALTERNATIVE = r"x?(?:(?:[^rtlxn|()\[\]]l?|[rt])n?)++"

PLAIN = Plain(
    run=re.compile(RUN),
    first=re.compile(rf"(?:(?=(\S))(?:{'|'.join(_VALID.values())})|[^ \t\r\n])"),
    shapes=_SHAPES,
    alternatives=rf"{_ALTERNATIVE}(?:\|{_ALTERNATIVE})*+",
    token=re.compile(rf"{BLANK}*+(?:{'|'.join(f'(?P<{k}>{p})' for k, p in _VALID.items())})"),
    nodes={"word": _word, "reference": reference, "quoted": quoted, "tag": tag},
    repeated=repeated,
    reference=re.compile(rf"\$(?:{RULE_NAME.pattern})"),
    hides=re.compile(r'["{]'),
    valid=repeat_fits,
)
"""The fast path for ABNF."""
