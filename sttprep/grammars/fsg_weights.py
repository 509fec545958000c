"""Automata with probabilities: silent steps taken out, states made few, every sentence's kept.

A state here says, for each group of words, where they lead and with which probability, and with
which probability the sentence ends. What is in a state adds up to 1.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sttprep.grammars.budget import Budget
from sttprep.grammars.dag import END
from sttprep.grammars.minimise import partition
from sttprep.grammars.nfa import Nfa, Step

__all__ = ["Weighted", "absorbed", "balance", "deterministic", "merged", "without_silence"]

Edges: TypeAlias = Sequence[Sequence[tuple[int, float]]]

_ROOM = 1000  # states a deterministic graph may have in any case
_GROWTH = 2  # times the states, or arcs, of the one that is not deterministic
_DIGITS = 9  # to which logarithms of probabilities are compared


@dataclass
class Weighted:
    """States by number, 0 the start."""

    steps: list[list[Step]] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    """For each state the probability that the sentence ends there."""


def absorbed(
    edges: Edges, solid: Collection[int], wanted: Iterable[int], budget: Budget
) -> dict[int, dict[int, float]]:
    """For each wanted state: with which weight it ends up in which of the solid states.

    The weights x of a state add up those of its edges, x(s) = Σ w(s, t) x(t); where edges lead
    back, the equations of the states that reach each other are solved together (Gauss).
    """
    done: dict[int, dict[int, float]] = {}
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    for root in wanted:
        path = [] if root in index or root in solid else [(root, iter(edges[root]))]
        while path:
            state, rest = path[-1]
            if state not in index:
                index[state] = low[state] = len(index)
                stack.append(state)
            for target, _ in rest:
                if target in done or target in solid:
                    continue
                if target not in index:
                    path.append((target, iter(edges[target])))
                    break
                low[state] = min(low[state], index[target])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[state])
                if low[state] == index[state]:
                    members = [stack.pop()]
                    while members[-1] != state:
                        members.append(stack.pop())
                    done.update(_solved(edges, members, solid, done))
                    budget.work(sum(len(done[member]) for member in members))
    return done


def _solved(
    edges: Edges,
    members: Sequence[int],
    solid: Collection[int],
    done: Mapping[int, Mapping[int, float]],
) -> dict[int, dict[int, float]]:
    """Weights of states that reach each other."""
    inside = set(members)
    inner: dict[int, dict[int, float]] = {state: {} for state in members}
    users: dict[int, dict[int, None]] = {state: {} for state in members}
    outer: dict[int, dict[int, float]] = {state: {} for state in members}
    for state in members:
        for target, weight in edges[state]:
            if target in inside:
                inner[state][target] = inner[state].get(target, 0.0) + weight
                users[target][state] = None
            else:
                _add(outer[state], {target: 1.0} if target in solid else done[target], weight)
    for state in members:
        back = inner[state].pop(state, 0.0)
        if back:
            for vector in (inner[state], outer[state]):
                for target in vector:
                    vector[target] /= 1 - back
        for user in users[state]:
            share = inner[user].pop(state, 0.0) if user != state else 0.0
            if share:
                _add(outer[user], outer[state], share)
                _add(inner[user], inner[state], share)
                for target in inner[state]:
                    users[target][user] = None
    return outer


def _add(to: dict[int, float], vector: Mapping[int, float], weight: float) -> None:
    for key, value in vector.items():
        to[key] = to.get(key, 0.0) + weight * value


def balance(nfa: Nfa, budget: Budget) -> None:
    """Scale the weights so that what each state does next adds up to 1, sentences unchanged.

    Weight pushing (Mohri 1997): w(s, t) V(t) / V(s), V being the whole weight of all ends.
    """
    edges = [
        [*silent, *((to, probability * len(words)) for words, to, probability in steps)]
        for steps, silent in zip(nfa.steps, nfa.silent, strict=True)
    ]
    found = absorbed(edges, (END,), range(len(edges)), budget)
    found[END] = {END: 1.0}
    whole = [found[state].get(END, 0.0) for state in range(len(edges))]
    for state, own in enumerate(whole):
        if own:
            nfa.silent[state] = [(to, p * whole[to] / own) for to, p in nfa.silent[state]]
            nfa.steps[state] = [
                (words, to, p * whole[to] / own) for words, to, p in nfa.steps[state]
            ]


def without_silence(nfa: Nfa, start: int, budget: Budget) -> Weighted:
    """The states that words lead to, each with all that can be said next; not deterministic."""
    solid = {state for state, steps in enumerate(nfa.steps) if steps} | {END}
    closures = absorbed(nfa.silent, solid, [at for at, to in enumerate(nfa.silent) if to], budget)
    numbers = {start: 0}
    order = [start]
    graph = Weighted()
    for state in order:  # grows meanwhile
        closure = {state: 1.0} if state in solid else closures[state]
        steps: list[Step] = []
        for inner, share in closure.items():
            for words, target, probability in nfa.steps[inner]:
                if target not in numbers:
                    numbers[target] = len(order)
                    order.append(target)
                steps.append((words, numbers[target], share * probability))
                budget.spend(0, len(words))
        graph.steps.append(steps)
        graph.ends.append(closure.get(END, 0.0))
    return graph


def deterministic(graph: Weighted) -> Weighted | None:
    """At most one way for each word, by weighted subset construction (Mohri 1997).

    A state of the result is a set of states, each with its part of the probability. None where
    there would be far more states: for some weights there is no end of them.
    """
    states_left = _ROOM + _GROWTH * len(graph.steps)
    arcs_left = _ROOM + _GROWTH * sum(len(words) for row in graph.steps for words, _, _ in row)
    numbers: dict[tuple[tuple[int, float], ...], int] = {}
    subsets: list[dict[int, float]] = []

    def number(parts: dict[int, float]) -> tuple[int, float]:
        whole = sum(parts.values())
        if not whole:  # too small for a number of the machine
            return number(dict.fromkeys(parts, 1.0))[0], 0.0
        key = tuple(sorted((state, _digits(part / whole)) for state, part in parts.items()))
        known = numbers.get(key)
        if known is None:
            known = numbers[key] = len(subsets)
            subsets.append({state: part / whole for state, part in parts.items()})
        return known, whole

    number({0: 1.0})
    found = Weighted()
    for subset in subsets:  # grows meanwhile
        rows = [
            (words, target, share * probability)
            for state, share in subset.items()
            for words, target, probability in graph.steps[state]
        ]
        steps: list[Step] = []
        for words, targets in _by_targets(rows):
            target, whole = number(targets)
            steps.append((words, target, whole))
            arcs_left -= len(words)
        found.steps.append(steps)
        found.ends.append(sum(share * graph.ends[state] for state, share in subset.items()))
        if arcs_left < 0 or len(subsets) > states_left:
            return None
    return found


def _by_targets(steps: list[Step]) -> list[tuple[Sequence[str], dict[int, float]]]:
    """Words with the states they lead to and the weights; each word once."""
    if len(steps) == 1:
        ((words, target, probability),) = steps
        return [(words, {target: probability})]
    uses: dict[str, list[int]] = {}
    for at, (words, _, _) in enumerate(steps):
        for word in words:
            uses.setdefault(word, []).append(at)
    groups: dict[tuple[int, ...], list[str]] = {}
    for word, ats in uses.items():
        groups.setdefault(tuple(ats), []).append(word)
    result: list[tuple[Sequence[str], dict[int, float]]] = []
    for group, same in groups.items():
        targets: dict[int, float] = {}
        for at in group:
            _, target, probability = steps[at]
            targets[target] = targets.get(target, 0.0) + probability
        result.append((same, targets))
    return result


def merged(graph: Weighted) -> Weighted:
    """States that say the same with the same probabilities taken together (deterministic only)."""
    order = _ends_first(graph)
    if order is None:
        rows = [
            {(word, _digits(p)): target for words, target, p in steps for word in words}
            for steps in graph.steps
        ]
        kinds = {end: number for number, end in enumerate(sorted(set(map(_digits, graph.ends))))}
        classes = partition(rows, [kinds[_digits(end)] for end in graph.ends])
    else:
        classes = [0] * len(graph.steps)
        known: dict[Hashable, int] = {}
        for state in order:
            groups: dict[tuple[int, float], list[str]] = {}
            for words, target, probability in graph.steps[state]:
                groups.setdefault((classes[target], _digits(probability)), []).extend(words)
            content = tuple(
                (*group, words[0] if len(words) == 1 else frozenset(words))
                for group, words in sorted(groups.items())
            )
            key = (_digits(graph.ends[state]), content)
            classes[state] = known.setdefault(key, len(known))
    numbers: dict[int, int] = {}
    chosen: list[int] = []
    for state, own in enumerate(classes):
        if own not in numbers:
            numbers[own] = len(chosen)
            chosen.append(state)
    return Weighted(
        [
            [(words, numbers[classes[target]], p) for words, target, p in graph.steps[state]]
            for state in chosen
        ],
        [graph.ends[state] for state in chosen],
    )


def _digits(probability: float) -> float:
    """Equal for probabilities that differ only by rounding."""
    return round(math.log(probability), _DIGITS) if probability else -math.inf


def _ends_first(graph: Weighted) -> list[int] | None:
    """The states, each after all it leads to; None where states lead back to themselves."""
    before: list[list[int]] = [[] for _ in graph.steps]
    waiting = [len(steps) for steps in graph.steps]
    for state, steps in enumerate(graph.steps):
        for _, target, _ in steps:
            before[target].append(state)
    order = [state for state, number in enumerate(waiting) if not number]
    for state in order:  # grows meanwhile
        for earlier in before[state]:
            waiting[earlier] -= 1
            if not waiting[earlier]:
                order.append(earlier)
    return order if len(order) == len(waiting) else None
