"""Why a grammar has no automaton, with the place and the way out."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Many
from typing import TYPE_CHECKING

from sttprep.errors import GrammarError
from sttprep.grammars.expression import Repeat, Special, children
from sttprep.grammars.link import Key, Linked
from sttprep.grammars.recursion import Recursion
from sttprep.grammars.wording import route, shown
from sttprep.source import Span

if TYPE_CHECKING:
    from sttprep.grammars.grammar import Grammar

__all__ = ["no_garbage", "no_sentences", "not_regular", "rule_name", "too_large", "too_long"]

_MANY = 100  # a counted repeat from which on it is named as the likely cause


def rule_name(linked: Linked, key: Key) -> str:
    """A rule as its grammar writes it."""
    return shown(linked.grammars[key[0]].format, key[1])


def not_regular(linked: Linked, recursion: Recursion) -> GrammarError:
    """Rules that refer to themselves with words on both sides."""
    graph = linked.graph
    way = recursion.cycle
    key = graph.keys[way[0]]
    turn = next(
        (use for use in recursion.uses if use.rule == way[0] and not (use.first or use.last)),
        next(use for use in recursion.uses if use.rule == way[0]),
    )
    named = [rule_name(linked, graph.keys[number]) for number in way]
    return _error(
        linked,
        key,
        turn.reference.span,
        "not-regular",
        f"Rule {named[0]} contains itself with words on both sides (centre recursion, "
        f"{route(named)}), so no automaton can describe its sentences.",
        "Let the rule refer to itself only at its end, or say how often with a repeat: "
        f"{_REPEAT[linked.grammars[key[0]].format]}.",
    )


_REPEAT = {
    "abnf": "$list = $item<1-10>",
    "grxml": '<item repeat="1-10"><ruleref uri="#item"/></item>',
    "jsgf": "<list> = <item> [<item>] [<item>]",
}


def no_garbage(linked: Linked, key: Key, node: Special) -> GrammarError:
    """GARBAGE where a recognizer has to know every word."""
    return _error(
        linked,
        key,
        node.span,
        "garbage-in-graph",
        f"Rule {rule_name(linked, key)} uses GARBAGE, and a recognizer has no graph for any words.",
        "Name the words that may be said there: $filler = um | please | I would like.",
    )


def no_sentences(grammar: Grammar) -> GrammarError:
    """A grammar that never matches."""
    return GrammarError(
        f"{grammar.source.name or 'The grammar'}: no sentence is accepted, so there is none to "
        "speak of.",
        hint="Declare a root rule, or make a rule public, that can be said to its end: "
        "root $order; $order = tea | coffee;",
    )


def too_long(linked: Linked, key: Key, steps: int) -> GrammarError:
    """A rule whose sentences are too long to be made."""
    return _error(
        linked,
        key,
        linked.rule(key).name_span,
        "too-large",
        f"A sentence of rule {rule_name(linked, key)} takes more than {steps:,} steps to make.",
        "Lower the fewest number of times in its repeats.",
    )


def too_large(linked: Linked, keys: Many[Key], budget: int) -> GrammarError:
    """An automaton beyond its budget; the largest counted repeat is the likely cause."""
    copies, key, node = max(
        _repeats(linked, keys), key=lambda found: found[0], default=(0, None, None)
    )
    if key is None or node is None or copies < _MANY:
        key = keys[0]
        return _error(
            linked,
            key,
            linked.rule(key).name_span,
            "too-large",
            f"Rule {rule_name(linked, key)} is too large to be written out as an automaton; "
            f"the work was given up (the limit is {budget:,} states).",
            "Let alternatives start with different words, or use repeats with fewer times.",
        )
    open_end = _OPEN[linked.grammars[key[0]].format]
    return _error(
        linked,
        key,
        node.span,
        "too-large",
        f"The grammar is too large to be written out as an automaton: in rule "
        f"{rule_name(linked, key)} repeats ask for up to {copies:,} copies (the limit is "
        f"{budget:,} states).",
        f"Lower the highest number of times, or leave it open: {open_end}.",
    )


_OPEN = {"abnf": "$digit<1->", "grxml": '<item repeat="1-">', "jsgf": "<digit>+"}


def _repeats(linked: Linked, keys: Many[Key]) -> Iterator[tuple[int, Key, Repeat]]:
    """The counted repeats of all rules: how many copies they ask for with those around them."""
    for key in linked.reachable(tuple(keys)):
        open_nodes = [(linked.rule(key).expression, 1)]
        while open_nodes:
            node, copies = open_nodes.pop()
            if isinstance(node, Repeat):
                copies *= max(1, node.least, node.most or 0)
                yield copies, key, node
            open_nodes += [(child, copies) for child in children(node)]


def _error(
    linked: Linked, key: Key, span: Span, code: str, message: str, hint: str
) -> GrammarError:
    source = linked.grammars[key[0]].source
    place = linked.rule(key).place(span)
    return GrammarError(problems=[source.problem("error", code, place, message, hint)])
