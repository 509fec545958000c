"""Automata with loops and silent steps, and how they become deterministic.

States are made from the end of the sentence to its start, each with the probability of what it
does next; the automaton of a language does not look at the probabilities, the recognizer's graph
(`sttprep.grammars.fsg`) does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from sttprep.grammars.automaton import ANY
from sttprep.grammars.budget import Budget
from sttprep.grammars.dag import DEAD, END

__all__ = ["Nfa", "Step", "determinise"]


Step: TypeAlias = tuple[Sequence[str], int, float]
"""Arcs of several words from one state to one other, with the probability of each of the words."""


class Nfa:
    """States by number; `DEAD` and `END` as in `sttprep.grammars.dag`."""

    def __init__(self, budget: Budget) -> None:
        self.steps: list[list[Step]] = [[], []]
        """For each state, what may be said next."""
        self.silent: list[list[tuple[int, float]]] = [[], []]
        """For each state, where it may go with nothing said, and with which probability."""
        self.balanced = True
        """Whether the probabilities of what a state does next add up to 1."""
        self._budget = budget
        self._words: dict[tuple[str, int], int] = {}

    def new(self) -> int:
        """A state without arcs."""
        self._budget.spend(1, 0)
        self.steps.append([])
        self.silent.append([])
        return len(self.steps) - 1

    def word(self, word: str, after: int) -> int:
        """The word, then what comes after."""
        if not after:
            return DEAD
        known = self._words.get((word, after))
        if known is None:
            known = self._words[word, after] = self.new()
            self.steps[known].append(((word,), after, 1.0))
        return known

    def row(self, targets: Mapping[str, int], weights: Mapping[str, float]) -> int:
        """One of several words, each with its own weight and what comes after it."""
        if len(targets) == 1:
            ((word, target),) = targets.items()
            return self.word(word, target)
        whole = sum(weights.values())
        groups: dict[tuple[int, float], list[str]] = {}
        if len(set(targets.values())) == len(set(weights.values())) == 1:
            word, target = next(iter(targets.items()))
            groups[target, weights[word]] = list(targets)
        else:
            for word, target in targets.items():
                groups.setdefault((target, weights[word]), []).append(word)
        state = self.new()
        self._budget.spend(0, len(targets))
        self.steps[state] = [(words, to, weight / whole) for (to, weight), words in groups.items()]
        return state

    def choice(self, states: Iterable[int], weights: Sequence[float] | None = None) -> int:
        """What any of the states says; where one says nothing at all its weight is the others'."""
        states = list(states)
        total: dict[int, float] = {}
        for state, weight in zip(states, weights or [1.0] * len(states), strict=True):
            if state:
                total[state] = total.get(state, 0.0) + weight
        if len(total) < 2:
            return next(iter(total), DEAD)
        state = self.new()
        self.link(state, total)
        return state

    def link(self, state: int, targets: dict[int, float]) -> None:
        """Silent steps from a state, with the weights of their targets."""
        self._budget.spend(0, len(targets))
        whole = sum(targets.values())
        self.silent[state] += [(target, weight / whole) for target, weight in targets.items()]


def determinise(nfa: Nfa, start: int, budget: Budget) -> tuple[list[dict[str, int]], list[bool]]:
    """Subset construction (Rabin and Scott 1959); state 0 of the result is the start."""
    if not start:
        return [{}], [False]
    numbers: dict[frozenset[int], int] = {}
    subsets: list[frozenset[int]] = []
    closures: dict[int, frozenset[int]] = {}

    def closure(state: int) -> frozenset[int]:
        known = closures.get(state)
        if known is None:
            known = closures[state] = _closure(nfa, state, budget)
        return known

    def number(targets: Iterable[int]) -> int:
        subset = frozenset().union(*map(closure, targets))
        known = numbers.get(subset)
        if known is None:
            budget.spend(1, 0)
            budget.work(len(subset))
            known = numbers[subset] = len(subsets)
            subsets.append(subset)
        return known

    number((start,))
    arcs: list[dict[str, int]] = []
    for subset in subsets:  # grows meanwhile
        steps = [step for state in sorted(subset) for step in nfa.steps[state]]
        if len(steps) == 1:
            row = dict.fromkeys(steps[0][0], number((steps[0][1],)))
        else:
            targets = _targets(steps, budget)
            to = {group: number(group) for group in dict.fromkeys(targets.values())}
            row = {word: to[group] for word, group in targets.items()}
        budget.spend(0, len(row))
        arcs.append(row)
    return arcs, [END in subset for subset in subsets]


def _closure(nfa: Nfa, state: int, budget: Budget) -> frozenset[int]:
    """The states reached with nothing said, those that only lead on left out."""
    seen = {state}
    open_states = [state]
    for reached in open_states:
        for target, _ in nfa.silent[reached]:
            if target not in seen:
                seen.add(target)
                open_states.append(target)
    budget.work(len(seen))
    return frozenset(reached for reached in seen if nfa.steps[reached] or reached == END)


def _targets(steps: Sequence[Step], budget: Budget) -> dict[str, frozenset[int]]:
    """Word → the states it may lead to; an arc for any word counts for every word."""
    row: dict[str, frozenset[int]] = {}
    joined: dict[tuple[frozenset[int], int], frozenset[int]] = {}
    always: frozenset[int] = frozenset()
    for words, target, _ in sorted(steps, key=lambda step: -len(step[0])):
        budget.work(len(words))
        alone = frozenset((target,))
        if ANY in words:
            always |= alone
        elif not row:
            row = dict.fromkeys(words, alone)
        else:
            for word in words:
                group = row.setdefault(word, alone)
                if target not in group:
                    both = joined.get((group, target))
                    if both is None:
                        both = joined[group, target] = group | alone
                    row[word] = both
    if always:
        row = {word: group | always for word, group in row.items()}
        row[ANY] = always
    return row
