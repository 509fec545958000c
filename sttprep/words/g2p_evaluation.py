"""How good the grapheme-to-phoneme model is, on dictionary words held out from training."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from sttprep.words.graphone_model import ORDER, train_g2p, training_pairs

if TYPE_CHECKING:
    from sttprep.words.graphone_model import GraphoneModel
    from sttprep.words.lexicon import Lexicon

__all__ = ["Calibration", "Evaluation", "evaluate_g2p", "held_out"]

_BOUNDS = (0.0, 0.3, 0.5, 0.7, 0.9, 1.0)


@dataclass(frozen=True)
class Calibration:
    """Words whose best pronunciation has a share of the probability within bounds.

    >>> print(Calibration(0.9, 1.0, words=200, right=190, share=191.0))
    share 0.9 to 1.0:   200 words, mean share 95.5%, right 95.0%
    """

    low: float
    """The share is above this (0 to 1)."""
    high: float
    """The share is at most this."""
    words: int
    """Words with such a share."""
    right: int
    """Those of them whose best pronunciation is one of the dictionary's."""
    share: float
    """Sum of the shares; in a calibrated model about as many words are right."""

    def __str__(self) -> str:
        words = max(self.words, 1)
        return (
            f"share {self.low:.1f} to {self.high:.1f}: {self.words:5} words, "
            f"mean share {self.share / words:.1%}, right {self.right / words:.1%}"
        )


@dataclass(frozen=True)
class Evaluation:
    """How often a model is wrong on words it has not seen."""

    words: int
    """Held-out words."""
    word_errors: int
    """Words whose best pronunciation is none of the dictionary's."""
    word_errors_of_three: int
    """Words with none of the dictionary's pronunciations among the best three."""
    phone_errors: int
    """Substituted, deleted and inserted phones against the nearest dictionary pronunciation."""
    phones: int
    """Phones of those pronunciations."""
    calibration: tuple[Calibration, ...] = field(default=(), repr=False)
    """What the shares of probability are worth, from the least certain words to the most."""

    @property
    def calibration_error(self) -> float:
        """Mean distance of share and rightness over the bins, weighted by words (0 to 1)."""
        gaps = [abs(one.share - one.right) for one in self.calibration]
        return math.fsum(gaps) / max(self.words, 1)

    def __str__(self) -> str:
        return (
            f"{self.words} held-out words: word error {self.word_errors / self.words:.1%}, "
            f"of the best three {self.word_errors_of_three / self.words:.1%}, "
            f"phone error {self.phone_errors / self.phones:.2%}"
        )


def held_out(lexicon: Lexicon, words: int = 2000) -> dict[str, list[tuple[str, ...]]]:
    """Spellings that are not trained on, with all their pronunciations; at most half of all.

    Words are held out by the hash of their letters, so that ``cant`` and ``can't`` stay together.
    """
    pairs = list(training_pairs(lexicon, abbreviations=True))
    spellings = sorted({spelling for spelling, _ in pairs}, key=_hash)
    held = set(spellings[: min(words, len(spellings) // 2)])
    references: dict[str, list[tuple[str, ...]]] = {}
    for spelling, phones in pairs:
        if spelling in held:
            references.setdefault(spelling, []).append(phones)
    return references


def evaluate_g2p(
    lexicon: Lexicon,
    words: int = 2000,
    *,
    order: int = ORDER,
    model: GraphoneModel | None = None,
) -> Evaluation:
    """Train on all but some words of a dictionary and pronounce those.

    Args:
        lexicon: The dictionary.
        words: How many to hold out; see :func:`held_out`.
        order: Longest n-gram.
        model: A model trained without the held-out words; None: train one.

    Raises:
        LexiconError: the dictionary has nothing to learn from.
    """
    references = held_out(lexicon, words)
    if model is None:
        pairs = (one for one in training_pairs(lexicon) if one[0] not in references)
        model = train_g2p(pairs, order=order)
    wrong = wrong_of_three = phone_errors = phones_total = 0
    shares: list[tuple[float, bool]] = []
    guesses = model.pronounce_many(references, 3)
    for spelling, known in references.items():
        found = guesses[spelling] or [((), 0.0)]
        best, score = found[0]
        wrong += best not in known
        shares.append((10**score, best in known))
        wrong_of_three += not {phones for phones, _ in found} & set(known)
        errors, length = min((_distance(one, best), len(one)) for one in known)
        phone_errors += errors
        phones_total += length
    return Evaluation(
        len(references), wrong, wrong_of_three, phone_errors, phones_total, _calibration(shares)
    )


def _calibration(shares: Sequence[tuple[float, bool]]) -> tuple[Calibration, ...]:
    bins = []
    for low, high in pairwise(_BOUNDS):
        inside = [(share, right) for share, right in shares if low < share <= high]
        right = sum(right for _, right in inside)
        bins.append(
            Calibration(low, high, len(inside), right, math.fsum(share for share, _ in inside))
        )
    return tuple(bins)


def _hash(spelling: str) -> str:
    return hashlib.sha256(spelling.encode()).hexdigest()


def _distance(one: Sequence[str], other: Sequence[str]) -> int:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(one, other)
