"""Scores: rates, words, labels."""

from __future__ import annotations

import json
import pickle
from collections.abc import Container

import jiwer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.errors import NotFoundError, TestSetError
from sttprep.evaluation import WerReport, score

TEXT = st.lists(st.sampled_from(["a", "b", "cc", "dd", "don't"]), max_size=6).map(" ".join)
PAIRS = st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6)


@given(PAIRS)
def test_rates_are_those_of_jiwer(pairs: list[tuple[str, str]]) -> None:
    """WER, MER, WIL and CER are jiwer's, also with empty texts, and agree with the counts."""
    references, hypotheses = map(list, zip(*pairs, strict=True))
    report = score(references, hypotheses)
    theirs = jiwer.process_words(references, hypotheses)
    assert (report.wer, report.mer, report.wil) == (theirs.wer, theirs.mer, theirs.wil)
    assert report.cer == jiwer.process_characters(references, hypotheses).cer
    assert report.counts.wer == pytest.approx(report.wer)


@given(PAIRS)
def test_corpus_rate_is_pooled(pairs: list[tuple[str, str]]) -> None:
    """The counts of the corpus are the sum over any split into labels."""
    references, hypotheses = map(list, zip(*pairs, strict=True))
    labels = [{"half": str(number % 2)} for number in range(len(pairs))]
    report = score(references, hypotheses, labels=labels)
    parts = report.by("half").values()
    assert sum(part.counts.errors for part in parts) == report.counts.errors
    assert sum(part.counts.hits for part in parts) == report.counts.hits
    assert sum(len(part.utterances) for part in parts) == len(pairs)


def test_pooling_is_not_averaging() -> None:
    """One wrong word in a long text weighs less than a wrong one-word text."""
    report = score(["a b c d e f g h i", "j"], ["a b c d e f g h i", "x"])
    assert report.wer == pytest.approx(0.1)


SILENT = [
    ([""], [""], 0.0, 0.0),
    ([""], ["two words"], 2.0, 1.0),
    (["", "a"], ["b", "a"], 1.0, 0.5),
    (["a b"], [""], 1.0, 1.0),
]


@pytest.mark.parametrize(("references", "hypotheses", "wer", "mer"), SILENT)
def test_silence(references: list[str], hypotheses: list[str], wer: float, mer: float) -> None:
    """Rates exist without reference words; insertions into silence count."""
    report = score(references, hypotheses)
    assert (report.wer, report.mer) == (wer, mer)
    assert report.interval.high >= report.interval.low
    assert report.compare(report).p_value == 1.0
    assert "WER" in str(report)
    assert len(report.frame()) == len(references)


def test_normalization_can_be_turned_off_or_replaced() -> None:
    """Both sides are normalized alike, as written, or by the function given."""
    assert score("Yes, sir!", "yes sir").wer == 0
    assert score("Yes, sir!", "yes sir", normalize=False).wer == 1
    assert score("Yes, sir!", "yes sir", normalize=str.lower).wer == 1
    assert score("YES", "yes", normalize=str.lower).wer == 0


@pytest.fixture
def report() -> WerReport:
    """Two speakers, five errors of all kinds."""
    return score(
        ["take atorvastatin daily", "take the metformin", "take the metformin"],
        ["take a statin daily", "take metformin", "bake the met forming metformin"],
        labels=[{"speaker": "ben"}, {"speaker": "anna"}, {"speaker": "ben"}],
        names=["1.wav", "2.wav", "3.wav"],
        vocabulary={"take", "the", "daily", "a", "statin", "bake", "met"},
    )


def test_words_that_went_wrong(report: WerReport) -> None:
    """Confusions, deletions and insertions are listed with their numbers."""
    assert report.confusions == (("atorvastatin", "statin", 1), ("take", "bake", 1))
    assert report.deletions == (("the", 1),)
    assert report.insertions == (("a", 1), ("forming", 1), ("met", 1))


def test_most_frequent_first() -> None:
    """Lists are sorted by number, then alphabetically."""
    report = score(["b a c", "c", "x"], ["y x z", "z", "y"])
    assert [(c.reference, c.count) for c in report.confusions] == [
        ("c", 2),
        ("a", 1),
        ("b", 1),
        ("x", 1),
    ]


def test_oov_recall(report: WerReport) -> None:
    """The share of reference words outside the vocabulary that are hits, and each such word."""
    assert report.oov_recall == pytest.approx(2 / 3)
    assert report.oov_words == (
        ("metformin", 2, 2, 0),
        ("atorvastatin", 1, 0, 0),
        ("forming", 0, 0, 1),
    )


class Shelf(Container[str]):
    """A vocabulary that can only be asked, like a lexicon."""

    def __contains__(self, word: object) -> bool:
        return word in ("x", "ray")


RECALLS: list[tuple[Container[str] | None, float | None]] = [
    (None, None),
    ({"x", "ray", "statin"}, None),
    (["X-Ray"], 0.5),
    (Shelf(), 0.5),
    ((), 0.75),
]


@pytest.mark.parametrize(("vocabulary", "recall"), RECALLS)
def test_vocabularies(vocabulary: Container[str] | None, recall: float | None) -> None:
    """Any container will do; without one, or without such words, there is no recall."""
    report = score(["x-ray statin", "statin"], ["X ray statin", ""], vocabulary=vocabulary)
    assert report.oov_recall == recall


