"""One expression tree for SRGS ABNF, SRGS XML and JSGF.

The nodes are frozen and compare by meaning: places, and how a thing was spelled, do not count.

>>> from sttprep.source import Span
>>> here = Span(0, 0)
>>> drink = Alternatives((Alternative(Token("tea")), Alternative(Token("milk", quoted=True))))
>>> drink == Alternatives((Alternative(Token("tea", span=Span(4, 7))), Alternative(Token("milk"))))
True
>>> [node.text for node in walk(Sequence((Token("hot"), drink))) if isinstance(node, Token)]
['hot', 'tea', 'milk']

Spans count characters from the start of the rule's statement, so that a rule is the same object
wherever it stands; `sttprep.grammars.grammar.Rule.place` turns them into places of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, final

from sttprep.source import Span

__all__ = [
    "MAX_DEPTH",
    "Alternative",
    "Alternatives",
    "Expression",
    "InLanguage",
    "Reference",
    "Repeat",
    "Run",
    "Sequence",
    "Special",
    "Tag",
    "Token",
    "children",
    "walk",
]

MAX_DEPTH = 200
"""Groups within groups a reader takes; grammars written by hand stay below ten."""

_NOWHERE = Span(0, 0)
_RARE = 1e-6  # weight to compute with, of what a grammar calls impossible
_LEAST = 1e-100  # weights are computed with from here to its inverse
_WORD = re.compile(r"\S+")
_PHRASE = re.compile(r"[^|]+")


@final
@dataclass(frozen=True, slots=True)
class Token:
    """Something spoken: one word, or several that belong together (``"New York"``)."""

    text: str
    """The words, one blank between them."""
    quoted: bool = field(default=False, compare=False)
    """Whether it stood in quotes (or, in XML, in ``<token>``)."""
    span: Span = field(default=_NOWHERE, compare=False, repr=False)


@final
@dataclass(frozen=True, slots=True)
class Reference:
    """Use of another rule: ``$size``, ``<size>``, ``<ruleref uri="#size"/>``."""

    rule: str | None
    """Its name; None is the root rule of the other grammar."""
    grammar: str | None = None
    """Where it is defined: a URI in SRGS, a full grammar name in JSGF; None is this grammar."""
    media_type: str | None = None
    """What the referring grammar says the other one is."""
    span: Span = field(default=_NOWHERE, compare=False, repr=False)


@final
@dataclass(frozen=True, slots=True)
class Special:
    """``NULL`` matches nothing said, ``VOID`` never matches, ``GARBAGE`` matches any words."""

    name: Literal["NULL", "VOID", "GARBAGE"]
    span: Span = field(default=_NOWHERE, compare=False, repr=False)


@final
@dataclass(frozen=True, slots=True)
class Tag:
    """Content for semantic interpretation; it matches nothing said."""

    text: str
    """What stands between the braces, unchanged (JSGF escapes resolved)."""
    span: Span = field(default=_NOWHERE, compare=False, repr=False)


@final
@dataclass(frozen=True, slots=True)
class Sequence:
    """Items one after the other. Inside another node it is a group: ``( … )``, ``<item>``."""

    items: tuple[Expression, ...]
    """Empty for ``()`` and ``<item/>``: nothing is said."""
    span: Span = field(default=_NOWHERE, compare=False, repr=False)


@final
@dataclass(frozen=True, slots=True)
class Repeat:
    """The body several times; ``[x]`` is the body once or not at all."""

    body: Expression
    least: int
    """Fewest times."""
    most: int | None
    """Most times; None is any number."""
    probability: float | None = None
    """Of one more time, 0 to 1; None where the grammar does not say."""
    brackets: bool = field(default=False, compare=False)
    """Whether it was written ``[x]``."""
    span: Span = field(default=_NOWHERE, compare=False, repr=False)


@final
@dataclass(frozen=True, slots=True)
class InLanguage:
    """The body is spoken in another language: ``oui!fr``, ``xml:lang="fr"``."""

    body: Expression
    language: str
    span: Span = field(default=_NOWHERE, compare=False, repr=False)


@final
@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to say something."""

    expression: Expression
    weight: float | None = None
    """Relative likelihood, 0 or more; None where the grammar does not say (it counts as 1)."""
    span: Span = field(default=_NOWHERE, compare=False, repr=False)

    @property
    def share(self) -> float:
        """Its weight to compute with; never quite 0, so that every sentence stays possible."""
        if self.weight is None:
            return 1.0
        return min(max(self.weight or _RARE, _LEAST), 1 / _LEAST)


@final
@dataclass(frozen=True, slots=True)
class Run:
    """Alternatives that are plain words, kept as they were written: ``tea | iced coffee | milk``.

    >>> [item.expression for item in Run("tea | iced coffee").items][1].items
    (Token(text='iced', quoted=False), Token(text='coffee', quoted=False))
    """

    text: str
    """The words and the bars between them, without comments."""
    offset: int = 0
    """Of the text within its statement, characters."""

    def phrases(self) -> list[str]:
        """Each alternative with one blank between its words."""
        return [" ".join(phrase.split()) for phrase in self.text.split("|")]

    @property
    def items(self) -> Iterator[Alternative]:
        """The alternatives, made one by one."""
        for phrase in _PHRASE.finditer(self.text):
            base = self.offset + phrase.start()
            tokens = tuple(
                Token(word[0], span=Span(base + word.start(), base + word.end()))
                for word in _WORD.finditer(phrase[0])
            )
            span = Span(tokens[0].span.start, tokens[-1].span.end)
            yield Alternative(tokens[0] if len(tokens) == 1 else Sequence(tokens, span), span=span)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Alternatives:
    """One of several ways: ``a | b``, ``<one-of>``."""

    parts: tuple[Alternative | Run, ...]
    """In the order written; a `Run` stands for many. Most callers want ``items``."""
    span: Span = field(default=_NOWHERE, repr=False)

    @property
    def items(self) -> Iterator[Alternative]:
        """Every alternative, in the order written."""
        for part in self.parts:
            if isinstance(part, Run):
                yield from part.items
            else:
                yield part

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Alternatives):
            return NotImplemented
        return self.parts == other.parts or tuple(self.items) == tuple(other.items)

    def __hash__(self) -> int:
        return hash(tuple(self.items))


Expression: TypeAlias = (
    Token | Reference | Special | Tag | Sequence | Alternatives | Repeat | InLanguage
)


def children(node: Expression) -> Iterator[Expression]:
    """The nodes directly inside a node, in order."""
    if isinstance(node, Sequence):
        yield from node.items
    elif isinstance(node, Alternatives):
        for item in node.items:
            yield item.expression
    elif isinstance(node, Repeat | InLanguage):
        yield node.body


def walk(node: Expression) -> Iterator[Expression]:
    """The node and all nodes inside it, outermost first, in order (deep trees are no problem)."""
    open_nodes = [node]
    while open_nodes:
        node = open_nodes.pop()
        yield node
        open_nodes.extend(reversed(list(children(node))))
