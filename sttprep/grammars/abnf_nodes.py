"""Nodes of the tokens of SRGS ABNF.

>>> from sttprep.source import Span
>>> external_reference("$<cities.gram#state>~<application/srgs>", Span(0, 39))
Reference(rule='state', grammar='cities.gram', media_type='application/srgs')
"""

from __future__ import annotations

from sttprep.grammars.abnf_tokens import REPEAT
from sttprep.grammars.expression import Expression, Reference, Repeat, Sequence, Special, Tag, Token
from sttprep.source import Span

__all__ = ["external_reference", "quoted", "reference", "repeated", "tag"]


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
