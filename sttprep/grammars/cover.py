"""Few sentences that use everything in a grammar once: to read aloud, to test a recognizer with.

>>> from sttprep.grammars import read_grammar
>>> menu = read_grammar('''#ABNF 1.0 UTF-8;
... language en-US;
... root $order;
... $order = [a] $size (tea | coffee) [please];
... $size = small | large;
... ''')
>>> menu.cover()
['large coffee', 'a small tea please']
>>> menu.coverage(menu.cover()).rate
1.0
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, TypeAlias

from sttprep.grammars.expression import (
    Alternatives,
    Expression,
    InLanguage,
    Reference,
    Repeat,
    Run,
    Token,
)
from sttprep.grammars.expression import Sequence as Row
from sttprep.grammars.net import Place, network
from sttprep.grammars.units import WORD, Costs, Unit, Way, steps_to, used, words_in

if TYPE_CHECKING:
    from sttprep.grammars.grammar import Grammar
    from sttprep.grammars.link import Key

__all__ = ["cover"]

_ROOM = 8  # words a sentence may be longer than it must, to say optional parts on the way

_Forced: TypeAlias = "tuple[int, int] | None"
"""Which rule of the way to a unit this is, and how many steps into that rule; None: no matter."""


def cover(grammar: Grammar, root: str | None = None) -> list[str]:
    """A small set of short sentences that together use every unit: see `Grammar.cover`.

    Each rule, alternative and optional part (said and left out) that some sentence uses, and of
    each repeat the least number of rounds and more than that. Found by building a short sentence
    for everything not used yet, then by choosing greedily among these; so the set is small, not
    always the smallest.

    Raises:
        NotFoundError: there is no such rule.
    """
    linked = grammar.linked
    roots = linked.roots(root)
    net = network(grammar)
    costs = Costs(linked, roots)
    ways = costs.ways()
    writer = _Writer(costs, ways)
    wanted = [
        (way.cost + cost, number, unit)
        for number, (unit, way, cost) in enumerate(
            (unit, way, cost)
            for key, way in ways.items()
            for unit, _, _, _, cost in costs.units(key)
        )
    ]
    # Long sentences come first: they use most by the way.
    wanted.sort(key=lambda entry: (-(entry[0] // WORD), entry[1]))
    candidates: list[tuple[str, frozenset[Unit]]] = []
    for cost, _, unit in wanted:
        if unit in writer.used:
            continue
        words = writer.sentence(unit, cost // WORD)
        units = used(net, roots, words) or set()
        writer.used |= units
        writer.used.add(unit)
        candidates.append((" ".join(words), frozenset(units)))
    return _chosen(candidates, {unit for _, _, unit in wanted})


def _chosen(candidates: Sequence[tuple[str, frozenset[Unit]]], wanted: set[Unit]) -> list[str]:
    """The greedy cover: again and again the sentence that uses most that is new."""
    chosen = []
    heap = [
        (-len(units & wanted), sentence.count(" "), sentence, number)
        for number, (sentence, units) in enumerate(candidates)
    ]
    heapify(heap)
    while heap:
        gain, length, sentence, number = heappop(heap)
        now = -len(candidates[number][1] & wanted)
        if now == gain and now < 0:
            chosen.append(sentence)
            wanted -= candidates[number][1]
        elif now < 0:
            heappush(heap, (now, length, sentence, number))
    return sorted(chosen, key=lambda sentence: (len(sentence.split()), sentence.split()))


class _Writer:
    """Writes the shortest sentence with a unit; what is free goes to what is not used yet."""

    def __init__(self, costs: Costs, ways: dict[Key, Way]) -> None:
        self._costs = costs
        self._ways = ways
        self.used: set[Unit] = set()
        self._best: dict[tuple[Key, Place], tuple[int, list[int]]] = {}
        self._lists: dict[int, list[Expression | str]] = {}

    def sentence(self, unit: Unit, length: int) -> list[str]:
        """The words of a sentence with the unit.

        Args:
            unit: what to use.
            length: words the sentence must have.
        """
        key, place, number = unit
        chain = [(key, steps_to(place))]
        while (way := self._ways[chain[-1][0]]).key is not None:
            chain.append((way.key, steps_to(way.place)))
        chain.reverse()
        most = length + _ROOM
        words: list[str] = []
        linked = self._costs.linked
        start = linked.rule(chain[0][0]).expression
        todo: list[tuple[Key, Expression, Place, _Forced]] = [(chain[0][0], start, None, (0, 0))]
        while todo:
            key, node, place, forced = todo.pop()
            step: int | None = None  # the child that must be said
            exact = False  # whether it is the unit itself
            following: _Forced = None
            if forced is not None:
                level, depth = forced
                path = chain[level][1]
                if depth < len(path):
                    step, following = path[depth], (level, depth + 1)
                elif level + 1 < len(chain):
                    following = (level + 1, 0)
                elif number >= 0:
                    step, exact = number, True
            if isinstance(node, Token):
                words += node.text.split()
            elif isinstance(node, Row):
                for index in range(len(node.items) - 1, -1, -1):
                    there = following if index == step else None
                    todo.append((key, node.items[index], (place, index), there))
            elif isinstance(node, InLanguage):
                todo.append((key, node.body, (place, 0), following))
            elif isinstance(node, Reference):
                target = linked.target(key, node)
                assert target is not None
                todo.append((target, linked.rule(target).expression, None, following))
            elif isinstance(node, Alternatives):
                if step is None:
                    step = self._pick(key, node, place)
                self.used.add((key, place, step))
                option = self._options(node)[step]
                if isinstance(option, str):
                    words += option.split()
                else:
                    todo.append((key, option, (place, step), following))
            elif isinstance(node, Repeat):
                rounds = node.least
                if exact:
                    rounds += number
                elif step is not None:
                    rounds = max(node.least, 1)
                elif rounds == 0 and node.most == 1 and (key, place, 1) not in self.used:
                    # Said on the way, where that does not make the sentence long.
                    more = self._costs.of(key, node.body) // WORD
                    if most >= length + more:
                        length += more
                        rounds = 1
                self.used.add((key, place, int(rounds > node.least)))
                for index in range(rounds):
                    there = following if step is not None and index == rounds - 1 else None
                    todo.append((key, node.body, (place, 0), None if exact else there))
        return words

    def _pick(self, key: Key, node: Alternatives, place: Place) -> int:
        """One of the shortest alternatives: the first not used yet, else the first."""
        position, best = self._best.get((key, place), (0, []))
        if not best:
            lengths: list[int] = []
            for part in node.parts:
                if isinstance(part, Run):
                    lengths += [WORD * words for words in words_in(part)]
                else:
                    lengths.append(self._costs.of(key, part.expression))
            least = min(lengths)
            best = [lengths.index(least)]
            best += [number for number, cost in enumerate(lengths) if cost // WORD == least // WORD]
            position = 1
        while position < len(best) and (key, place, best[position]) in self.used:
            position += 1
        self._best[key, place] = (position, best)
        return best[position] if position < len(best) else best[0]

    def _options(self, node: Alternatives) -> list[Expression | str]:
        """The alternatives; of a run, their texts."""
        known = self._lists.get(id(node))
        if known is None:
            known = self._lists[id(node)] = []
            for part in node.parts:
                known += part.text.split("|") if isinstance(part, Run) else [part.expression]
        return known
