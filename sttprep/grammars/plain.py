"""The fast path of the text readers: valid statements, checked by their shape, built on demand.

Each token of a statement becomes one character (``w`` for a word, ``r`` for a reference, …), and
innermost groups of that string are replaced by one character until none is left. A statement that
does not come out valid is handed to the parser, which knows what to say about it.

>>> from sttprep.grammars.abnf_nodes import PLAIN
>>> PLAIN.accepts("[very] ($size | large) tea<2>", 0), PLAIN.accepts("[very ($size | large)", 0)
(True, False)
>>> body = PlainBody("[very] ($size | large) tea", 0, PLAIN)
>>> body.references
(Reference(rule='size', grammar=None, media_type=None),)
>>> body.expression.items[2]
Token(text='tea', quoted=False)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias

from sttprep.grammars.expression import (
    MAX_DEPTH,
    Alternative,
    Alternatives,
    Expression,
    InLanguage,
    Reference,
    Repeat,
    Run,
    Sequence,
    Token,
)
from sttprep.grammars.facts import Facts, find_facts
from sttprep.grammars.grammar import Body
from sttprep.grammars.plain_facts import plain_facts
from sttprep.source import Span

__all__ = ["Plain", "PlainBody"]


@dataclass(frozen=True)
class Plain:
    """What the fast path has to know about a language.

    Shapes: ``w`` word, ``q`` quotation, ``r`` reference, ``t`` tag, ``l`` language, ``x`` weight,
    ``n`` repeat, and the signs ``| ( ) [ ]`` themselves.
    """

    blank: str
    """White space between tokens, one character; this and the next three are regular expressions.
    """
    phrase: str
    """Words up to the next ``|``, ``)``, ``]`` or the end."""
    tokens: tuple[str, ...]
    """Valid tokens, apart from the signs."""
    alternatives: str
    """Shapes of alternatives without groups."""
    shapes: Mapping[int, str]
    """Shape of a token by the code of its first character; others are words."""
    nodes: Mapping[str, Callable[[str, Span], Expression]]
    """How tokens of the shapes ``q r t`` become nodes."""
    repeated: Callable[[Expression, str, int], Repeat]
    """How an expression and a repeat operator become a node; the last argument is its end."""
    reference: re.Pattern[str]
    """A reference in a text without quotations, tags and the like."""
    hides: re.Pattern[str]
    """What a text must not hold for that."""
    empty: bool = True
    """Whether ``()`` is valid."""
    valid: Callable[[str], bool] = lambda text: True
    """Whether tokens that look right are right (numbers in order, and so on)."""

    def body(self, text: str, start: int) -> PlainBody | None:
        """The right side of a statement from an offset on; None where it is perhaps not valid."""
        return PlainBody(text, start, self) if self.accepts(text, start) else None

    def accepts(self, text: str, start: int) -> bool:
        """Whether a statement is valid from an offset on; False: perhaps not."""
        run = self.run.match(text, start)
        if run is not None and run.end() == len(text):
            return True
        firsts = self._first.findall(text, start)
        if "" in firsts:
            return False
        shape = "".join(firsts).translate(self.shapes)
        check = self._short if len(shape) < _SHORT else self._is_valid
        return check(shape) and self.valid(text)

    @cached_property
    def run(self) -> re.Pattern[str]:
        """Blanks, then (group 1) alternatives of plain words and nothing else, then blanks."""
        return re.compile(rf"{self.blank}*+({self._phrases}){self.blank}*+")

    @cached_property
    def pieces(self) -> re.Pattern[str]:
        """A token and the blanks behind it; a bar or an opening bracket takes a run with it."""
        signs = rf"[|(\[](?:{self.blank}*+{self._phrases})?+|[)\]]"
        return re.compile(rf"(?:{'|'.join(self.tokens)}|{signs}){self.blank}*+")

    @cached_property
    def _phrases(self) -> str:
        return rf"{self.phrase}(?:{self.blank}*+\|{self.blank}*+{self.phrase})*+"

    @cached_property
    def _first(self) -> re.Pattern[str]:
        """A token; group 1 is its first character, or empty where it is not valid."""
        tokens = "|".join((*self.tokens, r"[|()\[\]]"))
        return re.compile(rf"(?=(\S))(?:{tokens})|(?!{self.blank})[\s\S]")

    @cached_property
    def _short(self) -> Callable[[str], bool]:
        return lru_cache(maxsize=4096)(self._is_valid)

    @cached_property
    def _group(self) -> re.Pattern[str]:
        return re.compile(rf"\({self.alternatives}\)|\[{self.alternatives}\]")

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return re.compile(self.alternatives)

    def _is_valid(self, shape: str) -> bool:
        if self.empty:
            shape = shape.replace("()", "t")
        # Two levels short of the limit the parser counts exactly.
        for _ in range(MAX_DEPTH - 2):
            shape, count = self._group.subn("q", shape)
            if not count:
                return self._whole.fullmatch(shape) is not None
        return False


class PlainBody(Body):
    """Right side of a valid statement, built when it is asked for."""

    def __init__(self, text: str, start: int, plain: Plain) -> None:
        self._text = text
        self._start = start
        self._plain = plain

    @cached_property
    def expression(self) -> Expression:  # type: ignore[override]
        """What it matches."""
        return _build(self._text, self._start, self._plain)

    @cached_property
    def facts(self) -> Facts:
        """What it says by itself, for the checks, without its expression where that is simple."""
        return plain_facts(self._text[self._start :], self._build) or find_facts(self.expression)

    def _build(self, text: str) -> Expression:
        return _build(text, 0, self._plain)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every use of another rule, in order."""
        plain = self._plain
        if plain.hides.search(self._text, self._start):
            return tuple(node for node in self._nodes() if isinstance(node, Reference))
        found = (
            plain.nodes["r"](match[0], Span(match.start(), match.end()))
            for match in plain.reference.finditer(self._text, self._start)
        )
        return tuple(node for node in found if isinstance(node, Reference))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word spoken in the rule itself."""
        words: set[str] = set()
        for node in self._nodes():
            if isinstance(node, Token):
                words.update(node.text.split())
            elif isinstance(node, Run):
                words.update(node.text.replace("|", " ").split())
        return frozenset(words)

    def _nodes(self) -> Iterator[Expression | Run]:
        """All nodes in order, a run as a whole."""
        waiting: list[Expression | Run] = [self.expression]
        while waiting:
            node = waiting.pop()
            yield node
            if isinstance(node, Sequence):
                waiting += reversed(node.items)
            elif isinstance(node, Alternatives):
                waiting += (
                    part if isinstance(part, Run) else part.expression
                    for part in reversed(node.parts)
                )
            elif isinstance(node, Repeat | InLanguage):
                waiting.append(node.body)


_Ways: TypeAlias = list[Alternative | Run]
# Statements are short and start at 0, so that the same spans come again and again.
_span = lru_cache(maxsize=4096)(Span)


def _build(text: str, start: int, plain: Plain) -> Expression:
    """The expression of a right side known to be valid."""
    ways: _Ways = []
    items: list[Expression] = []
    weight: float | None = None
    begin = -1  # of the weight
    outside: list[tuple[_Ways, list[Expression], float | None, int, int]] = []
    shapes, nodes = plain.shapes, plain.nodes
    if run := plain.run.match(text, start):
        start = run.end()
        if start == len(text) and "|" not in run[1]:
            return _sequence(_words(run[1], run.start(1)))
        ways.append(Run(run[1], run.start(1)))
    else:
        start += len(text) - start - len(text[start:].lstrip())
    end = start
    for piece in plain.pieces.findall(text, start):
        at = end
        end += len(piece)
        shape = shapes.get(ord(piece[0]), "w")
        token = piece.rstrip()
        if shape == "w":
            items.append(Token(token, False, _span(at, at + len(token))))
        elif shape in "|([":
            if shape != "|":
                outside.append((ways, items, weight, begin, at))
                ways, items, weight = [], [], None
            elif items:
                ways.append(_way(items, weight, begin))
                items, weight = [], None
            if len(token) > 1:
                words = token[1:].lstrip()
                offset = at + len(token) - len(words)
                if shape == "|" or "|" in words or text.startswith("|", end):
                    ways.append(Run(words, offset))
                else:
                    items = _words(words, offset)
        elif shape in ")]":
            inside = ways, items, weight, begin
            ways, items, weight, begin, opener = outside.pop()
            items.append(_group(*inside, _span(opener, at + 1), shape))
        elif shape == "n":
            items[-1] = plain.repeated(items[-1], token, at + len(token))
        elif shape == "l":
            span = _span(items[-1].span.start, at + len(token))
            items[-1] = InLanguage(items[-1], token[1:], span)
        elif shape == "x":
            weight, begin = float(token[1:-1]), at
        else:
            items.append(nodes[shape](token, _span(at, at + len(token))))
    return _joined(ways, items, weight, begin)


def _words(phrase: str, offset: int) -> list[Expression]:
    return [
        Token(word[0], False, _span(offset + word.start(), offset + word.end()))
        for word in _WORD.finditer(phrase)
    ]


def _way(items: list[Expression], weight: float | None, begin: int) -> Alternative:
    expression = _sequence(items)
    if weight is None:
        return Alternative(expression, None, expression.span)
    return Alternative(expression, weight, _span(begin, expression.span.end))


def _sequence(items: list[Expression]) -> Expression:
    if len(items) == 1:
        return items[0]
    return Sequence(tuple(items), _span(items[0].span.start, items[-1].span.end))


def _joined(ways: _Ways, items: list[Expression], weight: float | None, begin: int) -> Expression:
    """Everything of a rule or between two brackets: alternatives, and items of the last one."""
    if not ways and weight is None:
        return _sequence(items)
    if items:
        ways.append(_way(items, weight, begin))
    first, last = ways[0], ways[-1]
    start = first.offset if isinstance(first, Run) else first.span.start
    end = last.offset + len(last.text) if isinstance(last, Run) else last.span.end
    return Alternatives(tuple(ways), _span(start, end))


def _group(
    ways: _Ways, items: list[Expression], weight: float | None, begin: int, span: Span, sign: str
) -> Expression:
    if sign == "]":
        return Repeat(_joined(ways, items, weight, begin), 0, 1, None, True, span)
    if not ways and weight is None:
        return Sequence(tuple(items), span)
    return Sequence((_joined(ways, items, weight, begin),), span)


_WORD = re.compile(r"\S+")
_SHORT = 200  # characters of a shape that is worth remembering
