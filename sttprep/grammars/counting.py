"""How many sentences a grammar has, counted on its rules.

Two sentences made in different ways are different wherever the first word decides which way was
taken: alternatives that start with different words, and items after which no word of the item
itself could stand in the place of the first word of the next (the LL(1) conditions). There the
numbers are simply added and multiplied. Where a word leaves it open, that part alone is made into
a deterministic automaton, whose paths are counted.

>>> from sttprep.grammars import read_grammar
>>> digits = read_grammar('''#ABNF 1.0 UTF-8;
... language en-US;
... root $digits;
... $digits = (oh | one | two)<4>;
... ''')
>>> digits.count()
81
"""

from __future__ import annotations

import math
from collections.abc import Sequence as Many
from typing import TYPE_CHECKING, TypeAlias

from sttprep.grammars.budget import MAX_STATES, Budget, TooLarge
from sttprep.grammars.compiler import Builder, Loop, compile_rules
from sttprep.grammars.dag import END, Dag
from sttprep.grammars.expression import (
    Alternative,
    Alternatives,
    Expression,
    InLanguage,
    Reference,
    Repeat,
    Run,
    Sequence,
    Tag,
    Token,
)
from sttprep.grammars.link import Key, Linked
from sttprep.grammars.live import Live
from sttprep.grammars.refusals import too_large
from sttprep.grammars.rule_graph import reachable, strong_components

if TYPE_CHECKING:
    from sttprep.grammars.grammar import Grammar

__all__ = ["count"]

_MAX_BITS = 10_000_000  # of a number of sentences; three million digits


_Words: TypeAlias = frozenset[str]
_Summary: TypeAlias = tuple[int | float, bool, _Words, _Words]
"""What has to be known of a set of sentences to go on counting.

How many with words there are; whether the empty sentence is one; first words of its sentences;
words that, after one of its sentences, lead on to a longer one (a few too many, at most). Words
are not kept where there is no end of sentences.
"""

_NONE: _Words = frozenset()
_NEVER: _Summary = (0, False, _NONE, _NONE)
_SILENCE: _Summary = (0, True, _NONE, _NONE)
_ENDLESS: _Summary = (math.inf, False, _NONE, _NONE)


def count(grammar: Grammar, root: str | None = None, budget: int = MAX_STATES) -> int | float:
    """Number of different sentences, exact; ``math.inf`` where there is no end of them.

    Rules that recur with words on both sides have no end of sentences either, and are not refused.
    Automata for parts of the grammar may have ``budget`` states.

    Raises:
        GrammarError: a part whose words leave open how it goes on is too large for an automaton,
            or the number has more than three million digits (``too-large``).
    """
    linked = grammar.linked
    keys = linked.roots(root)
    order = _inner_first(linked, keys)
    if order is None:
        uses = [use for recursion in Live(linked, keys).recursions for use in recursion.uses]
        if not all(use.first and use.last for use in uses):
            return math.inf
        return compile_rules(linked, keys, budget).count()
    counter = _Counter(linked, budget)
    try:
        for key in order:
            counter.rules[key] = counter.summary(key, linked.rule(key).expression)
        whole = counter.any_of([(key, Reference(key[1])) for key in keys])
    except Loop:
        return compile_rules(linked, keys, budget).count()
    except TooLarge:
        raise too_large(linked, keys, budget) from None
    return whole[0] + whole[1]


def _inner_first(linked: Linked, keys: Many[Key]) -> list[Key] | None:
    """The rules, each after those it refers to; None where rules refer back to themselves."""
    graph = linked.graph
    starts = [graph.number(key) for key in keys]
    if all(target > number for number, row in enumerate(graph.targets) for target in row):
        return [graph.keys[at] for at in sorted(reachable(graph.targets, starts), reverse=True)]
    components = strong_components(graph.targets, starts)
    if any(len(found) > 1 or found[0] in graph.targets[found[0]] for found in components):
        return None
    return [graph.keys[number] for (number,) in components]


