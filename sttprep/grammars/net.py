"""Linked rules as a transition network: what can come next at each point of a rule.

Every occurrence of a token, a reference, a choice or a repeat in a rule is one node, made when it
is first reached, with the node that comes after it. The chart (`sttprep.grammars.chart`) walks
the network with a sentence in hand, `sttprep.grammars.configurations` without one.

>>> from sttprep.grammars import read_grammar
>>> menu = read_grammar("#JSGF V1.0;\\ngrammar menu;\\npublic <r> = [a] tea;\\n")
>>> start = network(menu).start((0, "r"))
>>> [(number, node.words) for number, node, _ in start.steps(None)]
[(1, ('a',)), (0, ('tea',))]

A repeat is counted while it is open: ``counters`` is ``(count, counters outside)``, None where no
repeat is open. Without an upper bound the count stops at one more than the least.
"""

from __future__ import annotations

from collections.abc import Sequence as Items
from typing import TYPE_CHECKING, TypeAlias, Union

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

if TYPE_CHECKING:
    from sttprep.grammars.grammar import Grammar
    from sttprep.grammars.link import Key, Linked

__all__ = [
    "FINAL",
    "Call",
    "Choice",
    "Count",
    "Counters",
    "Garbage",
    "Net",
    "Node",
    "Optional",
    "Place",
    "Step",
    "Tagged",
    "Words",
    "network",
]

Counters: TypeAlias = Union["tuple[int, Counters]", None]
"""How often each open repeat went round, innermost first."""

Place: TypeAlias = Union["tuple[Place, int]", None]
"""Where a node stands in the expression of its rule: which child of which child."""

Step: TypeAlias = "tuple[int, Node, Counters]"
"""A way on: its number, where it leads, and the counters there."""


class Node:
    """One point of a rule; by itself it leads nowhere (``VOID``)."""

    __slots__ = ("_after",)

    def __init__(self, after: Node | Later | None = None) -> None:
        self._after = after

    @property
    def after(self) -> Node:
        """What comes after it."""
        if type(self._after) is Later:
            self._after = self._after.node()
        assert isinstance(self._after, Node)
        return self._after

    def steps(self, counters: Counters) -> Items[Step]:
        """The ways on without a word, the preferred one first."""
        return ()


FINAL = Node()
"""The end of a rule."""


class Later:
    """The node of an expression that nothing has reached yet."""

    __slots__ = ("after", "expression", "made", "place", "scope")

    def __init__(
        self, scope: Scope, expression: Expression, after: Node | Later, place: Place
    ) -> None:
        self.scope = scope
        self.expression = expression
        self.after = after
        self.place = place
        self.made: Node | None = None

    def node(self) -> Node:
        """The node, made now at the latest."""
        if self.made is None:
            self.made = self.scope.enter(self.expression, self.after, self.place)
        return self.made


class Words(Node):
    """One token, or the words of one plain alternative."""

    __slots__ = ("unit", "words")

    def __init__(self, words: tuple[str, ...], unit: bool, after: Node | Later) -> None:
        super().__init__(after)
        self.words = words
        self.unit = unit


class Garbage(Node):
    """Any words, as few as possible."""

    __slots__ = ()


class Tagged(Node):
    """A tag."""

    __slots__ = ("tag",)

    def __init__(self, tag: Tag, after: Node | Later) -> None:
        super().__init__(after)
        self.tag = tag

    def steps(self, counters: Counters) -> Items[Step]:
        """The one way on."""
        return ((0, self.after, counters),)


class Call(Node):
    """Use of another rule."""

    __slots__ = ("key", "reference")

    def __init__(self, key: Key, reference: Reference, after: Node | Later) -> None:
        super().__init__(after)
        self.key = key
        self.reference = reference


