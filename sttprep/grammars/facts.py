"""What the right side of a rule says by itself, found once and kept with it.

Whether a rule can be said at all, or with nothing said, often depends on the rules it uses. A
`Formula` keeps that open until they are known: True, False, a reference (as its rule), or a pair
``(every, parts)`` of formulas joined by "and" (every) or "or".

>>> from sttprep.grammars.expression import Reference, Sequence, Token
>>> size = Reference("size")
>>> facts = find_facts(Sequence((size, Token("tea"))))
>>> facts.productive is size, facts.nullable, facts.wordy
(True, False, True)
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from itertools import islice
from typing import Any, Final, NamedTuple, TypeAlias, Union

from sttprep.grammars.expression import (
    Alternatives,
    Expression,
    InLanguage,
    Reference,
    Repeat,
    Run,
    Sequence,
    Special,
    Tag,
    Token,
)
from sttprep.source import Span

__all__ = ["PLAIN", "Facts", "Formula", "Rare", "Shape", "Shaper", "Twice", "find_facts", "joined"]

Formula: TypeAlias = Union[bool, Reference, "tuple[bool, tuple[Formula, ...]]"]
Shape: TypeAlias = tuple[Formula, Formula, Formula]
"""Productive, nullable, wordy: see `Facts`."""

_NOTHING: Final[Shape] = (True, True, False)
_NEVER: Final[Shape] = (False, False, False)
_WORDS: Final[Shape] = (True, False, True)
_SPECIALS: Final[dict[str, Shape]] = {
    "NULL": _NOTHING,
    "VOID": _NEVER,
    "GARBAGE": (True, True, True),
}
_PHRASE = re.compile(r"[^|]+")
_SHOWN = 3  # repeated alternatives a note names
# Alternatives are compared this deep and this wide; ambiguity() finds whatever is said twice.
_COMPARED_DEPTH = 3
_COMPARED_PARTS = 8


class Twice(NamedTuple):
    """Alternatives of one list that stand there more than once."""

    phrases: tuple[str, ...]
    """The first few of them; empty where one is more than plain words and rules."""
    times: int
    """How many stand there needlessly."""
    span: Span
    """The second appearance of the first of them."""


class Rare(NamedTuple):
    """What most rules do not have."""

    loops: tuple[tuple[Formula, Repeat], ...] = ()
    """Repeats without end, and whether their body may be empty."""
    repeats: tuple[Repeat, ...] = ()
    """Repeats that are never taken (``x<0>``) or ask for less than they allow at most."""
    twice: tuple[Twice, ...] = ()
    weighted: tuple[Alternatives, ...] = ()
    """Alternatives some of which have a weight."""
    specials: tuple[Special, ...] = ()
    tags: tuple[Tag, ...] = ()
    languages: tuple[InLanguage, ...] = ()
    quoted: tuple[Token, ...] = ()
    foreign: tuple[Reference, ...] = ()
    """References that name a grammar."""


class Facts(NamedTuple):
    """What a right side says by itself."""

    references: tuple[Reference, ...]
    """Every use of another rule, in order."""
    names: tuple[str, ...]
    """Rules it uses without naming a grammar, each once, in order."""
    productive: Formula
    """Whether some sentence can be completed."""
    nullable: Formula
    """Whether it can be matched with nothing said."""
    wordy: Formula
    """Whether a word can be said in it."""
    rare: Rare | None
    """None where there is nothing of that."""


PLAIN: Final = Facts((), (), *_WORDS, None)
"""The facts of a right side that is plain words, all alternatives different."""


def find_facts(expression: Expression) -> Facts:
    """Everything, in one pass."""
    shaper = Shaper()
    productive, nullable, wordy = shaper.shape(expression)
    names: dict[str, None] = {}  # keeps the order, unlike a set
    for reference in shaper.references:
        if reference.grammar is not None:
            shaper.keep("foreign", reference)
        elif reference.rule is not None:
            names[reference.rule] = None
    rare = Rare(**{kind: tuple(found) for kind, found in shaper.rare.items()})
    return Facts(
        tuple(shaper.references),
        tuple(names),
        productive,
        nullable,
        wordy,
        rare if shaper.rare else None,
    )


class Shaper:
    """Works out the shape of an expression and of everything inside it."""

    def __init__(self) -> None:
        self.references: list[Reference] = []
        self.rare: dict[str, list[Any]] = {}
        self._shapes: dict[int, Shape] = {}

    def keep(self, kind: str, found: object) -> None:
        """Note something rare."""
        self.rare.setdefault(kind, []).append(found)

    def leaf(self, reference: Reference) -> Shape:
        """The shape of a use of another rule."""
        return reference, reference, reference

    def known(self, node: Expression) -> Shape:
        """The shape of a node inside the expression whose shape was asked last."""
        return self._shapes.get(id(node), _WORDS)

    def shape(self, expression: Expression) -> Shape:
        """The shape of an expression, however deep it is."""
        inner_last: list[Sequence | Alternatives | Repeat | InLanguage] = []
        shapes = self._shapes
        shapes.clear()
        open_nodes = [expression]
        while open_nodes:
            node = open_nodes.pop()
            if isinstance(node, Token):
                if node.quoted:
                    self.keep("quoted", node)
            elif isinstance(node, Reference):
                self.references.append(node)
                shapes[id(node)] = self.leaf(node)
            elif isinstance(node, Sequence):
                inner_last.append(node)
                open_nodes.extend(reversed(node.items))
            elif isinstance(node, Alternatives):
                inner_last.append(node)
                open_nodes.extend(
                    part.expression for part in reversed(node.parts) if not isinstance(part, Run)
                )
            elif isinstance(node, Tag):
                self.keep("tags", node)
                shapes[id(node)] = _NOTHING
            elif isinstance(node, Special):
                self.keep("specials", node)
                shapes[id(node)] = _SPECIALS[node.name]
            else:
                inner_last.append(node)
                open_nodes.append(node.body)
                if isinstance(node, InLanguage):
                    self.keep("languages", node)
        while inner_last:
            outer = inner_last.pop()
            if isinstance(outer, Sequence):
                shapes[id(outer)] = self._sequence(outer)
            elif isinstance(outer, Alternatives):
                shapes[id(outer)] = self._alternatives(outer)
            elif isinstance(outer, Repeat):
                shapes[id(outer)] = self._repeat(outer)
            else:
                shapes[id(outer)] = self.known(outer.body)
        return self.known(expression)

    def _sequence(self, node: Sequence) -> Shape:
        known = self._shapes
        shapes = [known[id(item)] for item in node.items if id(item) in known]
        if not shapes and node.items:
            return _WORDS
        productive = joined(True, [shape[0] for shape in shapes])
        if productive is False:
            return _NEVER
        if len(shapes) < len(node.items):
            return productive, False, True
        return (
            productive,
            joined(True, [shape[1] for shape in shapes]),
            joined(False, [shape[2] for shape in shapes]),
        )

    def _alternatives(self, node: Alternatives) -> Shape:
        shapes: list[Shape] = []
        keys: list[Hashable] = []
        weighted = False
        for part in node.parts:
            if isinstance(part, Run):
                shapes.append(_WORDS)
                keys += _phrases(part.text)
                continue
            weighted = weighted or part.weight is not None
            shapes.append(self.known(part.expression))
            keys.append(_key(part.expression))
        if weighted:
            self.keep("weighted", node)
        if len(set(keys)) < len(keys):
            self._note_twice(node)
        return (
            joined(False, [shape[0] for shape in shapes]),
            joined(False, [shape[1] for shape in shapes]),
            joined(False, [shape[2] for shape in shapes]),
        )

    def _repeat(self, node: Repeat) -> Shape:
        productive, nullable, wordy = self.known(node.body)
        if node.most is None and nullable is not False:
            self.keep("loops", (nullable, node))
        elif node.most is not None and (node.most == 0 or node.most < node.least):
            self.keep("repeats", node)
        if node.most == 0:
            return _NOTHING
        if node.least == 0:
            return True, True, wordy
        return productive, nullable, wordy

    def _note_twice(self, node: Alternatives) -> None:
        seen: set[Hashable] = set()
        shown: list[str] = []
        count = 0
        first: Span | None = None
        for part in node.parts:
            keys = _phrases(part.text) if isinstance(part, Run) else [_key(part.expression)]
            for number, key in enumerate(keys):
                if key in seen:
                    count += 1
                    if first is None:
                        first = _phrase_span(part, number) if isinstance(part, Run) else part.span
                    if isinstance(key, str) and len(shown) < _SHOWN and key not in shown:
                        shown.append(key)
                seen.add(key)
        if first is not None:
            self.keep("twice", Twice(tuple(shown), count, first))


def joined(every: bool, parts: list[Formula]) -> Formula:
    """The "and" (every) or the "or" of formulas, in its simplest form.

    >>> joined(True, [True, False]), joined(False, [False, False]), joined(True, [])
    (False, False, True)
    """
    if (not every) in parts:
        return not every
    rest = [part for part in parts if part is not every]
    if not rest:
        return every
    return rest[0] if len(rest) == 1 else (every, tuple(rest))


def _phrases(text: str) -> list[str]:
    """The alternatives of a run, with one blank between words."""
    if "  " in text or not text.isprintable() or text.count("|") != text.count(" | "):
        text = " ".join(text.replace("|", " | ").split())
    return text.strip(" ").split(" | ")


def _phrase_span(run: Run, number: int) -> Span:
    match = next(islice(_PHRASE.finditer(run.text), number, None))
    phrase = match[0].strip()
    start = run.offset + run.text.index(phrase, match.start())
    return Span(start, start + len(phrase))


def _key(node: Expression, depth: int = _COMPARED_DEPTH) -> Hashable:
    """Equal where expressions are equal, plain words as one string; what is deep equals nothing."""
    if isinstance(node, Token):
        return node.text
    if isinstance(node, Reference):
        return node.rule, node.grammar
    if isinstance(node, Tag):
        return Tag, node.text
    if isinstance(node, Special):
        return Special, node.name
    if depth and isinstance(node, Sequence):
        keys = [_key(item, depth - 1) for item in node.items]
        words = [key for key in keys if isinstance(key, str)]
        return " ".join(words) if words and len(words) == len(keys) else tuple(keys)
    if depth and isinstance(node, Repeat):
        return node.least, node.most, node.probability, _key(node.body, depth - 1)
    if depth and isinstance(node, InLanguage):
        return InLanguage, node.language, _key(node.body, depth - 1)
    if depth and isinstance(node, Alternatives) and not node.parts[_COMPARED_PARTS:]:
        return Alternatives, tuple(
            part if isinstance(part, Run) else (part.weight, _key(part.expression, depth - 1))
            for part in node.parts
        )
    return object()
