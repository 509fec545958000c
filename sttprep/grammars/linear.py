"""What can be known of rules that refer back to themselves: whether they end, and how they recur.

A rule says nothing at all, only silence, only words, or both; this is found for all rules together
as a least fixed point. The references that matter (those in a place that can be said, to a rule
with words) split the rules into components that refer to each other. A component is linear to the
right where nothing is said after its inner references, and to the left where nothing is said
before them; those have automata (Mohri and Nederhof 2001, "Regular approximation of context-free
grammars through transformation"), all others recur in the centre.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from sttprep.grammars.expression import (
    Alternatives,
    Expression,
    InLanguage,
    Reference,
    Repeat,
    Run,
    Sequence,
    Special,
    Token,
)
from sttprep.grammars.link import Key, Linked

__all__ = ["SILENCE", "WORDS", "Component", "Facts", "Use", "strongly_connected"]

SILENCE = 1
"""Flag: the empty sentence."""
WORDS = 2
"""Flag: sentences with words."""

Direction: TypeAlias = Literal["right", "left", "centre"]


@dataclass(frozen=True)
class Use:
    """One reference inside a rule, in a place that can be said, to a rule with words."""

    target: Key
    reference: Reference
    before: bool
    """Whether words may be said before it in the rule."""
    after: bool
    """Whether words may be said after it in the rule."""


@dataclass
class Component:
    """Rules that refer to each other (or one that refers to itself)."""

    members: dict[Key, list[Use]]
    """Each rule with its references to rules of the component."""

    @cached_property
    def direction(self) -> Direction:
        """How the rules recur."""
        uses = [use for inner in self.members.values() for use in inner]
        if not any(use.after for use in uses):
            return "right"
        return "centre" if any(use.before for use in uses) else "left"

    @property
    def grows(self) -> bool:
        """Whether each round may add words."""
        return any(use.before or use.after for inner in self.members.values() for use in inner)


@dataclass
class Facts:
    """The rules that some rules refer to, directly or not, and what is known of them."""

    linked: Linked
    roots: tuple[Key, ...]
    kinds: dict[Key, int] = field(init=False)
    """Rule → flags `SILENCE`, `WORDS`; 0 for a rule that is never said."""
    uses: dict[Key, list[Use]] = field(init=False)
    """Rule → its references that matter, for rules reached by such references."""
    components: dict[Key, Component] = field(init=False)
    """Rule → its component, for rules that refer back to themselves."""

    _by_node: dict[Key, dict[int, int]] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.kinds = self._kinds()
        self.uses = {}
        found = [key for key in self.roots if self.kinds[key]]
        for key in found:  # grows meanwhile
            if key not in self.uses:
                self.uses[key] = list(self._uses(key))
                found += [use.target for use in self.uses[key]]
        self.components = {}
        graph = {key: [use.target for use in uses] for key, uses in self.uses.items()}
        for members in strongly_connected(graph):
            group = set(members)
            inner = {key: [use for use in self.uses[key] if use.target in group] for key in members}
            if any(inner.values()):
                component = Component(inner)
                self.components.update(dict.fromkeys(members, component))

    def node_kinds(self, key: Key) -> dict[int, int]:
        """Flags of all nodes of a rule by their identity (`id`), alternatives of runs left out."""
        known = self._by_node.get(key)
        if known is None:
            top = self.linked.rule(key).expression
            known = self._by_node[key] = self._node_kinds(key, top)
        return known

    def _kinds(self) -> dict[Key, int]:
        """Flags of all rules, by going back to a rule whenever one it refers to has changed."""
        kinds: dict[Key, int] = {}
        users: dict[Key, list[Key]] = {}
        waiting = list(self.roots)
        for key in waiting:  # grows meanwhile
            if key in kinds:
                continue
            kinds[key] = 0
            for reference in self.linked.rule(key).body.references:
                target = self.linked.target(key, reference)
                if target is not None:
                    users.setdefault(target, []).append(key)
                    waiting.append(target)
        self.kinds = kinds
        waiting = list(kinds)
        while waiting:
            key = waiting.pop()
            expression = self.linked.rule(key).expression
            kind = self._node_kinds(key, expression)[id(expression)]
            if kind != kinds[key]:
                kinds[key] = kind
                waiting += users.get(key, ())
        return kinds

    def _node_kinds(self, key: Key, top: Expression) -> dict[int, int]:
        """Flags of a node and of all nodes inside it, by identity."""
        nodes = [top]
        for node in nodes:  # grows meanwhile
            nodes += _inside(node)
        kinds: dict[int, int] = {}
        for node in reversed(nodes):
            kinds[id(node)] = self._node_kind(key, node, kinds)
        return kinds

    def _node_kind(self, key: Key, node: Expression, kinds: dict[int, int]) -> int:
        match node:
            case Token():
                return WORDS
            case Reference():
                target = self.linked.target(key, node)
                return 0 if target is None else self.kinds[target]
            case Special(name=name):
                return {"NULL": SILENCE, "VOID": 0, "GARBAGE": SILENCE | WORDS}[name]
            case Sequence(items=items):
                return _together([kinds[id(item)] for item in items])
            case Alternatives(parts=parts):
                any_of = 0
                for part in parts:
                    any_of |= WORDS if isinstance(part, Run) else kinds[id(part.expression)]
                return any_of
            case Repeat(body=body, least=least, most=most):
                inner = kinds[id(body)] if most != 0 else SILENCE
                return inner | (0 if least else SILENCE)
            case InLanguage(body=body):
                return kinds[id(body)]
        return SILENCE

    def _uses(self, key: Key) -> Iterator[Use]:
        """The references of a rule that matter, with what may be said around them."""
        top = self.linked.rule(key).expression
        kinds = self.node_kinds(key)
        open_nodes: list[tuple[Expression, bool, bool]] = [(top, False, False)]
        while open_nodes:
            node, before, after = open_nodes.pop()
            if not kinds[id(node)] & WORDS:
                continue
            match node:
                case Reference():
                    target = self.linked.target(key, node)
                    if target is not None:
                        yield Use(target, node, before, after)
                case Sequence(items=items):
                    said = [at for at, item in enumerate(items) if kinds[id(item)] & WORDS]
                    open_nodes += [
                        (items[at], before or at > said[0], after or at < said[-1]) for at in said
                    ]
                case Repeat(body=body, most=most):
                    again = most is None or most > 1
                    open_nodes.append((body, before or again, after or again))
                case _:
                    open_nodes += [(child, before, after) for child in _inside(node)]


def _together(kinds: list[int]) -> int:
    """Flags of expressions said one after the other."""
    if 0 in kinds:
        return 0
    silent = all(kind & SILENCE for kind in kinds)
    words = any(kind & WORDS for kind in kinds)
    return (SILENCE if silent else 0) | (WORDS if words else 0)


def _inside(node: Expression) -> list[Expression]:
    """The nodes directly inside a node; runs of plain words left out."""
    if isinstance(node, Sequence):
        return list(node.items)
    if isinstance(node, Alternatives):
        return [part.expression for part in node.parts if not isinstance(part, Run)]
    return [node.body] if isinstance(node, Repeat | InLanguage) else []


def strongly_connected(graph: Mapping[Key, Iterable[Key]]) -> Iterator[list[Key]]:
    """Tarjan (1972): rules that reach each other, those they lead to first."""
    index: dict[Key, int] = {}
    low: dict[Key, int] = {}
    inside: set[Key] = set()
    stack: list[Key] = []
    for root in graph:
        if root in index:
            continue
        path = [(root, iter(graph[root]))]
        while path:
            key, targets = path[-1]
            if key not in index:
                index[key] = low[key] = len(index)
                stack.append(key)
                inside.add(key)
            for target in targets:
                if target not in index:
                    path.append((target, iter(graph[target])))
                    break
                if target in inside:
                    low[key] = min(low[key], low[target])
            else:
                path.pop()
                if path:
                    parent = path[-1][0]
                    low[parent] = min(low[parent], low[key])
                if low[key] == index[key]:
                    members = [stack.pop()]
                    while members[-1] != key:
                        members.append(stack.pop())
                    inside.difference_update(members)
                    yield members