class Optional(Node):
    """``[x]``: step 1 takes it, step 0 leaves it out."""

    __slots__ = ("body", "expression", "place", "scope")

    def __init__(self, scope: Scope, expression: Repeat, after: Node | Later, place: Place) -> None:
        super().__init__(after)
        self.scope = scope
        self.expression = expression
        self.place = place
        self.body = Later(scope, expression.body, after, (place, 0))

    def steps(self, counters: Counters) -> Items[Step]:
        """With it, then without."""
        return ((1, self.body.node(), counters), (0, self.after, counters))


class Count(Node):
    """A repeat, before each round and after the last: step 1 is one more time, step 0 the end."""

    __slots__ = ("body", "expression", "least", "most", "place", "scope")

    def __init__(self, scope: Scope, expression: Repeat, after: Node | Later, place: Place) -> None:
        super().__init__(after)
        self.scope = scope
        self.expression = expression
        self.place = place
        self.least = expression.least
        self.most = expression.most
        self.body = Later(scope, expression.body, _Round(self), (place, 0))

    def steps(self, counters: Counters) -> Items[Step]:
        """Once more, then on."""
        assert counters is not None
        count, outside = counters
        if count < self.least:
            return ((1, self.body.node(), counters),)
        if self.most is None or count < self.most:
            return ((1, self.body.node(), counters), (0, self.after, outside))
        return ((0, self.after, outside),)


class _Open(Node):
    """The start of a repeat."""

    __slots__ = ()

    def steps(self, counters: Counters) -> Items[Step]:
        return ((0, self.after, (0, counters)),)


class _Round(Node):
    """The end of one round of a repeat."""

    __slots__ = ("of",)

    def __init__(self, of: Count) -> None:
        super().__init__()
        self.of = of

    def steps(self, counters: Counters) -> Items[Step]:
        assert counters is not None
        count, outside = counters
        if self.of.most is not None or count <= self.of.least:
            count += 1
        return ((0, self.of, (count, outside)),)


class Choice(Node):
    """Alternatives; step k is alternative k (from 0), whether written out or in a `Run`."""

    __slots__ = ("_entries", "_first", "_options", "expression", "options", "place", "scope")

    def __init__(
        self, scope: Scope, expression: Alternatives, after: Node | Later, place: Place
    ) -> None:
        super().__init__(after)
        self.expression = expression
        self.scope = scope
        self.place = place
        self.options: list[Expression | str] = []
        self._entries: dict[int, Node] = {}
        self._options: dict[str | None, tuple[int, ...]] = {}
        self._first: dict[str | None, list[int]] = {}
        """Alternatives by the word they must start with; None: it is not that simple."""
        at = -1 if scope.mirrored else 0
        first = self._first
        for part in expression.parts:
            if isinstance(part, Run):
                for phrase in part.text.split("|"):
                    first.setdefault(phrase.split()[at], []).append(len(self.options))
                    self.options.append(phrase)
            else:
                word = _first_word(part.expression, scope.mirrored)
                first.setdefault(word, []).append(len(self.options))
                self.options.append(part.expression)

    def entry(self, number: int) -> Node:
        """The node where an alternative starts."""
        node = self._entries.get(number)
        if node is None:
            option = self.options[number]
            after = self._after
            assert after is not None
            if isinstance(option, str):
                node = Words(self.scope.order(option), False, after)
            else:
                node = Later(self.scope, option, after, (self.place, number)).node()
            self._entries[number] = node
        return node

    def starting(self, word: str | None) -> tuple[int, ...]:
        """The alternatives that can match where this word comes next (None: no word)."""
        known = self._options.get(word)
        if known is None:
            unclear = self._first.get(None, [])
            certain = [] if word is None else self._first.get(word, [])
            known = tuple(sorted(unclear + certain) if unclear and certain else unclear or certain)
            if word is None or word in self._first:
                self._options[word] = known
        return known

    @property
    def first_words(self) -> list[str]:
        """The words that alternatives must start with, where it is that simple."""
        return [word for word in self._first if word is not None]

    def steps(self, counters: Counters) -> Items[Step]:
        """Every alternative, in the order written."""
        return [(number, self.entry(number), counters) for number in range(len(self.options))]


