"""What the right side of a rule says by itself, found once and kept with it.

Whether a rule can be said at all, or with nothing said, often depends on the rules it uses. A
`Formula` keeps that open until they are known: True, False, the name of a rule (as that rule), a
reference to another grammar, or a pair ``(every, parts)`` of formulas joined by "and" (every) or
"or".

>>> from sttprep.grammars.expression import Reference, Sequence, Token
>>> facts = find_facts(Sequence((Reference("size"), Token("tea"))))
>>> facts.productive, facts.nullable, facts.wordy
('size', False, True)
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

__all__ = [
    "PLAIN",
    "Facts",
    "Formula",
    "Rare",
    "Shape",
    "Shaper",
    "Twice",
    "find_facts",
    "find_references",
    "phrases",
]

Formula: TypeAlias = Union[bool, str, Reference, "tuple[bool, tuple[Formula, ...]]"]
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
_COMPARED_DEPTH = 5
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
    """Repeats that are never taken: ``x<0>``."""
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


PLAIN: Final = Facts((), *_WORDS, None)
"""The facts of a right side that is plain words, all alternatives different."""


def find_facts(expression: Expression) -> Facts:
    """Everything, in one pass."""
    shaper = Shaper()
    productive, nullable, wordy = shaper.shape(expression)
    found = shaper.rare
    rare = Rare(**{kind: tuple(items) for kind, items in found.items()}) if found else None
    return Facts(tuple(shaper.names), productive, nullable, wordy, rare)


def find_references(expression: Expression) -> tuple[Reference, ...]:
    """Every use of another rule, in order."""
    found = []
    open_nodes = [expression]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, Reference):
            found.append(node)
        elif isinstance(node, Sequence):
            open_nodes.extend(reversed(node.items))
        elif isinstance(node, Alternatives):
            open_nodes.extend(
                part.expression for part in reversed(node.parts) if not isinstance(part, Run)
            )
        elif isinstance(node, Repeat | InLanguage):
            open_nodes.append(node.body)
    return tuple(found)


class Shaper:
    """Works out the shape of an expression, from the inside to the outside.

    Calls nest at most three deep for each group in a group, and readers limit those (`MAX_DEPTH`).
    """

    def __init__(self) -> None:
        self.names: dict[str, None] = {}  # keeps the order, unlike a set
        self.rare: dict[str, list[Any]] = {}

    def keep(self, kind: str, found: object) -> None:
        """Note something rare."""
        self.rare.setdefault(kind, []).append(found)

    def leaf(self, reference: Reference) -> Shape:
        """The shape of a use of another rule."""
        if reference.grammar is not None or reference.rule is None:
            self.keep("foreign", reference)
            return reference, reference, reference
        name = reference.rule
        self.names[name] = None
        return name, name, name

    def shape(self, node: Expression) -> Shape:
        """The shape of a node."""
        while type(node) is Sequence and len(node.items) == 1:
            node = node.items[0]
        if type(node) is Reference:
            return self.leaf(node)
        if type(node) is Sequence:
            parts = []
            spoken = False
            for item in node.items:
                if type(item) is not Token:
                    parts.append(self.shape(item))
                    continue
                spoken = True
                if item.quoted:
                    self.keep("quoted", item)
            productive = _joined(True, parts, 0)
            if productive is False:
                return _NEVER
            if spoken:
                return productive, False, True
            return productive, _joined(True, parts, 1), _joined(False, parts, 2)
        if type(node) is Alternatives:
            parts = []
            keys: list[Hashable] = []
            weighted = False
            for part in node.parts:
                if type(part) is Run:
                    parts.append(_WORDS)
                    keys += phrases(part.text)
                    continue
                weighted = weighted or part.weight is not None
                expression = part.expression
                if type(expression) is Token and not expression.quoted:
                    parts.append(_WORDS)
                    keys.append(expression.text)
                else:
                    parts.append(self.shape(expression))
                    keys.append(_key(expression))
            if weighted:
                self.keep("weighted", node)
            if len(set(keys)) < len(keys):
                self._note_twice(node)
            return _joined(False, parts, 0), _joined(False, parts, 1), _joined(False, parts, 2)
        if type(node) is Repeat:
            productive, nullable, wordy = self.shape(node.body)
            if node.most is None and nullable is not False:
                self.keep("loops", (nullable, node))
            if node.most == 0:
                self.keep("repeats", node)
                return _NOTHING
            return (True, True, wordy) if node.least == 0 else (productive, nullable, wordy)
        if type(node) is Token:
            if node.quoted:
                self.keep("quoted", node)
            return _WORDS
        if type(node) is InLanguage:
            self.keep("languages", node)
            return self.shape(node.body)
        if type(node) is Tag:
            self.keep("tags", node)
            return _NOTHING
        self.keep("specials", node)
        return _SPECIALS[node.name]

    def _note_twice(self, node: Alternatives) -> None:
        seen: set[Hashable] = set()
        shown: list[str] = []
        count = 0
        first: Span | None = None
        for part in node.parts:
            keys = phrases(part.text) if isinstance(part, Run) else [_key(part.expression)]
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


def _joined(every: bool, shapes: list[Shape], which: int) -> Formula:
    """The "and" (every) or the "or" of one part of some shapes, in its simplest form.

    >>> _joined(True, [(True, False, True), (False, False, True)], 0), _joined(True, [], 0)
    (False, True)
    """
    rest = []
    for shape in shapes:
        part = shape[which]
        if part is every:
            continue
        if part is not True and part is not False:
            rest.append(part)
            continue
        return part
    if not rest:
        return every
    return rest[0] if len(rest) == 1 else (every, tuple(rest))


def phrases(text: str) -> list[str]:
    """The alternatives of a run, with one blank between words.

    >>> phrases("tea|iced   coffee |\\n  milk")
    ['tea', 'iced coffee', 'milk']
    """
    for blank in "\n\r\t":
        text = text.replace(blank, " ")
    if text.count("|") != text.count(" | "):
        text = text.replace("|", " | ")
    while "  " in text:
        text = text.replace("  ", " ")
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
        if depth == _COMPARED_DEPTH and words and len(words) == len(keys):
            return " ".join(words)
        return tuple(keys)
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
