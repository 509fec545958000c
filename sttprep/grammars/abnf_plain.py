"""A fast way to read ABNF right sides that are right.

For anything wrong, and for what is rare, the answer is None: then
`sttprep.grammars.abnf_expansion` reads it, which knows what to say about it, and gives the same
tree wherever there is an answer here.

>>> from sttprep.grammars.expression import Alternative, Alternatives, Reference, Repeat
>>> read_plain("[please] tea<1-> | $other", 0) == Alternatives((
...     Alternative(Sequence((Repeat(Token("please"), 0, 1), Repeat(Token("tea"), 1, None)))),
...     Alternative(Reference("other"))))
True
>>> read_plain("tea | ", 0), read_plain("tea<2-1>", 0)
(None, None)
"""

from __future__ import annotations

import re

from sttprep.grammars.abnf_nodes import external_reference, quoted, reference, repeated, tag
from sttprep.grammars.abnf_tokens import (
    BLANK,
    LANGUAGE_CODE,
    MOST_DIGITS,
    PLAIN,
    RULE_NAME,
    WORD,
    WORD_CHARACTERS,
)
from sttprep.grammars.assemble import Ways, group, joined, sequence, span_of, way, words
from sttprep.grammars.expression import (
    MAX_DEPTH,
    Expression,
    InLanguage,
    Run,
    Sequence,
    Token,
)

__all__ = ["read_plain"]

_END = f"(?![{WORD_CHARACTERS}])"
_TIMES = rf"[0-9]{{1,{MOST_DIGITS}}}"
_PLAIN = re.compile(rf"{BLANK}*+({PLAIN})?+{BLANK}*+")
# One token with the blanks behind it, so that lengths are enough to know where each one is.
_PIECE = re.compile(
    "(?:"
    + "|".join(
        (
            f"[{WORD_CHARACTERS}]++",
            rf"\$(?:(?:{RULE_NAME.pattern}){_END}|<[^<>\s]++>(?:~<[^<>\s]++>)?+)",
            # Plain alternatives follow a bar or an opening bracket at once.
            rf"[|(\[](?:{BLANK}*+{PLAIN})?+",
            r"[)\]]",
            r'"\s*+[^"\s][^"]*+"',
            r"\{!\{(?:(?!\}!\})[\s\S])*+\}!\}|\{(?!!\{)[^}]*+\}",
            f"!(?:{LANGUAGE_CODE.pattern}){_END}",
            r"/(?:[0-9]{1,9}\.?[0-9]{0,9}|\.[0-9]{1,9})/",
            rf"<{BLANK}*{_TIMES}(?:-(?:{_TIMES})?)?{BLANK}*"
            rf"(?:/(?:0?\.[0-9]{{1,9}}|[01])/{BLANK}*)?>",
            r"[^ \t\r\n]",
        )
    )
    + f"){BLANK}*+"
)
_WORD, _RULE, _SIGN, _CLOSER, _QUOTED, _TAG, _LANGUAGE, _WEIGHT, _REPEAT, _OTHER = range(10)
_FIRST = {chr(code): _WORD for code in range(128) if WORD.match(chr(code))}
_FIRST |= {"$": _RULE, "|": _SIGN, "(": _SIGN, "[": _SIGN, ")": _CLOSER, "]": _CLOSER}
_FIRST |= {'"': _QUOTED, "{": _TAG, "!": _LANGUAGE, "/": _WEIGHT, "<": _REPEAT}
_BLANKS = " \t\r\n"
_NOTHING, _SPOKEN, _SILENT = range(3)  # neither language nor repeat may follow, both, a repeat


def read_plain(text: str, start: int) -> Expression | None:
    """The expression of the right side that starts at an offset of a statement."""
    ways: Ways = []
    items: list[Expression] = []
    weight: float | None = None
    begin = -1  # of the weight
    before = _NOTHING
    outside: list[tuple[Ways, list[Expression], float | None, int, int]] = []
    found = _PLAIN.match(text, start)
    assert found is not None
    end = found.end()
    ran = found[1] is not None
    if ran:
        if end == len(text) and "|" not in found[1]:
            return sequence(words(found[1], found.start(1)))
        ways.append(Run(found[1], found.start(1)))
    for piece in _PIECE.findall(text, end):
        at = end
        end += len(piece)
        kind = _FIRST.get(piece[0], _OTHER)
        token = piece.rstrip(_BLANKS)
        if kind == _WORD or (kind == _OTHER and WORD.match(token)):
            items.append(Token(token, False, span_of(at, at + len(token))))
            before = _SPOKEN
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
                run = token[1:].lstrip(_BLANKS)
                offset = at + len(token) - len(run)
                ran = sign == "|" or "|" in run or text.startswith("|", end)
                if ran:
                    ways.append(Run(run, offset))
                else:
                    items = words(run, offset)
        elif kind == _CLOSER:
            if not outside:
                return None
            inside = ways, items, weight, begin
            ways, items, weight, begin, opener = outside.pop()
            if (text[opener] == "(") is not (token == ")"):
                return None
            around = span_of(opener, at + 1)
            before = _SPOKEN
            if inside[1] or ran:
                items.append(group(*inside, around, token))
            elif inside[0] or inside[2] is not None or token == "]":
                return None
            else:
                items.append(Sequence((), around))
                before = _SILENT
            ran = False
        elif len(token) == 1:
            return None
        elif kind == _RULE:
            make = external_reference if token[1] == "<" else reference
            items.append(make(token, span_of(at, at + len(token))))
            before = _SILENT
        elif kind == _QUOTED:
            items.append(quoted(token, span_of(at, at + len(token))))
            before = _SPOKEN
        elif kind == _TAG:
            items.append(tag(token, span_of(at, at + len(token))))
            before = _SILENT
        elif kind == _REPEAT and before != _NOTHING:
            made = repeated(items[-1], token, at + len(token))
            if made.most is not None and made.most < made.least:
                return None
            items[-1] = made
            before = _NOTHING
        elif kind == _LANGUAGE and before == _SPOKEN:
            place = span_of(items[-1].span.start, at + len(token))
            items[-1] = InLanguage(items[-1], token[1:], place)
            before = _SILENT
        elif kind == _WEIGHT and weight is None and not items:
            weight = float(token[1:-1])
            begin = at
        else:
            return None
    if outside or not (items or ran):
        return None
    return joined(ways, items, weight, begin)