class Scope:
    """One rule of a network: makes its nodes."""

    __slots__ = ("key", "linked", "mirrored")

    def __init__(self, linked: Linked, key: Key, mirrored: bool) -> None:
        self.linked = linked
        self.key = key
        self.mirrored = mirrored

    def order(self, text: str) -> tuple[str, ...]:
        """The words of a text in the order this network reads them."""
        words = text.split()
        return tuple(words[::-1] if self.mirrored else words)

    def enter(self, expression: Expression, after: Node | Later, place: Place) -> Node:
        """The node where an expression starts, or what comes after it where it says nothing."""
        passed: list[Later] = []
        node: Node | None = None
        while node is None:
            if isinstance(expression, Sequence) and expression.items:
                items = list(enumerate(expression.items))
                if not self.mirrored:
                    items.reverse()
                for index, item in items[:-1]:
                    after = Later(self, item, after, (place, index))
                index, expression = items[-1]
                place = (place, index)
            elif isinstance(expression, InLanguage) or (
                isinstance(expression, Repeat) and expression.least == expression.most == 1
            ):
                expression = expression.body
                place = (place, 0)
            else:
                node = self._node(expression, after, place)
                if node is None:
                    node = after if isinstance(after, Node) else after.made
                    if node is None:
                        assert isinstance(after, Later)
                        passed.append(after)
                        expression, place = after.expression, after.place
                        after = after.after
        for later in passed:
            later.made = node
        return node

    def _node(self, expression: Expression, after: Node | Later, place: Place) -> Node | None:
        if isinstance(expression, Sequence):
            return None
        if isinstance(expression, Token):
            words = self.order(expression.text)
            return Words(words, True, after) if words else None
        if isinstance(expression, Alternatives):
            return Choice(self, expression, after, place)
        if isinstance(expression, Tag):
            return Tagged(expression, after)
        if isinstance(expression, Reference):
            key = self.linked.target(self.key, expression)
            return Node() if key is None else Call(key, expression, after)
        if isinstance(expression, Repeat):
            if expression.most == 0:
                return None
            if expression.least == 0 and expression.most == 1:
                return Optional(self, expression, after, place)
            return _Open(Count(self, expression, after, place))
        assert isinstance(expression, Special)
        if expression.name == "NULL":
            return None
        return Garbage(after) if expression.name == "GARBAGE" else Node()


class Net:
    """The network of linked rules; mirrored, it matches every sentence read backwards."""

    def __init__(self, linked: Linked, mirrored: bool = False) -> None:
        self.linked = linked
        self.mirrored = mirrored
        self._starts: dict[Key, Node] = {}

    def start(self, key: Key) -> Node:
        """The node where a rule starts."""
        node = self._starts.get(key)
        if node is None:
            scope = Scope(self.linked, key, self.mirrored)
            node = Later(scope, self.linked.rule(key).expression, FINAL, None).node()
            self._starts[key] = node
        return node


def network(grammar: Grammar, mirrored: bool = False) -> Net:
    """The network of a grammar, made once."""
    name = "_mirrored_network" if mirrored else "_network"
    if name not in vars(grammar):
        vars(grammar)[name] = Net(grammar.linked, mirrored)
    known: Net = vars(grammar)[name]
    return known


def _first_word(expression: Expression, mirrored: bool) -> str | None:
    """The word every sentence of the expression starts with (mirrored: ends with), if plain."""
    todo = [expression]
    while todo:
        node = todo.pop()
        if isinstance(node, Token):
            words = node.text.split()
            if words:
                return words[-1 if mirrored else 0]
        elif isinstance(node, Sequence):
            todo.extend(node.items if mirrored else reversed(node.items))
        elif isinstance(node, InLanguage) or (isinstance(node, Repeat) and node.least > 0):
            todo.append(node.body)
        elif not (isinstance(node, Tag) or (isinstance(node, Special) and node.name == "NULL")):
            return None
    return None
