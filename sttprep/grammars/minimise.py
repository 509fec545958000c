"""The smallest deterministic automaton, its states in one fixed order."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from sttprep.grammars.automaton import ANY, Automaton, in_order
from sttprep.grammars.budget import Budget

__all__ = ["minimise", "numbered", "partition"]

Label = TypeVar("Label", bound=Hashable)


def numbered(arcs: Sequence[Mapping[str, int]], finals: Sequence[bool], start: int) -> Automaton:
    """The states reached from the start, numbered breadth first.

    >>> numbered([{}, {"b": 0, "a": 2}, {"b": 0}], [True, False, False], 1).arcs
    [{'a': 1, 'b': 2}, {'b': 2}, {}]
    """
    order = [start]
    numbers = {start: 0}
    rows: list[dict[str, int]] = []
    for state in order:  # grows meanwhile
        row = arcs[state]
        if len(row) > 1:
            row = in_order(row)
        for target in dict.fromkeys(row.values()):
            if target not in numbers:
                numbers[target] = len(order)
                order.append(target)
        rows.append({word: numbers[target] for word, target in row.items()})
    return Automaton(rows, [finals[state] for state in order])


def minimise(
    arcs: list[dict[str, int]], finals: Sequence[bool], start: int, budget: Budget
) -> Automaton:
    """The minimal automaton; every state must lead to a final one, or be the only state.

    An arc for any word is first written out for all words that are named anywhere, so that states
    that differ only in what they name are found equal, and afterwards taken together again.
    """
    if any(ANY in row for row in arcs):
        named = sorted({word for row in arcs for word in row} - {ANY})
        budget.spend(0, len(named) * sum(ANY in row for row in arcs))
        arcs = [{**dict.fromkeys(named, row[ANY]), **row} if ANY in row else row for row in arcs]
    block = partition(arcs, [int(final) for final in finals])
    first: dict[int, int] = {}
    for state, number in enumerate(block):
        first.setdefault(number, state)
    rows = {
        number: {word: block[target] for word, target in arcs[state].items()}
        for number, state in first.items()
    }
    for number, row in rows.items():
        if ANY in row:
            rows[number] = {w: to for w, to in row.items() if w == ANY or to != row[ANY]}
    return numbered(
        [rows[number] for number in range(len(rows))],
        [finals[first[number]] for number in range(len(rows))],
        block[start],
    )


class _Refinable:
    """Sets of numbers that can be split by marking some of their members."""

    def __init__(self, size: int) -> None:
        self.members = list(range(size))
        self.place = list(range(size))
        self.set_of = [0] * size
        self.first = [0] if size else []
        self.past = [size] if size else []
        self.marked = [0] if size else []
        self.touched: list[int] = []

    def mark(self, member: int) -> None:
        number = self.set_of[member]
        at = self.place[member]
        to = self.first[number] + self.marked[number]
        if at < to:
            return
        other = self.members[to]
        self.members[at] = other
        self.place[other] = at
        self.members[to] = member
        self.place[member] = to
        if not self.marked[number]:
            self.touched.append(number)
        self.marked[number] += 1

    def split(self) -> None:
        """Make the marked, or the others where they are fewer, a new set of each touched one."""
        for number in self.touched:
            first, past, marked = self.first[number], self.past[number], self.marked[number]
            self.marked[number] = 0
            middle = first + marked
            if middle == past:
                continue
            new = len(self.first)
            if marked <= past - middle:
                self.first[number] = middle
                self.first.append(first)
                self.past.append(middle)
            else:
                self.past[number] = middle
                self.first.append(middle)
                self.past.append(past)
            self.marked.append(0)
            for at in range(self.first[new], self.past[new]):
                self.set_of[self.members[at]] = new
        self.touched.clear()


def partition(arcs: Sequence[Mapping[Label, int]], kinds: Sequence[int]) -> list[int]:
    """For each state the number of its class: equal kind, and equal whatever follows.

    Valmari (2012), "Fast brief practical DFA minimization": O(m log n) for m arcs, also where
    states lack arcs.
    """
    blocks = _Refinable(len(arcs))
    for kind in sorted(set(kinds))[1:]:
        for state, own in enumerate(kinds):
            if own == kind:
                blocks.mark(state)
        blocks.split()
    tails: list[int] = []
    incoming: list[list[int]] = [[] for _ in arcs]
    labels: dict[Label, list[int]] = {}
    for state, row in enumerate(arcs):
        for word, target in row.items():
            incoming[target].append(len(tails))
            labels.setdefault(word, []).append(len(tails))
            tails.append(state)
    cords = _Refinable(len(tails))
    for members in list(labels.values())[1:]:
        for arc in members:
            cords.mark(arc)
        cords.split()
    next_block, next_cord = 1, 0
    while next_cord < len(cords.first):
        for at in range(cords.first[next_cord], cords.past[next_cord]):
            blocks.mark(tails[cords.members[at]])
        blocks.split()
        next_cord += 1
        while next_block < len(blocks.first):
            for at in range(blocks.first[next_block], blocks.past[next_block]):
                for arc in incoming[blocks.members[at]]:
                    cords.mark(arc)
            cords.split()
            next_block += 1
    return blocks.set_of
