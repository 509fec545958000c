"""Few short sentences that use everything once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from strategies import grammars
from trees import GARBAGE, VOID, alt, grammar, opt, rep, run, seq


@pytest.mark.parametrize(
    ("body", "rules", "sentences"),
    [
        ("a", {}, ["a"]),
        (VOID, {}, []),
        (opt("a"), {}, ["", "a"]),
        (seq(run("a | b | c"), run("x | y | z")), {}, ["a x", "b y", "c z"]),
        (seq(opt("a"), opt("b"), opt("c")), {}, ["", "a b c"]),
        (rep("a", 2, 5), {}, ["a a", "a a a"]),
        (rep("a", 0, None), {}, ["", "a"]),
        (rep(alt("a", "b"), 2, 2), {}, ["a b"]),
        (alt(seq("a", "$root", "b"), "c"), {}, ["a c b"]),
        (alt(seq("$root", "a"), "b"), {}, ["b a"]),
        (alt("$root", "a"), {}, ["a"]),
        (seq("$x", "$x"), {"x": alt("a", "b")}, ["a b"]),
        (seq(GARBAGE, "a"), {}, ["a"]),
        (alt("$x", "$y", "c"), {"x": "a", "y": seq("$y", "b")}, ["a", "c"]),
    ],
)
def test_cover(body, rules, sentences):
    """The sentences are short, few, and always the same."""
    assert grammar(body, **rules).cover() == sentences


def test_root():
    """Only what the root reaches is covered."""
    known = grammar("a", x=alt("b", "$y"), y="c")
    assert known.cover() == ["a"]
    assert known.cover("x") == ["b", "c"]


def test_long_chains():
    """Rules in long chains are no problem."""
    chain = {f"r{number}": f"$r{number + 1}" for number in range(3000)}
    known = grammar("$r0", **chain, r3000=alt("a", "b"))
    assert known.cover() == ["a", "b"]
    assert known.coverage(["a", "b"]).complete


def test_deep_trees():
    """Groups within groups are no problem."""
    body = alt("a", "b")
    for _ in range(200):
        body = seq(opt(seq(body)))
    known = grammar(body)
    assert known.coverage(known.cover()).complete


def test_long_list():
    """A list needs as many sentences as alternatives, said with everything else there is."""
    known = grammar(seq(opt("please"), run(" | ".join(f"w{n}" for n in range(2000)))))
    found = known.cover()
    assert len(found) == 2000
    assert sum("please" in sentence for sentence in found) == 1


@pytest.mark.parametrize("recursive", [False, True])
def test_covers_everything(recursive):
    """Every sentence is accepted, together they use every part, and none could be left out."""

    @settings(max_examples=80, deadline=None)
    @given(grammars("abnf", documented=False, words=("a", "b", "c d"), recursive=recursive))
    def check(known):
        found = known.cover()
        assert found == known.cover()
        result = known.coverage(found)
        assert (result.complete, result.accepted_rate) == (True, 1)
        for sentence in found:
            others = [other for other in found if other != sentence]
            assert len(found) == 1 or not known.coverage(others).complete or sentence in others

    check()
