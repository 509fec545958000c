"""Finite sets of sentences as shared, minimal, deterministic nodes.

A node is built once its successors are: equal nodes are one node (hash-consing), so that the
automaton is minimal at every moment, as in Daciuk et al. (2000), "Incremental construction of
minimal acyclic finite-state automata".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sttprep.grammars.budget import Budget

__all__ = ["DEAD", "END", "Dag"]

DEAD = 0
"""No sentence."""
END = 1
"""Nothing more is said."""

_JOIN = 4  # steps that joining nodes costs besides their arcs
_WIDE = 16  # arcs from which on a cheaper, coarser hash is used


class Dag:
    """Nodes by number; a node's successors have smaller numbers than the node itself."""

    def __init__(self, budget: Budget) -> None:
        self.arcs: list[dict[str, int]] = [{}, {}]
        self.finals = [False, True]
        self._budget = budget
        self._known: dict[int, int] = {}
        self._joined: dict[tuple[int, ...], int] = {}

    def node(self, row: dict[str, int], final: bool) -> int:
        """The node with these arcs (none of them to `DEAD`)."""
        if not row:
            return END if final else DEAD
        if len(row) == 1:
            (item,) = row.items()
            key = hash((final, item))
        elif len(row) < _WIDE:
            key = hash((final, frozenset(row.items())))
        else:
            key = hash((final, frozenset(row), frozenset(row.values())))
        while (known := self._known.get(key)) is not None:
            if self.arcs[known] == row and self.finals[known] == final:
                return known
            key += 1
        self._budget.spend(1, len(row))
        self._known[key] = len(self.arcs)
        self.arcs.append(row)
        self.finals.append(final)
        return len(self.arcs) - 1

    def word(self, word: str, after: int) -> int:
        """The word, then what comes after."""
        return self.node({word: after}, False) if after else DEAD

    def row(self, targets: Mapping[str, int], weights: Mapping[str, float]) -> int:
        """One of several words, each with what comes after it."""
        return self.node(dict(targets), False)

    def choice(self, states: Iterable[int], weights: Sequence[float] | None = None) -> int:
        """What any of the nodes says."""
        top = tuple(sorted(set(states) - {DEAD}))
        if len(top) < 2:
            return top[0] if top else DEAD
        joined = self._joined
        open_groups = [top]
        while open_groups:
            nodes = open_groups[-1]
            if nodes in joined:
                open_groups.pop()
                continue
            row, clashes = self._gather(nodes)
            missing = [group for group in dict.fromkeys(clashes.values()) if group not in joined]
            if missing:
                open_groups += missing
                continue
            for word, group in clashes.items():
                row[word] = joined[group]
            joined[nodes] = self.node(row, any(self.finals[node] for node in nodes))
            open_groups.pop()
        return joined[top]

    def _gather(self, nodes: tuple[int, ...]) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
        """Arcs of several nodes: word → node, and word → nodes where they differ."""
        first, *others = sorted([self.arcs[node] for node in nodes], key=len, reverse=True)
        row = dict(first)
        self._budget.work(_JOIN + sum(map(len, others)))
        if len(others) == 1:
            clashes: dict[str, tuple[int, ...]] = {}
            for word, target in others[0].items():
                known = row.setdefault(word, target)
                if known != target:
                    clashes[word] = (known, target) if known < target else (target, known)
            return row, clashes
        several: dict[str, set[int]] = {}
        for more in others:
            for word, target in more.items():
                known = row.setdefault(word, target)
                if known != target:
                    several.setdefault(word, {known}).add(target)
        return row, {word: tuple(sorted(group)) for word, group in several.items()}
