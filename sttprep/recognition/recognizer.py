"""What a recognizer gives back, and what every recognizer can do.

>>> word = WordTiming("metformin", 0.31, 0.92, 0.87)
>>> transcript = Transcript((Utterance((word,), display={"metformin": "Metformin"}),), 1.2, "a.wav")
>>> transcript.text, transcript.spoken
('Metformin', 'metformin')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["Recognizer", "Seconds", "Transcript", "Utterance", "WordTiming"]

Seconds: TypeAlias = float


@dataclass(frozen=True, slots=True)
class WordTiming:
    """One recognized word."""

    word: str
    """As the recognizer knows it: spoken form, lower case."""
    start: Seconds
    """Where it starts in the audio."""
    end: Seconds
    """Where it ends."""
    confidence: float
    """Posterior probability from the word lattice, 0 to 1; not calibrated."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words spoken without a long pause between them."""

    words: tuple[WordTiming, ...]
    """In order of time."""
    display: Mapping[str, str] = field(default_factory=dict)
    """How custom words are written in transcripts (display-as), by spoken form."""

    @property
    def text(self) -> str:
        """The words as they are written in a transcript."""
        return " ".join(self.display.get(timing.word, timing.word) for timing in self.words)

    @property
    def spoken(self) -> str:
        """The words as they were spoken."""
        # A custom word of several words is one token to the recognizer: blood_pressure.
        return " ".join(timing.word for timing in self.words).replace("_", " ")


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was recognized in one audio file."""

    utterances: tuple[Utterance, ...]
    """In order of time; empty where nothing was heard."""
    seconds: Seconds
    """Duration of the audio."""
    name: str = ""
    """The file, or whatever the audio was called."""

    @property
    def text(self) -> str:
        """The transcript, custom words written by their display-as."""
        return " ".join(utterance.text for utterance in self.utterances)

    @property
    def spoken(self) -> str:
        """The recognized words in spoken form: what error rates are counted on."""
        return " ".join(utterance.spoken for utterance in self.utterances)

    @property
    def words(self) -> tuple[WordTiming, ...]:
        """All words of all utterances."""
        return tuple(timing for utterance in self.utterances for timing in utterance.words)

    def __str__(self) -> str:
        return self.text

    def to_json(self) -> dict[str, Any]:
        """The transcript as JSON values; times in seconds."""
        return {
            "name": self.name,
            "seconds": round(self.seconds, 3),
            "text": self.text,
            "spoken": self.spoken,
            "words": [
                [timing.word, timing.start, timing.end, timing.confidence] for timing in self.words
            ],
        }


class Recognizer(Protocol):
    """Audio in, transcripts out."""

    @property
    def key(self) -> str:
        """Name of the models in use by content: equal keys give equal transcripts."""
        ...

    def transcribe(self, audio: str | Path | ArrayLike, rate: int | None = None) -> Transcript:
        """Recognize one file, or samples of the given rate (Hz)."""
        ...

    def transcribe_many(
        self, paths: Sequence[str | Path], n_jobs: int = -1, progress: bool = True
    ) -> list[Transcript]:
        """Recognize many files, in order."""
        ...
