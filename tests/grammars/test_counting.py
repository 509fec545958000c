"""Sentences are counted on the rules, exactly."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from strategies import grammars, language
from trees import GARBAGE, NULL, VOID, alt, grammar, opt, rep, run, seq

from sttprep.errors import GrammarError
from sttprep.grammars.expression import InLanguage, Reference, Tag, Token
from sttprep.grammars.grammar import Grammar, Header

CASES = {
    "one word": (grammar("a"), 1),
    "alternatives": (grammar(alt("a", "b", "c")), 3),
    "the same twice": (grammar(alt("a", "a")), 1),
    "the same phrase twice in a run": (grammar(run("a b | c | a  b")), 2),
    "the same in a run and beside it": (grammar(seq(alt(run("a | b"), "b", Tag("x")))), 3),
    "phrases that go on": (grammar(seq(run("a | a b | c"), opt("b"))), 5),
    "phrases that go on, told apart": (grammar(seq(run("a | a b | c"), opt("d"))), 6),
    "overlap": (grammar(alt("a b", seq("a", alt("b", "c")), seq(opt("a"), "b"))), 3),
    "optional before the same word": (grammar(seq(opt("test"), "test")), 2),
    "optional before another word": (grammar(seq(opt("a"), opt("b"), opt("c"))), 8),
    "product": (grammar(seq("$d", "$d", opt("$d")), d=run("1|2|3|4|5|6|7|8|9|0")), 1100),
    "power": (grammar(rep(alt("a", "b"), 2, 3)), 12),
    "power of something optional": (grammar(rep(opt("a"), 2, 3)), 4),
    "power that overlaps": (grammar(rep(seq(opt("a"), "b", opt("a")), 2, 2)), 12),
    "no power": (grammar(rep("a", 0, 0)), 1),
    "power of never": (grammar(rep(VOID, 0, 3)), 1),
    "power of never, at least once": (grammar(rep(VOID, 1, 3)), 0),
    "never": (grammar(VOID), 0),
    "never in a sequence": (grammar(seq(rep("a", 0, None), VOID)), 0),
    "never, before something endless": (grammar(alt(seq(VOID, rep("a", 0, None)), "a b", "a")), 2),
    "nothing": (grammar(NULL), 1),
    "nothing in two ways": (grammar(alt(NULL, opt("a"), seq())), 2),
    "open": (grammar(rep("a", 0, None)), math.inf),
    "open, of nothing": (grammar(rep(NULL, 0, None)), 1),
    "any words": (grammar(seq("a", GARBAGE)), math.inf),
    "another language": (grammar(InLanguage(alt("a", "b"), "fr")), 2),
    "right recursion": (grammar(alt("a", seq("b", "$root"))), math.inf),
    "centre recursion": (grammar(alt("a", seq("b", "$root", "b"))), math.inf),
    "centre recursion that never ends": (grammar(alt("a", seq("b", "$x"))), 1),
    "only itself": (grammar(alt("$root", "a", "b")), 2),
    "each the other": (grammar(alt("$x", "a"), x=alt("$root", "b")), 2),
    "endless, but never said": (grammar(alt("a", seq("$x", VOID)), x=alt("b", seq("b", "$x"))), 1),
    "an undefined rule": (grammar(alt("$gone", "a")), 1),
    "quoted words": (grammar(alt(Token("a b", quoted=True), "a b")), 1),
    "many digits": (grammar(rep(alt("a", "b"), 5000, 5000)), 2**5000),
    "very many repeats": (grammar(rep("a", 0, 10**12)), 10**12 + 1),
    "repeats of repeats": (grammar(rep(seq("x", rep("a", 0, 999)), 0, 2)), 1 + 1000 + 1000**2),
}


@pytest.mark.parametrize("name", CASES)
def test_count(name: str) -> None:
    """The number of different sentences, from the rules alone."""
    given_grammar, number = CASES[name]
    assert given_grammar.count() == number


def test_fifteen_trillion() -> None:
    """A form with many optional parts is counted without listing its sentences."""
    parts = [
        opt(alt(*(f"w{part}x{word}" for word in range(words))))
        for part, words in enumerate([9] * 13)
    ]
    assert grammar(seq(*parts)).count() == 10**13


def test_roots() -> None:
    """One rule can be counted alone; without a declared root all public rules count together."""
    rules = grammar(alt("a", "b"), x=alt("b", "c", "d")).rules
    public = tuple(type(rule)(rule.name, rule.body, scope="public") for rule in rules)
    both = Grammar("jsgf", Header(name="g"), public)
    assert (both.count(), both.count("x"), both.count("<root>")) == (4, 3, 2)


def test_too_many_digits() -> None:
    """A number with more digits than anyone can use is refused."""
    with pytest.raises(GrammarError) as caught:
        grammar(rep(alt("a", "b"), 0, 10**12)).count()
    assert [problem.code for problem in caught.value.problems] == ["too-large"]


def test_rules_of_other_grammars_have_to_be_at_hand() -> None:
    """What cannot be read cannot be counted."""
    with pytest.raises(GrammarError, match="not loaded"):
        grammar(alt("a", Reference("size", "menu.abnf"))).count()


def test_long_chains_of_rules() -> None:
    """No chain of rules is too long to be counted."""
    names = [f"r{number}" for number in range(3000)]
    chain = dict(zip(names, [f"${name}" for name in names[1:]], strict=False))
    assert grammar("$r0", **chain, **{names[-1]: alt("a", "b")}).count() == 2


@given(grammars("abnf", recursive=True, documented=False, words=("a", "b", "c", "a b")))
@settings(max_examples=80, deadline=None)
def test_count_is_the_automatons(given_grammar: Grammar) -> None:
    """Counting on the rules, on the automaton and by brute force gives one number."""
    number = given_grammar.count()
    expected = language(given_grammar, longest=5)
    if expected is not None:
        assert number >= len(expected)
    try:
        automaton = given_grammar.automaton()
    except GrammarError:
        assert number == math.inf
        return
    assert number == automaton.count()
    if expected is not None and number < math.inf:
        short = automaton.counts(5)
        assert sum(short) == len(expected)
