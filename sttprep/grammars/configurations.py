"""A network read without a sentence in hand: what can be said next, and in how many ways.

>>> from sttprep.grammars import read_grammar
>>> from sttprep.grammars.net import network
>>> menu = read_grammar("#ABNF 1.0 UTF-8;\\nlanguage en-US;\\nroot $r;\\n$r = [a | a] tea;\\n")
>>> places = Configurations(network(menu), [(0, "r")], budget=100)
>>> places.moves(0).named
{'a': {1: 2}, 'tea': {2: 1}}

A configuration is a point of the network with the rules that are open there. A rule used as the
last thing of another one takes its place, so that right recursion needs no more configurations;
any other recursion makes their number unlimited, and they are made only when they are reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from sttprep.grammars.net import FINAL, Call, Counters, Garbage, Net, Node, Tagged, Words

if TYPE_CHECKING:
    from sttprep.grammars.link import Key

__all__ = ["INFINITE", "SEVERAL", "BudgetError", "Configurations", "EndlessError", "Moves"]

SEVERAL = 2
"""Two ways or more, and not without end."""
INFINITE = 3
"""Ways without end: some of them go round without a word."""


class EndlessError(Exception):
    """A rule begins with itself: there is no end of configurations before the next word."""


class BudgetError(Exception):
    """More configurations than anybody wants to wait for."""


class Stack:
    """An open call: where to go on after it, and the calls outside."""

    __slots__ = ("after", "below", "counters", "depth")

    def __init__(self, after: Node, counters: Counters, below: Stack | None) -> None:
        self.after = after
        self.counters = counters
        self.below = below
        self.depth: int = 1 if below is None else below.depth + 1


Configuration: TypeAlias = "tuple[Node, Counters, Stack | None, int]"
"""A node, its counters, the open calls, and how many words of a token have been said."""


@dataclass(slots=True)
class Moves:
    """What is possible between two words. Ways are 1, `SEVERAL` or `INFINITE`."""

    named: dict[str, dict[int, int]] = field(default_factory=dict)
    """Word → configuration after it → ways."""
    any: dict[int, int] = field(default_factory=dict)
    """Configuration after any word → ways."""
    final: int = 0
    """Ways to end here."""

    def after(self, word: str) -> dict[int, int]:
        """Configurations after a word, and the ways to each."""
        named = self.named.get(word, {})
        if not self.any:
            return named
        return {
            target: min(INFINITE, named.get(target, 0) + self.any.get(target, 0))
            for target in [*named, *(target for target in self.any if target not in named)]
        }


class Configurations:
    """The configurations of a network from some rules on, numbered; 0 is the start.

    Args:
        net: the network.
        roots: keys of the rules to start from.
        budget: most steps to look at.
    """

    def __init__(self, net: Net, roots: Sequence[Key], budget: int) -> None:
        self._net = net
        self._left = budget
        self._roots = roots
        self._numbers: dict[Configuration | None, int] = {None: 0}
        self._known: list[Configuration | None] = [None]
        self._moves: dict[int, Moves] = {}
        self._stacks: dict[tuple[Node, Counters, Stack | None], Stack] = {}
        self._rules = sum(len(grammar.rules) for grammar in net.linked.grammars)
        self.depth = 0
        """Most calls open at once so far."""

    @property
    def is_recursive(self) -> bool:
        """Whether some rule has been open within itself, so that there may be no end of it."""
        return self.depth > self._rules

    def spend(self, steps: int = 1) -> None:
        """Account for work done.

        Raises:
            BudgetError: the budget is used up.
        """
        self._left -= steps
        if self._left < 0:
            raise BudgetError

    def number(self, configuration: Configuration) -> int:
        """The number of a configuration."""
        node, counters, stack, said = configuration
        while not said:
            # Only one way on, and no choice: the same configuration for what follows.
            if isinstance(node, Tagged):
                node = node.after
            elif node is FINAL and stack is not None:
                node, counters, stack = stack.after, stack.counters, stack.below
            else:
                break
        configuration = (node, counters, stack, said)
        number = self._numbers.get(configuration)
        if number is None:
            number = self._numbers[configuration] = len(self._known)
            self._known.append(configuration)
        return number

    def moves(self, number: int) -> Moves:
        """What can follow.

        Raises:
            EndlessError: a rule begins with itself.
            BudgetError: the budget is used up.
        """
        known = self._moves.get(number)
        if known is None:
            known = self._moves[number] = self._find(self._known[number])
        return known

    def _find(self, configuration: Configuration | None) -> Moves:
        moves = Moves()
        if configuration is None:
            starts: list[Configuration] = [
                (self._net.start(key), None, None, 0) for key in dict.fromkeys(self._roots)
            ]
        elif configuration[3]:
            self._read(configuration, 1, moves)
            return moves
        else:
            starts = [configuration]
        for reached, ways in self._silent(starts):
            node, counters, stack, _ = reached
            if isinstance(node, Words):
                self._read(reached, ways, moves)
            elif isinstance(node, Garbage):
                _add(moves.any, self.number((node, counters, stack, 0)), ways)
            elif node is FINAL and stack is None:
                moves.final = min(INFINITE, moves.final + ways)
        return moves

    def _read(self, configuration: Configuration, ways: int, moves: Moves) -> None:
        node, counters, stack, said = configuration
        assert isinstance(node, Words)
        word = node.words[said]
        said += 1
        if said == len(node.words):
            target = self.number((node.after, counters, stack, 0))
        else:
            target = self.number((node, counters, stack, said))
        _add(moves.named.setdefault(word, {}), target, ways)

    def _silent(self, starts: list[Configuration]) -> Iterable[tuple[Configuration, int]]:
        """Everything reached without a word, with the number of ways to it."""
        base = max((stack.depth for _, _, stack, _ in starts if stack), default=0)
        following: dict[Configuration, list[Configuration]] = {}
        entries: dict[Configuration, int] = {}
        todo = list(starts)
        for start in starts:
            entries[start] = 0
        while todo:
            configuration = todo.pop()
            if configuration in following:
                continue
            self.spend()
            steps = following[configuration] = self._steps(configuration)
            for step in steps:
                entries[step] = entries.get(step, 0) + 1
                stack = step[2]
                if stack and stack.depth - base > self._rules + 1:
                    raise EndlessError
            todo.extend(reversed(steps))
        ways = dict.fromkeys(following, 0)
        for start in starts:
            ways[start] += 1
        ready = [configuration for configuration in following if not entries[configuration]]
        for configuration in ready:
            for step in following[configuration]:
                ways[step] = min(SEVERAL, ways[step] + ways[configuration])
                entries[step] -= 1
                if not entries[step]:
                    ready.append(step)
        if len(ready) < len(following):  # the rest goes round, or comes after what does
            done = set(ready)
            for configuration in following:
                if configuration not in done:
                    ways[configuration] = INFINITE
        return ways.items()

    def _steps(self, configuration: Configuration) -> list[Configuration]:
        node, counters, stack, _ = configuration
        if isinstance(node, Words):
            return []
        if isinstance(node, Call):
            after = node.after
            while isinstance(after, Tagged):
                after = after.after
            if after is FINAL:
                return [(self._net.start(node.key), None, stack, 0)]
            key = (after, counters, stack)
            above = self._stacks.get(key)
            if above is None:
                above = self._stacks[key] = Stack(*key)
                self.depth = max(self.depth, above.depth)
            return [(self._net.start(node.key), None, above, 0)]
        if node is FINAL:
            if stack is None:
                return []
            return [(stack.after, stack.counters, stack.below, 0)]
        if isinstance(node, Garbage):
            return [(node.after, counters, stack, 0)]
        return [(following, there, stack, 0) for _, following, there in node.steps(counters)]


def _add(ways: dict[int, int], target: int, more: int) -> None:
    ways[target] = min(INFINITE, ways.get(target, 0) + more)
