"""Intervals and p values."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.errors import InputError
from sttprep.evaluation import Comparison, Interval, significance
from sttprep.evaluation.significance import (
    bootstrap_difference,
    bootstrap_interval,
    randomization_p_value,
)


@given(st.lists(st.integers(-4, 4), max_size=9))
def test_p_value_counts_sign_patterns(differences: list[int]) -> None:
    """The p value is the share of all sign patterns with a sum at least as far from zero."""
    seen = abs(sum(differences))
    patterns = list(itertools.product([1, -1], repeat=len(differences)))
    extreme = sum(
        abs(sum(sign * size for sign, size in zip(pattern, differences, strict=True))) >= seen
        for pattern in patterns
    )
    assert randomization_p_value(differences) == pytest.approx(extreme / len(patterns))


def test_normal_approximation_is_close(monkeypatch: pytest.MonkeyPatch) -> None:
    """With many utterances the approximation for large sets hardly differs from the exact value."""
    differences = [1, -1, 2, 0, -2, 1, 3, -3, 1, -1] * 60 + [1] * 20
    exact = randomization_p_value(differences)
    monkeypatch.setattr(significance, "_EXACT_WORK", 0)
    assert 0.01 < exact < 0.2
    assert randomization_p_value(differences) == pytest.approx(exact, abs=0.003)


def test_interval_is_reproducible_and_depends_on_the_seed() -> None:
    """The same seed gives the same interval, another seed another one."""
    errors, words = [0, 1, 3, 0, 2, 1, 0, 5], [5, 7, 9, 4, 8, 6, 3, 9]
    first = bootstrap_interval(errors, words, seed=1)
    assert first == bootstrap_interval(errors, words, seed=1)
    assert first != bootstrap_interval(errors, words, seed=2)


def test_interval_width_is_that_of_theory() -> None:
    """For independent single words the interval is that of a binomial proportion."""
    size, wrong = 1000, 200
    interval = bootstrap_interval([1] * wrong + [0] * (size - wrong), [1] * size, draws=4000)
    half = 1.96 * math.sqrt(0.2 * 0.8 / size)
    assert interval.low == pytest.approx(0.2 - half, abs=0.003)
    assert interval.high == pytest.approx(0.2 + half, abs=0.003)


def test_chunks_do_not_change_the_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing in pieces, as large sets are, gives the same interval."""
    errors, words = list(range(10)), [10] * 10
    whole = bootstrap_interval(errors, words)
    monkeypatch.setattr(significance, "_CHUNK", 30)
    assert bootstrap_interval(errors, words) == whole


def test_groups_widen_the_interval() -> None:
    """Where all utterances of a speaker share their fate, drawing speakers is honest."""
    errors = [5] * 20 + [0] * 20 + [3] * 20 + [1] * 20
    groups = [group for group in "abcd" for _ in range(20)]
    plain = bootstrap_interval(errors, [10] * 80)
    grouped = bootstrap_interval(errors, [10] * 80, groups=groups)
    assert grouped.high - grouped.low > 2 * (plain.high - plain.low)


def test_difference_cancels_what_is_hard_for_both() -> None:
    """A system better by one error everywhere is better by exactly that in every draw."""
    interval = bootstrap_difference([4, 0, 9], [5, 1, 10], [10, 10, 10])
    assert (interval.low, interval.high) == pytest.approx((-0.1, -0.1))


def test_no_words_at_all() -> None:
    """Draws without reference words count errors instead of dividing by zero."""
    assert bootstrap_interval([0, 2], [0, 0]).high == 4
    assert bootstrap_interval([], []) == Interval(0, 0)


@pytest.mark.parametrize("wrong", [{"draws": 0}, {"level": 95}, {"level": 0}])
def test_senseless_arguments(wrong: dict[str, int]) -> None:
    """No draws and levels that are no fractions are refused by name."""
    with pytest.raises(InputError, match=str(next(iter(wrong.values())))):
        bootstrap_interval([1], [1], **wrong)  # type: ignore[arg-type]


SENTENCES = [
    (
        Comparison(0.15, 0.2, Interval(-0.08, -0.02), 0.0004, 9, 1, 5),
        "5.0 points lower, 25 % fewer",
    ),
    (Comparison(0.15, 0.2, Interval(-0.08, -0.02), 0.0004, 9, 1, 5), "significant (p < 0.001)"),
    (Comparison(0.2, 0.15, Interval(-0.01, 0.11), 0.2, 4, 9, 5), "may be chance (p = 0.200)"),
    (Comparison(0.2, 0.0, Interval(0.1, 0.3), 0.01, 0, 9, 5), "20.0 points higher (95 %"),
    (Comparison(0.2, 0.2, Interval(0, 0), 1.0, 0, 0, 5), "as many errors on every utterance"),
]


@pytest.mark.parametrize(("comparison", "part"), SENTENCES)
def test_comparison_says_it_in_words(comparison: Comparison, part: str) -> None:
    """A comparison prints direction, size and whether to believe it."""
    assert part in str(comparison)


def test_comparison_as_json() -> None:
    """The derived values are in the JSON form, an undefined share as null."""
    values = Comparison(0.2, 0.0, Interval(0.1, 0.3), 0.01, 0, 9, 5).to_json()
    assert values["difference"] == 0.2
    assert values["relative"] is None
    assert values["significant"] is True
