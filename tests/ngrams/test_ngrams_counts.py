"""Counting n-grams."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ngrams_oracle import ORDERS, SENTENCES, count_all

from sttprep.errors import LanguageModelError
from sttprep.ngrams import count_ngrams
from sttprep.ngrams.counts import NgramCounts


def as_words(counts: NgramCounts) -> list[dict[tuple[str, ...], int]]:
    """Counts by n-grams as words, found by following the suffix rows."""
    names: list[list[tuple[str, ...]]] = []
    for number, level in enumerate(counts.levels):
        below = names[-1] if number else [()] * len(level.first)
        names.append(
            [
                (counts.words[word], *below[suffix])
                for suffix, word in zip(level.suffix.tolist(), level.first.tolist(), strict=True)
            ]
        )
    return [
        {ngram: count for ngram, count in zip(row, level.count.tolist(), strict=True) if count}
        for row, level in zip(names, counts.levels, strict=True)
    ]


@given(SENTENCES, ORDERS)
def test_counts_equal_a_sliding_window(sentences: list[list[str]], order: int) -> None:
    """The arrays hold exactly what a window slid over each framed sentence counts."""
    expected = [dict(counter) for counter in count_all(sentences, order) if counter]
    assert as_words(count_ngrams(sentences, order)) == expected


@given(SENTENCES, ORDERS)
def test_prefix_rows_are_the_histories(sentences: list[list[str]], order: int) -> None:
    """``prefix`` leads from each n-gram to itself without its last word."""
    counts = count_ngrams(sentences, order)
    names: list[list[tuple[str, ...]]] = [[(word,) for word in counts.words]]
    for level in counts.levels[1:]:
        rows = [
            (counts.words[word], *names[-1][suffix])
            for suffix, word in zip(level.suffix.tolist(), level.first.tolist(), strict=True)
        ]
        assert [names[-1][row] for row in level.prefix.tolist()] == [row[:-1] for row in rows]
        names.append(rows)


@given(SENTENCES, st.randoms())
def test_the_order_of_sentences_does_not_matter(sentences: list[list[str]], rng: Any) -> None:
    """The same sentences in any order give the same words and counts."""
    shuffled = sentences[:]
    rng.shuffle(shuffled)
    one, two = count_ngrams(sentences, 3), count_ngrams(shuffled, 3)
    assert one.words == two.words
    assert as_words(one) == as_words(two)


def test_words_are_marks_then_sorted() -> None:
    """Ids 0, 1, 2 are the marks; words follow by code point; unseen vocabulary has count 0."""
    counts = count_ngrams([["zoo", "Ärzte"], ["apple"]], 1, vocabulary=["pear", "apple"])
    assert counts.words == ("<unk>", "<s>", "</s>", "apple", "pear", "zoo", "Ärzte")
    assert counts.levels[0].count.tolist() == [0, 2, 2, 1, 0, 1, 1]


def test_empty_sentences_are_left_out_and_noted() -> None:
    """An empty sentence teaches nothing, and the notes say so."""
    counts = count_ngrams([["a"], [], []], 2)
    assert counts.notes == ("2 empty sentences left out.",)
    assert as_words(counts) == as_words(count_ngrams([["a"]], 2))


def test_the_order_shrinks_to_the_longest_sentence() -> None:
    """Where no sentence is long enough, the order gets smaller and the notes say so."""
    counts = count_ngrams([["a"]], 5)
    assert counts.order == 3
    assert counts.notes == ("No sentence is long enough for 4-grams: the model has order 3.",)


@pytest.mark.parametrize(
    ("token", "code", "told"),
    [
        ("new york", "token-space", "'new york' contains white space."),
        ("tab\there", "token-space", "contains white space."),
        ("no\u00a0break", "token-space", "contains white space."),
        ("", "token-empty", "'' is empty."),
        ("<s>", "token-reserved", "'<s>' is a mark of language models."),
        ("</s>", "token-reserved", "'</s>' is a mark"),
        ("<unk>", "token-reserved", "'<unk>' is a mark"),
        ("<UNK>", "token-reserved", "'<UNK>' is a mark"),
        ("a\0b", "token-character", "contains a character no file can hold."),
        ("\ud800", "token-character", "contains a character no file can hold."),
        (7, "token-type", "7 is not text."),
        (None, "token-type", "None is not text."),
    ],
)
def test_bad_tokens_are_named_with_their_place(token: Any, code: str, told: str) -> None:
    """Each kind of bad token is reported with sentence and token number, from 1."""
    with pytest.raises(LanguageModelError) as caught:
        count_ngrams([["fine"], ["take", token, "now"]], 2)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.message.startswith("sentence 2, token 2: ")
    assert problem.message.endswith(told) or told in problem.message
    assert problem.hint


def test_all_bad_tokens_are_reported_in_order() -> None:
    """Every bad type is reported once, at its first place, in the order of the text."""
    with pytest.raises(LanguageModelError) as caught:
        count_ngrams([["ok", "a b"], [""], ["a b", "<s>"]], 2)
    assert [problem.message.split(":")[0] for problem in caught.value.problems] == [
        "sentence 1, token 2",
        "sentence 2, token 1",
        "sentence 3, token 2",
    ]


@pytest.mark.parametrize(
    ("sentences", "told"),
    [
        (["take two"], "Sentence 1 is the text 'take two', not a list of tokens."),
        ("take two", "'take two' is not a list of sentences."),
        ([["a"], 5], "Sentence 2 is 5, not a list of tokens."),
        ([["a", ["b"]]], "Sentence 1 is ['a', ['b']], not a list of tokens."),
        (None, "'None' is not a list of sentences."),
        ([], "There is no text and no vocabulary"),
        ([[]], "There is no text and no vocabulary"),
    ],
)
def test_what_is_no_list_of_token_lists_is_refused(sentences: Any, told: str) -> None:
    """The usual slips are told apart and answered with a correct example."""
    with pytest.raises(LanguageModelError) as caught:
        count_ngrams(sentences, 2)
    assert told in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize("order", [0, -1, 2.0, True, "3", None])
def test_the_order_is_a_whole_number_from_one(order: Any) -> None:
    """Anything else as an order is refused."""
    with pytest.raises(LanguageModelError, match="whole number from 1"):
        count_ngrams([["a"]], order)


def test_bad_vocabulary_words_are_all_named() -> None:
    """The vocabulary obeys the rules of tokens."""
    with pytest.raises(LanguageModelError) as caught:
        count_ngrams([["a"]], 1, vocabulary=["fine", "two words", "</s>"])
    assert [problem.message for problem in caught.value.problems] == [
        "vocabulary word 2: 'two words' contains white space.",
        "vocabulary word 3: '</s>' is a mark of language models.",
    ]
    with pytest.raises(LanguageModelError, match="not a list of words"):
        count_ngrams([["a"]], 1, vocabulary="word")
