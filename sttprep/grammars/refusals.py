"""Why a grammar has no automaton, with the place and the way out."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Many
from typing import TYPE_CHECKING

from sttprep.errors import GrammarError
from sttprep.grammars.expression import Reference, Repeat, Special, children
from sttprep.grammars.link import Key, Linked
from sttprep.source import Span

if TYPE_CHECKING:
    from sttprep.grammars.grammar import Grammar
    from sttprep.grammars.linear import Component

__all__ = [
    "is_external",
    "no_garbage",
    "no_sentences",
    "not_regular",
    "rule_name",
    "too_large",
    "unknown_rule",
]

_MANY = 100  # a counted repeat from which on it is named as the likely cause
_SHOWN = 8  # rules of a cycle that are named


def rule_name(linked: Linked, key: Key) -> str:
    """A rule as its grammar writes it: ``$size``, ``<size>``, ``'size'``."""
    forms = {"abnf": f"${key[1]}", "jsgf": f"<{key[1]}>", "grxml": f"'{key[1]}'"}
    return forms[linked.grammars[key[0]].format]


def is_external(linked: Linked, key: Key, reference: Reference) -> bool:
    """Whether a reference that leads nowhere means a rule of another grammar."""
    imports = linked.grammars[key[0]].header.imports
    return reference.grammar is not None or any(
        known.rule in ("*", reference.rule) for known in imports
    )


def unknown_rule(linked: Linked, key: Key, reference: Reference) -> GrammarError:
    """A rule of a grammar that is not at hand."""
    other = f"'{reference.grammar}'" if reference.grammar else "an imported grammar"
    name = "the root rule" if reference.rule is None else f"rule '{reference.rule}'"
    return _error(
        linked,
        key,
        reference.span,
        "external-rule",
        f"Rule {rule_name(linked, key)} uses {name} of {other}, which could not be read.",
        "Keep the other grammar in a file beside this one, or copy the rule into this grammar.",
    )


def not_regular(linked: Linked, component: Component) -> GrammarError:
    """Rules that refer to themselves with words on both sides."""
    key, uses = next(
        (key, uses) for key, uses in component.members.items() if any(use.after for use in uses)
    )
    use = next(use for use in uses if use.after)
    names = [rule_name(linked, member) for member in _cycle(component, key, use.target)]
    if len(names) > _SHOWN:
        names[_SHOWN // 2 : -_SHOWN // 2] = ["…"]
    return _error(
        linked,
        key,
        use.reference.span,
        "not-regular",
        f"Rule {names[0]} contains itself with words on both sides ({' → '.join(names)}), "
        "so no automaton can describe its sentences.",
        "Let the rule refer to itself only at its end, or say how often with a repeat: "
        f"{_REPEAT[linked.grammars[key[0]].format]}.",
    )


_REPEAT = {
    "abnf": "$list = $item<1-10>",
    "grxml": '<item repeat="1-10"><ruleref uri="#item"/></item>',
    "jsgf": "<list> = <item> [<item>] [<item>]",
}


def _cycle(component: Component, start: Key, second: Key) -> list[Key]:
    """A shortest way from a rule over a rule it uses back to itself."""
    came_from: dict[Key, Key] = {}
    found = [second]
    for key in found:  # grows meanwhile
        if key == start:
            break
        for use in component.members[key]:
            if use.target not in came_from and use.target != second:
                came_from[use.target] = key
                found.append(use.target)
    way = [start]
    while way[-1] != second:
        way.append(came_from[way[-1]])
    return [start, *reversed(way)]


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


def too_large(linked: Linked, keys: Many[Key], budget: int) -> GrammarError:
    """An automaton beyond its budget; the largest counted repeat is the likely cause."""
    copies, key, node = max(
        _repeats(linked, keys), key=lambda found: found[0], default=(0, None, None)
    )
    size = f"more than {budget:,} states"
    if key is None or node is None or copies < _MANY:
        key = keys[0]
        return _error(
            linked,
            key,
            linked.rule(key).name_span,
            "too-large",
            f"Written out as an automaton, rule {rule_name(linked, key)} needs {size}.",
            "Make alternatives start with different words, or use repeats with fewer times.",
        )
    return _error(
        linked,
        key,
        node.span,
        "too-large",
        f"Written out as an automaton, the grammar needs {size}: "
        f"in rule {rule_name(linked, key)} repeats ask for up to {copies:,} copies.",
        "Lower the highest number of times, or leave it open, as in <1->.",
    )


def _repeats(linked: Linked, keys: Many[Key]) -> Iterator[tuple[int, Key, Repeat]]:
    """The counted repeats of all rules: how many copies they ask for with those around them."""
    seen = set(keys)
    found = list(keys)
    for key in found:  # grows meanwhile
        rule = linked.rule(key)
        for reference in rule.body.references:
            target = linked.target(key, reference)
            if target is not None and target not in seen:
                seen.add(target)
                found.append(target)
        open_nodes = [(rule.expression, 1)]
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
