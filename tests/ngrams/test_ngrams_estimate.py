"""Estimating probabilities."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from ngrams_oracle import ORDERS, SENTENCES, SMOOTHINGS, SlowKneserNey, histories, total, zipf_text
from nltk.lm import WittenBellInterpolated
from nltk.lm.preprocessing import everygrams

from sttprep.errors import LanguageModelError
from sttprep.ngrams import train_ngram


@given(SENTENCES, ORDERS)
@settings(max_examples=60, deadline=None)
def test_kneser_ney_follows_its_definition(sentences: list[list[str]], order: int) -> None:
    """Every probability equals that of an implementation written down from the formulas."""
    model = train_ngram(sentences, order, vocabulary=["z"])
    slow = SlowKneserNey(sentences, order, ["z"])
    assert model.order == slow.order
    for history in histories(model, [("z",), ("e", "z"), ("a", "a", "a", "a")]):
        for word in slow.events:
            assert 10 ** model.score(word, history) == pytest.approx(slow.p(word, history))


def test_kneser_ney_estimates_its_discounts_from_natural_text() -> None:
    """A text with natural counts needs no fallback, and agrees with the definition."""
    text = zipf_text(120)
    model, slow = train_ngram(text, 2), SlowKneserNey(text, 2)
    assert model.notes == ()
    assert slow.discounts[0] != [0.5, 1.0, 1.5] != slow.discounts[1]
    for history in histories(model)[::7]:
        for word in slow.events[::5]:
            assert 10 ** model.score(word, history) == pytest.approx(slow.p(word, history))


def test_fallback_discounts_are_noted() -> None:
    """A text too small for discounts says so, per order and with the reason."""
    assert train_ngram([["a", "b"], ["a", "c"]], 2).notes == (
        "Discounts 0.5/1/1.5 used for 1-grams: none of them counts 3.",
        "Discounts 0.5/1/1.5 used for 2-grams: none of them counts 3.",
    )


@given(SENTENCES, ORDERS, SMOOTHINGS)
@settings(max_examples=60, deadline=None)
def test_every_history_sums_to_one(sentences: list[list[str]], order: int, smoothing: Any) -> None:
    """Over the vocabulary, </s> and <unk>, whatever the history, seen or not."""
    model = train_ngram(sentences, order, smoothing, vocabulary=["y", "z"])
    for history in histories(model, [("y",), ("a", "z"), ("<s>", "e", "a"), ("nowhere",)]):
        assert total(model, history) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("smoothing", ["kneser-ney", "witten-bell"])
def test_unseen_words_share_equally(smoothing: Any) -> None:
    """Words of the vocabulary that are not in the text are as likely as <unk>, and <s> never."""
    model = train_ngram([["a", "b"], ["b", "a", "b"]], 3, smoothing, vocabulary=["x", "y", "a"])
    assert model.vocabulary == ("a", "b", "x", "y")
    for history in ([], ["a"], ["<s>", "b"], ["x"]):
        shares = {model.score(word, history) for word in ("x", "y", "<unk>", "not there")}
        assert len(shares) == 1
    assert model.score("<s>") == -99


def test_a_vocabulary_alone_is_uniform() -> None:
    """Without text each word, </s> and <unk> get the same share."""
    model = train_ngram([], vocabulary=["b", "a"])
    assert model.order == 1
    assert {round(10 ** model.score(word), 12) for word in ("a", "b", "</s>", "<unk>")} == {0.25}


def test_witten_bell_interpolates_by_its_formula() -> None:
    """p(w|h) = (c(hw) + T(h) · p(w|h')) / (c(h) + T(h)), down to the uniform distribution."""
    model = train_ngram([["a", "b"], ["a", "c"]], 2, "witten-bell")
    uniform = 1 / 5  # a b c </s> <unk>
    unigram = (1 + 4 * uniform) / (6 + 4)
    assert 10 ** model.score("b") == pytest.approx(unigram)
    assert 10 ** model.score("b", ["a"]) == pytest.approx((1 + 2 * unigram) / (2 + 2))
    assert 10 ** model.score("<unk>", ["a"]) == pytest.approx(2 * (4 * uniform / 10) / 4)


def test_witten_bell_interpolates_as_nltk_does() -> None:
    """nltk's share of the shorter history and own part are ours (its unigrams are not smoothed).

    nltk counts only what it is given, so the n-grams are those of sentences framed once.
    """
    text = zipf_text(150)
    framed = [["<s>", *sentence, "</s>"] for sentence in text]
    peer = WittenBellInterpolated(3)
    peer.fit(
        [list(everygrams(sentence, max_len=3)) for sentence in framed],
        [word for sentence in framed for word in sentence],
    )
    model = train_ngram(text, 3, "witten-bell")
    compared = 0
    for history in histories(model)[1::5]:
        if peer.counts[history].N() == 0:
            continue
        for word in ("w0", "w3", "w17", "</s>"):
            own, share = peer.estimator.alpha_gamma(word, history)
            lower = 10 ** model.score(word, history[1:])
            assert 10 ** model.score(word, history) == pytest.approx(own + share * lower)
            compared += 1
    assert compared > 200


def test_unknown_smoothing_is_refused() -> None:
    """The message lists what exists."""
    with pytest.raises(LanguageModelError, match="Use one of: kneser-ney, witten-bell"):
        train_ngram([["a"]], smoothing="magic")  # type: ignore[arg-type]


def test_sentences_may_be_a_generator() -> None:
    """The text is walked through once only."""
    model = train_ngram((line.split() for line in ["a b", "a c"]), 2)
    assert math.isclose(model.score("b", ["a"]), model.score("c", ["a"]))