def test_by_label(report: WerReport) -> None:
    """A report for each value, in order, with the same vocabulary."""
    groups = report.by("speaker")
    assert list(groups) == ["anna", "ben"]
    assert groups["anna"].wer == pytest.approx(1 / 3)
    assert groups["anna"].oov_recall == 1.0
    assert list(groups.frame()["speaker"]) == ["anna", "ben"]
    assert "anna" in groups._repr_html_()


def test_unknown_label(report: WerReport) -> None:
    """A label that does not exist names those that do."""
    with pytest.raises(NotFoundError) as caught:
        report.by("room")
    assert caught.value.available == ("speaker",)


def test_interval_by_speaker(report: WerReport) -> None:
    """Whole speakers can be drawn; the default interval is the one with seed 0."""
    assert report.interval == report.bootstrap()
    assert report.bootstrap(by="speaker").low == pytest.approx(1 / 3)


def test_compare(report: WerReport) -> None:
    """Differences are this minus other, and swap sign with the systems."""
    perfect = score(
        [utterance.reference for utterance in report.utterances],
        [utterance.reference for utterance in report.utterances],
        labels=[utterance.labels for utterance in report.utterances],
        names=["1.wav", "2.wav", "3.wav"],
    )
    gain, loss = perfect.compare(report), report.compare(perfect)
    assert gain.difference == -report.wer == -loss.difference
    assert (gain.better, gain.worse, gain.same) == (3, 0, 0)
    assert gain.p_value == loss.p_value == 0.25
    assert gain.interval.high <= 0 <= loss.interval.low
    assert perfect.compare(report, by="speaker").p_value == 0.5


DIFFERENT = [
    (["a"], ["1"], "2 and 1 utterances"),
    (["a", "c"], ["1", "2"], "utterance 2"),
    (["a", "b"], ["1", "3"], "utterance 2"),
]


@pytest.mark.parametrize(("references", "names", "said"), DIFFERENT)
def test_compare_wants_the_same_utterances(
    references: list[str], names: list[str], said: str
) -> None:
    """Reports about different texts or recordings cannot be compared."""
    report = score(["a", "b"], ["a", "b"])
    with pytest.raises(TestSetError, match=said):
        report.compare(score(references, references, names=names))


WRONG: list[tuple[dict[str, object], str]] = [
    (
        {"references": ["a", "b"], "hypotheses": ["a"]},
        r"2 references but 1 hypotheses: reference 2 \('b'\)",
    ),
    (
        {"references": ["a"], "hypotheses": ["a", "b"]},
        r"1 references but 2 hypotheses: number 2 of the hypotheses \('b'\)",
    ),
    ({"references": ["a"], "hypotheses": ["a"], "names": []}, "1 references but 0 names"),
    ({"references": ["a"], "hypotheses": ["a"], "labels": [{}, {}]}, "1 references but 2 labels"),
    ({"references": [], "hypotheses": []}, "nothing to score"),
    ({"references": ["a", None], "hypotheses": ["a", "b"]}, "reference 2 is None"),
    ({"references": ["a"], "hypotheses": [float("nan")]}, "hypothesis 1 is nan"),
    ({"references": ["a"], "hypotheses": ["a"], "vocabulary": "words.txt"}, "'words.txt'"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_what_cannot_be_scored(arguments: dict[str, object], said: str) -> None:
    """Each mistake is named with its numbers."""
    with pytest.raises(TestSetError, match=said):
        score(**arguments)  # type: ignore[arg-type]


def test_frame_has_a_row_per_utterance() -> None:
    """Labels are columns; one that is named like a column of ours gets a prefix."""
    labels = [{"speaker": "anna", "words": "few"}, {"speaker": "ben"}]
    frame = score(["a b", "c"], ["a", "c"], labels=labels).frame()
    assert list(frame["name"]) == ["1", "2"]
    assert list(frame["words"]) == [2, 1]
    assert list(frame["label_words"]) == ["few", ""]
    assert list(frame["deletions"]) == [1, 0]


def test_json_holds_everything(report: WerReport) -> None:
    """The JSON form survives a round trip and carries rates, counts, words and utterances."""
    values = json.loads(json.dumps(report.to_json()))
    assert values["wer"] == report.wer
    assert values["counts"]["reference_words"] == 9
    assert values["confusions"][0]["reference"] == "atorvastatin"
    assert values["utterances"][1]["labels"] == {"speaker": "anna"}
    assert values["interval"]["level"] == 0.95


def test_one_line(report: WerReport) -> None:
    """A report prints as one line with rate, interval and counts; so does its repr."""
    text = str(report)
    assert text.startswith("WER 66.7 % (95 % interval ")
    assert "6 errors in 9 words (2 substituted, 1 left out, 3 inserted), 3 utterances" in text
    assert text.endswith("OOV recall 66.7 %")
    assert repr(report) == f"<WerReport {text}>"
    assert "\n" not in text


def test_notebook_table(report: WerReport) -> None:
    """In a notebook a report is a small table."""
    html = report._repr_html_()
    assert html.startswith("<table>")
    assert "66.7 %" in html


def test_report_survives_pickling(report: WerReport) -> None:
    """Reports cross process borders."""
    assert pickle.loads(pickle.dumps(report)) == report
