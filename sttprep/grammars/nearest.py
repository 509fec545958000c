"""The accepted sentence that is nearest to another one, and where that one goes wrong.

>>> from sttprep.grammars import read_grammar
>>> menu = read_grammar("#ABNF 1.0 UTF-8;\\nlanguage en-US;\\nroot $r;\\n"
...                     "$r = [a] (small | large) (tea | coffee);\\n")
>>> nearest(menu, "a big tea please")
('a large tea', 2)
>>> first_wrong(menu, "a big tea please")
(1, ('large', 'small'))
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from sttprep.grammars.automaton import ANY, OTHER, Automaton
from sttprep.grammars.chart import Chart
from sttprep.grammars.configurations import BudgetError, Configurations, EndlessError
from sttprep.grammars.net import network
from sttprep.grammars.parse import automaton, split

if TYPE_CHECKING:
    from sttprep.grammars.grammar import Grammar

__all__ = ["BUDGET", "first_wrong", "nearest"]

BUDGET = 1_000_000
"""Steps of the search where a grammar has no automaton."""

_Point: TypeAlias = tuple[int, int]
"""How many words of the sentence are done, and a place in the grammar."""


class _Graph(Protocol):
    """A grammar as places and arcs; 0 is the start."""

    @property
    def limit(self) -> float:
        """Most places to look at."""

    def after(self, place: int, word: str) -> Iterable[int]:
        """The places a word leads to, in order."""

    def ways_on(self, place: int) -> Sequence[tuple[str, int]]:
        """Each place that follows, with the first of the words that lead there."""

    def between(self, place: int, target: int) -> list[str]:
        """The words that lead from one place to another."""

    def final(self, place: int) -> bool:
        """Whether a sentence may end here."""


class _States:
    """The graph of an automaton."""

    limit = math.inf

    def __init__(self, known: Automaton) -> None:
        self._known = known
        self._ways: dict[int, list[tuple[str, int]]] = {}

    def after(self, place: int, word: str) -> Iterable[int]:
        row = self._known.arcs[place]
        target = row.get(word, row.get(ANY))
        return () if target is None else (target,)

    def ways_on(self, place: int) -> Sequence[tuple[str, int]]:
        known = self._ways.get(place)
        if known is None:
            words: dict[int, str] = {}
            for word, target in self._known.arcs[place].items():
                words.setdefault(target, OTHER if word == ANY else word)
            known = self._ways[place] = [(word, target) for target, word in words.items()]
        return known

    def between(self, place: int, target: int) -> list[str]:
        row = self._known.arcs[place]
        return [word for word, to in row.items() if to == target and word != ANY]

    def final(self, place: int) -> bool:
        return self._known.finals[place]


class _Places:
    """The graph of a grammar without an automaton."""

    limit = BUDGET

    def __init__(self, places: Configurations) -> None:
        self._places = places
        self._ways: dict[int, list[tuple[str, int]]] = {}

    def after(self, place: int, word: str) -> Iterable[int]:
        return self._places.moves(place).after(word)

    def ways_on(self, place: int) -> Sequence[tuple[str, int]]:
        known = self._ways.get(place)
        if known is None:
            moves = self._places.moves(place)
            words: dict[int, str] = {}
            for word in sorted(moves.named):
                for target in moves.named[word]:
                    words.setdefault(target, word)
            for target in moves.any:
                words.setdefault(target, OTHER)
            known = self._ways[place] = [(word, target) for target, word in words.items()]
        return known

    def between(self, place: int, target: int) -> list[str]:
        named = self._places.moves(place).named
        return [word for word in sorted(named) if target in named[word]]

    def final(self, place: int) -> bool:
        return self._places.moves(place).final > 0


def nearest(
    grammar: Grammar, sentence: str | Iterable[str], root: str | None = None
) -> tuple[str, int] | None:
    """The accepted sentence with the fewest words put in, left out or exchanged, and how many.

    Of several always the same one; a word that is exchanged becomes the one spelled most like it.
    None where the grammar accepts nothing, or has no
    automaton and nothing was found within the budget.

    Raises:
        NotFoundError: there is no such rule.
    """
    words = split(sentence)
    graphs: dict[str | None, _States] = vars(grammar).setdefault("_graphs", {})
    if root not in graphs:
        known = automaton(grammar, root)
        if known is None:
            return _without_automaton(grammar, words, root)
        graphs[root] = _States(known)
    return _search(graphs[root], words)


def _without_automaton(
    grammar: Grammar, words: list[str], root: str | None
) -> tuple[str, int] | None:
    roots = grammar.linked.roots(root)
    for mirrored in (False, True):  # rules that begin with themselves end with it when mirrored
        places = _Places(Configurations(network(grammar, mirrored), roots, BUDGET))
        try:
            found = _search(places, words[::-1] if mirrored else words)
        except EndlessError:
            continue
        except BudgetError:
            return None
        if found is not None and mirrored:
            return " ".join(found[0].split()[::-1]), found[1]
        return found
    return None


def _search(graph: _Graph, words: Sequence[str]) -> tuple[str, int] | None:
    start: _Point = (0, 0)
    came: dict[_Point, tuple[_Point, str | None]] = {}
    done: set[_Point] = set()
    points: list[tuple[_Point, _Point, str | None]] = [(start, start, None)]
    distance = 0
    while points:
        later: list[tuple[_Point, _Point, str | None]] = []
        # Matches cost nothing: what they lead to is looked at before the other points.
        todo = points[::-1]
        while todo:
            point, before, said = todo.pop()
            if point in done:
                continue
            done.add(point)
            if len(done) > graph.limit:
                return None
            came[point] = (before, said)
            position, place = point
            if position == len(words):
                if graph.final(place):
                    return _sentence(graph, words, came, point), distance
            else:
                word = words[position]
                todo.extend(
                    ((position + 1, target), point, word) for target in graph.after(place, word)
                )
                later.append(((position + 1, place), point, None))
                later.extend(
                    ((position + 1, target), point, said) for said, target in graph.ways_on(place)
                )
            later.extend(((position, target), point, said) for said, target in graph.ways_on(place))
        points = later
        distance += 1
    return None


def _sentence(
    graph: _Graph,
    words: Sequence[str],
    came: dict[_Point, tuple[_Point, str | None]],
    point: _Point,
) -> str:
    found = []
    while point != (0, 0):
        before, said = came[point]
        if said is not None:
            given = words[before[0]] if point[0] > before[0] else said
            if given != said:
                said = _alike(given, graph.between(before[1], point[1])) or said
            found.append(said)
        point = before
    return " ".join(reversed(found))


def _alike(word: str, choices: list[str]) -> str | None:
    """The choice spelled most like a word, the first of several."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    found = process.extractOne(word, choices, scorer=Levenshtein.normalized_similarity)
    return found[0] if found else None


def first_wrong(
    grammar: Grammar, sentence: str | Iterable[str], root: str | None = None
) -> tuple[int, tuple[str, ...]]:
    """How many words at the start can be the start of a sentence, and what could follow them.

    Raises:
        NotFoundError: there is no such rule.
    """
    words = split(sentence)
    known = automaton(grammar, root)
    if known is None:
        net, roots = network(grammar), grammar.linked.roots(root)
        done = Chart(net, roots, words, every=True).reached()
        expected = Chart(net, roots, words[:done], every=True).expected()
        return done, tuple(word for word in expected if word != OTHER)
    state = done = 0
    for word in words:
        row = known.arcs[state]
        target = row.get(word, row.get(ANY))
        if target is None:
            break
        state = target
        done += 1
    return done, tuple(sorted(word for word in known.arcs[state] if word != ANY))
