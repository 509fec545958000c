"""What sentences use of a grammar, and what is nearest to those it does not accept."""

from __future__ import annotations

import json
from itertools import product

import pytest
from hypothesis import given, settings
from rapidfuzz.distance import Levenshtein
from strategies import grammars, language
from trees import GARBAGE, VOID, alt, grammar, opt, rep, run, seq

from sttprep.grammars import read_grammar
from sttprep.grammars.expression import Tag
from sttprep.grammars.nearest import first_wrong, nearest

MENU = """#ABNF 1.0 UTF-8;
language en-US;
root $order;
$order = [a] $size (tea | iced coffee) please<0-2>;
$size = small | /2/ large;
$never = x;
"""


def table(known, sentences, root=None):
    """Kind, text and count of every part."""
    return [(use.kind, use.text, use.count) for use in known.coverage(sentences, root).uses]


def test_counts():
    """Every part that can be used is listed with the number of sentences that use it."""
    known = read_grammar(MENU)
    sentences = ["a small tea", "small tea please", "large tea please please", "a small tea"]
    assert table(known, sentences) == [
        ("rule", "$order", 4),
        ("said", "[a]", 2),
        ("left out", "[a]", 2),
        ("alternative", "tea", 4),
        ("alternative", "iced coffee", 0),
        ("more rounds", "please<0-2>", 2),
        ("least rounds", "please<0-2>", 2),
        ("rule", "$size", 4),
        ("alternative", "small", 3),
        ("alternative", "large", 1),
    ]
    found = known.coverage(sentences)
    assert (found.sentences, found.accepted, found.rate, found.complete) == (4, 4, 0.9, False)
    assert [(use.text, use.line) for use in found.unused] == [("iced coffee", 4)]


@pytest.mark.parametrize(
    ("body", "rules", "sentences", "parts"),
    [
        (alt("a", VOID), {}, ["a"], [("alternative", "a", 1)]),
        (alt("a", "$x"), {"x": seq("$x", "a")}, ["a"], [("alternative", "a", 1)]),
        (rep("a", 2, 2), {}, ["a a"], []),
        (rep("a", 0, 0), {}, [""], []),
        (rep(VOID, 0, 1), {}, [""], [("left out", "$VOID", 1)]),
        (rep("a", 2, 3), {}, ["a a"], [("more rounds", "a", 0), ("least rounds", "a", 1)]),
        (rep("a", 1, None), {}, ["a a a"], [("more rounds", "a", 1), ("least rounds", "a", 0)]),
        (run("a | b  c"), {}, ["b c"], [("alternative", "a", 0), ("alternative", "b c", 1)]),
        (alt("a", "a"), {}, ["a"], [("alternative", "a", 1), ("alternative", "a", 1)]),
        (
            alt(seq(Tag("t"), "New York"), "b"),
            {},
            ["b"],
            [("alternative", "{t} New York", 0), ("alternative", "b", 1)],
        ),
    ],
)
def test_parts(body, rules, sentences, parts):
    """What no sentence can use is not asked for; several parses count for the parts of all."""
    found = table(grammar(body, **rules), sentences)
    assert found == [("rule", "$root", len(sentences)), *parts]


def test_rules_use_each_other():
    """Recursive rules are counted once for each sentence."""
    known = grammar(alt(seq("a", "$root", "$x"), "b"), x=opt("x"))
    assert table(known, ["a b x", "a a b"]) == [
        ("rule", "$root", 2),
        ("alternative", "a $root $x", 2),
        ("alternative", "b", 2),
        ("rule", "$x", 2),
        ("said", "x", 1),
        ("left out", "x", 1),
    ]


