"""What can be asked of an automaton."""

from __future__ import annotations

import math
from itertools import islice, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sttprep.grammars.automaton import ANY, OTHER, Automaton, in_order
from sttprep.grammars.minimise import numbered, partition

NONE = Automaton([{}], [False])
SILENCE = Automaton([{}], [True])
DRINKS = Automaton([{"a": 1, "tea": 2}, {"tea": 2}, {"please": 3}, {}], [False, False, True, True])
LOOP = Automaton([{"a": 0, "b": 1}, {}], [False, True])
ANYTHING = Automaton([{"end": 1, ANY: 0}, {}], [False, True])


@pytest.mark.parametrize(
    ("automaton", "sentences"),
    [
        (NONE, []),
        (SILENCE, [""]),
        (DRINKS, ["tea", "a tea", "tea please", "a tea please"]),
        (LOOP, ["b", "a b", "a a b", "a a a b"]),
        (ANYTHING, ["end", f"{OTHER} end", f"{OTHER} {OTHER} end"]),
        (Automaton([{"B": 1, "a": 1, "é": 1}, {}], [True, True]), ["", "B", "a", "é"]),
    ],
)
def test_sentences_are_in_order(automaton: Automaton, sentences: list[str]) -> None:
    """Fewer words come first, then code points decide; a word may stand for any word."""
    assert list(islice(automaton.sentences(), len(sentences) or 1)) == sentences
    assert automaton.shortest() == (sentences[0] if sentences else None)


def test_sentences_are_made_one_by_one() -> None:
    """The first sentences of a very long list come at once, and long ones without deep calls."""
    digits = [{str(digit): at + 1 for digit in range(10)} for at in range(40)]
    many = Automaton([*digits, {}], [False] * 40 + [True])
    assert next(many.sentences()) == " ".join("0" * 40)
    long = Automaton([{"a": at + 1} for at in range(3000)] + [{}], [False] * 3000 + [True])
    assert list(long.sentences()) == [" ".join("a" * 3000)]


def test_counts() -> None:
    """Sentences are counted without being listed; loops and any words have no end."""
    assert [automaton.count() for automaton in (NONE, SILENCE, DRINKS)] == [0, 1, 4]
    assert LOOP.count() == ANYTHING.count() == math.inf
    assert Automaton([{ANY: 1}, {}], [False, True]).count() == math.inf
    assert LOOP.counts(3) == [0, 1, 1, 1]
    assert DRINKS.counts(4) == [0, 1, 2, 1, 0]
    assert ANYTHING.counts(2) == [0, 1, math.inf]


def test_ways_are_ends_of_sentences() -> None:
    """Each state knows in how many ways a sentence can go on from it."""
    assert DRINKS.ways == [4, 2, 2, 1]


@pytest.mark.parametrize(
    ("sentence", "accepted"),
    [
        ("end", True),
        ("x end", True),
        ("x y end", True),
        ("x", False),
        ("end end", False),
        ("", False),
    ],
)
def test_any_word(sentence: str, accepted: bool) -> None:
    """A named word takes its own way, all others the one for any word."""
    assert ANYTHING.accepts(sentence.split()) is accepted


def test_vocabulary() -> None:
    """Every word that is named, and nothing else."""
    assert DRINKS.vocabulary() == {"a", "tea", "please"}
    assert ANYTHING.vocabulary() == {"end"}
    assert NONE.vocabulary() == frozenset()


def test_equality() -> None:
    """Automata are equal when their states and arcs are."""
    assert Automaton(list(DRINKS.arcs), tuple(DRINKS.finals)) == DRINKS
    assert hash(Automaton(list(DRINKS.arcs), tuple(DRINKS.finals))) == hash(DRINKS)
    assert NONE != SILENCE
    assert NONE != "NONE"
    assert repr(DRINKS) == "<Automaton: 4 states, 4 arcs>"


def test_any_word_has_its_place_in_the_order() -> None:
    """The arc for any word stands where the word shown for it would."""
    assert list(in_order({"東": 1, ANY: 2, "a": 3})) == ["a", ANY, "東"]


STATES = st.integers(1, 7)


@st.composite
def machines(draw: st.DrawFn) -> tuple[list[dict[str, int]], list[bool]]:
    """Deterministic automata with superfluous states."""
    size = draw(STATES)
    targets = st.integers(0, size - 1)
    rows = [draw(st.dictionaries(st.sampled_from("abc"), targets)) for _ in range(size)]
    return rows, [draw(st.booleans()) for _ in range(size)]


@given(machines())
@settings(max_examples=100, deadline=None)
def test_classes_are_the_coarsest(machine: tuple[list[dict[str, int]], list[bool]]) -> None:
    """States are in one class exactly when the same words lead to an end from both."""
    rows, finals = machine

    def ends(state: int) -> frozenset[tuple[str, ...]]:
        found = set()
        for length in range(len(rows) + 1):
            for words in product("abc", repeat=length):
                at: int | None = state
                for word in words:
                    at = rows[at].get(word) if at is not None else None
                # Where a way breaks off counts too: an arc is a sign of life.
                found.add(
                    (
                        *words,
                        "live" if at is not None else "",
                        "end" if at is not None and finals[at] else "",
                    )
                )
            if length >= 4:
                break
        return frozenset(found)

    classes = partition(rows, [int(final) for final in finals])
    signs = [ends(state) for state in range(len(rows))]
    for one in range(len(rows)):
        for two in range(one):
            if classes[one] == classes[two]:
                assert signs[one] == signs[two]
            elif len(rows) <= 5:
                assert signs[one] != signs[two]


@given(machines())
@settings(max_examples=50, deadline=None)
def test_numbers_do_not_depend_on_the_order_of_states(
    machine: tuple[list[dict[str, int]], list[bool]],
) -> None:
    """Automata that differ only in the names of their states become equal."""
    rows, finals = machine
    turned = [{word: len(rows) - 1 - to for word, to in row.items()} for row in reversed(rows)]
    assert numbered(rows, finals, 0) == numbered(turned, finals[::-1], len(rows) - 1)
