"""Two grammars compared: equivalence, shortest witnesses, counts, what is not exact."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from strategies import grammars, language
from trees import GARBAGE, VOID, alt, grammar, opt, rep, run, seq

from sttprep.errors import GrammarError
from sttprep.grammars import compare as module
from sttprep.grammars import read_grammar
from sttprep.grammars.automaton import OTHER

NESTED = alt(seq("a", "$root", "b"), "a b")


@pytest.mark.parametrize(
    ("left", "right", "only_left", "only_right", "counts"),
    [
        (alt("a", "b"), alt("b", "a"), (), (), (0, 0)),
        (rep("a", 1, None), alt(seq("a", "$root"), "a"), (), (), (0, 0)),
        (rep("a", 1, None), alt(seq("$root", "a"), "a"), (), (), (0, 0)),
        (opt("a"), "a", ("",), (), (1, 0)),
        (alt("a", "b c"), alt("a", "b d"), ("b c",), ("b d",), (1, 1)),
        (VOID, run("b | a | c d"), (), ("a", "b", "c d"), (0, 3)),
        (
            rep("a", 0, None),
            rep("a", 2, 3),
            ("", "a", "a a a a", "a a a a a", "a a a a a a"),
            (),
            (math.inf, 0),
        ),
        (GARBAGE, rep("a", 0, 1), (OTHER, f"a {OTHER}", f"{OTHER} {OTHER}"), (), (math.inf, 0)),
        (seq(GARBAGE, "a"), GARBAGE, (), ("", OTHER), (0, math.inf)),
        (seq(GARBAGE, "a"), seq(GARBAGE, "a"), (), (), (0, 0)),
        (seq(GARBAGE, "a"), alt("a", "b a"), ("a a", f"{OTHER} a"), (), (math.inf, 0)),
    ],
)
def test_regular(left, right, only_left, only_right, counts):
    """Grammars with automata are compared exactly: the shortest sentences and their number."""
    found = grammar(left).diff(grammar(right))
    assert found.exact
    assert found.equivalent == (counts == (0, 0))
    assert found.only_left[: len(only_left)] == only_left
    assert found.only_right[: len(only_right)] == only_right
    assert (found.count_only_left, found.count_only_right) == counts
    assert len(found.only_left) == min(5, counts[0])
    assert len(found.only_right) == min(5, counts[1])


@pytest.mark.parametrize(
    ("left", "right", "only_left", "only_right"),
    [
        (NESTED, NESTED, (), ()),
        (NESTED, rep("a b", 1, 1), ("a a b b", "a a a b b b"), ()),
        (NESTED, "a b a", ("a b", "a a b b"), ("a b a",)),
        (rep("a", 0, 1), NESTED, ("", "a"), ("a b", "a a b b")),
        (alt("x", seq("(", "$root", ")")), alt("x", seq("(", "$root", ")"), "y"), (), ("y",)),
        (alt(seq("$root", "+", "$root", "y"), "x"), "x", ("x + x y",), ()),
        (alt(seq("$root", "+", "$root"), "x"), alt(seq("x", "+", "$root"), "x"), (), ()),
        (alt(seq("$root", "+", "$root"), "x"), "x", ("x + x", "x + x + x"), ()),
    ],
)
def test_recursive(left, right, only_left, only_right):
    """Other recursion is compared by the shortest sentences, and the answer says so."""
    found = grammar(left).diff(grammar(right))
    assert found.only_left[: len(only_left)] == only_left
    assert found.only_right[: len(only_right)] == only_right
    assert found.equivalent == (not only_left and not only_right)


def test_recursive_answers_are_marked():
    """An answer from the shortest sentences has no counts; it is exact if those were all."""
    same = grammar(NESTED).diff(grammar(NESTED))
    assert (same.equivalent, same.exact, same.count_only_left) == (True, False, None)
    assert str(same) == "Equivalent: both accept the same sentences, as far as compared."
    assert repr(same) == "<GrammarDiff equivalent, not exact>"
    other = grammar(NESTED).diff(grammar("a b"))
    assert str(other).startswith('Not equivalent.\nonly left, some: "a a b b",')
    finite = grammar(alt("a", seq(VOID, "$root", "b"))).diff(grammar("a"))
    assert finite.equivalent


def test_budget(monkeypatch):
    """A comparison that takes too long stops and says that it is not exact."""
    monkeypatch.setattr(module, "BUDGET", 30)
    found = grammar(NESTED).diff(grammar(seq("$x"), x=alt(seq("a", "$x", "b"), "a b")))
    assert (found.equivalent, found.exact) == (True, False)


def test_roots_may_differ():
    """Each side has its own root."""
    known = grammar("$x", x=alt("a", "b"), y="a")
    assert known.diff(known).equivalent
    assert known.diff(known, other_root="y").only_left == ("b",)
    assert known.diff(known, "y", "y").equivalent


def test_report():
    """It prints, and shows as a table, which sentences only one side accepts."""
    found = grammar(run("tea | <b> | milk")).diff(grammar(rep("tea", 0, None)))
    assert str(found).splitlines() == [
        "Not equivalent.",
        'only left, 2: "<b>", "milk"',
        'only right, endlessly many: "", "tea tea", "tea tea tea", "tea tea tea tea", '
        '"tea tea tea tea tea", …',
    ]
    assert repr(found) == "<GrammarDiff only left 2, only right endlessly many>"
    assert found.to_json() == {
        "equivalent": False,
        "exact": True,
        "only_left": ["<b>", "milk"],
        "only_right": ["", *(" ".join(["tea"] * n) for n in range(2, 6))],
        "count_only_left": 2,
        "count_only_right": None,
    }
    html = found._repr_html_()
    assert "<td>only left (2)</td><td>&lt;b&gt;</td>" in html
    assert "(nothing said)" in html


@settings(max_examples=80, deadline=None)
@given(
    grammars("abnf", documented=False, words=("a", "b", "c d"), specials=False),
    grammars("abnf", documented=False, words=("a", "b", "c d"), specials=False),
)
def test_against_brute_force(left, right):
    """The sentences shown are the shortest of those that brute force finds on one side only."""
    one = language(left, longest=3, most=2000)
    other = language(right, longest=3, most=2000)
    if one is None or other is None:
        return
    found = left.diff(right)
    assert not found.equivalent or one == other
    for shown, wanted in ((found.only_left, one - other), (found.only_right, other - one)):
        ordered = sorted(wanted, key=lambda words: (len(words), words))
        short = [tuple(text.split()) for text in shown if len(text.split()) <= 3]
        assert short == ordered[:5]


def test_counts_of_thousands_of_digits_are_shown():
    """Python does not write such numbers out, and no float holds them."""
    head = "#ABNF 1.0;\nlanguage en-US;\nroot $r;\n"
    left, right = (read_grammar(f"{head}$r = (a | b)<{n}>;\n") for n in (2000, 2001))
    found = left.diff(right)
    assert found.count_only_left == 2**2000
    assert found.to_json()["count_only_right"] == 2**2001
    assert "about 1.15 × 10^602" in str(found)


def test_a_path_is_no_grammar():
    """The text says how to make one of it."""
    left = read_grammar("#ABNF 1.0;\nlanguage en-US;\nroot $r;\n$r = a;\n")
    with pytest.raises(GrammarError, match=r'read_grammar\("other.abnf"\)'):
        left.diff("other.abnf")