def test_outside():
    """A sentence that is not accepted comes with the place, what was expected and the nearest."""
    known = read_grammar(MENU)
    found = known.coverage(["a big tea", "a small", "", "small tea please please please"])
    assert [str(one) for one in found.outside] == [
        'a big tea: "big" is not expected after "a"; expected: large, small. '
        "Nearest (1 word): a large tea",
        'a small: it is not complete after "small"; expected: iced, tea. '
        "Nearest (1 word): a small tea",
        ": nothing is said; expected: a, large, small. Nearest (2 words): large tea",
        'small tea please please please: "please" is not expected after "please". '
        "Nearest (1 word): small tea please please",
    ]
    assert (found.accepted_rate, found.outside[0].position) == (0, 1)


def test_report():
    """It prints, becomes JSON, a table for a notebook and a data frame."""
    known = read_grammar(MENU)
    found = known.coverage(["a small tea", "a <b>"])
    assert str(found).splitlines()[:3] == [
        "1 of 2 sentences are accepted; they use 6 of 10 parts.",
        "Never used:",
        '  line 4: $order: "[a]" never left out',
    ]
    assert repr(found).startswith("<Coverage 1 of 2 sentences")
    data = json.loads(json.dumps(found.to_json()))
    assert data["uses"][0] == {
        "kind": "rule",
        "rule": "order",
        "text": "$order",
        "line": 4,
        "count": 1,
        "grammar": "",
    }
    assert data["outside"][0]["expected"] == ["large", "small"]
    assert list(found.frame()["count"]) == [use.count for use in found.uses]
    html = found._repr_html_()
    assert "<caption>Never used (4)</caption>" in html
    assert "a &lt;b&gt;" in html
    nothing = known.coverage([])
    assert (nothing.accepted_rate, nothing.rate, len(nothing.frame())) == (1, 0, 10)
    unsaid = grammar(VOID).coverage(["a"])
    assert (unsaid.rate, unsaid.outside[0].nearest) == (1, None)


def test_long_lists_are_cut():
    """Reports name the first few of many."""
    found = grammar(run(" | ".join(f"w{n}" for n in range(50)))).coverage(["w1", "y"])
    assert "  … and 19 more" in str(found)
    assert "w17, …" in str(found)


@pytest.mark.parametrize(
    ("body", "sentence", "near", "wrong"),
    [
        ("a b c", "a c", ("a b c", 1), (1, ("b",))),
        ("a b c", "x a b c", ("a b c", 1), (0, ("a",))),
        ("a b", "a b", ("a b", 0), (2, ())),
        (VOID, "a", None, (0, ())),
        (seq("a", GARBAGE), "b b", ("a b", 1), (0, ("a",))),
        (seq(GARBAGE, "a"), "b b", ("b a", 1), (2, ("a",))),
        (alt(seq("a", "$root", "b"), "c"), "a a b", ("a c b", 1), (2, ("a", "c"))),
        (alt(seq("$root", "+", "$mid"), "x"), "x x", ("x", 1), (1, ("+",))),
        (alt(seq("$root", "+", "$root"), "x"), "x x", None, (1, ("+",))),
    ],
)
def test_nearest(body, sentence, near, wrong):
    """The nearest sentence takes the fewest changes; recursion at both ends is not searched."""
    known = grammar(body, mid=alt(seq("a", "$mid", "b"), "m"))
    assert nearest(known, sentence) == near
    assert first_wrong(known, sentence) == wrong


@settings(max_examples=60, deadline=None)
@given(grammars("abnf", documented=False, words=("a", "b", "c d"), specials=False))
def test_nearest_against_brute_force(known):
    """No sentence is nearer than the one given, and it is as far as it is said to be."""
    wanted = language(known, longest=4, most=2000)
    if not wanted:
        return
    for words in product(("a", "c", "x"), repeat=2):
        text, distance = nearest(known, words)
        assert known.accepts(text)
        assert Levenshtein.distance(text.split(), words) == distance
        assert distance <= min(Levenshtein.distance(one, words) for one in wanted)
        reached, expected = first_wrong(known, words)
        starts = {one[:length] for one in wanted for length in range(4)}
        assert reached >= max(n for n in range(3) if words[:n] in starts or n == 0)
        following = {one[reached] for one in wanted if one[:reached] == words[:reached] != one}
        assert following <= set(expected)
