"""Nodes from what the fast readers of ABNF and JSGF have found between two brackets.

>>> joined([Run("tea | milk", 4)], words("hot water", 17), None, -1).span
Span(start=4, end=26)
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from sttprep.grammars.expression import (
    Alternative,
    Alternatives,
    Expression,
    Repeat,
    Run,
    Sequence,
    Token,
)
from sttprep.source import Span

__all__ = ["Ways", "group", "joined", "sequence", "span_of", "way", "words"]

Ways: TypeAlias = list[Alternative | Run]
"""Alternatives that are complete; the items of the last one are apart."""

_EACH_WORD = re.compile(r"\S+")

span_of = lru_cache(maxsize=4096)(Span)
"""Statements are short and start at 0, so that the same spans come again and again."""


def way(items: list[Expression], weight: float | None, begin: int) -> Alternative:
    """One alternative; ``begin`` is where its weight stands."""
    expression = sequence(items)
    if weight is None:
        return Alternative(expression, None, expression.span)
    return Alternative(expression, weight, span_of(begin, expression.span.end))


def sequence(items: list[Expression]) -> Expression:
    """Items one after the other; one alone is itself."""
    if len(items) == 1:
        return items[0]
    return Sequence(tuple(items), span_of(items[0].span.start, items[-1].span.end))


def joined(ways: Ways, items: list[Expression], weight: float | None, begin: int) -> Expression:
    """Everything of a rule or between two brackets: alternatives, and items of the last one."""
    if not ways and weight is None:
        return sequence(items)
    if items:
        ways.append(way(items, weight, begin))
    first, last = ways[0], ways[-1]
    start = first.offset if isinstance(first, Run) else first.span.start
    end = last.offset + len(last.text) if isinstance(last, Run) else last.span.end
    return Alternatives(tuple(ways), span_of(start, end))


def group(
    ways: Ways,
    items: list[Expression],
    weight: float | None,
    begin: int,
    span: Span,
    sign: str,
) -> Expression:
    """What stands between two brackets, the second of which is ``sign``."""
    if sign == "]":
        return Repeat(joined(ways, items, weight, begin), 0, 1, None, True, span)
    if not ways and weight is None:
        return Sequence(tuple(items), span)
    return Sequence((joined(ways, items, weight, begin),), span)


def words(phrase: str, offset: int) -> list[Expression]:
    """The words of a plain phrase that stands at an offset."""
    if len(phrase.split(maxsplit=1)) == 1:
        return [Token(phrase, False, span_of(offset, offset + len(phrase)))]
    return [
        Token(word[0], False, span_of(offset + word.start(), offset + word.end()))
        for word in _EACH_WORD.finditer(phrase)
    ]
