"""A fast way to read JSGF right sides that are right.

For anything wrong, and for what is rare, the answer is None: then `sttprep.grammars.jsgf_body`
reads it, which knows what to say about it, and gives the same tree wherever there is an answer
here.

>>> from sttprep.grammars.expression import Sequence
>>> read_plain("[please] tea+ | <other> {x}", 0) == Alternatives((
...     Alternative(Sequence((Repeat(Token("please"), 0, 1), Repeat(Token("tea"), 1, None)))),
...     Alternative(Sequence((Reference("other"), Tag("x"))))))
True
>>> read_plain("tea | ", 0), read_plain("tea {hot}*", 0)
(None, None)
"""

from __future__ import annotations

import re

from sttprep.grammars.assemble import Ways, group, joined, sequence, span_of, way, words
from sttprep.grammars.expression import (
    MAX_DEPTH,
    Alternative,
    Alternatives,
    Expression,
    Reference,
    Repeat,
    Run,
    Special,
    Tag,
    Token,
)
from sttprep.source import Span

__all__ = ["read_plain"]

_SIGNS = re.compile(r'[=*+<>()\[\]{}"/;]')
"""Without any of these, there are only words and bars."""
_NO_WORDS = re.compile(r"\|\s*\|")

_WORD = r"""[^\s;=|*+<>()\[\]{}"/]++"""
_PHRASE = rf"{_WORD}(?:\s++{_WORD})*+(?=\s*+(?:[|)\]]|\Z))"
_RUN = rf"{_PHRASE}(?:\s*+\|\s*+{_PHRASE})*+"
_FIRST_RUN = re.compile(rf"\s*+({_RUN})?+\s*+")
# One sign or word with the blanks behind it: lengths are enough to know where each one is.
_PIECE = re.compile(
    "(?:"
    + "|".join(
        (
            _WORD,
            r"<[\w$\-]++>",
            # Plain alternatives follow a bar or an opening bracket at once.
            rf"[|(\[](?:\s*+{_RUN})?+",
            r"[)\]*+]",
            r'"\s*+[^"\s\\][^"\\]*+"',
            r"\{[^\\}]*+\}",
            r"/\s*+(?=[0-9.]*[1-9])(?:[0-9]{1,9}\.?[0-9]{0,9}|\.[0-9]{1,9})\s*+/",
            r"\S",
        )
    )
    + r")\s*+"
)
_RULE, _SIGN, _CLOSER, _OPERATOR, _QUOTED, _TAG, _WEIGHT, _WRONG, _SPOKEN = range(9)
_FIRST = {"<": _RULE, "|": _SIGN, "(": _SIGN, "[": _SIGN, ")": _CLOSER, "]": _CLOSER}
_FIRST |= {"*": _OPERATOR, "+": _OPERATOR, '"': _QUOTED, "{": _TAG, "/": _WEIGHT}
_FIRST |= dict.fromkeys("=>};", _WRONG)
_NOTHING, _ITEM, _TAGGED, _REPEATED = range(4)  # what stands before


def read_plain(text: str, start: int, sphinx: bool = False) -> Expression | None:
    """The expression of the right side that starts at an offset of a statement.

    Args:
        text: a statement, without blanks at its end.
        start: where the right side starts.
        sphinx: whether pocketsphinx is asked, for which quotes and weights are no plain matter.
    """
    if _SIGNS.search(text, start) is None:
        return _only_words(text[start:], start)
    if sphinx and ('"' in text or "/" in text):
        return None
    ways: Ways = []
    items: list[Expression] = []
    weight: float | None = None
    begin = -1  # of the weight
    weighted = False
    before = _NOTHING
    outside: list[tuple[Ways, list[Expression], float | None, int, int]] = []
    found = _FIRST_RUN.match(text, start)
    assert found is not None
    end = found.end()
    ran = found[1] is not None
    if ran:
        ways.append(Run(found[1], found.start(1)))
    for piece in _PIECE.findall(text, end):
        at = end
        end += len(piece)
        kind = _FIRST.get(piece[0], _SPOKEN)
        token = piece.rstrip()
        if kind == _SPOKEN:
            items.append(Token(token, False, span_of(at, at + len(token))))
            before = _ITEM
        elif kind == _RULE and len(token) > 1:
            items.append(_reference(token, span_of(at, at + len(token))))
            before = _ITEM
        elif kind == _SIGN:
            sign = token[0]
            if sign == "|":
                if items:
                    ways.append(way(items, weight, begin))
                    items, weight = [], None
                elif not ran:
                    return None
            elif len(outside) == MAX_DEPTH:
                return None
            else:
                outside.append((ways, items, weight, begin, at))
                ways, items, weight = [], [], None
            before = _NOTHING
            ran = len(token) > 1
            if ran:
                run = token[1:].lstrip()
                offset = at + len(token) - len(run)
                ran = sign == "|" or "|" in run or text.startswith("|", end)
                if ran:
                    ways.append(Run(run, offset))
                else:
                    items = words(run, offset)
        elif kind == _CLOSER:
            if not outside or not (items or ran) or (weighted and _uneven(ways, items, weight)):
                return None
            inside = ways, items, weight, begin
            ways, items, weight, begin, opener = outside.pop()
            if (text[opener] == "(") is not (token == ")"):
                return None
            items.append(group(*inside, span_of(opener, at + 1), token))
            before = _ITEM
            ran = False
        elif kind == _OPERATOR and before == _ITEM:
            place = span_of(items[-1].span.start, at + 1)
            items[-1] = Repeat(items[-1], 0 if token == "*" else 1, None, span=place)
            before = _REPEATED
        elif kind == _TAG and len(token) > 1 and before in (_ITEM, _TAGGED):
            items.append(Tag(token[1:-1], span_of(at, at + len(token))))
            before = _TAGGED
        elif kind == _QUOTED and len(token) > 1:
            spoken = " ".join(token[1:-1].split())
            items.append(Token(spoken, True, span_of(at, at + len(token))))
            before = _ITEM
        elif kind == _WEIGHT and len(token) > 1 and weight is None and not items:
            weight = float(token[1:-1])
            begin = at
            weighted = True
        else:
            return None
    if outside or not (items or ran) or (weighted and _uneven(ways, items, weight)):
        return None
    return joined(ways, items, weight, begin)


def _only_words(side: str, start: int) -> Expression | None:
    """Words and bars: most of a big grammar, and told without looking at each."""
    bare = side.strip()
    start += len(side) - len(side.lstrip())
    if bare[:1] in ("", "|") or bare[-1] == "|" or _NO_WORDS.search(bare):
        return None
    if "|" in bare:
        return Alternatives((Run(bare, start),), Span(start, start + len(bare)))
    return sequence(words(bare, start))


def _reference(written: str, span: Span) -> Expression:
    if written == "<NULL>":
        return Special("NULL", span)
    if written == "<VOID>":
        return Special("VOID", span)
    return Reference(written[1:-1], span=span)


def _uneven(ways: Ways, items: list[Expression], weight: float | None) -> bool:
    """Whether some alternatives have a weight and others have none."""
    weighted = [isinstance(part, Alternative) and part.weight is not None for part in ways]
    if items:
        weighted.append(weight is not None)
    return any(weighted) and not all(weighted)
