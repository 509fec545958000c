"""Sentences by chance.

>>> from sttprep.grammars import read_grammar
>>> order = read_grammar('''#ABNF 1.0 UTF-8;
... language en-US;
... root $order;
... $order = [a] (/9/ small | /1/ large) (tea | coffee);
... ''')
>>> order.sample(3, seed=1) == order.sample(3, seed=1)
True
>>> heavy = order.sample(200, weighted=True)
>>> sum("small" in sentence for sentence in heavy) > 150
True
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence as Many
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

from sttprep.grammars.automaton import Automaton
from sttprep.grammars.compiler import more_likely
from sttprep.grammars.expression import (
    Alternatives,
    Expression,
    InLanguage,
    Reference,
    Repeat,
    Run,
    Sequence,
    Special,
    Token,
)
from sttprep.grammars.link import Key, Linked
from sttprep.grammars.refusals import no_sentences, too_long

if TYPE_CHECKING:
    from sttprep.grammars.grammar import Grammar

__all__ = ["sample", "unranked"]

_FREE_STEPS = 1000  # of one sentence, after which every choice is the one that ends soonest
_MOST_STEPS = 5_000_000  # of one sentence; it would have some million words


def sample(
    grammar: Grammar, n: int, seed: int = 0, root: str | None = None, weighted: bool = False
) -> list[str]:
    """Sentences drawn independently, the same for the same seed.

    Unweighted, every sentence is equally likely. That is impossible where there is no end of
    sentences; there, and with ``weighted``, the grammar is walked from its root: alternatives by
    their weights (1 where there is none), one more time by a repeat's probability (one half where
    there is none). A sentence that grows very long is brought to its end by the shortest way.
    GARBAGE is left out.

    Raises:
        GrammarError: no sentence is accepted (``n`` being more than 0), or the sentences are too
            many to count (``too-large``).
    """
    if n <= 0:
        return []
    number = math.inf if weighted else grammar.count(root)
    if number == 0:
        raise no_sentences(grammar)
    random = Random(seed)
    if number == math.inf:
        walker = _Walker(grammar.linked, grammar.linked.roots(root), random)
        if not walker.roots:
            raise no_sentences(grammar)
        return [walker.sentence() for _ in range(n)]
    automaton = grammar.automaton(root)
    return [unranked(automaton, random.randrange(automaton.ways[0])) for _ in range(n)]


def unranked(automaton: Automaton, rank: int) -> str:
    """The sentence with a number, of a finite automaton: each number from 0 is another sentence.

    >>> drinks = Automaton([{"a": 1, "tea": 2}, {"tea": 2}, {}], [False, False, True])
    >>> [unranked(drinks, rank) for rank in range(2)]
    ['a tea', 'tea']
    """
    ways = automaton.ways
    words: list[str] = []
    state = 0
    while True:
        if automaton.finals[state]:
            if not rank:
                return " ".join(words)
            rank -= 1
        for word, target in automaton.arcs[state].items():
            if rank < ways[target]:
                words.append(word)
                state = target
                break
            rank -= ways[target]


class _Walker:
    """Walks the trees of the rules, one choice after the other."""

    def __init__(self, linked: Linked, keys: Many[Key], random: Random) -> None:
        self.linked = linked
        self.keys = keys
        self.random = random
        self.heights = _heights(linked, keys)
        self.roots = [key for key in keys if key in self.heights]
        self._by_node: dict[Key, dict[int, float]] = {}
        self._choices: dict[int, _Choice] = {}

    def sentence(self) -> str:
        """One sentence."""
        words: list[str] = []
        key = self.random.choice(self.roots)
        open_nodes: list[tuple[Key, Expression, int]] = [(key, self.linked.rule(key).expression, 1)]
        steps = 0
        while open_nodes:
            key, node, times = open_nodes.pop()
            if times > 1:
                open_nodes.append((key, node, times - 1))
            steps += 1
            if steps > _MOST_STEPS:
                raise too_long(self.linked, self.keys[0], _MOST_STEPS)
            if isinstance(node, Token):
                words += node.text.split()
            elif isinstance(node, Reference):
                target = self.linked.follow(key, node)
                if target is not None:
                    open_nodes.append((target, self.linked.rule(target).expression, 1))
            elif isinstance(node, Sequence):
                open_nodes += [(key, item, 1) for item in reversed(node.items)]
            elif isinstance(node, Alternatives):
                choice = self._choice(key, node)
                hurry = steps > _FREE_STEPS
                chosen = choice.soonest if hurry else choice.draw(self.random)
                open_nodes.append((key, chosen, 1))
            elif isinstance(node, Repeat):
                times = self._times(key, node, steps > _FREE_STEPS)
                if times:
                    open_nodes.append((key, node.body, times))
            elif isinstance(node, InLanguage):
                open_nodes.append((key, node.body, 1))
        return " ".join(words)

    def _times(self, key: Key, node: Repeat, hurry: bool) -> int:
        times = node.least
        if hurry or self._node_heights(key)[id(node.body)] == math.inf:
            return times
        likely = more_likely(node)
        most = _FREE_STEPS if node.most is None else min(node.most, _FREE_STEPS)
        while times < most and self.random.random() < likely:
            times += 1
        return times

    def _choice(self, key: Key, node: Alternatives) -> _Choice:
        known = self._choices.get(id(node))
        if known is None:
            heights = self._node_heights(key)
            ways: list[tuple[str | Expression, float, float]] = []
            for part in node.parts:
                if isinstance(part, Run):
                    ways += [(phrase, 1.0, 0.0) for phrase in part.phrases()]
                elif heights[id(part.expression)] < math.inf:
                    weight = 1.0 if part.weight is None else part.weight
                    ways.append((part.expression, weight, heights[id(part.expression)]))
            known = self._choices[id(node)] = _Choice(ways)
        return known

    def _node_heights(self, key: Key) -> dict[int, float]:
        known = self._by_node.get(key)
        if known is None:
            known = self._by_node[key] = _node_heights(self.linked, key, self.heights)
        return known


class _Choice:
    """Ways that can be said to their end."""

    def __init__(self, ways: Many[tuple[str | Expression, float, float]]) -> None:
        self._ways = [way for way, _, _ in ways]
        self._sums = list(accumulate(weight for _, weight, _ in ways))
        self.soonest = _expression(min(ways, key=lambda way: way[2])[0])

    def draw(self, random: Random) -> Expression:
        """One of them, by weight."""
        at = bisect_right(self._sums, random.random() * self._sums[-1])
        return _expression(self._ways[min(at, len(self._ways) - 1)])


def _expression(way: str | Expression) -> Expression:
    return Token(way) if isinstance(way, str) else way


def _heights(linked: Linked, keys: Many[Key]) -> dict[Key, float]:
    """How many rules at least lie within each other to say a rule; rules never said are missing."""
    users: dict[Key, list[Key]] = {}
    order = linked.reachable(tuple(keys))
    for key in order:
        for target in linked.references(key):
            users.setdefault(target, []).append(key)
    heights: dict[Key, float] = {}
    candidates = order
    height = 0.0
    while candidates:
        height += 1
        found = []
        for key in candidates:
            top = linked.rule(key).expression
            if _node_heights(linked, key, heights)[id(top)] < math.inf:
                found.append(key)
        heights.update(dict.fromkeys(found, height))
        following = dict.fromkeys(user for key in found for user in users.get(key, ()))
        candidates = [key for key in following if key not in heights]
    return heights


def _node_heights(linked: Linked, key: Key, heights: dict[Key, float]) -> dict[int, float]:
    """The same for the nodes of a rule, by identity; infinite where a node is never said."""
    nodes = [linked.rule(key).expression]
    for node in nodes:  # grows meanwhile
        if isinstance(node, Sequence):
            nodes += node.items
        elif isinstance(node, Alternatives):
            nodes += [part.expression for part in node.parts if not isinstance(part, Run)]
        elif isinstance(node, Repeat | InLanguage):
            nodes.append(node.body)
    found: dict[int, float] = {}
    for node in reversed(nodes):
        height = 0.0
        if isinstance(node, Reference):
            target = linked.follow(key, node)
            height = math.inf if target is None else heights.get(target, math.inf)
        elif isinstance(node, Special) and node.name == "VOID":
            height = math.inf
        elif isinstance(node, Sequence):
            height = max((found[id(item)] for item in node.items), default=0.0)
        elif isinstance(node, Alternatives):
            height = min(
                0.0 if isinstance(part, Run) else found[id(part.expression)] for part in node.parts
            )
        elif isinstance(node, InLanguage) or (isinstance(node, Repeat) and node.least):
            height = found[id(node.body)]
        found[id(node)] = height
    return found
