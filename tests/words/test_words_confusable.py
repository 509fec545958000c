"""Words that sound alike: distances between phones, neighbours in a dictionary, confusability."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.words import ENGLISH_PHONES, Lexicon
from sttprep.words.confusable import (
    FARTHEST,
    Neighbour,
    confusion,
    neighbours,
    neighbours_many,
)
from sttprep.words.phone_distance import omission_cost, phone_distance, substitution_cost
from sttprep.words.syllables import can_be_said

PHONES = sorted(ENGLISH_PHONES)
PRONUNCIATION = st.lists(st.sampled_from(PHONES), min_size=1, max_size=5).map(tuple)


def test_costs_are_a_matrix() -> None:
    """Each phone costs nothing against itself, between 1 and 1000 against each other, both ways."""
    for one, other in itertools.product(PHONES, PHONES):
        cost = substitution_cost(one, other)
        assert cost == substitution_cost(other, one)
        assert cost == 0 if one == other else 100 <= cost <= 1000
    assert all(500 <= omission_cost(phone) <= 800 for phone in PHONES)


def test_unlike_phones() -> None:
    """A vowel is no consonant; phones that English lacks are unlike all others."""
    assert substitution_cost("AA", "P") == 1000
    assert substitution_cost("R", "ER") < 500
    assert substitution_cost("X1", "AA") == substitution_cost("X1", "P") == 1000
    assert substitution_cost("X1", "X1") == 0


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (("M", "N"), ("M", "S")), (("T", "D"), ("T", "Z")), (("F", "TH"), ("F", "V")),
        (("IH", "IY"), ("IH", "AA")), (("AA", "AO"), ("AA", "UW")), (("AH", "IH"), ("AH", "OY")),
        (("AY", "OY"), ("AY", "UW")), (("S", "Z"), ("S", "M")),
    ],
)  # fmt: skip
def test_what_phonetics_says(near: tuple[str, str], far: tuple[str, str]) -> None:
    """Phones that share more features cost less."""
    assert substitution_cost(*near) < substitution_cost(*far)


def test_variants_of_the_dictionary_are_near_phones() -> None:
    """Where a dictionary word has two pronunciations that differ in one phone, it is a near one.

    In 84 % of such pairs one phone is among the five nearest of the other; by chance
    it would be about 20 %.
    """
    lexicon = Lexicon.stock()
    pairs: Counter[tuple[str, str]] = Counter()
    for word in lexicon:
        first, *others = lexicon[word]
        for other in others:
            differing = [pair for pair in zip(first, other, strict=False) if pair[0] != pair[1]]
            if len(first) == len(other) and len(differing) == 1:
                pairs[differing[0]] += 1

    def near(one: str, other: str) -> bool:
        order = sorted(
            set(PHONES) - {one}, key=lambda phone: (substitution_cost(one, phone), phone)
        )
        return other in order[:5]

    good = sum(
        count for (one, other), count in pairs.items() if near(one, other) or near(other, one)
    )
    assert pairs.total() > 4000
    assert good / pairs.total() > 0.8


@given(PRONUNCIATION, PRONUNCIATION)
def test_distance_is_symmetric(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    """The way back is as far; only the same phones are at 0."""
    assert phone_distance(one, other) == phone_distance(other, one)
    assert (phone_distance(one, other) == 0) == (one == other)


@given(st.lists(PRONUNCIATION, min_size=1, max_size=8), PRONUNCIATION)
def test_neighbours_against_an_oracle(
    pronunciations: list[tuple[str, ...]], wanted: tuple[str, ...]
) -> None:
    """They are all words at most two phones and one unit away, nearest first, then alphabetical."""
    lexicon = Lexicon({f"w{number}": [phones] for number, phones in enumerate(pronunciations)})
    expected = sorted(
        (phone_distance(wanted, phones), f"w{number}", phones)
        for number, phones in enumerate(pronunciations)
        if phone_distance(wanted, phones) <= FARTHEST and edits(wanted, phones) <= 2
    )
    found = neighbours(wanted, lexicon, 0)
    assert [(one.distance, one.word, one.phones) for one in found] == expected
    assert all(one.homophone == (one.phones == wanted) for one in found)


def edits(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Levenshtein distance, the slow obvious way."""
    if not one or not other:
        return len(one) + len(other)
    if one[0] == other[0]:
        return edits(one[1:], other[1:])
    return 1 + min(edits(one[1:], other), edits(one, other[1:]), edits(one[1:], other[1:]))


def test_homophones_come_first_and_frequent_ones_before_rare() -> None:
    """Equal distances are ordered by count; each word counts with its nearest pronunciation."""
    lexicon = Lexicon(
        {"plack": ["P L AE K"], "plaque": ["P L AE K"], "black": ["P L AE G", "B L AE K"]}
    )
    found = neighbours("P L AE K", lexicon, 0, {"plaque": 7})
    assert [(one.word, one.distance) for one in found] == [
        ("plaque", 0.0), ("plack", 0.0), ("black", 0.3),
    ]  # fmt: skip
    assert neighbours("P L AE K", lexicon, 1)[0].word == "plack"
    assert neighbours("AA", lexicon) == []


def test_many_at_once_are_as_one_by_one() -> None:
    """A list gives what its members give; the stock dictionary knows what sounds like its words."""
    lexicon = Lexicon.stock()
    wanted = [tuple(text.split()) for text in ("HH AE T", "K AO R D", "HH AE T", "S P AY N AH L")]
    found = neighbours_many(wanted, lexicon, 6)
    assert len(found) == 3
    for phones in wanted:
        assert found[phones] == neighbours(phones, lexicon, 6)
        assert found[phones][0].homophone
    assert {"chord", "cord"} <= {one.word for one in found["K", "AO", "R", "D"]}


@given(st.lists(st.floats(0, 1), max_size=6), st.integers(0, 1000), st.integers(0, 1000))
def test_confusion_is_a_share(distances: list[float], count: int, more: int) -> None:
    """Between 0 and 1; more neighbours raise it, a more frequent word lowers it."""
    near = [Neighbour(f"w{number}", distance, ()) for number, distance in enumerate(distances)]
    share = confusion(near, count)
    assert 0 <= share < 1
    assert confusion([*near, Neighbour("x", 0.5, ())], count) > share
    assert confusion(near, count + more) <= share
    assert confusion(near, count, {"w0": 50}) >= share


def test_nearer_neighbours_are_riskier() -> None:
    """The same number of neighbours confuses more the nearer they are."""
    near, far = Neighbour("a", 0.1, ()), Neighbour("a", 0.9, ())
    assert confusion([near]) > confusion([far])


@pytest.mark.parametrize(
    ("phones", "sayable"),
    [
        ("N AY N D Z", True), ("S T R IY T", True), ("AA", True), ("B M IY", False),
        ("K P EY P", False), ("S T", False), ("", False), ("AE S D", False),
    ],
)  # fmt: skip
def test_what_can_be_said(phones: str, sayable: bool) -> None:
    """A word has a vowel and begins and ends as English words do."""
    assert can_be_said(phones.split()) is sayable
