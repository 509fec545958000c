"""Is a difference in error rate more than luck?

Two questions, two tools. *How far could this rate be off?* A bootstrap over utterances (Bisani and
Ney 2004, "Bootstrap estimates for confidence intervals in ASR performance evaluation"): draw as
many utterances as there are, with replacement, pool their errors, many times. *Could two systems
be equally good?* A matched-pairs randomization test (Fisher 1935; Noreen 1989): if they were,
each difference in errors on an utterance might as well have had the other sign, so count the sign
patterns that give a total as large as the one seen. Errors are whole numbers, so the count is
exact and needs no random draws.

Utterances of one speaker are not independent: with labels, resample and flip whole speakers
(``by="speaker"``), or the interval is too narrow. Both need a handful of groups; with five
speakers no p value can be below 2/2⁵ = 0.06.

>>> randomization_p_value([2, 1, 3, 1, 0, 2])   # six utterances, never worse: 2 of 2⁵ patterns
0.0625
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sttprep.errors import InputError

if TYPE_CHECKING:
    import numpy as np

    FloatArray = np.ndarray[Any, np.dtype[np.float64]]

__all__ = [
    "Comparison",
    "Interval",
    "bootstrap_difference",
    "bootstrap_interval",
    "randomization_p_value",
]

DRAWS = 1000
"""Bootstrap draws: the ends of a 95 % interval are then the 25th values from both ends."""
LEVEL = 0.95
_CHUNK = 4_000_000
"""Random numbers held at once, 32 MB."""
_EXACT_WORK = 400_000_000
"""Additions spent on an exact p value, about half a second; beyond, the normal approximation of
the matched-pairs test (Gillick and Cox 1989) differs from it by less than a thousandth."""


class Interval(NamedTuple):
    """A range that holds the true value with a stated confidence."""

    low: float
    """Lower end, a fraction."""
    high: float
    """Upper end, a fraction."""

    def __str__(self) -> str:
        return f"{100 * self.low:.1f} to {100 * self.high:.1f} %"


@dataclass(frozen=True)
class Comparison:
    """One system against another on the same utterances; differences are this minus other."""

    wer: float
    """Word error rate of this system, a fraction."""
    other_wer: float
    """Word error rate of the other."""
    interval: Interval
    """Bootstrap interval of the difference."""
    p_value: float
    """Chance of a difference at least as large between equally good systems, two-sided."""
    better: int
    """Utterances with fewer errors than the other system made."""
    worse: int
    """Utterances with more errors."""
    same: int
    """Utterances with as many errors."""
    level: float = LEVEL
    """Confidence of the interval, a fraction."""

    @property
    def difference(self) -> float:
        """Word error rate of this minus that of the other: negative is better."""
        return self.wer - self.other_wer

    @property
    def relative(self) -> float | None:
        """The difference as a share of the other's rate; None where that is zero."""
        return self.difference / self.other_wer if self.other_wer else None

    @property
    def significant(self) -> bool:
        """The p value is below 0.05."""
        return self.p_value < 0.05

    def to_json(self) -> dict[str, Any]:
        """The comparison as JSON values; rates and differences are fractions."""
        return {
            "wer": self.wer,
            "other_wer": self.other_wer,
            "difference": self.difference,
            "relative": self.relative,
            "interval": {**self.interval._asdict(), "level": self.level},
            "p_value": self.p_value,
            "significant": self.significant,
            "better": self.better,
            "worse": self.worse,
            "same": self.same,
        }

    def __str__(self) -> str:
        if not self.difference:
            change = "no difference"
        else:
            direction = "lower" if self.difference < 0 else "higher"
            change = f"{100 * abs(self.difference):.1f} points {direction}"
            if self.relative is not None:
                more = "fewer" if self.difference < 0 else "more"
                change += f", {100 * abs(self.relative):.0f} % {more} errors"
        return (
            f"WER {100 * self.wer:.1f} % against {100 * self.other_wer:.1f} %: {change} "
            f"({100 * self.level:.0f} % interval of the difference "
            f"{100 * self.interval.low:+.1f} to {100 * self.interval.high:+.1f} points). "
            f"{self.verdict} "
            f"Utterances: {self.better} better, {self.worse} worse, {self.same} the same."
        )

    @property
    def verdict(self) -> str:
        """Whether to believe the difference, in words."""
        p = "p < 0.001" if self.p_value < 0.001 else f"p = {self.p_value:.3f}"
        if not self.better and not self.worse:
            return "The systems make as many errors on every utterance."
        if self.significant:
            return f"The difference is significant ({p})."
        return f"The difference may be chance ({p}); more recordings would tell."


