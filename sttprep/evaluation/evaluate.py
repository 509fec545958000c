"""Run a recognizer over a test set and score what it heard.

Anything that has ``transcribe_many`` can be judged; the seam is the :class:`Transcriber` protocol.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from pathlib import Path
from typing import Protocol

from sttprep.errors import RecognizerError, TestSetError
from sttprep.evaluation.error_rate import score
from sttprep.evaluation.normalize import Normalizer
from sttprep.evaluation.testset import TestSet
from sttprep.evaluation.wer_report import WerReport

__all__ = ["HasText", "Transcriber", "evaluate"]


class HasText(Protocol):
    """A transcript, as far as scoring is concerned."""

    @property
    def spoken(self) -> str:
        """The recognized words in spoken form, without formatting."""
        ...


class Transcriber(Protocol):
    """A recognizer, as far as scoring is concerned.

    It may have a ``vocabulary``, the words of its base model, for the recall of other words.
    """

    def transcribe_many(self, paths: Sequence[Path], *, progress: bool = ...) -> Sequence[HasText]:
        """One transcript for each recording, in the same order."""
        ...


def evaluate(
    recognizer: Transcriber,
    testset: TestSet,
    progress: bool = True,
    *,
    vocabulary: Container[str] | None = None,
    normalize: bool | Normalizer = True,
) -> WerReport:
    """Transcribe every recording of a test set and compare with what was said.

    Args:
        recognizer: what is judged.
        testset: recordings with their texts; their labels reach :meth:`WerReport.by`.
        progress: show a progress bar.
        vocabulary: words of the base model, lower case, for ``oov_recall``; by default the
            recognizer's ``vocabulary`` where it has one.
        normalize: as for :func:`~sttprep.evaluation.error_rate.score`.

    Raises:
        TestSetError: the test set has no recordings.
        RecognizerError: there are not as many transcripts as recordings.
        SttprepError: whatever the recognizer raises, such as AudioError.

    >>> from types import SimpleNamespace
    >>> from sttprep.evaluation import TestItem
    >>> class Parrot:
    ...     def transcribe_many(self, paths, *, progress=True):
    ...         return [SimpleNamespace(spoken=path.stem) for path in paths]
    >>> evaluate(Parrot(), TestSet([TestItem(Path("yes.wav"), "Yes!")])).wer
    0.0
    """
    if not testset:
        raise TestSetError(
            "The test set has no recordings.", hint="Check the labels it was filtered by."
        )
    transcripts = recognizer.transcribe_many([item.audio for item in testset], progress=progress)
    if len(transcripts) != len(testset):
        raise RecognizerError(
            f"The recognizer gave {len(transcripts)} transcripts for {len(testset)} recordings.",
            hint="transcribe_many must return one transcript for each recording, in order.",
        )
    if vocabulary is None:
        vocabulary = getattr(recognizer, "vocabulary", None)
    return score(
        [item.text for item in testset],
        [transcript.spoken for transcript in transcripts],
        labels=[item.labels for item in testset],
        names=testset.names,
        vocabulary=vocabulary,
        normalize=normalize,
    )
