"""What there is to use in a grammar, and the shortest way to say each part of it.

>>> from sttprep.grammars import read_grammar
>>> menu = read_grammar("#ABNF 1.0 UTF-8;\\nlanguage en-US;\\nroot $r;\\n"
...                     "$r = [a] (tea | iced coffee);\\n")
>>> costs = Costs(menu.linked, [(0, "r")])
>>> for (_, place, number), _, _, _, cost in costs.units((0, "r")):
...     print(steps_to(place), number, "takes", cost // WORD, "words")
[] -1 takes 1 words
[0] 1 takes 2 words
[0] 0 takes 1 words
[1, 0] 0 takes 1 words
[1, 0] 1 takes 2 words

Units are rules, alternatives, optional parts (said, left out) and repeats (the least number of
rounds, more than that), as far as some sentence uses them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING, TypeAlias

from sttprep.grammars.chart import Chart
from sttprep.grammars.expression import (
    Alternative,
    Alternatives,
    Expression,
    InLanguage,
    Reference,
    Repeat,
    Run,
    Special,
    Token,
)
from sttprep.grammars.expression import Sequence as Row
from sttprep.grammars.net import Call, Choice, Count, Net, Optional, Place

if TYPE_CHECKING:
    from sttprep.grammars.link import Key, Linked

__all__ = ["NEVER", "WORD", "Costs", "Unit", "Way", "below", "steps_to", "used", "words_in"]

WORD = 10**9
"""Cost of a word; using a rule costs 1, so that a shortest way never goes in a circle."""
NEVER = 10**40
"""Cost of what cannot be said."""

Unit: TypeAlias = "tuple[Key, Place, int]"
"""A rule (its key, None, -1), or a step of the choice or repeat at a place of a rule."""

_RULE = -1


@dataclass(frozen=True, slots=True)
class Way:
    """How a rule is reached at the lowest cost."""

    cost: int
    """Of all that is said outside it."""
    key: Key | None
    """The rule that uses it; None for a root."""
    place: Place
    """Where in that rule."""


def below(node: Expression, place: Place) -> Iterator[tuple[Expression, Place]]:
    """The parts of a node with their places; runs of plain alternatives have none."""
    if isinstance(node, Row):
        for index, item in enumerate(node.items):
            yield item, (place, index)
    elif isinstance(node, Alternatives):
        number = 0
        for part in node.parts:
            if isinstance(part, Alternative):
                yield part.expression, (place, number)
                number += 1
            else:
                number += part.text.count("|") + 1
    elif isinstance(node, Repeat | InLanguage):
        yield node.body, (place, 0)


def steps_to(place: Place) -> list[int]:
    """The numbers of the children on the way to a place, from the top of the rule."""
    steps: list[int] = []
    while place is not None:
        place, number = place
        steps.append(number)
    return steps[::-1]


def words_in(part: Run) -> list[int]:
    """The number of words of each phrase of a run."""
    return [len(phrase.split()) for phrase in part.text.split("|")]


class Costs:
    """The cost of the shortest way to say every node of the rules reached from some roots."""

    def __init__(self, linked: Linked, roots: Sequence[Key]) -> None:
        self.linked = linked
        self.roots = tuple(dict.fromkeys(roots))
        self.rules: dict[Key, int] = {}
        """Cost of each rule."""
        self._nodes: dict[Key, list[tuple[Expression, Place]]] = {}
        self._costs: dict[Key, dict[int, int]] = {}
        self._runs: dict[int, int] = {}
        self._find_rules()

    def _find_rules(self) -> None:
        users: dict[Key, list[Key]] = {}
        todo = list(self.roots)
        for key in todo:
            if key in self._nodes:
                continue
            nodes = self._nodes[key] = [(self.linked.rule(key).expression, None)]
            for node, place in nodes:
                nodes.extend(below(node, place))
            self.rules[key] = NEVER
            for node, _ in nodes:
                if isinstance(node, Reference):
                    target = self.linked.target(key, node)
                    if target is not None:
                        users.setdefault(target, []).append(key)
                        todo.append(target)
        waiting = dict.fromkeys(reversed(self._nodes))  # an ordered set
        while waiting:
            key, _ = waiting.popitem()
            cost = self._evaluate(key)
            if cost < self.rules[key]:
                self.rules[key] = cost
                waiting.update(dict.fromkeys(users.get(key, ())))

    def _evaluate(self, key: Key) -> int:
        costs: dict[int, int] = {}
        for node, _ in reversed(self._nodes[key]):
            costs[id(node)] = min(NEVER, self._cost(key, node, costs))
        self._costs[key] = costs
        return costs[id(self._nodes[key][0][0])]

    def _cost(self, key: Key, node: Expression, costs: dict[int, int]) -> int:
        if isinstance(node, Token):
            return WORD * len(node.text.split())
        if isinstance(node, Row):
            return sum(costs[id(item)] for item in node.items)
        if isinstance(node, Alternatives):
            return min(
                self._run(part) if isinstance(part, Run) else costs[id(part.expression)]
                for part in node.parts
            )
        if isinstance(node, Repeat):
            return node.least * costs[id(node.body)] if node.least else 0
        if isinstance(node, InLanguage):
            return costs[id(node.body)]
        if isinstance(node, Reference):
            target = self.linked.target(key, node)
            return NEVER if target is None else self.rules[target] + 1
        return NEVER if isinstance(node, Special) and node.name == "VOID" else 0

    def _run(self, part: Run) -> int:
        known = self._runs.get(id(part))
        if known is None:
            known = self._runs[id(part)] = WORD * min(words_in(part))
        return known

    def of(self, key: Key, node: Expression) -> int:
        """The cost of a node of a rule."""
        return self._costs[key][id(node)]

    def _within(self, key: Key) -> Iterator[tuple[Expression, Place, int]]:
        """The nodes of a rule that can be used, with the cost of what is said beside each."""
        top = self._nodes[key][0][0]
        todo: list[tuple[Expression, Place, int]] = [(top, None, 0)]
        while todo:
            node, place, outside = todo.pop()
            cost = self.of(key, node)
            if cost >= NEVER:
                continue
            yield node, place, outside
            inside = []
            for child, there in below(node, place):
                own = self.of(key, child)
                if own >= NEVER:
                    continue
                if isinstance(node, Row):
                    inside.append((child, there, outside + cost - own))
                elif not isinstance(node, Repeat):
                    inside.append((child, there, outside))
                elif node.most != 0:
                    inside.append((child, there, outside + own * (max(node.least, 1) - 1)))
            todo.extend(reversed(inside))

    def ways(self) -> dict[Key, Way]:
        """How each rule that can be used is reached, the cheapest first."""
        found: dict[Key, Way] = {}
        number = 0
        heap: list[tuple[int, int, Key, Way]] = []
        for key in self.roots:
            if self.rules[key] < NEVER:
                heappush(heap, (0, number, key, Way(0, None, None)))
                number += 1
        while heap:
            cost, _, key, way = heappop(heap)
            if key in found:
                continue
            found[key] = way
            for node, place, outside in self._within(key):
                if isinstance(node, Reference):
                    target = self.linked.target(key, node)
                    if target is not None and target not in found:
                        number += 1
                        there = Way(cost + outside + 1, key, place)
                        heappush(heap, (there.cost, number, target, there))
        return found

    def units(self, key: Key) -> Iterator[tuple[Unit, Expression, Expression | Run, int, int]]:
        """What there is to use in a rule, in the order of the text.

        For each: the unit, the node it is a step of, the part said, its number within a run, and
        what it costs beyond what is said outside the rule.
        """
        top = self._nodes[key][0][0]
        yield (key, None, _RULE), top, top, 0, self.rules[key]
        for node, place, outside in self._within(key):
            if isinstance(node, Alternatives):
                number = 0
                for part in node.parts:
                    if isinstance(part, Run):
                        for index, words in enumerate(words_in(part)):
                            yield (key, place, number), node, part, index, outside + WORD * words
                            number += 1
                    else:
                        cost = self.of(key, part.expression)
                        if cost < NEVER:
                            yield (key, place, number), node, part.expression, 0, outside + cost
                        number += 1
            elif isinstance(node, Repeat) and node.least != node.most:
                own = self.of(key, node.body)
                if own < NEVER:
                    more = outside + own * (node.least + 1)
                    yield (key, place, 1), node, node.body, 0, more
                yield (key, place, 0), node, node.body, 0, outside + self.of(key, node)


def used(net: Net, roots: Sequence[Key], words: Sequence[str]) -> set[Unit] | None:
    """The units of every way to match a sentence; None where it is not matched."""
    chart = Chart(net, roots, words, every=True)
    if not chart.ends:
        return None
    units: set[Unit] = {(end[2].key, None, _RULE) for end in chart.ends}
    steps: set[tuple[Choice | Optional | Count, int]] = set()
    for state in chart.useful():
        for before, number in chart.ways[state]:
            if before is None:
                continue
            node, counters = before[:2]
            if isinstance(node, Call):
                units.add((node.key, None, _RULE))
            elif not isinstance(number, int):
                continue
            elif isinstance(node, Choice | Optional) or (
                isinstance(node, Count) and counters is not None and counters[0] == node.least
            ):
                steps.add((node, number))
    units.update((node.scope.key, node.place, number) for node, number in steps)
    return units
