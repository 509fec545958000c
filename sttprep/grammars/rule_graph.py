"""Which rule uses which, over a grammar and the grammars it refers to.

Rules are numbered, grammar after grammar, each in the order of its text. Everything here takes
time in proportion to the size of the rules, and no call nests, however long a chain of rules is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from sttprep.grammars.expression import Reference
from sttprep.grammars.facts import Formula

if TYPE_CHECKING:
    from sttprep.grammars.grammar import Rule
    from sttprep.grammars.link import Key, Linked
    from sttprep.grammars.recursion import Recursion, Use

__all__ = ["RuleGraph", "holds", "reachable", "recursive_components", "solve", "strong_components"]


class RuleGraph:
    """The rules of linked grammars by number, and the numbers of the rules each of them uses."""

    def __init__(self, linked: Linked) -> None:
        self.linked = linked
        self.rules: list[Rule] = []
        self.numbers: list[dict[str, int]] = []
        """For each grammar: rule name → number."""
        self.keys: list[Key] = []
        for number, grammar in enumerate(linked.grammars):
            first = len(self.rules)
            self.rules.extend(grammar.by_name.values())
            self.numbers.append({name: first + at for at, name in enumerate(grammar.by_name)})
            self.keys.extend((number, name) for name in grammar.by_name)
        self.targets = [self._targets(number) for number in range(len(self.rules))]
        """For each rule: the rules it uses, each once, in order; what is undefined is left out."""

    def _targets(self, number: int) -> list[int]:
        rule = self.rules[number]
        facts = rule.body.facts
        known = self.numbers[self.keys[number][0]]
        found = [known[name] for name in facts.names if name in known]
        if len(found) < len(facts.names) or facts.rare is not None:
            targets = (self.target(number, reference) for reference in rule.body.references)
            found = list(dict.fromkeys(target for target in targets if target is not None))
        return found

    def number(self, key: Key) -> int:
        """The number of a rule."""
        return self.numbers[key[0]][key[1]]

    def target(self, number: int, used: Reference | str) -> int | None:
        """The rule that a reference (or name) in a rule means; None where it cannot be found."""
        if isinstance(used, str):
            known = self.numbers[self.keys[number][0]].get(used)
            if known is not None:
                return known
            used = Reference(used)
        key = self.linked.target(self.keys[number], used)
        return None if key is None else self.number(key)

    @cached_property
    def productive(self) -> list[bool]:
        """For each rule: whether a sentence can be completed (if what is undefined could be)."""
        formulas = [rule.broken or rule.body.facts.productive for rule in self.rules]
        return solve(formulas, self.target, True)

    @cached_property
    def nullable(self) -> list[bool]:
        """For each rule: whether it matches nothing said."""
        formulas = [not rule.broken and rule.body.facts.nullable for rule in self.rules]
        return solve(formulas, self.target, False)

    @cached_property
    def wordy(self) -> list[bool]:
        """For each rule: whether it matches some words."""
        formulas = [rule.broken or rule.body.facts.wordy for rule in self.rules]
        return solve(formulas, self.target, True)

    @cached_property
    def uses(self) -> dict[int, list[Use]]:
        """For each rule that may be recursive: its uses of rules that may lead back to it."""
        from sttprep.grammars.recursion import live_uses

        return live_uses(self)

    @cached_property
    def recursions(self) -> list[Recursion]:
        """Every set of rules that lead back to themselves."""
        from sttprep.grammars.recursion import recursions

        return recursions(self.uses)


def solve(
    formulas: Sequence[Formula],
    target: Callable[[int, Reference | str], int | None],
    unknown: bool,
) -> list[bool]:
    """Which of the formulas hold, each referring to others by number: the least solution.

    Dowling and Gallier, Linear-time algorithms for testing the satisfiability of propositional
    Horn formulae (1984): every "and" counts the parts it still waits for.

    Args:
        formulas: one for each number.
        target: number of the formula that a name or reference in formula ``i`` means.
        unknown: what one counts that means no formula.
    """
    holds = [formula is True for formula in formulas]
    waits = [1] * len(formulas)
    parents = list(range(len(formulas)))  # of formulas: themselves
    waiting: dict[int, list[int]] = {}
    ready: list[int] = []
    for number, formula in enumerate(formulas):
        if formula is True or formula is False:
            continue
        open_parts: list[tuple[Formula, int]] = [(formula, number)]
        while open_parts:
            part, parent = open_parts.pop()
            if isinstance(part, str | Reference):
                used = target(number, part)
                if unknown if used is None else holds[used]:
                    ready.append(parent)
                elif used is not None:
                    waiting.setdefault(used, []).append(parent)
            elif isinstance(part, tuple):
                every, parts = part
                node = len(waits)
                waits.append(len(parts) if every else 1)
                parents.append(parent)
                open_parts.extend((inner, node) for inner in parts)
    while ready:
        node = ready.pop()
        waits[node] -= 1
        if waits[node] == 0:
            if node >= len(formulas):
                ready.append(parents[node])
            elif not holds[node]:
                holds[node] = True
                ready.extend(waiting.pop(node, ()))
    return holds


def holds(formula: Formula, leaf: Callable[[Reference | str], bool]) -> bool:
    """Whether a formula holds when it is known which names and references do."""
    return solve((formula, False, True), lambda _, used: 1 + leaf(used), False)[0]


def reachable(targets: Sequence[Sequence[int]], starts: Iterable[int]) -> list[int]:
    """The starts and everything they lead to, those nearer first (each once).

    >>> reachable([[2], [0], [2, 3], []], [0])
    [0, 2, 3]
    """
    order = list(dict.fromkeys(starts))
    seen = set(order)
    for number in order:
        for target in targets[number]:
            if target not in seen:
                seen.add(target)
                order.append(target)
    return order


def strong_components(
    targets: Sequence[Sequence[int]], starts: Iterable[int]
) -> list[tuple[int, ...]]:
    """The sets of rules that lead to one another, what is used before what uses it.

    Tarjan, Depth-first search and linear graph algorithms (1972), without nested calls.

    >>> strong_components([[1], [0, 2], []], [0])
    [(2,), (0, 1)]
    """
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    found: list[tuple[int, ...]] = []
    done: set[int] = set()
    for start in starts:
        if start in order:
            continue
        order[start] = low[start] = len(order)
        stack.append(start)
        path = [(start, iter(targets[start]))]
        while path:
            number, rest = path[-1]
            for target in rest:
                if target not in order:
                    order[target] = low[target] = len(order)
                    stack.append(target)
                    path.append((target, iter(targets[target])))
                    break
                if target not in done:
                    low[number] = min(low[number], order[target])
            else:
                path.pop()
                if path:
                    above = path[-1][0]
                    low[above] = min(low[above], low[number])
                if low[number] == order[number]:
                    component = [stack.pop()]
                    while component[-1] != number:
                        component.append(stack.pop())
                    done.update(component)
                    found.append(tuple(sorted(component)))
    return found


def recursive_components(targets: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """Those sets of rules that lead back to themselves, in the order of their first rules.

    Rules that use nothing are taken away first, again and again: most grammars end there, if they
    do not already because each rule uses later rules only.

    >>> recursive_components([[1], [0, 2], [2], [2]])
    [(0, 1), (2,)]
    """
    if all(target > number for number, row in enumerate(targets) for target in row):
        return []
    open_targets = [len(row) for row in targets]
    users: list[list[int]] = [[] for _ in targets]
    for number, row in enumerate(targets):
        for target in row:
            users[target].append(number)
    ended = [number for number, count in enumerate(open_targets) if not count]
    for number in ended:
        for user in users[number]:
            open_targets[user] -= 1
            if not open_targets[user]:
                ended.append(user)
    rest = [number for number, count in enumerate(open_targets) if count]
    return sorted(
        component
        for component in strong_components(targets, rest)
        if len(component) > 1 or component[0] in targets[component[0]]
    )
