"""What a vocabulary covers of a text, and what to add next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.corpora import Corpus
from sttprep.corpora.coverage import coverage
from sttprep.errors import CorpusError

WORDS = st.sampled_from(["a", "b", "c", "d", "e", "f", "G", "A", "b-c"])
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=12)


@given(LINES, st.sets(st.sampled_from("abcdefg")))
def test_against_an_oracle(lines: list[str], lexicon: set[str]) -> None:
    """Rates are plain counts over tokens and over sentences; every prefix of additions too."""
    corpus = Corpus.from_text("\n".join(lines), "demo")
    found = coverage(corpus, lexicon)

    def rates(known: set[str]) -> tuple[float, float]:
        sentences = corpus.tokens(lexicon)
        tokens = [token.lower() in known for tokens in sentences for token in tokens]
        whole = [all(token.lower() in known for token in tokens) for tokens in sentences]
        return sum(tokens) / len(tokens), sum(whole) / len(whole)

    assert (found.rate, found.sentence_rate) == rates(lexicon)
    known = set(lexicon)
    for step in found.next(3):
        known.add(step.word.lower())
        assert (step.rate, step.sentence_rate) == rates(known)


@given(LINES, st.sampled_from(["tokens", "sentences"]))
def test_curves_rise_to_one(lines: list[str], by: str) -> None:
    """Every word added covers more, the last one everything."""
    curve = coverage(Corpus.from_text("\n".join(lines), "demo"), {"a"}).curve(by)  # type: ignore[arg-type]
    assert curve["rate"].is_monotonic_increasing
    assert curve["sentence_rate"].is_monotonic_increasing
    assert curve["rate"].iloc[-1] == curve["sentence_rate"].iloc[-1] == 1
    assert list(curve["words"]) == list(range(len(curve)))


@given(LINES)
def test_additions_are_what_the_curve_says(lines: list[str]) -> None:
    """Measuring again with the words added gives the step's figures."""
    corpus = Corpus.from_text("\n".join(lines), "demo")
    steps = coverage(corpus, {"a"}).next(2)
    again = coverage(corpus, {"a"}, [step.word for step in steps])
    if steps:
        assert (again.rate, again.sentence_rate) == (steps[-1].rate, steps[-1].sentence_rate)


def test_sentences_first() -> None:
    """By sentences, the word that completes most comes before the most frequent one."""
    corpus = Corpus.from_text("x y\nx z\nx w\nq\nq", "demo")
    found = coverage(corpus, set())
    assert [step.word for step in found.next(1)] == ["x"]
    assert [step.word for step in found.next(2, "sentences")] == ["q", "x"]
    assert [step.sentence_rate for step in found.next(5, "sentences")] == [0.4, 0.4, 0.6, 0.8, 1.0]


def test_spelling_and_table() -> None:
    """A word shows its most frequent spelling; the page names the words to add."""
    found = coverage(Corpus.from_text("NIH nih NIH\nknown", "demo"), {"known"})
    assert [(step.word, step.count) for step in found.next()] == [("NIH", 3)]
    assert "NIH" in found._repr_html_()
    assert coverage([], set()).rate == coverage([], set()).sentence_rate == 1.0


def test_mistakes_are_explained() -> None:
    """An order that does not exist, and a language without a lexicon."""
    found = coverage(Corpus.from_text("a", "demo"), set())
    with pytest.raises(CorpusError, match='by="tokens"'):
        found.next(1, "words")  # type: ignore[arg-type]
    with pytest.raises(CorpusError, match="stock lexicon is English"):
        coverage(Corpus.from_text("un mot", "demo", "fr-FR"))
