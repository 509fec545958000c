"""Looking n-grams up, one at a time and many at once."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ngrams_oracle import ORDERS, SENTENCES, slow_score, slow_tables

from sttprep.errors import LanguageModelError
from sttprep.ngrams import NgramModel, train_ngram
from sttprep.ngrams.table import find, sort_order

WORDS = st.sampled_from(["a", "b", "c", "d", "e", "z", "nowhere"])


@given(SENTENCES, ORDERS, st.lists(WORDS, max_size=5), WORDS)
def test_score_backs_off_by_definition(
    sentences: list[list[str]], order: int, history: list[str], word: str
) -> None:
    """``score`` equals back-off on a plain dictionary of the n-grams."""
    model = train_ngram(sentences, order, vocabulary=["z"])
    known = [name if name in model.index else "<unk>" for name in [*history, word]]
    near = tuple(known[:-1][max(0, len(history) - model.order + 1) :])
    assert model.score(word, history) == pytest.approx(
        slow_score(slow_tables(model), known[-1], near)
    )


@given(SENTENCES, ORDERS, st.lists(st.lists(WORDS, max_size=6), min_size=1, max_size=5))
@settings(deadline=None)
def test_perplexity_adds_up_single_scores(
    sentences: list[list[str]], order: int, test: list[list[str]]
) -> None:
    """All tokens at once score what each scores alone; unknown words are left out."""
    model = train_ngram(sentences, order)
    logs, oov = [], 0
    for sentence in test:
        history = ["<s>"]
        for token in [*sentence, "</s>"]:
            if token in model.index:
                logs.append(model.score(token, history))
            else:
                oov += 1
            history.append(token)
    result = model.perplexity(test)
    assert result.tokens == len(logs)
    assert result.oov == oov
    assert result.words == sum(map(len, test))
    assert result.sentences == len(test)
    assert result.log_prob == pytest.approx(sum(logs))
    assert result.value == pytest.approx(10 ** (-sum(logs) / len(logs)))


def test_perplexity_counts_sentence_ends_but_not_unknown_words() -> None:
    """Two known words, one unknown word, one end: three tokens."""
    result = train_ngram([["a", "b"]], 2).perplexity([["a", "x", "b"]])
    assert (result.tokens, result.oov, result.words, result.sentences) == (3, 1, 3, 1)
    assert result.oov_rate == pytest.approx(1 / 3)
    assert str(result).endswith("over 3 tokens (1 sentences), 1 of 3 words unknown")


def test_token_scores_say_which_ngram_was_found() -> None:
    """``length`` is that of the longest n-gram the model has for a token."""
    model = train_ngram([["a", "b", "c"]], 3)
    scores = model.token_scores([["a", "b", "a", "x"], ["c"]])
    assert scores.length.tolist() == [2, 3, 1, 1, 1, 1, 2]
    assert scores.is_oov.tolist() == [False, False, False, True, False, False, False]
    assert scores.is_end.tolist() == [False, False, False, False, True, False, True]
    assert scores.sentence.tolist() == [0, 0, 0, 0, 0, 1, 1]


def test_perplexity_needs_sentences() -> None:
    """No sentences, no perplexity; bad tokens are named as in training."""
    model = train_ngram([["a"]])
    with pytest.raises(LanguageModelError, match="no sentences to measure"):
        model.perplexity([])
    with pytest.raises(LanguageModelError, match="sentence 1, token 1: 'a b'"):
        model.perplexity([["a b"]])


def test_only_the_near_history_counts() -> None:
    """Words further back than the order reaches change nothing; an unknown one cuts."""
    model = train_ngram([["a", "b", "c"], ["b", "c", "a"]], 3)
    assert model.score("c", ["z", "a", "a", "b"]) == model.score("c", ["a", "b"])
    assert model.score("c", ["a", "nowhere", "b"]) == model.score("c", ["nowhere", "b"])


def test_a_text_as_history_is_refused() -> None:
    """A string would be taken apart into letters."""
    with pytest.raises(LanguageModelError, match="not a list of words"):
        train_ngram([["a"]]).score("a", "<s>")


def test_ngrams_are_listed_in_reading_order() -> None:
    """``ngrams`` gives word ids, sorted by the last word first; other orders do not exist."""
    model = train_ngram([["b", "a"]], 2)
    names = [[model.words[number] for number in row] for row in model.ngrams(2).tolist()]
    assert names == [["a", "</s>"], ["b", "a"], ["<s>", "b"]]
    for order in (0, 3):
        with pytest.raises(LanguageModelError, match=f"no {order}-grams"):
            model.ngrams(order)


def test_a_model_without_unknown_word_gives_it_nothing() -> None:
    """Without <unk> an unknown word is impossible."""
    model = train_ngram([["a"]], 1)
    bare = NgramModel(("nope", *model.words[1:]), model.tables)
    assert bare.score("x") == -math.inf
    assert bare.token_scores([["x"]]).log_prob[0] == -math.inf
    assert bare.perplexity([["x", "a"]]).oov == 1


@given(st.lists(st.integers(0, 2**62), max_size=40))
def test_sort_order_is_a_stable_argsort(values: list[int]) -> None:
    """Packed or not, the permutation is that of a stable sort."""
    for scale in (0, 40):
        keys = np.array(values, np.int64) >> scale
        expected = sorted(range(len(values)), key=lambda row: (int(keys[row]), row))
        assert sort_order(keys).tolist() == expected


def test_find_gives_rows_of_many_unsorted_keys() -> None:
    """Above the size where queries are sorted first, the answers stay in the order asked."""
    keys = np.arange(0, 300_000, 3)
    wanted = np.random.default_rng(0).integers(-5, 300_010, 60_000)
    expected = np.where((wanted >= 0) & (wanted < 300_000) & (wanted % 3 == 0), wanted // 3, -1)
    assert (find(keys, wanted) == expected).all()
    assert find(np.zeros(0, np.int64), wanted[:3]).tolist() == [-1, -1, -1]
