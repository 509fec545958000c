"""Whether two grammars accept the same sentences.

>>> from sttprep.grammars import read_grammar
>>> head = "#ABNF 1.0 UTF-8;\\nlanguage en-US;\\nroot $order;\\n"
>>> old = read_grammar(head + "$order = [a] (tea | coffee) [please];\\n")
>>> new = read_grammar(head + "$order = [a] (tea | milk) please | a tea;\\n")
>>> print(old.diff(new))
Not equivalent.
only left, 5: "coffee", "tea", "a coffee", "coffee please", "a coffee please"
only right, 2: "milk please", "a milk please"
>>> old.diff(old).equivalent
True

The answer is exact wherever both grammars have an automaton. Where one has none (recursion in the
middle of a rule), sentences of up to `LONGEST` words are compared, shortest first, as far as
`BUDGET` steps go (`TRIED` beginnings of sentences where rules contain themselves at both ends), and
``exact`` is False unless that was all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from sttprep.errors import GrammarError
from sttprep.grammars.automaton import ANY, OTHER, Automaton
from sttprep.grammars.chart import Chart
from sttprep.grammars.configurations import BudgetError, Configurations, EndlessError
from sttprep.grammars.net import Net, network
from sttprep.grammars.parse import automaton
from sttprep.grammars.quoted import table
from sttprep.grammars.wording import number_text

if TYPE_CHECKING:
    from sttprep.grammars.grammar import Grammar
    from sttprep.grammars.link import Key

__all__ = ["BUDGET", "LONGEST", "TRIED", "GrammarDiff", "diff"]

LONGEST = 20
"""Words of the sentences compared."""
BUDGET = 300_000
"""Steps of the search on each side, a second or two."""
TRIED = 2_000
"""Beginnings of sentences compared where rules contain themselves at both ends."""
_WITNESSES = 5


@dataclass(frozen=True, repr=False)
class GrammarDiff:
    """What only one of two grammars accepts."""

    equivalent: bool
    """Whether both accept the same sentences (as far as compared, where not ``exact``)."""
    only_left: tuple[str, ...]
    """Shortest sentences that only the left one accepts, fewer words first."""
    only_right: tuple[str, ...]
    """Shortest sentences that only the right one accepts."""
    count_only_left: int | float | None
    """How many there are; ``math.inf`` without end; None where they were not counted."""
    count_only_right: int | float | None
    exact: bool = True
    """Whether all sentences were compared."""

    def __str__(self) -> str:
        if self.equivalent:
            so_far = "" if self.exact else ", as far as compared"
            return f"Equivalent: both accept the same sentences{so_far}."
        lines = ["Not equivalent."]
        for side, count, sentences in self._sides():
            if sentences:
                shown = ", ".join(f'"{sentence}"' for sentence in sentences)
                more = ", …" if count is None or count > len(sentences) else ""
                lines.append(f"only {side}, {_number(count)}: {shown}{more}")
        return "\n".join(lines)

    def __repr__(self) -> str:
        if self.equivalent:
            return f"<GrammarDiff equivalent{'' if self.exact else ', not exact'}>"
        counts = ", ".join(f"only {side} {_number(count)}" for side, count, _ in self._sides())
        return f"<GrammarDiff {counts}>"

    def _sides(self) -> list[tuple[str, int | float | None, tuple[str, ...]]]:
        return [
            ("left", self.count_only_left, self.only_left),
            ("right", self.count_only_right, self.only_right),
        ]

    def to_json(self) -> dict[str, Any]:
        """The result as JSON values; counts are null without end, or where not exact."""
        counts = [None if count in (None, math.inf) else count for _, count, _ in self._sides()]
        return {
            "equivalent": self.equivalent,
            "exact": self.exact,
            "only_left": list(self.only_left),
            "only_right": list(self.only_right),
            "count_only_left": counts[0],
            "count_only_right": counts[1],
        }

    def _repr_html_(self) -> str:
        rows = [
            (f"only {side} ({_number(count)})", sentence or "(nothing said)")
            for side, count, sentences in self._sides()
            for sentence in sentences
        ]
        caption = str(self).partition("\n")[0]
        return table(["accepted by", "sentence"], rows, caption)


def _number(count: int | float | None) -> str:
    if count is None:
        return "some"
    return "endlessly many" if count == math.inf else number_text(count)


def diff(
    left: Grammar,
    right: Grammar,
    root: str | None = None,
    other_root: str | None = None,
    limit: int = _WITNESSES,
) -> GrammarDiff:
    """Compare two grammars.

    Args:
        left: one grammar.
        right: the other.
        root: rule to start from in the left one; None is its root.
        other_root: rule to start from in the right one.
        limit: most sentences to show of each side.

    Raises:
        NotFoundError: there is no such rule.
        GrammarError: the other one is not a grammar.
    """
    if not hasattr(right, "linked"):
        raise GrammarError(
            f"A grammar is compared with another one, not with a {type(right).__name__}.",
            hint='Read it first: diff(read_grammar("other.abnf")).',
        )
    one, other = automaton(left, root), automaton(right, other_root)
    if one is not None and other is not None:
        if one == other:
            return GrammarDiff(True, (), (), 0, 0)
        more, less = _difference(one, other), _difference(other, one)
        return GrammarDiff(
            False,
            tuple(islice(more.sentences(), limit)),
            tuple(islice(less.sentences(), limit)),
            more.count(),
            less.count(),
        )
    for mirrored in (False, True):  # rules that begin with themselves end with it when mirrored
        sides = (
            _Known(one)
            if one is not None and not mirrored
            else _Reached(network(left, mirrored), left.linked.roots(root)),
            _Known(other)
            if other is not None and not mirrored
            else _Reached(network(right, mirrored), right.linked.roots(other_root)),
        )
        try:
            return _compared(*sides, limit, mirrored)
        except EndlessError:
            continue
    one_by_one = (
        _Tried(network(left), left.linked.roots(root)),
        _Tried(network(right), right.linked.roots(other_root)),
    )
    return _compared(*one_by_one, limit, False, TRIED)


def _difference(left: Automaton, right: Automaton) -> Automaton:
    """The automaton of the sentences that only the left one accepts."""
    numbers: dict[tuple[int, int | None], int] = {(0, 0): 0}
    pairs: list[tuple[int, int | None]] = [(0, 0)]
    rows: list[dict[str, int]] = []
    for state, other in pairs:
        there: Mapping[str, int] = {} if other is None else right.arcs[other]
        row: dict[str, int] = {}
        for word, target in _arcs(left.arcs[state], there):
            pair = (target, there.get(word, there.get(ANY)))
            number = numbers.setdefault(pair, len(pairs))
            if number == len(pairs):
                pairs.append(pair)
            row[word] = number
        rows.append(row)
    finals = [
        left.finals[state] and (other is None or not right.finals[other]) for state, other in pairs
    ]
    return _trimmed(rows, finals)


def _arcs(row: Mapping[str, int], other: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """The arcs of a state, with one for each word that any word stands for and the other names."""
    yield from row.items()
    if ANY in row:
        yield from ((word, row[ANY]) for word in other if word not in row)


def _trimmed(rows: list[dict[str, int]], finals: list[bool]) -> Automaton:
    """The automaton without states that lead to no sentence."""
    before: list[list[int]] = [[] for _ in rows]
    for state, row in enumerate(rows):
        for target in set(row.values()):
            before[target].append(state)
    todo = [state for state, final in enumerate(finals) if final]
    leads = set(todo)
    for state in todo:
        for source in before[state]:
            if source not in leads:
                leads.add(source)
                todo.append(source)
    kept = [state for state in range(len(rows)) if state in leads or state == 0]
    numbers = {state: number for number, state in enumerate(kept)}
    arcs = [
        {
            word: numbers[target]
            for word, target in sorted(rows[state].items(), key=lambda arc: _shown(arc[0]))
            if target in leads
        }
        for state in kept
    ]
    return Automaton(arcs, [finals[state] for state in kept])


class _Side(Protocol):
    """A deterministic account of a grammar, made as far as it is asked; -1 accepts nothing."""

    def row(self, state: int) -> Mapping[str, int]:
        """The arcs of a state."""

    def final(self, state: int) -> bool:
        """Whether a sentence may end here."""


class _Known:
    """A grammar with an automaton."""

    def __init__(self, known: Automaton) -> None:
        self._known = known

    def row(self, state: int) -> Mapping[str, int]:
        return self._known.arcs[state]

    def final(self, state: int) -> bool:
        return self._known.finals[state]


class _Reached:
    """A grammar without: sets of the places reached by the same words."""

    def __init__(self, net: Net, roots: Sequence[Key]) -> None:
        self._places = Configurations(net, roots, BUDGET)
        self._sets: list[frozenset[int]] = [frozenset({0})]
        self._numbers = {self._sets[0]: 0}
        self._rows: dict[int, dict[str, int]] = {}

    def row(self, state: int) -> Mapping[str, int]:
        known = self._rows.get(state)
        if known is None:
            known = self._rows[state] = {}
            moves = [self._places.moves(place) for place in sorted(self._sets[state])]
            words = {word for move in moves for word in move.named}
            self._places.spend(len(moves) * (1 + len(words)))
            for word in sorted(words):
                known[word] = self._number(target for move in moves for target in move.after(word))
            if any(move.any for move in moves):
                known[ANY] = self._number(target for move in moves for target in move.any)
        return known

    def _number(self, places: Iterator[int]) -> int:
        reached = frozenset(places)
        number = self._numbers.setdefault(reached, len(self._sets))
        if number == len(self._sets):
            self._sets.append(reached)
        return number

    def final(self, state: int) -> bool:
        return any(self._places.moves(place).final for place in self._sets[state])


class _Tried:
    """A grammar whose rules contain themselves at both ends: a place is a beginning of words."""

    def __init__(self, net: Net, roots: Sequence[Key]) -> None:
        self._net = net
        self._roots = roots
        self._known: list[tuple[str, ...]] = [()]

    def _chart(self, state: int) -> Chart:
        return Chart(self._net, self._roots, self._known[state], every=True)

    def row(self, state: int) -> Mapping[str, int]:
        words = self._known[state]
        following = self._chart(state).expected()
        first = len(self._known)
        self._known.extend((*words, word) for word in following)
        row = {word: first + index for index, word in enumerate(following)}
        if OTHER in row:
            row[ANY] = row.pop(OTHER)
        return row

    def final(self, state: int) -> bool:
        return bool(self._chart(state).ends)


def _compared(
    left: _Side, right: _Side, limit: int, mirrored: bool, budget: int = BUDGET
) -> GrammarDiff:
    """Compare the shortest sentences."""
    found: tuple[list[tuple[str, ...]], list[tuple[str, ...]]] = ([], [])
    layer: list[tuple[tuple[str, ...], int, int]] = [((), 0, 0)]
    # No pair of places need be reached in more ways than sentences are wanted.
    seen = {(0, 0): 1}
    exact = False
    try:
        for _ in range(LONGEST + 1):
            if not layer or len(seen) > budget or min(map(len, found)) >= limit:
                break
            following = []
            for words, one, other in layer:
                ends = (one >= 0 and left.final(one), other >= 0 and right.final(other))
                if ends[0] != ends[1] and len(found[ends[1]]) < limit:
                    found[ends[1]].append(words[::-1] if mirrored else words)
                here = left.row(one) if one >= 0 else {}
                there = right.row(other) if other >= 0 else {}
                for word in sorted({*here, *there}, key=_shown):
                    pair = (here.get(word, here.get(ANY, -1)), there.get(word, there.get(ANY, -1)))
                    times = seen[pair] = seen.get(pair, 0) + 1
                    if times <= limit:
                        following.append(((*words, _shown(word)), *pair))
            layer = sorted(following)
        exact = not layer
    except BudgetError:
        pass
    equivalent = not found[0] and not found[1]
    count = 0 if equivalent and exact else None
    only = [tuple(map(" ".join, sorted(side, key=lambda one: (len(one), one)))) for side in found]
    return GrammarDiff(equivalent, only[0], only[1], count, count, exact)


def _shown(word: str) -> str:
    return OTHER if word == ANY else word
