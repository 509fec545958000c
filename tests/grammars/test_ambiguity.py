"""Sentences with several parses: found, shortest, explained; none reported where there is none."""

from __future__ import annotations

import json
import math
from itertools import product

import pytest
from hypothesis import given, settings
from strategies import grammars
from trees import GARBAGE, NULL, alt, grammar, opt, rep, run, seq

from sttprep.errors import GrammarError
from sttprep.grammars import ambiguity as module
from sttprep.grammars import read_grammar
from sttprep.grammars.ambiguity import ambiguity
from sttprep.grammars.automaton import OTHER
from sttprep.grammars.chart import Chart
from sttprep.grammars.expression import Tag
from sttprep.grammars.net import network


def ways(known, words):
    """Number of ways to match a sentence."""
    roots = known.linked.roots()
    return Chart(network(known), roots, words, every=True, strict=True).count()


@pytest.mark.parametrize(
    ("body", "rules", "sentence", "count"),
    [
        (alt("a", "b", "a"), {}, "a", 2),
        (run("a | b | c a | b"), {}, "b", 2),
        (opt(opt("a")), {}, "", 2),
        (rep(opt("a"), 0, None), {}, "", math.inf),
        (rep(opt("a"), 0, 3), {}, "", 4),
        (rep(opt("a"), 2, 2), {}, "a", 2),
        (rep(NULL, 1, None), {}, "", math.inf),
        (seq(opt("a"), opt("a")), {}, "a", 2),
        (seq(alt("a", "a b"), alt("b c", "c")), {}, "a b c", 2),
        (alt(seq("$x", "b"), seq("$y", "b")), {"x": "a", "y": "a"}, "a b", 2),
        (alt("$root", "a"), {}, "a", math.inf),
        (alt(seq("$root", "a"), "a", "b"), {"x": "a"}, None, 0),
        (alt(seq("a", "$root"), "a a", "b"), {}, None, 0),
        (alt(seq("a", "$root"), "a", "a a"), {}, "a a", 2),
        (alt(seq("$root", "a"), "a", "b a"), {}, None, 0),
        (alt(seq("$root", "a"), "b a", "b", "a a"), {}, "b a", 2),
        (alt(seq("a", "$root", "b"), "a b"), {}, None, 0),
        (alt(seq("a", "$root", "b"), "a b", "a a b b"), {}, "a a b b", 2),
        (alt(seq("$root", "$plus", "$root"), "x"), {"plus": "plus"}, "x plus x plus x", 2),
        (alt(seq("$root", "$root"), "a"), {}, "a a a", 2),
        (seq(GARBAGE, "a", GARBAGE), {}, "a a", 2),
        (seq(GARBAGE, GARBAGE), {}, OTHER, 2),
        (alt(GARBAGE, "a"), {}, "a", 2),
        (alt("a", seq("a", Tag("x"))), {}, "a", 2),
        (seq(Tag("x"), "a", Tag("y")), {}, None, 0),
        (rep(alt("a", "a a"), 10, 20), {}, " ".join(["a"] * 11), 11),
    ],
)
def test_shortest(body, rules, sentence, count):
    """The sentence is a shortest one with several parses; their number is exact."""
    found = grammar(body, **rules).ambiguity()
    if sentence is None:
        assert found is None
        return
    assert found is not None
    assert (found.sentence, found.count) == (sentence, count)
    assert [one.sentence for one in found.parses] == [sentence, sentence]


def test_report():
    """The finding names the place where two parses part, and what each of them does there."""
    known = read_grammar(
        "#ABNF 1.0 UTF-8;\nlanguage en-US;\nroot $order;\n"
        "$order = $drink [please] | (tea) please;\n$drink = tea;\n"
    )
    found = ambiguity(known)
    assert str(found).splitlines() == [
        '"tea please" is matched in 2 ways:',
        'line 4, column 10: alternative 1 of 2 ($drink [please]): $order[$drink["tea"],"please"]',
        'line 4, column 10: alternative 2 of 2 ((tea) please): $order["tea","please"]',
    ]
    assert repr(found) == "<Ambiguity 'tea please': 2 parses>"
    assert found.to_json()["parses"][1] == {
        "rule": "order",
        "start": 0,
        "end": 2,
        "children": ["tea", "please"],
    }
    html = found._repr_html_()
    assert "alternative 2 of 2" in html
    assert "(line 4, column 10)" in html


@pytest.mark.parametrize(
    ("body", "place", "one", "other"),
    [
        (seq(opt("a"), opt("a")), "rule root", "a said", "a left out"),
        (seq(rep("a", 0, None), rep("a", 0, 2)), "rule root", "a once more after 0", "a ends"),
        (seq(rep("a", 1, None), rep("a", 0, 2)), "rule root", "a once more after 1", "a ends"),
        (seq(GARBAGE, "a", GARBAGE), "GARBAGE", "takes no more words", "takes one word more"),
        (rep(opt("a"), 0, None), "rule root", "once more", "ends"),
    ],
)
def test_what_differs(body, place, one, other):
    """Optional parts, repeats and GARBAGE are explained in words."""
    found = grammar(body).ambiguity()
    assert found.where == place
    assert sorted((one in found.ways[0], other in found.ways[1])) == [True, True] or (
        one in found.ways[1] and other in found.ways[0]
    )


def test_endless_ways_are_named():
    """Where something goes round without a word, the number of ways has no end."""
    found = grammar(rep(opt("a"), 0, None)).ambiguity()
    assert str(found).startswith("The empty sentence is matched in endlessly many ways:")
    assert json.loads(json.dumps(found.to_json()))["count"] is None


def test_several_roots():
    """Two public rules that match the same sentence are two ways."""
    known = read_grammar("#JSGF V1.0;\ngrammar g;\npublic <x> = a b;\npublic <y> = b | a b;\n")
    found = known.ambiguity()
    assert found.sentence == "a b"
    assert [one.rule for one in found.parses] == ["x", "y"]
    assert (found.where, found.ways) == ("root", ("rule x", "rule y"))
    assert known.ambiguity("x") is None


def test_too_large(monkeypatch):
    """A search that takes too long is given up with an error, or, under recursion, with None."""
    monkeypatch.setattr(module, "BUDGET", 20)
    with pytest.raises(GrammarError, match="too large to look for"):
        grammar(seq(*["$x"] * 9), x=alt("a", "b c", "d")).ambiguity()
    assert grammar(alt(seq("a", "$root", "b"), "a b", "a a b b")).ambiguity() is None


def test_large_list():
    """One double in a long list is found."""
    phrases = [f"w{number} x{number % 7}" for number in range(3000)]
    assert grammar(run(" | ".join(phrases))).ambiguity() is None
    found = grammar(run(" | ".join([*phrases, "w1234 x2"]))).ambiguity()
    assert found.sentence == "w1234 x2"


@pytest.mark.parametrize("recursive", [False, True])
def test_against_brute_force(recursive):
    """A sentence is reported exactly if there is one, and no shorter one has several parses."""

    @settings(max_examples=60, deadline=None)
    @given(grammars("abnf", documented=False, words=("a", "b", "c d"), recursive=recursive))
    def compare(known):
        found = ambiguity(known)
        shortest = min(
            (
                length
                for length in range(4)
                for words in product(("a", "b", "c", "d", OTHER), repeat=length)
                if ways(known, words) > 1
            ),
            default=math.inf,
        )
        if found is None:
            assert shortest == math.inf
        else:
            length = len(found.sentence.split())
            assert length == shortest or (length > 3 and shortest == math.inf)
            assert ways(known, found.sentence.split()) == found.count > 1

    compare()
