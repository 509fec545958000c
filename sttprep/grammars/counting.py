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
from typing import TYPE_CHECKING, NamedTuple

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
from sttprep.grammars.rule_graph import strong_components

if TYPE_CHECKING:
    from sttprep.grammars.grammar import Grammar

__all__ = ["count"]

_MAX_BITS = 10_000_000  # of a number of sentences; three million digits


class _Summary(NamedTuple):
    """What has to be known of a set of sentences to go on counting."""

    many: int | float
    """Sentences with words."""
    silent: bool
    """Whether the empty sentence is one."""
    first: frozenset[str]
    """First words of its sentences; not kept where they have no end."""
    more: frozenset[str]
    """Words that, after one of its sentences, lead on to a longer one (a few too many, at most)."""


_NONE: frozenset[str] = frozenset()
_NEVER = _Summary(0, False, _NONE, _NONE)
_SILENCE = _Summary(0, True, _NONE, _NONE)
_ENDLESS = _Summary(math.inf, False, _NONE, _NONE)


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
    return whole.many + whole.silent


def _inner_first(linked: Linked, keys: Many[Key]) -> list[Key] | None:
    """The rules, each after those it refers to; None where rules refer back to themselves."""
    graph = linked.graph
    order: list[Key] = []
    for numbers in strong_components(graph.targets, [graph.number(key) for key in keys]):
        (number, *others) = numbers
        if others or number in graph.targets[number]:
            return None
        order.append(graph.keys[number])
    return order


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
            return _Summary(1, False, frozenset((node.text.split(" ", 1)[0],)), _NONE)
        if isinstance(node, Sequence):
            return self._sequence(key, node, found)
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

    def _sequence(self, key: Key, node: Sequence, found: dict[int, _Summary]) -> _Summary:
        rest = _SILENCE
        for at in range(len(node.items) - 1, -1, -1):
            item = node.items[at]
            one = found.get(id(item)) or self._node(key, item, found)
            if one is _SILENCE:
                continue
            if rest is _SILENCE:
                rest = one
                continue
            if one.more and not one.more.isdisjoint(rest.first):
                rest = self._exact(key, Sequence(node.items[at:]))
                continue
            if not (one.many or one.silent) or not (rest.many or rest.silent):
                rest = _NEVER
                continue
            if math.inf in (one.many, rest.many):
                rest = _ENDLESS
                continue
            silent = one.silent and rest.silent
            many = (one.many + one.silent) * (rest.many + rest.silent) - silent
            rest = _Summary(
                _bounded(many),
                silent,
                one.first | rest.first if one.silent else one.first,
                one.more | rest.more if rest.silent else rest.more,
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
        if any(part.many == math.inf for part, _ in parts):
            return _ENDLESS
        summaries = [part for part, _ in parts]
        if phrases:
            summaries.append(_phrases(phrases))
        first = _NONE.union(*(part.first for part in summaries))
        if len(first) < sum(len(part.first) for part in summaries):
            seen: set[str] = set()
            shared: set[str] = set()
            for part in summaries:
                shared |= part.first & seen
                seen |= part.first
            clash = [(one, node) for one, node in parts if not shared.isdisjoint(one.first)]
            apart = [one for one, _ in parts if shared.isdisjoint(one.first)]
            same = [text for text in phrases if text.split(" ", 1)[0] in shared]
            rest = [text for text in phrases if text.split(" ", 1)[0] not in shared]
            together = [node for _, node in clash] + [Token(text) for text in dict.fromkeys(same)]
            exact = self._exact(key, Alternatives(tuple(map(Alternative, together))))
            summaries = [*apart, _phrases(rest), exact]
        silent = any(part.silent for part in summaries)
        more = _NONE.union(*(part.more for part in summaries))
        return _Summary(
            sum(part.many for part in summaries), silent, first, first | more if silent else more
        )

    def _repeat(self, key: Key, node: Repeat, one: _Summary) -> _Summary:
        least = 0 if one.silent else node.least
        if node.most == 0 or not one.many:
            return _SILENCE if node.most == 0 or not node.least or one.silent else _NEVER
        if node.most is None or one.many == math.inf:
            return _ENDLESS
        if node.most > 1 and not one.more.isdisjoint(one.first):
            return self._exact(key, node)
        many = int(one.many)
        if many > 1 and many.bit_length() * node.most > _MAX_BITS:
            raise TooLarge
        if many == 1:
            total = node.most - least + 1
        else:
            total = (many ** (node.most + 1) - many**least) // (many - 1)
        silent = not least
        return _Summary(
            total - silent,
            silent,
            one.first,
            one.more | one.first if node.most > least else one.more,
        )

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
        return _Summary(ways[start] - silent, silent, frozenset(dag.arcs[start]), frozenset(more))


_GROUPS = frozenset((Sequence, Alternatives, Repeat, InLanguage))


def _phrases(phrases: Many[str]) -> _Summary:
    """A list of words and phrases; the same phrase twice is one sentence."""
    different = frozenset(phrases)
    if " " not in "\0".join(different):
        return _Summary(len(different), False, different, _NONE)
    more = set()
    for phrase in different:
        at = phrase.find(" ")
        while at >= 0:
            if phrase[:at] in different:
                more.add(phrase[at + 1 :].split(" ", 1)[0])
            at = phrase.find(" ", at + 1)
    first = frozenset(phrase.split(" ", 1)[0] for phrase in different)
    return _Summary(len(different), False, first, frozenset(more))


def _bounded(many: int | float) -> int | float:
    if isinstance(many, int) and many.bit_length() > _MAX_BITS:
        raise TooLarge
    return many