def bootstrap_interval(
    errors: Sequence[int],
    words: Sequence[int],
    *,
    groups: Sequence[Hashable] | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    level: float = LEVEL,
) -> Interval:
    """Percentile bootstrap interval of the pooled rate errors / words.

    Args:
        errors: errors of each utterance.
        words: reference words of each utterance.
        groups: what is drawn together, such as the speaker of each utterance; None draws
            utterances.
        draws: number of bootstrap draws.
        seed: the same seed gives the same interval.
        level: confidence, a fraction below 1.

    Raises:
        InputError: no draws, or a level that is no fraction.

    >>> bootstrap_interval([0, 1, 0, 2], [5, 5, 5, 5]).low
    0.0
    """
    return _percentiles(_draw_rates(errors, words, groups, draws, seed), level)


def bootstrap_difference(
    errors: Sequence[int],
    other_errors: Sequence[int],
    words: Sequence[int],
    *,
    groups: Sequence[Hashable] | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    level: float = LEVEL,
) -> Interval:
    """Bootstrap interval of the difference of two rates on the same utterances.

    Both systems are judged on the same draws, so what is hard for both cancels out. Arguments as
    for :func:`bootstrap_interval`.
    """
    differences = [mine - other for mine, other in zip(errors, other_errors, strict=True)]
    return _percentiles(_draw_rates(differences, words, groups, draws, seed), level)


def _draw_rates(
    errors: Sequence[int],
    words: Sequence[int],
    groups: Sequence[Hashable] | None,
    draws: int,
    seed: int,
) -> FloatArray:
    """Pooled rate of each draw, shape ``(draws,)``."""
    if draws < 1:
        raise InputError(f"{draws} bootstrap draws give no interval.", hint="Use draws=1000.")
    import numpy as np

    columns = np.array([errors, words], dtype=np.float64)
    if groups is not None:
        codes: dict[Hashable, int] = {}
        places = [codes.setdefault(group, len(codes)) for group in groups]
        columns = np.array([np.bincount(places, weights=column) for column in columns])
    size = columns.shape[1]
    if not size:
        return np.zeros(draws)
    generator = np.random.default_rng(seed)
    rates = np.empty(draws)
    step = max(1, _CHUNK // size)
    for start in range(0, draws, step):
        drawn = generator.integers(0, size, size=(min(step, draws - start), size))
        total, length = (column[drawn].sum(axis=1) for column in columns)
        # A draw of silent utterances only: as in ErrorCounts.wer, the rate is the errors.
        rates[start : start + step] = total / np.maximum(length, 1)
    return rates


def _percentiles(rates: FloatArray, level: float) -> Interval:
    if not 0 < level < 1:
        raise InputError(f"The confidence level {level} is not a fraction.", hint="Use level=0.95.")
    import numpy as np

    tail = (1 - level) / 2
    low, high = np.quantile(rates, [tail, 1 - tail])
    return Interval(float(low), float(high))


def randomization_p_value(differences: Sequence[int]) -> float:
    """Two-sided p value of the matched-pairs randomization test on whole numbers.

    The share of all sign patterns of the differences whose sum is at least as far from zero as
    the sum seen. Exact by convolution: with S the sum of the differences drawn positive and T the
    sum of all absolute differences, the total is 2 S − T, and the distribution of S grows by one
    difference at a time.

    Args:
        differences: errors of one system minus errors of the other, for each utterance (or
            group of utterances).

    >>> randomization_p_value([1, -1, 2, -2])
    1.0
    """
    sizes = Counter(abs(difference) for difference in differences if difference)
    seen, total = abs(sum(differences)), sum(size * count for size, count in sizes.items())
    if not seen:
        return 1.0
    if total * sizes.total() > _EXACT_WORK:
        deviation = math.sqrt(sum(size * size * count for size, count in sizes.items()))
        # Totals are even multiples of the greatest common divisor apart: correct by half a step.
        step = math.gcd(*sizes)
        return math.erfc((seen - step) / deviation / math.sqrt(2))
    import numpy as np

    chances = np.zeros(total + 1)
    chances[0] = 1.0
    reach = 0
    for size, count in sorted(sizes.items()):
        for _ in range(count):
            grown = chances[: reach + size + 1] * 0.5
            grown[size:] += chances[: reach + 1] * 0.5
            reach += size
            chances[: reach + 1] = grown
    tail = float(chances[: (total - seen) // 2 + 1].sum())
    return min(1.0, 2 * tail)
