r"""Rules that use themselves, directly or through others, and whether they stay regular.

Rules that lead to one another form a component. It is right recursive where every use of one of
its rules by another is the last thing said, left recursive where every use is the first; such
components are loops, which an automaton can follow. All others (``$r = a $r b``) need a memory
without bounds: Chomsky, On certain formal properties of grammars (1959), self-embedding.

>>> from sttprep.grammars import read_grammar
>>> text = "#ABNF 1.0;\nlanguage en;\nroot $r;\n$r = a $r | $s;\n$s = b $s c | d;\n"
>>> graph = read_grammar(text).linked.graph
>>> for recursion in graph.recursions:
...     print([graph.rules[number].name for number in recursion.cycle], recursion.kind)
['r', 'r'] right
['s', 's'] centre
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate
from typing import Literal, NamedTuple, TypeAlias

from sttprep.grammars.expression import (
    Alternatives,
    Expression,
    InLanguage,
    Reference,
    Repeat,
    Run,
    Sequence,
    Token,
)
from sttprep.grammars.facts import Shape, Shaper
from sttprep.grammars.rule_graph import RuleGraph, recursive_components

__all__ = ["Kind", "Recursion", "Use", "live_uses", "recursions"]

Kind: TypeAlias = Literal["right", "left", "both", "centre"]
"""Where the recursive uses stand: last, first, alone (which is both), or elsewhere."""


class Use(NamedTuple):
    """One use of a rule by a rule of the same component."""

    rule: int
    target: int
    reference: Reference
    first: bool
    """No word can be said before it in the rule."""
    last: bool
    """No word can be said after it in the rule."""
    silent: bool
    """Everything else on this way through the rule may be left out."""


class Recursion(NamedTuple):
    """Rules, by number, each of which leads to all of them."""

    rules: tuple[int, ...]
    uses: tuple[Use, ...]

    @property
    def kind(self) -> Kind:
        """Where the recursive uses stand."""
        first = all(use.first for use in self.uses)
        if all(use.last for use in self.uses):
            return "both" if first else "right"
        return "left" if first else "centre"

    @property
    def cycle(self) -> list[int]:
        """A shortest way round, its first rule again at its end.

        Of centre recursion it starts with a use between words, where there is one.
        """
        turn = next((use for use in self.uses if not (use.first or use.last)), self.uses[0])
        before: dict[int, int] = {}
        users: dict[int, list[int]] = {}
        for use in self.uses:
            users.setdefault(use.target, []).append(use.rule)
        order = [turn.rule]  # backwards from the end of the way
        for number in order:
            if turn.target in before:
                break
            for user in users[number]:
                if user not in before and user != turn.rule:
                    before[user] = number
                    order.append(user)
        way = [turn.rule, turn.target]
        while way[-1] != turn.rule:
            way.append(before[way[-1]])
        return way

    @property
    def silent(self) -> bool:
        """Whether there is a way round on which no word need be said."""
        place = {rule: at for at, rule in enumerate(self.rules)}
        targets: list[list[int]] = [[] for _ in self.rules]
        for use in self.uses:
            if use.silent:
                targets[place[use.rule]].append(place[use.target])
        return bool(recursive_components(targets))


def live_uses(graph: RuleGraph) -> dict[int, list[Use]]:
    """For each rule that may be recursive: its uses of rules that may lead back to it.

    Uses that can never be taken (in ``x<0>``, beside ``VOID``) are left out.
    """
    found: dict[int, list[Use]] = {}
    for component in recursive_components(graph.targets):
        members = set(component)
        for number in component:
            found[number] = _uses(graph, number, members)
    return found


def recursions(uses: Mapping[int, list[Use]]) -> list[Recursion]:
    """Every recursive component, in the order of their first rules."""
    numbers = sorted(uses)
    place = {number: at for at, number in enumerate(numbers)}
    targets = [[place[use.target] for use in uses[number]] for number in numbers]
    found = []
    for component in recursive_components(targets):
        rules = tuple(numbers[at] for at in component)
        members = set(rules)
        kept = tuple(use for number in rules for use in uses[number] if use.target in members)
        found.append(Recursion(rules, kept))
    return found


class _Measure(Shaper):
    """Shapes when it is known what each rule can be."""

    def __init__(self, graph: RuleGraph, number: int, members: Collection[int]) -> None:
        super().__init__()
        self._graph = graph
        self._number = number
        self._members = members
        self._known: dict[int, Shape] = {}

    def keep(self, kind: str, found: object) -> None:
        """Nothing: the rule's facts have it."""

    def leaf(self, reference: Reference) -> Shape:
        """The shape of the rule it means; what is undefined counts as a word."""
        target = self._graph.target(self._number, reference)
        if target is None:
            return True, False, True
        graph = self._graph
        productive = target in self._members or graph.productive[target]
        return productive, graph.nullable[target], graph.wordy[target]

    def shape(self, node: Expression) -> Shape:
        """The shape of a node, worked out once."""
        known = self._known.get(id(node))
        if known is None:
            known = self._known[id(node)] = super().shape(node)
        return known


def _uses(graph: RuleGraph, number: int, members: Collection[int]) -> list[Use]:
    """The uses of members in a rule that can be taken, and what may be said beside them."""
    rule = graph.rules[number]
    measure = _Measure(graph, number, members)
    inner_last = list(_composites(rule.expression))
    while inner_last:
        measure.shape(inner_last.pop())
    found: list[Use] = []
    # Beside each node: can a word be said before it, after it; can all of it be left out?
    open_nodes: list[tuple[Expression, bool, bool, bool]] = [(rule.expression, False, False, True)]
    while open_nodes:
        node, before, after, silent = open_nodes.pop()
        if isinstance(node, Reference):
            target = graph.target(number, node)
            if target is not None and target in members:
                found.append(Use(number, target, node, not before, not after, silent))
        elif isinstance(node, InLanguage):
            open_nodes.append((node.body, before, after, silent))
        elif isinstance(node, Repeat) and node.most != 0:
            again = (node.most is None or node.most > 1) and measure.shape(node.body)[2] is True
            open_nodes.append((node.body, before or again, after or again, silent))
        elif isinstance(node, Alternatives):
            open_nodes.extend(
                (part.expression, before, after, silent)
                for part in reversed(node.parts)
                if not isinstance(part, Run)
            )
        elif isinstance(node, Sequence):
            shapes = [measure.shape(item) for item in node.items]
            if not all(shape[0] for shape in shapes):
                continue
            words = [shape[2] is True for shape in shapes]
            left = list(accumulate(words, initial=before, func=bool.__or__))
            right = list(accumulate(reversed(words), initial=after, func=bool.__or__))[::-1]
            spoken = sum(not shape[1] for shape in shapes)
            for at in range(len(node.items) - 1, -1, -1):
                alone = spoken == 0 or (spoken == 1 and not shapes[at][1])
                open_nodes.append((node.items[at], left[at], right[at + 1], silent and alone))
    return found


def _composites(node: Expression) -> Iterator[Expression]:
    """The node and what it is made of, outermost first, without single words and runs."""
    open_nodes = [node]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, Sequence):
            open_nodes.extend(item for item in node.items if not isinstance(item, Token))
        elif isinstance(node, Alternatives):
            open_nodes.extend(part.expression for part in node.parts if not isinstance(part, Run))
        elif isinstance(node, Repeat | InLanguage):
            open_nodes.append(node.body)
        yield node
