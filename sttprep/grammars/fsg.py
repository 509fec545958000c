"""The graph a recognizer searches: words on its transitions, with the grammar's probabilities.

>>> from sttprep.grammars import read_grammar
>>> order = read_grammar('''#ABNF 1.0 UTF-8;
... language en-US;
... root $order;
... $order = (/3/ small | /1/ large) tea [please];
... ''')
>>> graph = order.fsg()
>>> graph
<RecognizerGraph: 4 states, 5 transitions, 4 words>
>>> for transition in graph.transitions:
...     print(*transition)
0 1 0.25 large
0 1 0.75 small
1 2 1.0 tea
2 3 0.5 please
2 3 0.5

A transition's probability is that of the grammar: an alternative's share of the weights (1 where
there is none), a repeat's probability of one more time (one half where there is none). So the
product along a sentence is the probability of the sentence, whatever way it may be made; where
several ways make it, that of all ways together.

Beginnings and ends are shared as far as the probabilities allow. Where too many states would be
needed for one way per word, the graph keeps several ways for a word, and exact probabilities.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from collections.abc import Sequence as Many
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from sttprep.grammars.automaton import ANY
from sttprep.grammars.budget import Budget, TooLarge
from sttprep.grammars.compiler import NfaBuilder
from sttprep.grammars.dag import END
from sttprep.grammars.expression import Special
from sttprep.grammars.fsg_weights import (
    Weighted,
    balance,
    deterministic,
    merged,
    without_silence,
)
from sttprep.grammars.link import Key, Linked
from sttprep.grammars.nfa import Nfa
from sttprep.grammars.refusals import no_garbage, no_sentences, too_large

if TYPE_CHECKING:
    from sttprep.grammars.grammar import Grammar

__all__ = ["MAX_GRAPH_STATES", "RecognizerGraph", "Transition", "recognizer_graph"]

Transition: TypeAlias = tuple[int, int, float, str] | tuple[int, int, float]
"""Source, target, probability and word; without a word it is taken silently."""

MAX_GRAPH_STATES = 300_000
"""States of a graph before it is made small; recognizers search graphs far below that."""

_LEAST = 1e-30  # smallest probability written to a file; Sphinx reads 32-bit numbers
_SURE = 1 - 1e-12


@dataclass(frozen=True)
class RecognizerGraph:
    """States and transitions as pocketsphinx's ``create_fsg`` takes them."""

    transitions: tuple[Transition, ...] = field(repr=False)
    """In the order of their sources, then of their words."""
    n_states: int
    final: int
    """The one state where sentences end."""
    start: int = 0

    def __repr__(self) -> str:
        return (
            f"<RecognizerGraph: {self.n_states:,} states, {len(self.transitions):,} transitions, "
            f"{len(self.words):,} words>"
        )

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every word on a transition, in code point order."""
        return tuple(sorted({word for *_, word in self._labelled("")} - {""}))

    def to_fsg(self, name: str = "grammar") -> str:
        """Text of a Sphinx finite-state grammar file.

        >>> from sttprep.grammars import read_grammar
        >>> yes = read_grammar("#JSGF V1.0;\\ngrammar g;\\npublic <yes> = yes | okay;\\n").fsg()
        >>> print(yes.to_fsg("confirm"), end="")
        FSG_BEGIN confirm
        NUM_STATES 2
        START_STATE 0
        FINAL_STATE 1
        TRANSITION 0 1 0.5 okay
        TRANSITION 0 1 0.5 yes
        FSG_END
        """
        lines = [
            f"FSG_BEGIN {'_'.join(name.split())}".rstrip(),
            f"NUM_STATES {self.n_states}",
            f"START_STATE {self.start}",
            f"FINAL_STATE {self.final}",
        ]
        for source, target, probability, *word in self.transitions:
            lines.append(" ".join(["TRANSITION", *_texts(source, target, probability), *word]))
        return "\n".join([*lines, "FSG_END", ""])

    def to_openfst(self) -> str:
        """Text for OpenFst's ``fstcompile``: source, target, input, output, weight −ln p.

        The weights are those of the tropical and the log semiring; `symbols` numbers the words.
        """
        lines = [
            f"{source}\t{target}\t{word}\t{word}\t{_cost(probability)}"
            for source, target, probability, word in self._labelled(_EPSILON)
        ]
        return "\n".join([*lines, str(self.final), ""])

    def symbols(self) -> str:
        """Text of the symbol table for `to_openfst`."""
        labels = [_EPSILON, *self.words]
        return "".join(f"{label}\t{number}\n" for number, label in enumerate(labels))

    def to_dot(self) -> str:
        """Text for Graphviz, from left to right."""
        lines = ["digraph grammar {", "  rankdir=LR;", "  node [shape=circle];"]
        lines += ["  start [shape=point];", f"  start -> {self.start};"]
        lines.append(f"  {self.final} [shape=doublecircle];")
        for source, target, probability, word in self._labelled(""):
            shown = word.replace("\\", "\\\\").replace('"', '\\"')
            label = f"{shown} {probability:.4g}".strip()
            lines.append(f'  {source} -> {target} [label="{label}"];')
        return "\n".join([*lines, "}", ""])

    def _labelled(self, silent: str) -> Iterator[tuple[int, int, float, str]]:
        for transition in self.transitions:
            if len(transition) == 4:
                yield transition
            else:
                yield (*transition, silent)


_EPSILON = "<eps>"


def _texts(source: int, target: int, probability: float) -> tuple[str, str, str]:
    return str(source), str(target), f"{max(probability, _LEAST):.9g}"


def _cost(probability: float) -> str:
    return f"{abs(math.log(max(probability, _LEAST))):.9g}"


def recognizer_graph(
    grammar: Grammar, root: str | None = None, budget: int = MAX_GRAPH_STATES
) -> RecognizerGraph:
    """The graph of a rule's sentences.

    Raises:
        GrammarError: the grammar recurs in the centre (``not-regular``), uses GARBAGE
            (``garbage-in-graph``) or a rule of a grammar that is not at hand (``external-rule``),
            has no sentence (``no-sentences``), or would be too large (``too-large``).
    """
    linked = grammar.linked
    keys = linked.roots(root)
    purse = Budget(budget)
    nfa = Nfa(purse)
    try:
        builder = _GraphBuilder(linked, keys, nfa)
        start = nfa.choice([builder.rule(key, END) for key in keys])
        if not start:
            raise no_sentences(grammar)
        if not nfa.balanced:
            balance(nfa, purse)
        graph = without_silence(nfa, start, purse)
    except TooLarge:
        raise too_large(linked, keys, budget) from None
    if any(ANY in words for steps in graph.steps for words, _, _ in steps):
        raise no_garbage(linked, *builder.garbage[-1])
    fewer = deterministic(graph)
    return _numbered(graph if fewer is None else merged(fewer))


class _GraphBuilder(NfaBuilder):
    """Remembers where any words may be said."""

    def __init__(self, linked: Linked, keys: Many[Key], target: Nfa) -> None:
        super().__init__(linked, keys, target)
        self.garbage: list[tuple[Key, Special]] = []

    def _garbage(self, key: Key, node: Special, after: int) -> int:
        self.garbage.append((key, node))
        return super()._garbage(key, node, after)


def _numbered(graph: Weighted) -> RecognizerGraph:
    """The states in the order in which they are met, the words of each in code point order."""
    numbers = {0: 0}
    order = [0]
    rows: list[list[tuple[str, int, float]]] = []
    for state in order:  # grows meanwhile
        row = sorted((word, to, p) for words, to, p in graph.steps[state] for word in words)
        rows.append(row)
        for _, target, _ in row:
            if target not in numbers:
                numbers[target] = len(order)
                order.append(target)
    ends = [graph.ends[state] for state in order]
    pure = [at for at, end in enumerate(ends) if end > _SURE and not rows[at]]
    final = pure[0] if pure else len(order)
    transitions: list[Transition] = []
    for source, row in enumerate(rows):
        transitions += [(source, numbers[to], min(p, 1.0), word) for word, to, p in row]
        if ends[source] and source != final:
            transitions.append((source, final, min(ends[source], 1.0)))
    return RecognizerGraph(tuple(transitions), max(len(order), final + 1), final)
