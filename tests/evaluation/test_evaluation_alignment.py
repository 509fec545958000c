"""Word alignment and error counts."""

from __future__ import annotations

from collections.abc import Sequence

import jiwer
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from sttprep.evaluation import Alignment, ErrorCounts, align
from sttprep.evaluation import alignment as alignment_module

WORDS = st.lists(st.sampled_from(["a", "b", "c", "ab", "abc", "bca", "ca"]), max_size=9)


def distance(left: Sequence[str], right: Sequence[str]) -> int:
    """The textbook table of Levenshtein distances, one row at a time."""
    row = list(range(len(right) + 1))
    for i, word in enumerate(left, 1):
        previous, row[0] = row[0], i
        for j, other in enumerate(right, 1):
            previous, row[j] = (
                row[j],
                min(row[j] + 1, row[j - 1] + 1, previous + (word != other)),
            )
    return row[-1]


def unlikeness(alignment: Alignment) -> float:
    """How little the words paired in substitutions look alike, summed."""
    return sum(
        Levenshtein.normalized_distance(said, heard)
        for said, heard in alignment.pairs
        if said is not None and heard is not None
    )


@given(WORDS, WORDS)
def test_totals_are_minimal(reference: list[str], hypothesis: list[str]) -> None:
    """The number of errors is the Levenshtein distance of the words."""
    assert align(reference, hypothesis).counts.errors == distance(reference, hypothesis)


@given(WORDS, WORDS)
def test_counts_are_those_of_jiwer(reference: list[str], hypothesis: list[str]) -> None:
    """Hits, substitutions, deletions and insertions are jiwer's, so its rates follow from them."""
    theirs = jiwer.process_words(" ".join(reference), " ".join(hypothesis))
    assert align(reference, hypothesis).counts == ErrorCounts(
        theirs.hits, theirs.substitutions, theirs.deletions, theirs.insertions
    )


@given(WORDS, WORDS)
def test_alignment_replays_to_the_texts(reference: list[str], hypothesis: list[str]) -> None:
    """Every word of both texts is in the alignment once, in order."""
    alignment = align(reference, hypothesis)
    assert alignment.reference == reference
    assert alignment.hypothesis == hypothesis
    assert (None, None) not in alignment.pairs


@given(
    st.lists(st.sampled_from(["ab", "abc", "bcd", "x"]), min_size=1, max_size=4),
    st.lists(st.sampled_from(["aB", "abC", "bCd", "X"]), min_size=1, max_size=6),
)
def test_block_pairing_is_the_best(reference: list[str], hypothesis: list[str]) -> None:
    """In a block without hits no order-keeping choice of partners looks more alike."""

    def best(short: list[str], long: list[str]) -> float:
        if not short:
            return 0.0
        return min(
            Levenshtein.normalized_distance(short[0], long[place])
            + best(short[1:], long[place + 1 :])
            for place in range(len(long) - len(short) + 1)
        )

    short, long = sorted([reference, hypothesis], key=len)
    assert unlikeness(align(reference, hypothesis)) == pytest.approx(best(short, long))


PAIRINGS = [
    (
        "take atorvastatin daily",
        "take at all bastatin daily",
        [(None, "at"), (None, "all"), ("atorvastatin", "bastatin")],
    ),
    ("the big statin", "a statins", [("the", "a"), ("big", None), ("statin", "statins")]),
    ("a statins", "the big statin", [("a", "the"), (None, "big"), ("statins", "statin")]),
]


@pytest.mark.parametrize(("reference", "hypothesis", "expected"), PAIRINGS)
def test_substitutions_look_alike(
    reference: str, hypothesis: str, expected: list[tuple[str | None, str | None]]
) -> None:
    """Of all shortest alignments the one is taken whose pairs look alike."""
    pairs = align(reference.split(), hypothesis.split()).pairs
    assert [pair for pair in pairs if pair[0] != pair[1]] == expected


def test_a_huge_block_keeps_the_totals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit words pair by position, at the same total."""
    monkeypatch.setattr(alignment_module, "_LARGEST_BLOCK", 1)
    alignment = align(["xa", "xb"], ["a", "b", "xB"])
    assert alignment.pairs == (("xa", "a"), ("xb", "b"), (None, "xB"))


@given(*[st.builds(ErrorCounts, *[st.integers(0, 9)] * 4)] * 2)
def test_counts_add_up(left: ErrorCounts, right: ErrorCounts) -> None:
    """Counts add field by field, and so do what is derived from them."""
    both = left + right
    assert both.reference_words == left.reference_words + right.reference_words
    assert both.hypothesis_words == left.hypothesis_words + right.hypothesis_words
    assert both.errors == left.errors + right.errors
    assert both.to_json()["hits"] == left.hits + right.hits


def test_counts_do_not_add_to_numbers() -> None:
    """A rate added to counts is a mistake that must not pass."""
    with pytest.raises(TypeError):
        ErrorCounts() + 1  # type: ignore[operator]


def test_text_shows_words_under_words() -> None:
    """The printed alignment has a column for each pair and a letter for each error."""
    assert str(align(["a", "bb"], ["a", "c", "d"])).splitlines() == [
        "ref  a  bb  *",
        "hyp  a  c   d",
        "err     S   I",
    ]
