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
from collections.abc import Sequence as Parts
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

__all__ = ["Part", "Plain", "PlainBody", "grouped", "joined"]

Part: TypeAlias = tuple[float | None, tuple[Expression, ...], Span] | Run
"""An alternative while it is read: its weight, its items and its place; or a run of them."""


@dataclass(frozen=True)
class Plain:
    """What the fast path has to know about a language.

    Shapes: ``w`` word, ``q`` quotation, ``r`` reference, ``t`` tag, ``l`` language, ``x`` weight,
    ``n`` repeat, and the signs ``| ( ) [ ]`` themselves.
    """

    run: re.Pattern[str]
    """Two or more alternatives of plain words, up to the next bar or end."""
    first: re.Pattern[str]
    """One token; group 1 is its first character, or empty where it is not valid."""
    shapes: Mapping[int, str]
    """Shape of a token by its first character, for `str.translate`; others are words."""
    alternatives: str
    """Shapes of alternatives without groups, a regular expression."""
    token: re.Pattern[str]
    """Blanks, then one token; the group that matched is its kind."""
    nodes: Mapping[str, Callable[[str, Span], Expression]]
    """How a token of a kind becomes a node."""
    repeated: Callable[[Expression, str, int], Repeat]
    """How an expression and a repeat operator become a node; the last argument is its end."""
    reference: re.Pattern[str]
    """A reference in a text without quotations, tags and the like."""
    hides: re.Pattern[str]
    """What a text must not hold for that."""
    valid: Callable[[str], bool] = lambda text: True
    """Whether tokens that look right are right (numbers in order, and so on)."""

    def accepts(self, text: str, start: int) -> bool:
        """Whether a statement is valid from an offset on; False: perhaps not."""
        run = self.run.match(text, start)
        if run is not None and run.end() == len(text):
            return True
        firsts = self.first.findall(text, start)
        if "" in firsts:
            return False
        shape = "".join(firsts).translate(self.shapes)
        check = self._short if len(shape) < _SHORT else self._is_valid
        return check(shape) and self.valid(text)

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
        return _Builder(self._text, self._plain).build(self._start)

    @cached_property
    def facts(self) -> Facts:
        """What it says by itself, for the checks, without its expression where that is simple."""
        return plain_facts(self._text[self._start :], self._build) or find_facts(self.expression)

    def _build(self, text: str) -> Expression:
        return _Builder(text, self._plain).build(0)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every use of another rule, in order."""
        plain = self._plain
        if plain.hides.search(self._text, self._start):
            return tuple(node for node in self._nodes() if isinstance(node, Reference))
        found = (
            plain.nodes["reference"](match[0], Span(match.start(), match.end()))
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


def joined(parts: Parts[Part]) -> Expression:
    """Expression of alternatives that are no group."""
    if len(parts) == 1 and not isinstance(parts[0], Run) and parts[0][0] is None:
        return _sequence(parts[0][1], parts[0][2])
    made = tuple(
        part
        if isinstance(part, Run)
        else Alternative(_sequence(part[1], part[2]), part[0], part[2])
        for part in parts
    )
    return Alternatives(made, Span(_span(parts[0]).start, _span(parts[-1]).end))


def grouped(parts: Parts[Part], span: Span) -> Sequence:
    """Expression of alternatives between parentheses."""
    if len(parts) == 1 and not isinstance(parts[0], Run) and parts[0][0] is None:
        return Sequence(parts[0][1], span)
    return Sequence((joined(parts),), span)


def _sequence(items: tuple[Expression, ...], span: Span) -> Expression:
    return items[0] if len(items) == 1 else Sequence(items, span)


def _span(part: Part) -> Span:
    if isinstance(part, Run):
        return Span(part.offset, part.offset + len(part.text))
    return part[2]


class _Builder:
    """Recursive descent over a statement known to be valid."""

    def __init__(self, text: str, plain: Plain) -> None:
        self.text = text
        self.plain = plain
        self.match = plain.token.match
        self.run = plain.run.match

    def build(self, start: int) -> Expression:
        return joined(self.alternatives(start)[0])

    def alternatives(self, at: int) -> tuple[list[Part], int]:
        """Alternatives from an offset on, and the offset of what follows them."""
        parts: list[Part] = []
        while True:
            part: Part
            blank = _BLANKS.match(self.text, at)
            run = self.run(self.text, blank.end() if blank else at)
            if run is not None:
                part, at = Run(run[0], run.start()), run.end()
            else:
                part, at = self.alternative(at)
            parts.append(part)
            sign = self.match(self.text, at)
            if sign is None or sign["sign"] != "|":
                return parts, at
            at = sign.end()

    def alternative(self, at: int) -> tuple[Part, int]:
        text, match, nodes = self.text, self.match, self.plain.nodes
        weight: float | None = None
        begin = -1
        items: list[Expression] = []
        while (token := match(text, at)) is not None:
            kind = token.lastgroup
            start, end = token.span(kind)  # type: ignore[arg-type]
            if kind == "sign":
                sign = text[start]
                if sign in "|)]":
                    break
                items.append(self.group(sign, start, end))
                end = items[-1].span.end
            elif kind == "repeat":
                items[-1] = self.plain.repeated(items[-1], text[start:end], end)
            elif kind == "language":
                body = items[-1]
                items[-1] = InLanguage(body, text[start + 1 : end], Span(body.span.start, end))
            elif kind == "weight":
                weight = float(text[start + 1 : end - 1])
            else:
                items.append(nodes[kind](text[start:end], Span(start, end)))  # type: ignore[index]
            if begin < 0:
                begin = start
            at = end
        return (weight, tuple(items), Span(begin, items[-1].span.end)), at

    def group(self, sign: str, start: int, at: int) -> Expression:
        closer = self.match(self.text, at)
        if closer is not None and closer["sign"] == ")":
            return Sequence((), Span(start, closer.end()))
        parts, at = self.alternatives(at)
        closer = self.match(self.text, at)
        assert closer is not None
        span = Span(start, closer.end())
        if sign == "(":
            return grouped(parts, span)
        return Repeat(joined(parts), 0, 1, brackets=True, span=span)


_BLANKS = re.compile(r"\s+")
_SHORT = 200  # characters of a shape that is worth remembering