class _Counter:
    """Summaries of expressions, from the inside to the outside."""

    def __init__(self, linked: Linked, budget: int) -> None:
        self.linked = linked
        self.rules: dict[Key, _Summary] = {}
        self._dag = Dag(Budget(budget))
        self._builder = Builder(linked, self._dag)

    def summary(self, key: Key, top: Expression) -> _Summary:
        """The summary of an expression of a rule, those of the rules it refers to being known."""
        nodes = [top]
        for node in nodes:  # grows meanwhile
            if isinstance(node, Sequence):
                nodes += [item for item in node.items if type(item) in _GROUPS]
            elif isinstance(node, Alternatives):
                nodes += [
                    part.expression
                    for part in node.parts
                    if isinstance(part, Alternative) and type(part.expression) in _GROUPS
                ]
            elif isinstance(node, Repeat | InLanguage):
                nodes.append(node.body)
        found: dict[int, _Summary] = {}
        for node in reversed(nodes):
            found[id(node)] = self._node(key, node, found)
        return found[id(top)]

    def _node(self, key: Key, node: Expression, found: dict[int, _Summary]) -> _Summary:
        if isinstance(node, Token):
            return 1, False, frozenset((node.text.split(" ", 1)[0],)), _NONE
        if isinstance(node, Sequence):
            return self._sequence(key, node.items, found)
        if isinstance(node, Alternatives):
            return self._alternatives(key, node, found)
        if isinstance(node, Repeat):
            return self._repeat(key, node, found[id(node.body)])
        if isinstance(node, Reference):
            target = self.linked.follow(key, node)
            return _NEVER if target is None else self.rules[target]
        if isinstance(node, InLanguage):
            return found[id(node.body)]
        if isinstance(node, Tag) or node.name == "NULL":
            return _SILENCE
        return _NEVER if node.name == "VOID" else _ENDLESS

    def _sequence(self, key: Key, items: Many[Expression], found: dict[int, _Summary]) -> _Summary:
        rest = _SILENCE
        for at in range(len(items) - 1, -1, -1):
            item = items[at]
            one = found.get(id(item)) or self._node(key, item, found)
            if rest is _SILENCE:
                rest = one
                continue
            many, silent, first, more = one
            then_many, then_silent, then_first, then_more = rest
            if more and not more.isdisjoint(then_first):
                rest = self._exact(key, Sequence(tuple(items[at:])))
            elif not (many or silent) or not (then_many or then_silent):
                rest = _NEVER
            elif many == math.inf or then_many == math.inf:
                rest = _ENDLESS
            else:
                both = silent and then_silent
                rest = (
                    _bounded((many + silent) * (then_many + then_silent) - both),
                    both,
                    first | then_first if silent else first,
                    more | then_more if then_silent else then_more,
                )
        return rest

    def _alternatives(self, key: Key, node: Alternatives, found: dict[int, _Summary]) -> _Summary:
        phrases: list[str] = []
        others: list[tuple[_Summary, Expression]] = []
        for part in node.parts:
            if isinstance(part, Run):
                phrases += part.phrases()
                continue
            inner = part.expression
            if isinstance(inner, Token):
                phrases.append(inner.text)
            else:
                others.append((found.get(id(inner)) or self._node(key, inner, found), inner))
        if not others:
            return _phrases(phrases)
        return self._join(key, others, phrases)

    def any_of(self, rules: Many[tuple[Key, Reference]]) -> _Summary:
        """Sentences of any of several rules."""
        if len(rules) == 1:
            return self.rules[rules[0][0]]
        return self._join((0, ""), [(self.rules[key], node) for key, node in rules], [])

    def _join(
        self, key: Key, parts: list[tuple[_Summary, Expression]], phrases: Many[str]
    ) -> _Summary:
        """Alternatives, of which those that start with the same words are looked at together."""
        if any(one[0] == math.inf for one, _ in parts):
            return _ENDLESS
        summaries = [one for one, _ in parts]
        if phrases:
            summaries.append(_phrases(phrases))
        first = _NONE.union(*(one[2] for one in summaries))
        if len(first) < sum(len(one[2]) for one in summaries):
            seen: set[str] = set()
            shared: set[str] = set()
            for one in summaries:
                shared |= one[2] & seen
                seen |= one[2]
            clash = [node for one, node in parts if not shared.isdisjoint(one[2])]
            apart = [one for one, _ in parts if shared.isdisjoint(one[2])]
            same = [text for text in phrases if text.split(" ", 1)[0] in shared]
            rest = [text for text in phrases if text.split(" ", 1)[0] not in shared]
            together = clash + [Token(text) for text in dict.fromkeys(same)]
            exact = self._exact(key, Alternatives(tuple(map(Alternative, together))))
            summaries = [*apart, _phrases(rest), exact]
        silent = any(one[1] for one in summaries)
        more = _NONE.union(*(one[3] for one in summaries))
        many = sum(one[0] for one in summaries)
        return many, silent, first, first | more if silent else more

    def _repeat(self, key: Key, node: Repeat, one: _Summary) -> _Summary:
        many, silent, first, more = one
        if node.most == 0 or not many:
            return _SILENCE if node.most == 0 or not node.least or silent else _NEVER
        if node.most is None or many == math.inf:
            return _ENDLESS
        if node.most > 1 and not more.isdisjoint(first):
            return self._exact(key, node)
        many = int(many)
        least, most = 0 if silent else node.least, max(node.least, node.most)
        if many > 1 and many.bit_length() * most > _MAX_BITS:
            raise TooLarge
        if many == 1:
            total = most - least + 1
        else:
            total = (many ** (most + 1) - many**least) // (many - 1)
        return total - (not least), not least, first, more | first if most > least else more

    def _exact(self, key: Key, node: Expression) -> _Summary:
        """Sentences of an expression, from its automaton."""
        dag = self._dag
        start = self._builder.expression(key, node, END)
        reached = {start}
        open_nodes = [start]
        for at in open_nodes:  # grows meanwhile
            fresh = set(dag.arcs[at].values()) - reached
            reached |= fresh
            open_nodes += fresh
        ways: dict[int, int] = {}
        more: set[str] = set()
        for at in sorted(reached):
            row, final = dag.arcs[at], dag.finals[at]
            ways[at] = final + sum([ways[to] for to in row.values()])
            if final:
                more.update(row)
        silent = dag.finals[start]
        return ways[start] - silent, silent, frozenset(dag.arcs[start]), frozenset(more)


_GROUPS = frozenset((Sequence, Alternatives, Repeat, InLanguage))


def _phrases(phrases: Many[str]) -> _Summary:
    """A list of words and phrases; the same phrase twice is one sentence."""
    different = frozenset(phrases)
    if " " not in "\0".join(phrases):
        return len(different), False, different, _NONE
    more = set()
    for phrase in different:
        at = phrase.find(" ")
        while at >= 0:
            if phrase[:at] in different:
                more.add(phrase[at + 1 :].split(" ", 1)[0])
            at = phrase.find(" ", at + 1)
    first = frozenset(phrase.split(" ", 1)[0] for phrase in different)
    return len(different), False, first, frozenset(more)


def _bounded(many: int | float) -> int | float:
    if isinstance(many, int) and many.bit_length() > _MAX_BITS:
        raise TooLarge
    return many
