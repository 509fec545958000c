"""A set of sentences as a minimal deterministic automaton over words.

>>> drinks = Automaton([{"a": 1, "tea": 2}, {"tea": 2}, {"please": 3}, {}],
...                    [False, False, True, True])
>>> drinks.accepts(["a", "tea"]), drinks.accepts(["a"])
(True, False)
>>> drinks.count(), drinks.shortest()
(4, 'tea')
>>> list(drinks.sentences())
['tea', 'a tea', 'tea please', 'a tea please']
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

__all__ = ["ANY", "OTHER", "Automaton", "in_order"]

ANY = "any word"
"""Label of an arc for every word that has no arc of its own (words never contain a blank)."""

OTHER = "…"
"""Stands in sentences that are shown for a word that may be any word."""


class Automaton:
    """State 0 is the start; every state is reached from it and leads to a final state.

    Only the automaton without any sentence has a state that leads nowhere: one state, not final.
    States are numbered breadth first, arcs in code point order, so that automata of the same
    sentences are equal. Made by `sttprep.grammars.compiler.compile_rules`.
    """

    def __init__(self, arcs: Sequence[Mapping[str, int]], finals: Sequence[bool]) -> None:
        self.arcs = arcs
        """For each state: word → next state, in code point order (`ANY` as `OTHER`)."""
        self.finals = finals
        """For each state: whether a sentence may end there."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Automaton):
            return NotImplemented
        return list(self.finals) == list(other.finals) and list(self.arcs) == list(other.arcs)

    def __hash__(self) -> int:
        return hash(tuple(self.finals))

    def __repr__(self) -> str:
        arcs = sum(len(row) for row in self.arcs)
        return f"<Automaton: {len(self.arcs):,} states, {arcs:,} arcs>"

    @cached_property
    def has_any(self) -> bool:
        """Whether it has arcs for any word."""
        return any(ANY in row for row in self.arcs)

    def accepts(self, words: Iterable[str]) -> bool:
        """Whether the words are one of the sentences."""
        arcs = self.arcs
        state: int | None = 0
        try:
            if self.has_any:
                for word in words:
                    row = arcs[state]  # type: ignore[index]
                    state = row[word] if word in row else row[ANY]
            else:
                for word in words:
                    state = arcs[state][word]  # type: ignore[index]
        except KeyError:
            return False
        return self.finals[state]  # type: ignore[index]

    @cached_property
    def order(self) -> list[int] | None:
        """The states, each after all that lead to it; None where states lead back to themselves."""
        waiting = [0] * len(self.arcs)
        for row in self.arcs:
            for target in row.values():
                waiting[target] += 1
        order = [0] if not waiting[0] else []
        for state in order:
            for target in self.arcs[state].values():
                waiting[target] -= 1
                if not waiting[target]:
                    order.append(target)
        return order if len(order) == len(self.arcs) else None

    @cached_property
    def ways(self) -> list[int]:
        """For each state: how many different ends of a sentence start there (finite only)."""
        ways = [0] * len(self.arcs)
        for state in reversed(self.order or ()):
            ways[state] = self.finals[state] + sum(ways[to] for to in self.arcs[state].values())
        return ways

    def count(self) -> int | float:
        """Number of sentences; ``math.inf`` where there is no end of them."""
        if self.order is None or self.has_any:
            return math.inf
        return self.ways[0]

    def counts(self, most: int) -> list[int | float]:
        """Number of sentences of 0, 1, … ``most`` words.

        >>> Automaton([{"a": 0, "b": 0}], [True]).counts(3)
        [1, 2, 4, 8]
        """
        counts: list[int | float] = []
        layer: dict[int, int | float] = {0: 1}
        for _ in range(most + 1):
            counts.append(sum(ways for state, ways in layer.items() if self.finals[state]))
            following: dict[int, int | float] = {}
            for state, ways in layer.items():
                for word, target in self.arcs[state].items():
                    more = math.inf if word == ANY else ways
                    following[target] = following.get(target, 0) + more
            layer = following
        return counts

    def sentences(self) -> Iterator[str]:
        """Every sentence once: fewer words first, then word by word in code point order.

        A word that may be any word is shown as `OTHER`.
        """
        # ends[k]: states from which exactly k more words can end a sentence
        ends = [{state for state, final in enumerate(self.finals) if final}]
        before: list[set[int]] = [set() for _ in self.arcs]
        for state, row in enumerate(self.arcs):
            for target in row.values():
                before[target].add(state)
        while ends[-1]:
            if 0 in ends[-1]:
                yield from self._sentences(ends)
            ends.append({state for target in ends[-1] for state in before[target]})

    def _sentences(self, ends: Sequence[set[int]]) -> Iterator[str]:
        """The sentences of ``len(ends) - 1`` words, in order."""
        left = len(ends) - 1
        if not left:
            yield ""
            return
        words: list[str] = []
        open_rows = [iter(self.arcs[0].items())]
        while open_rows:
            for word, target in open_rows[-1]:
                if target not in ends[left - 1]:
                    continue
                shown = OTHER if word == ANY else word
                if left == 1:
                    yield " ".join([*words, shown])
                    continue
                words.append(shown)
                left -= 1
                open_rows.append(iter(self.arcs[target].items()))
                break
            else:
                open_rows.pop()
                if words:
                    words.pop()
                left += 1

    def shortest(self) -> str | None:
        """The first of the sentences; None where there are none."""
        return next(self.sentences(), None)

    def vocabulary(self) -> frozenset[str]:
        """Every word named in a sentence."""
        return frozenset().union(*self.arcs) - {ANY}


def in_order(row: Mapping[str, int]) -> dict[str, int]:
    """The arcs of a state in code point order of what is shown for them."""
    if ANY in row:
        return {word: row[word] for word in sorted(row, key=lambda w: OTHER if w == ANY else w)}
    return {word: row[word] for word in sorted(row)}
