"""A fast way to read JSGF right sides that are right and use common signs only.

For anything else, and for anything wrong, the answer is None: `sttprep.grammars.jsgf_body` reads
it, and gives the same tree wherever there is an answer here.

>>> plain_body("[please] tea+ {hot}", 0) is None
True
>>> plain_body("[please] (tea {hot})+ | <other>", 0).references
(Reference(rule='other', grammar=None, media_type=None),)
"""

from __future__ import annotations

import re

from sttprep.grammars.expression import (
    Alternatives,
    Expression,
    Reference,
    Repeat,
    Run,
    Special,
    Tag,
    Token,
)
from sttprep.grammars.grammar import Body
from sttprep.grammars.plain import Plain, PlainBody
from sttprep.source import Span

__all__ = ["plain_body"]

_SIGNS = '=*+<>()[]{}"/;'
"""Without any of these, there are only words and bars."""
_NO_WORDS = re.compile(r"\|\s*\|")

_WORD = r"""[^\s;=|*+<>()\[\]{}"/]++"""
_PHRASE = rf"{_WORD}(?:\s++{_WORD})*+(?=\s*+(?:[|)\]]|\Z))"
_VALID = {
    "word": _WORD,
    "reference": r"<[\w$\-]++>",
    "quoted": r'"\s*+[^"\s\\][^"\\]*+"',
    "tag": r"\{[^\\}]*+\}",
    "weight": r"/\s*+(?=[0-9.]*[1-9])(?:[0-9]{1,9}\.?[0-9]{0,9}|\.[0-9]{1,9})\s*+/",
    "repeat": r"[*+]",
    "sign": r"[|)\[\]]|\((?!\s*+\))",
}
_SHAPES = dict.fromkeys(range(128), "w")
_SHAPES |= {ord(a): b for a, b in zip('<"{/*+|()[]', "rqtxnn|()[]", strict=True)}
# JSGF 1.0, 4.5 and 4.6: behind an item one operator, or any number of tags
_ITEMS = r"(?:[^txn|()\[\]](?:n|t*+))++"


def _word(text: str, span: Span) -> Expression:
    return Token(text, False, span)


def _quoted(text: str, span: Span) -> Expression:
    return Token(" ".join(text[1:-1].split()), True, span)


def _tag(text: str, span: Span) -> Expression:
    return Tag(text[1:-1], span)


def _reference(text: str, span: Span) -> Expression:
    if text == "<NULL>":
        return Special("NULL", span)
    if text == "<VOID>":
        return Special("VOID", span)
    return Reference(text[1:-1], span=span)


def _repeated(body: Expression, text: str, end: int) -> Repeat:
    return Repeat(body, 0 if text == "*" else 1, None, span=Span(body.span.start, end))


_PLAIN = Plain(
    run=re.compile(rf"{_PHRASE}(?:\s*+\|\s*+{_PHRASE})++"),
    first=re.compile(rf"(?:(?=(\S))(?:{'|'.join(_VALID.values())})|\S)"),
    shapes=_SHAPES,
    alternatives=rf"(?:{_ITEMS}(?:\|{_ITEMS})*+|x{_ITEMS}(?:\|x{_ITEMS})*+)",
    token=re.compile(rf"\s*+(?:{'|'.join(f'(?P<{k}>{p})' for k, p in _VALID.items())})"),
    nodes={"word": _word, "reference": _reference, "quoted": _quoted, "tag": _tag},
    repeated=_repeated,
    reference=re.compile(r"<[\w$\-]++>"),
    hides=re.compile(r'["{]'),
)


def plain_body(text: str, start: int, sphinx: bool = False) -> Body | None:
    """The right side that starts at an offset of a statement.

    Args:
        text: a statement.
        start: where the right side starts, blanks left out.
        sphinx: whether pocketsphinx is asked, for which quotes and weights are no plain matter.
    """
    text = text.rstrip()
    side = text[start:]
    if not any(sign in side for sign in _SIGNS):
        return _only_words(text, start, side)
    if sphinx and ('"' in side or "/" in side):
        return None
    return PlainBody(text, start, _PLAIN) if _PLAIN.accepts(text, start) else None


def _only_words(text: str, start: int, side: str) -> Body | None:
    """Words and bars: most of a big grammar, and told without looking at each."""
    if side[:1] in ("", "|") or side[-1] == "|" or _NO_WORDS.search(side):
        return None
    body = PlainBody(text, start, _PLAIN)
    if "|" in side:
        run = Run(side, start)
        vars(body)["expression"] = Alternatives((run,), Span(start, start + len(side)))
    return body
