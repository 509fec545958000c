"""Mixtures of two models."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ngrams_oracle import ORDERS, SENTENCES, SMOOTHINGS, Ngram, histories, slow_tables, total

from sttprep.data import stock_model
from sttprep.errors import LanguageModelError
from sttprep.ngrams import NgramModel, mix_models, read_arpa, read_binary, train_ngram

OTHER_SENTENCES = st.lists(
    st.lists(st.sampled_from(["c", "d", "e", "f", "g"]), min_size=1, max_size=6),
    min_size=1,
    max_size=8,
)


def one_side(model: NgramModel, ngram: Ngram) -> float:
    """p of an n-gram in one model; a word it does not know has none."""
    *history, word = ngram
    return 10 ** model.score(word, history) if word in model.index else 0.0


@given(SENTENCES, OTHER_SENTENCES, ORDERS, ORDERS, SMOOTHINGS, st.floats(0.01, 0.99))
@settings(max_examples=60, deadline=None)
def test_a_mixture_is_the_weighted_sum_and_normalised(
    left: list[list[str]],
    right: list[list[str]],
    left_order: int,
    right_order: int,
    smoothing: Any,
    weight: float,
) -> None:
    """p = λ·p_custom + (1−λ)·p_base for the n-grams of both; every history sums to 1."""
    custom = train_ngram(left, left_order, vocabulary=["only", "custom"])
    base = train_ngram(right, right_order, smoothing, vocabulary=["base"])
    mixed = custom.mix(base, weight)
    known = slow_tables(mixed)
    assert set(known) == set(slow_tables(custom)) | set(slow_tables(base))
    for ngram in known:
        if ngram != ("<s>",):
            expected = weight * one_side(custom, ngram) + (1 - weight) * one_side(base, ngram)
            assert 10 ** mixed.score(ngram[-1], ngram[:-1]) == pytest.approx(expected)
    for history in histories(mixed, [("only", "base"), ("<s>", "c", "nowhere"), ("a", "f", "c")]):
        assert total(mixed, history) == pytest.approx(1, abs=1e-6)


@given(SENTENCES, OTHER_SENTENCES)
@settings(max_examples=10, deadline=None)
def test_weights_0_and_1_are_the_models_themselves(
    left: list[list[str]], right: list[list[str]]
) -> None:
    """Nothing is added, removed or rounded."""
    custom, base = train_ngram(left), train_ngram(right)
    assert mix_models(custom, base, 0) is base
    assert mix_models(custom, base, 1.0) is custom


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan"), "0.3", None, True])
def test_the_weight_is_a_number_from_0_to_1(weight: Any) -> None:
    """Anything else is refused with an example."""
    model = train_ngram([["a"]])
    with pytest.raises(LanguageModelError, match=r"from 0 to 1.*0\.3 is a good start"):
        model.mix(model, weight)


def test_numpy_numbers_are_weights() -> None:
    """Weights that come out of an array are taken."""
    one, two = train_ngram([["a"]]), train_ngram([["b"]])
    assert one.mix(two, np.float64(0.5)).score("a") == one.mix(two, 0.5).score("a")


def test_the_base_keeps_its_word_ids() -> None:
    """Words of the base come first, in their order; the custom model's new ones follow."""
    custom, base = train_ngram([["x", "b", "a"]]), train_ngram([["z", "b"]])
    assert custom.mix(base, 0.5).words == (*base.words, "a", "x")


def test_unknown_words_are_one_word_whatever_their_case() -> None:
    """<unk> of the custom model is <UNK> of the base; one row, one share."""
    custom, plain = train_ngram([["a"]]), train_ngram([["b"]])
    base = NgramModel(("<UNK>", *plain.words[1:]), plain.tables)
    mixed = custom.mix(base, 0.25)
    assert [word for word in mixed.words if "unk" in word.lower()] == ["<UNK>"]
    expected = 0.25 * 10 ** custom.score("<unk>") + 0.75 * 10 ** plain.score("<unk>")
    assert 10 ** mixed.score("nowhere") == pytest.approx(expected)
    assert total(mixed, ("<s>",)) == pytest.approx(1, abs=1e-9)


def test_a_base_that_does_not_sum_to_one_is_put_right(tmp_path: Any) -> None:
    """A history whose explicit n-grams sum to more than 1 is scaled down."""
    path = tmp_path / "over.arpa"
    path.write_text(
        "\\data\\\nngram 1=5\nngram 2=3\n\n\\1-grams:\n-99 <s> 0\n-0.5 </s>\n-0.4 a -1\n"
        "-0.6 b -0.2\n-0.9 c\n\n\\2-grams:\n-0.2 a b\n-0.1 a c\n-0.3 b a\n\n\\end\\\n"
    )
    mixed = train_ngram([["a", "b"]], 2).mix(read_arpa(path), 0.1)
    for history in [(), ("a",), ("b",), ("c",), ("<s>",)]:
        assert total(mixed, history) == pytest.approx(1, abs=1e-6)


def test_histories_without_a_row_get_one(tmp_path: Any) -> None:
    """A trigram whose beginning is no bigram still has a normalised history in the mixture."""
    path = tmp_path / "pruned.arpa"
    path.write_text(
        "\\data\\\nngram 1=5\nngram 2=1\nngram 3=1\n\n\\1-grams:\n-99 <s> 0\n-0.7 </s>\n"
        "-0.7 a 0\n-0.5 b -0.2\n-0.6 c 0\n\n\\2-grams:\n-0.2 b c 0\n\n\\3-grams:\n-0.1 a b c\n"
        "\n\\end\\\n"
    )
    base = read_arpa(path)
    mixed = train_ngram([["c", "c"]], 3).mix(base, 0.5)
    assert ("a", "b") in slow_tables(mixed)
    for history in [("a", "b"), ("b",), ("c", "b")]:
        assert total(mixed, history) == pytest.approx(1, abs=1e-6)


def test_mixing_with_the_stock_model() -> None:
    """Two million bigrams: explicit n-grams are the weighted sum, histories sum to 1."""
    base = read_binary(stock_model().language_model)
    text = [["take", "two", "tablets"], ["take", "atorvastatin", "with", "food"]]
    custom = train_ngram(text, vocabulary=["metformin"])
    mixed = custom.mix(base, 0.3)
    assert len(mixed.words) == len(base.words) + 3  # <unk>, atorvastatin, metformin
    for words in (["take"], ["take", "two"], ["take", "two", "tablets"], ["of", "the", "world"]):
        expected = 0.3 * one_side(custom, tuple(words)) + 0.7 * one_side(base, tuple(words))
        assert 10 ** mixed.score(words[-1], words[:-1]) == pytest.approx(expected, rel=1e-5)
    for history in [("take", "two"), ("metformin", "and")]:
        assert total(mixed, history) == pytest.approx(1, abs=1e-6)
    test = [["take", "two", "tablets", "of", "atorvastatin"]]
    assert base.perplexity(test).oov == 1
    assert mixed.perplexity(test).oov == 0
