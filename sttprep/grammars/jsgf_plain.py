"""A fast way to read JSGF right sides that are right and use only common signs.

These are words, names of rules, ``( )``, ``[ ]``, ``|``, ``*`` and ``+``. For anything else, and
for anything wrong, the answer is None: `sttprep.grammars.jsgf_body` reads it, and gives the same
tree wherever there is an answer here.

>>> read_plain("[please] tea+ | <other>", 0) == Alternatives((
...     Alternative(Sequence((Repeat(Token("please"), 0, 1), Repeat(Token("tea"), 1, None)))),
...     Alternative(Reference("other"))))
True
>>> read_plain("tea | ", 0), read_plain("tea {hot}", 0)
(None, None)
"""

from __future__ import annotations

import re
from typing import TypeAlias

from sttprep.grammars.expression import (
    MAX_DEPTH,
    Alternative,
    Alternatives,
    Expression,
    Reference,
    Repeat,
    Run,
    Sequence,
    Special,
    Token,
)
from sttprep.source import Span

__all__ = ["read_plain"]

_SIGNS = '=*+<>()[]{}"/;'
_NO_WORDS = re.compile(r"\|\s*\|")
_WORD = r"""[^\s;=|*+<>()\[\]{}"/]++"""
_WORDS = rf"{_WORD}(?:\s++{_WORD})*"
_NAME = r"<([\w$\-]++)>"
_RUN = rf"{_WORDS}(?:\s*+\|\s*+{_WORDS})*(?=\s*+(?:[|)\]]|$))"
_START = re.compile(rf"\s*+(?:({_RUN})|({_WORD})|{_NAME}|([(\[]))")
"""At the start of an alternative: plain alternatives, a word, a rule, an opening bracket."""
_NEXT = re.compile(rf"\s*+(?:({_WORD})|{_NAME}|([(\[])|([|)\]])|([*+])|$)")
"""Behind it: a word, a rule, an opening bracket, an end of the alternative, an operator."""
_EACH_WORD = re.compile(r"\S+")

_Ways: TypeAlias = list[Alternative | Run]


def read_plain(text: str, start: int) -> Expression | None:
    """The expression of the right side that starts at an offset of a statement."""
    body = text[start:]
    if not any(sign in body for sign in _SIGNS):
        return _only_words(body, start)
    at = start
    ways: _Ways = []
    items: list[Expression] = []
    outside: list[tuple[_Ways, list[Expression], int]] = []
    while True:
        match = _START.match(text, at)
        if match is None:
            return None
        kind = match.lastindex
        at = match.end()
        if kind == 1:
            if "|" in match[1]:
                ways.append(Run(match[1], match.start(1)))
            else:
                items += _words(match[1], match.start(1))
        elif kind == 2:
            items.append(Token(match[2], span=Span(match.start(2), at)))
        elif kind == 3:
            items.append(_reference(match[3], Span(match.start(3) - 1, at)))
        elif len(outside) < MAX_DEPTH:
            outside.append((ways, items, at - 1))
            ways, items = [], []
            continue
        else:
            return None
        repeatable = True
        while True:
            match = _NEXT.match(text, at)
            if match is None:
                return None
            kind = match.lastindex
            at = match.end()
            if kind == 4:
                sign = match[4]
                if sign == "|":
                    if items:
                        ways.append(_way(items))
                        items = []
                    break
                if not outside:
                    return None
                outer_ways, outer_items, opener = outside.pop()
                if (text[opener] == "(") is not (sign == ")"):
                    return None
                outer_items.append(_group(ways, items, sign, Span(opener, at)))
                ways, items = outer_ways, outer_items
                repeatable = True
            elif kind == 1:
                items.append(Token(match[1], span=Span(match.start(1), at)))
                repeatable = True
            elif kind == 2:
                items.append(_reference(match[2], Span(match.start(2) - 1, at)))
                repeatable = True
            elif kind == 5:
                if not repeatable:
                    return None
                repeated = items[-1]
                least = 0 if match[5] == "*" else 1
                items[-1] = Repeat(repeated, least, None, span=Span(repeated.span.start, at))
                repeatable = False
            elif kind == 3:
                if len(outside) == MAX_DEPTH:
                    return None
                outside.append((ways, items, at - 1))
                ways, items = [], []
                break
            else:
                return None if outside else _joined(ways, items)


def _only_words(body: str, start: int) -> Expression | None:
    """Words and bars."""
    text = body.strip()
    start += len(body) - len(body.lstrip())
    if not text or text[0] == "|" or text[-1] == "|" or _NO_WORDS.search(text):
        return None
    if "|" in text:
        return Alternatives((Run(text, start),), Span(start, start + len(text)))
    return _joined([], _words(text, start))


def _words(text: str, start: int) -> list[Expression]:
    return [
        Token(word[0], span=Span(start + word.start(), start + word.end()))
        for word in _EACH_WORD.finditer(text)
    ]


def _reference(name: str, span: Span) -> Expression:
    if name == "NULL":
        return Special("NULL", span)
    if name == "VOID":
        return Special("VOID", span)
    return Reference(name, span=span)


def _sequence(items: list[Expression]) -> Expression:
    if len(items) == 1:
        return items[0]
    return Sequence(tuple(items), Span(items[0].span.start, items[-1].span.end))


def _way(items: list[Expression]) -> Alternative:
    sequence = _sequence(items)
    return Alternative(sequence, span=sequence.span)


def _joined(ways: _Ways, items: list[Expression]) -> Expression:
    """Everything between two brackets, or of a rule: alternatives, and items of the last one."""
    if not ways:
        return _sequence(items)
    if items:
        ways = [*ways, _way(items)]
    first, last = ways[0], ways[-1]
    start = first.offset if isinstance(first, Run) else first.span.start
    end = last.offset + len(last.text) if isinstance(last, Run) else last.span.end
    return Alternatives(tuple(ways), Span(start, end))


def _group(ways: _Ways, items: list[Expression], sign: str, span: Span) -> Expression:
    if sign == "]":
        return Repeat(_joined(ways, items), 0, 1, brackets=True, span=span)
    return Sequence((_joined(ways, items),) if ways else tuple(items), span)
