"""Running a recognizer over a test set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from sttprep.errors import RecognizerError, TestSetError
from sttprep.evaluation import TestItem, TestSet, evaluate


@dataclass
class Heard:
    """A transcript."""

    spoken: str


class Recognizer:
    """Hears the stem of each file's name."""

    vocabulary = frozenset({"yes"})

    def __init__(self) -> None:
        self.progress: list[bool] = []

    def transcribe_many(self, paths: Sequence[Path], *, progress: bool = True) -> list[Heard]:
        """Hear the stems."""
        self.progress.append(progress)
        return [Heard(path.stem) for path in paths]


class Forgetful(Recognizer):
    """Drops the last recording."""

    def transcribe_many(self, paths: Sequence[Path], *, progress: bool = True) -> list[Heard]:
        """Hear all stems but the last."""
        return super().transcribe_many(paths)[:-1]


TESTSET = TestSet(
    [
        TestItem(Path("clips/yes.wav"), "Yes.", {"speaker": "anna"}),
        TestItem(Path("clips/maybe.wav"), "maybe not", {"speaker": "ben"}),
    ],
    Path("clips/manifest.csv"),
)


def test_names_and_labels_reach_the_report() -> None:
    """Utterances are named as in the manifest and can be broken down by label."""
    report = evaluate(Recognizer(), TESTSET, progress=False)
    assert [utterance.name for utterance in report.utterances] == ["yes.wav", "maybe.wav"]
    assert {who: part.wer for who, part in report.by("speaker").items()} == {"anna": 0, "ben": 0.5}


def test_progress_is_passed_on() -> None:
    """The bar is shown unless it is turned off."""
    recognizer = Recognizer()
    evaluate(recognizer, TESTSET)
    evaluate(recognizer, TESTSET, progress=False)
    assert recognizer.progress == [True, False]


def test_vocabulary_comes_from_the_recognizer() -> None:
    """The base vocabulary is the recognizer's unless another is given."""
    assert evaluate(Recognizer(), TESTSET).oov_recall == 0.5
    assert evaluate(Recognizer(), TESTSET, vocabulary={"yes", "maybe"}).oov_recall == 0.0


def test_normalization_is_passed_on() -> None:
    """Scoring as written can be asked for."""
    assert evaluate(Recognizer(), TESTSET, normalize=False).wer == pytest.approx(2 / 3)


def test_lost_transcripts() -> None:
    """A recognizer that loses a recording is not scored on shifted pairs."""
    with pytest.raises(RecognizerError, match="1 transcripts for 2 recordings"):
        evaluate(Forgetful(), TESTSET)


def test_empty_test_set() -> None:
    """There is nothing to say about no recordings."""
    with pytest.raises(TestSetError, match="no recordings"):
        evaluate(Recognizer(), TestSet([]))
