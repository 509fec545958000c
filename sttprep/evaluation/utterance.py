"""What a score is made of: aligned utterances, and the words that went wrong in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sttprep.evaluation.alignment import Alignment, ErrorCounts

__all__ = ["Confusion", "OovScore", "ScoredUtterance", "WordCount"]


class Confusion(NamedTuple):
    """A word and what was recognized in its place."""

    reference: str
    """The word that was said."""
    hypothesis: str
    """The word that was recognized."""
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody misses here
    """How often."""


class WordCount(NamedTuple):
    """A word and how often it was left out or inserted."""

    word: str
    """The word."""
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody misses here
    """How often."""


class OovScore(NamedTuple):
    """How a word outside the base vocabulary was recognized."""

    word: str
    """The word."""
    count: int  # type: ignore[assignment]
    """How often it was said."""
    hits: int
    """How often it was recognized where it was said."""
    false_alarms: int
    """How often it was recognized where something else, or nothing, was said."""


@dataclass(frozen=True)
class ScoredUtterance:
    """One utterance: what was said and what was recognized, word by word."""

    name: str
    """The recording, or the number of the utterance from 1."""
    alignment: Alignment
    """Words of reference and hypothesis as they were compared."""
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Labels of the test set: speaker, split, …"""

    @property
    def reference(self) -> str:
        """What was said, as compared."""
        return " ".join(self.alignment.reference)

    @property
    def hypothesis(self) -> str:
        """What was recognized, as compared."""
        return " ".join(self.alignment.hypothesis)

    @property
    def counts(self) -> ErrorCounts:
        """Hits and errors."""
        return self.alignment.counts

    @property
    def wer(self) -> float:
        """Word error rate of this utterance; see :attr:`ErrorCounts.wer`."""
        return self.counts.wer
