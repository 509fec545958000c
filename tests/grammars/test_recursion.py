"""Productive, nullable and recursive rules, against slow and obvious accounts of them."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sttprep.grammars.expression import (
    Alternatives,
    Reference,
    Repeat,
    Sequence,
    Special,
    Tag,
    Token,
    children,
    walk,
)
from sttprep.grammars.facts import find_facts
from sttprep.grammars.grammar import Body, Grammar, Header, Rule
from sttprep.grammars.link import link
from sttprep.grammars.rule_graph import reachable, recursive_components, strong_components

NAMES = ("p", "q", "r", "s")


def components(linked, keys):
    """The rules that some rules lead to, those that lead to one another together."""
    graph = linked.graph
    live = list(graph.targets)  # without uses that would be recursive but can never be taken
    for component in recursive_components(graph.targets):
        for number in component:
            kept = {use.target for use in graph.uses[number]}
            live[number] = [to for to in live[number] if to not in component or to in kept]
    found = strong_components(live, [graph.number(key) for key in keys])
    return [tuple(graph.keys[number] for number in component) for component in found]


def classify(linked, component):
    """The kind of recursion of a component; None where it is not recursive."""
    graph = linked.graph
    number = graph.number(component[0])
    return next((found.kind for found in graph.recursions if number in found.rules), None)


def grammar(**rules):
    """Rules by their expressions; the first is the root."""
    made = tuple(Rule(name, Body(expression)) for name, expression in rules.items())
    return Grammar("abnf", Header(root=made[0].name), made)


TOKENS = st.sampled_from([Token("a"), Token("b")])
LEAVES = st.one_of(
    TOKENS,
    st.sampled_from(NAMES).map(Reference),
    st.sampled_from([Special("NULL"), Special("VOID"), Special("GARBAGE"), Tag("t"), Sequence(())]),
)


def expressions():
    """Small expressions, rich in references and in what may be nothing."""

    def larger(inner):
        from sttprep.grammars.expression import Alternative

        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        bounds = st.sampled_from([(0, 1), (0, None), (1, None), (2, 2), (0, 0)])
        return st.one_of(
            several.map(Sequence),
            several.map(lambda items: Alternatives(tuple(Alternative(item) for item in items))),
            st.builds(lambda body, bound: Repeat(body, *bound), inner, bounds),
        )

    return st.recursive(LEAVES, larger, max_leaves=6)


GRAMMARS = st.fixed_dictionaries({name: expressions() for name in NAMES}).map(
    lambda rules: grammar(**rules)
)
LONGEST = 3


def sentences(grammar):
    """Rule → its sentences of up to three words, found round by round until nothing is new."""
    known = {rule.name: frozenset() for rule in grammar.rules}
    while True:
        new = {rule.name: said(rule.expression, known) for rule in grammar.rules}
        if new == known:
            return known
        known = new


def said(node, known):
    """The sentences of up to three words of a node."""
    if isinstance(node, Token):
        return frozenset({(node.text,)})
    if isinstance(node, Reference):
        return known[node.rule]
    if isinstance(node, Special):
        garbage = (words for n in range(LONGEST + 1) for words in product("ab", repeat=n))
        return {"NULL": frozenset({()}), "VOID": frozenset()}.get(node.name) or (
            frozenset(garbage) if node.name == "GARBAGE" else frozenset()
        )
    if isinstance(node, Tag):
        return frozenset({()})
    if isinstance(node, Alternatives):
        return frozenset().union(*(said(item.expression, known) for item in node.items))
    if isinstance(node, Sequence):
        found = frozenset({()})
        for item in node.items:
            found = joined(found, said(item, known))
        return found
    body = said(node.body, known)
    most = LONGEST if node.most is None else node.most
    found, rounds = frozenset({()}), frozenset()
    for number in range(max(most, node.least) + 1):
        if node.least <= number <= max(most, node.least):
            rounds |= found
        found = joined(found, body)
    return rounds


def joined(left, right):
    """Each of one followed by each of the other, no more than three words."""
    both = (first + second for first in left for second in right)
    return frozenset(words for words in both if len(words) <= LONGEST)


def completed(grammar):
    """The rules with some sentence of any length: every reference counts by its rule."""
    known = set()
    while True:
        new = {rule.name for rule in grammar.rules if ends(rule.expression, known)}
        if new == known:
            return known
        known = new


def ends(node, known):
    """Whether a node has a sentence when these rules have one."""
    if isinstance(node, Reference):
        return node.rule in known
    if isinstance(node, Special):
        return node.name != "VOID"
    if isinstance(node, Alternatives):
        return any(ends(item.expression, known) for item in node.items)
    if isinstance(node, Repeat):
        return node.least == 0 or ends(node.body, known)
    return all(ends(child, known) for child in children(node))


@settings(max_examples=80, deadline=None)
@given(GRAMMARS)
def test_productive_and_nullable_rules(grammar):
    """Those found are those with a sentence, and those with the empty one."""
    graph = link(grammar).graph
    names = [name for _, name in graph.keys]
    assert {name for name, yes in zip(names, graph.productive, strict=True) if yes} == completed(
        grammar
    )
    known = sentences(grammar)
    assert graph.nullable == [() in known[name] for name in names]


@settings(max_examples=80, deadline=None)
@given(GRAMMARS)
def test_a_rule_without_words_has_no_sentence_with_words(grammar):
    """What is called not wordy says nothing but the empty sentence."""
    graph = link(grammar).graph
    known = sentences(grammar)
    for (_, name), wordy in zip(graph.keys, graph.wordy, strict=True):
        assert wordy or known[name] <= {()}


EDGES = st.lists(st.lists(st.integers(0, 5), max_size=3), min_size=6, max_size=6)


@given(EDGES)
def test_components_are_the_rules_that_lead_to_one_another(targets):
    """Each rule once; two are together if each is reached from the other; users come later."""
    reach = [set(reachable(targets, [number])) for number in range(6)]
    found = strong_components(targets, range(6))
    assert sorted(number for component in found for number in component) == list(range(6))
    for component in found:
        for number in component:
            together = {other for other in reach[number] if number in reach[other]}
            assert together == set(component)
    place = {number: at for at, component in enumerate(found) for number in component}
    assert all(place[target] <= place[user] for user in range(6) for target in targets[user])


@given(EDGES)
def test_recursive_components_lead_back_to_themselves(targets):
    """A rule is in one if some way leads from it to itself."""
    found = recursive_components(targets)
    back = {
        number for number in range(6) if any(
            number in reachable(targets, [target]) for target in targets[number]
        )
    }  # fmt: skip
    assert {number for component in found for number in component} == back
    assert found == sorted(found)
    assert set(found) <= set(strong_components(targets, range(6)))


def derivations(grammar, name, rounds):
    """Sentential forms of a rule: words and rule names, references replaced up to some rounds."""
    forms = {(name,)}
    for _ in range(rounds):
        new = set()
        for form in forms:
            for at, symbol in enumerate(form):
                if symbol in NAMES:
                    for inside in shapes(grammar.by_name[symbol].expression):
                        new.add((*form[:at], *inside, *form[at + 1 :]))
        forms |= {form for form in new if len(form) <= 6}
    return forms


def shapes(node):
    """Sequences of words and rule names a node stands for, repeats up to two times."""
    if isinstance(node, Token):
        return {(node.text,)}
    if isinstance(node, Reference):
        return {(node.rule,)}
    if isinstance(node, Special):
        return {"NULL": {()}, "VOID": set(), "GARBAGE": {(), ("a",)}}[node.name]
    if isinstance(node, Tag):
        return {()}
    if isinstance(node, Alternatives):
        return set().union(*(shapes(item.expression) for item in node.items))
    if isinstance(node, Sequence):
        found = {()}
        for item in node.items:
            found = {left + right for left in found for right in shapes(item)}
        return found
    inner, found, all_found = shapes(node.body), {()}, set()
    for number in range(3):
        if node.least <= number and (node.most is None or number <= node.most):
            all_found |= found
        found = {left + right for left in found for right in inner}
    return all_found


@settings(max_examples=60, deadline=None)
@given(GRAMMARS)
def test_no_rule_called_regular_embeds_itself(grammar):
    """Where a rule derives itself between words, its recursion is called centre recursion."""
    linked = link(grammar)
    kinds = {
        key: classify(linked, component)
        for component in components(linked, tuple(linked))
        for key in component
    }
    graph = linked.graph
    dead = {name for (_, name), yes in zip(graph.keys, graph.productive, strict=True) if not yes}
    for name in NAMES:
        if any(len(shapes(rule.expression)) > 30 for rule in grammar.rules):
            return  # enough is said with smaller ones
        for form in derivations(grammar, name, 3):
            if dead & set(form) or name not in form[1:-1]:
                continue
            at = form.index(name, 1)
            if set(form[:at]) & {"a", "b"} and set(form[at + 1 :]) & {"a", "b"}:
                assert kinds[0, name] == "centre"


@settings(max_examples=80, deadline=None)
@given(GRAMMARS)
def test_every_recursive_rule_has_a_kind(grammar):
    """A kind is told of the rules that use themselves in a place that can be said, of no others."""
    linked = link(grammar)
    uses = {name: set().union(*shapes(grammar.by_name[name].expression), ()) for name in NAMES}
    targets = [[NAMES.index(symbol) for symbol in uses[name] if symbol in NAMES] for name in NAMES]
    for component in components(linked, tuple(linked)):
        kind = classify(linked, component)
        numbers = [NAMES.index(name) for _, name in component]
        if kind is not None:
            assert any(set(numbers) <= set(found) for found in recursive_components(targets))


@pytest.mark.parametrize(
    ("node", "productive", "nullable", "wordy"),
    [
        (Token("a"), True, False, True),
        (Reference("x"), "x", "x", "x"),
        (Special("VOID"), False, False, False),
        (Special("GARBAGE"), True, True, True),
        (Sequence(()), True, True, False),
        (Sequence((Reference("x"), Token("a"))), "x", False, True),
        (Sequence((Reference("x"), Special("VOID"))), False, False, False),
        (Sequence((Reference("x"), Reference("y"))), (True, ("x", "y")), (True, ("x", "y")),
         (False, ("x", "y"))),
        (Repeat(Reference("x"), 0, 1), True, True, "x"),
        (Repeat(Reference("x"), 2, None), "x", "x", "x"),
        (Repeat(Reference("x"), 0, 0), True, True, False),
    ],
)  # fmt: skip
def test_facts_of_single_nodes(node, productive, nullable, wordy):
    """What depends on other rules stays open."""
    facts = find_facts(node)
    assert (facts.productive, facts.nullable, facts.wordy) == (productive, nullable, wordy)


def test_references_are_found_in_order():
    """Those of runs are none; names are listed once."""
    node = Sequence((Reference("x"), Repeat(Reference("y", "g"), 0, 1), Reference("x")))
    assert Body(node).references == tuple(n for n in walk(node) if isinstance(n, Reference))
    assert Body(node).facts.names == ("x",)


def test_a_component_comes_after_what_it_uses():
    """Rules that lead to one another stand together, and each has its kind."""
    a = Token("a")
    linked = link(
        grammar(
            p=Sequence((a, Reference("q"))),
            q=Repeat(Sequence((a, Reference("r"))), 0, 1),
            r=Sequence((Reference("q"), Repeat(Reference("s"), 0, 1))),
            s=Repeat(Sequence((a, Reference("s"))), 0, 1),
        )
    )
    found = components(linked, linked.roots())
    assert found == [((0, "s"),), ((0, "q"), (0, "r")), ((0, "p"),)]
    assert [classify(linked, component) for component in found] == ["right", "centre", None]
