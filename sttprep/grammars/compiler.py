"""From rules to the minimal deterministic automaton of their sentences.

>>> from sttprep.grammars.expression import Repeat, Token
>>> from sttprep.grammars.grammar import Body, Grammar, Header, Rule
>>> rule = Rule("very", Body(Repeat(Token("very"), 1, None)))
>>> grammar = Grammar("abnf", Header(root="very"), (rule,))
>>> compile_rules(grammar.linked, grammar.linked.roots())
<Automaton: 2 states, 2 arcs>

Every expression is built for what comes after it, from the end of the sentence to its start. Where
nothing loops the nodes are deterministic and minimal as they are made (`Dag`). Otherwise an
automaton with silent steps is made first (`Nfa`); rules linear to the right lead back to the state
of a rule, rules linear to the left go on, after each rule, with whatever may follow it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from collections.abc import Sequence as Many
from typing import Any, Protocol, TypeAlias

from sttprep.grammars.automaton import ANY, Automaton
from sttprep.grammars.budget import MAX_STATES, Budget, TooLarge
from sttprep.grammars.dag import DEAD, END, Dag
from sttprep.grammars.expression import (
    Alternatives,
    Expression,
    InLanguage,
    Reference,
    Repeat,
    Run,
    Sequence,
    Special,
    Tag,
    Token,
)
from sttprep.grammars.link import Key, Linked
from sttprep.grammars.live import SILENCE, WORDS, Live
from sttprep.grammars.minimise import minimise, numbered
from sttprep.grammars.nfa import Nfa, determinise
from sttprep.grammars.phrases import Phrases, plain
from sttprep.grammars.recursion import Recursion
from sttprep.grammars.refusals import not_regular, too_large

__all__ = ["Builder", "Loop", "build_dag", "build_nfa", "compile_rules", "more_likely"]

_RARE = 1e-6  # probability for what a grammar calls impossible

Task: TypeAlias = Generator["Task", Any, Any]
"""Work that asks for other work by yielding it; no chain of rules is too long for that."""


def compile_rules(linked: Linked, keys: Many[Key], budget: int = MAX_STATES) -> Automaton:
    """The automaton of the sentences of any of the rules.

    Raises:
        GrammarError: the sentences have no automaton (``not-regular``), it would be larger than
            the budget (states, ``too-large``), or a rule of another grammar is not at hand
            (``external-rule``).
    """
    purse = Budget(budget)
    try:
        try:
            dag, start = build_dag(linked, keys, purse)
            return numbered(dag.arcs, dag.finals, start)
        except Loop:
            purse = Budget(budget)
            nfa, start = build_nfa(linked, keys, purse)
            arcs, finals = determinise(nfa, start, purse)
            return minimise(arcs, finals, 0, purse)
    except TooLarge:
        raise too_large(linked, keys, budget) from None


def build_dag(linked: Linked, keys: Many[Key], budget: Budget) -> tuple[Dag, int]:
    """Deterministic nodes and the start; raises `Loop` where something has no end."""
    dag = Dag(budget)
    builder = Builder(linked, dag)
    return dag, dag.choice(builder.rule(key, END) for key in keys)


def build_nfa(linked: Linked, keys: Many[Key], budget: Budget) -> tuple[Nfa, int]:
    """States with silent steps and probabilities, and the start."""
    nfa = Nfa(budget)
    builder = NfaBuilder(linked, keys, nfa)
    return nfa, nfa.choice(builder.rule(key, END) for key in keys)


class Loop(Exception):  # noqa: N818  (a fork in the road, no error)
    """The sentences have no longest one."""


class Target(Protocol):
    """What `Builder` makes states in."""

    def word(self, word: str, after: int) -> int:
        """The word, then what comes after."""

    def row(self, targets: Mapping[str, int], weights: Mapping[str, float]) -> int:
        """One of several words, each with its weight and what comes after it."""

    def choice(self, states: Iterable[int], weights: Many[float] | None = None) -> int:
        """What any of the states says."""


class Builder:
    """Builds expressions into a target, each for the state that comes after it."""

    def __init__(self, linked: Linked, target: Target) -> None:
        self.linked = linked
        self.target = target
        self._built: dict[tuple[Key, int], int] = {}
        self._open: set[Key] = set()

    def rule(self, key: Key, after: int) -> int:
        """State from which a sentence of the rule leads to the state after."""
        state: int = run(self._rule(key, after))
        return state

    def expression(self, key: Key, node: Expression, after: int) -> int:
        """The same for an expression inside a rule."""
        state: int = run(self._build(key, node, after))
        return state

    def _rule(self, key: Key, after: int) -> Task:
        known = self._built.get((key, after))
        if known is None:
            if key in self._open:
                raise Loop
            self._open.add(key)
            known = yield self._build(key, self.linked.rule(key).expression, after)
            self._open.remove(key)
            self._built[key, after] = known
        return known

    def _simple(self, node: Expression, after: int) -> int | None:
        """The state of a node that needs no further work; None for others."""
        if isinstance(node, Token):
            for word in reversed(node.text.split()):
                after = self.target.word(word, after)
            return after
        if isinstance(node, Tag):
            return after
        if isinstance(node, Special) and node.name != "GARBAGE":
            return after if node.name == "NULL" else DEAD
        return None

    def _build(self, key: Key, node: Expression, after: int) -> Task:
        while isinstance(node, InLanguage):
            node = node.body
        if after == DEAD:
            return DEAD
        if isinstance(node, Sequence):
            if self._never(key, node):
                return DEAD
            for item in reversed(node.items):
                state = self._simple(item, after)
                after = (yield self._build(key, item, after)) if state is None else state
            return after
        if isinstance(node, Alternatives):
            return (yield self._alternatives(key, node, after))
        if isinstance(node, Reference):
            target = self.linked.follow(key, node)
            return DEAD if target is None else (yield self._rule(target, after))
        if isinstance(node, Repeat):
            return (yield self._repeat(key, node, after))
        if isinstance(node, Special) and node.name == "GARBAGE":
            return self._garbage(key, node, after)
        return self._simple(node, after)

    def _alternatives(self, key: Key, node: Alternatives, after: int) -> Task:
        phrases = Phrases()
        states: list[int] = []
        weights: list[float] = []
        for part in node.parts:
            if isinstance(part, Run):
                phrases.add_all(part.phrases())
                continue
            weight = part.share
            words = plain(part.expression)
            if words is not None:
                phrases.add(words, weight)
                continue
            states.append((yield self._build(key, part.expression, after)))
            weights.append(weight)
        state, weight = self._phrases(phrases, after)
        return self.target.choice([*states, state], [*weights, weight])

    def _phrases(self, phrases: Phrases, after: int) -> tuple[int, float]:
        """State and weight of a list of phrases."""
        phrases.settle()
        built = [after] * len(phrases.rows)
        weights = phrases.weights.copy()
        for at in range(len(built) - 1, -1, -1):
            row, ends = phrases.rows[at], weights[at]
            if not row and at:
                continue
            targets = {word: built[to] for word, to in row.items()}
            shares = {word: weights[to] for word, to in row.items()}
            if not at:
                targets |= dict.fromkeys(phrases.words, after)
                shares |= phrases.words
            if not targets:
                return DEAD, 0.0
            state = self.target.row(targets, shares)
            more = sum(shares.values())
            built[at] = self.target.choice((state, after), (more, ends)) if ends else state
            weights[at] = ends + more
        return built[0], weights[0]

    def _repeat(self, key: Key, node: Repeat, after: int) -> Task:
        state = after
        if node.most is None:
            state = yield self._open_repeat(key, node, after)
        else:
            likely = more_likely(node)
            for _ in range(node.most - node.least):
                more = yield self._build(key, node.body, state)
                if more in (DEAD, state):
                    break
                wider = self.target.choice((more, after), (likely, 1 - likely))
                if wider == state:
                    break
                state = wider
        for _ in range(node.least):
            before = yield self._build(key, node.body, state)
            if before == state:
                break
            state = before
            if state == DEAD:
                break
        return state

    def _open_repeat(self, key: Key, node: Repeat, after: int) -> Task:
        """Any number of times: only a body without words has an end."""
        more = yield self._build(key, node.body, after)
        if more in (DEAD, after):
            return after
        raise Loop

    def _garbage(self, key: Key, node: Special, after: int) -> int:
        raise Loop

    def _never(self, key: Key, node: Sequence) -> bool:
        """Whether it is known that a sequence is never said (it is built anyway where not)."""
        return False


class NfaBuilder(Builder):
    """Builds what loops."""

    target: Nfa

    def __init__(self, linked: Linked, keys: Many[Key], target: Nfa) -> None:
        super().__init__(linked, target)
        require_rules(linked, keys)
        self.live = Live(linked, keys)
        self._left_first: set[int] = set()
        for recursion in self.live.recursions:
            kind = recursion.kind
            if kind == "centre":
                raise not_regular(linked, recursion)
            if kind == "left":
                self._left_first.add(recursion.rules[0])

    def _rule(self, key: Key, after: int) -> Task:
        known = self._built.get((key, after))
        if known is not None:
            return known
        kind = self.live.kind(key)
        if not kind & WORDS:
            return after if kind == SILENCE else DEAD
        recursion = self.live.recursion(key)
        if recursion is not None and recursion.rules[0] in self._left_first:
            return (yield self._left(recursion, key, after))
        body = self._build(key, self.linked.rule(key).expression, after)
        if recursion is None:
            known = self._built[key, after] = yield body
            return known
        state = self._built[key, after] = self.target.new()
        self.target.link(state, {(yield body): 1.0})
        return state

    def _left(self, recursion: Recursion, key: Key, after: int) -> Task:
        """A rule linear to the left: what it starts with, then what may follow each rule."""
        keys = [self.live.graph.keys[number] for number in recursion.rules]
        said = {member: self.target.new() for member in keys}
        self.target.balanced = False
        start = self._built[key, after] = self.target.new()
        self.target.silent[said[key]].append((after, 1.0))
        for member in keys:
            pieces: list[tuple[Expression | None, int, float]] = [
                (self.linked.rule(member).expression, said[member], 1.0)
            ]
            while pieces:
                node, state, weight = pieces.pop()
                if node is None:
                    self.target.silent[start].append((state, weight))
                    continue
                target = None
                if isinstance(node, Reference):
                    target = self.linked.target(member, node)
                if target in said:
                    self.target.silent[said[target]].append((state, weight))
                    continue
                parts = yield self._first_parts(member, node, state, weight)
                if parts is None:
                    built = yield self._build(member, node, state)
                    parts = [(None, built, weight)] if built else []
                pieces += parts
        return start

    def _first_parts(self, key: Key, node: Expression, after: int, weight: float) -> Task:
        """Where a rule linear to the left may refer to itself: first parts and what follows them.

        None for a node that holds no such place.
        """
        kinds = self.live.node_kinds(key)
        if isinstance(node, InLanguage):
            return [(node.body, after, weight)]
        if isinstance(node, Sequence):
            if not kinds[id(node)]:
                return []
            said = [at for at, item in enumerate(node.items) if kinds[id(item)] & WORDS]
            if not said:
                return [(None, after, weight)]
            for item in reversed(node.items[said[0] + 1 :]):
                after = yield self._build(key, item, after)
            return [(node.items[said[0]], after, weight)]
        if isinstance(node, Alternatives):
            found: list[tuple[Expression | None, int, float]] = []
            for part in node.parts:
                if isinstance(part, Run):
                    words = yield self._alternatives(key, Alternatives((part,)), after)
                    found.append((None, words, float(part.text.count("|") + 1)))
                elif kinds[id(part.expression)]:
                    found.append((part.expression, after, part.share))
            whole = sum(share for _, _, share in found)
            return [(first, state, weight * share / whole) for first, state, share in found]
        if isinstance(node, Repeat) and node.most == 1:
            if node.least:
                return [(node.body, after, weight)]
            if not kinds[id(node.body)]:
                return [(None, after, weight)]
            likely = more_likely(node)
            return [(node.body, after, weight * likely), (None, after, weight * (1 - likely))]
        return None

    def _never(self, key: Key, node: Sequence) -> bool:
        return self.live.never(key, node)

    def _open_repeat(self, key: Key, node: Repeat, after: int) -> Task:
        state = self.target.new()
        more = yield self._build(key, node.body, state)
        if more in (DEAD, state):
            return after
        likely = more_likely(node)
        self.target.link(state, {more: likely, after: 1 - likely})
        return state

    def _garbage(self, key: Key, node: Special, after: int) -> int:
        state = self.target.new()
        self.target.steps[state].append(((ANY,), state, 0.5))
        self.target.silent[state].append((after, 0.5))
        return state


def require_rules(linked: Linked, keys: Many[Key]) -> None:
    """Raise where a rule of another grammar is used that is not at hand."""
    for key in linked.reachable(tuple(keys)):
        body = linked.rule(key).body
        foreign = body.facts.rare is not None and body.facts.rare.foreign
        if foreign or len(linked.references(key)) < len(body.facts.names):
            for reference in body.references:
                linked.follow(key, reference)


def more_likely(node: Repeat) -> float:
    """Probability of one more time; never quite 0 or 1, so that every sentence stays possible."""
    if node.probability is None:
        return 0.5
    return min(max(node.probability, _RARE), 1 - _RARE)


def run(task: Task) -> Any:
    """The result of a task and of all tasks it asks for."""
    tasks = [task]
    value = None
    while tasks:
        try:
            tasks.append(tasks[-1].send(value))
            value = None
        except StopIteration as done:
            tasks.pop()
            value = done.value
    return value
