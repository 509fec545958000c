"""Near-duplicate lines: no false pair, hardly any missed."""

from __future__ import annotations

import random
import re

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from sttprep.corpora import Corpus
from sttprep.corpora.duplicates import NEAR, difference, near_duplicates

WORDS = [f"{first}{second}" for first in "bdfgklmn" for second in ("ar", "el", "io", "ut", "on")]


def words_of(line: str) -> list[str]:
    """The words of a line as they are compared."""
    return re.findall(r"[^\W_]+", line.lower())


def some_lines(chance: random.Random, count: int) -> list[str]:
    """Lines of ten to twenty words, a third of them copies of others with one change."""
    lines: list[str] = []
    for _ in range(count):
        words = chance.choices(WORDS, k=chance.randint(10, 20))
        if lines and chance.random() < 0.33:
            words = words_of(chance.choice(lines))
            words[chance.randrange(len(words))] = chance.choice(WORDS)
        lines.append(" ".join(words))
    return lines


def test_what_is_reported_is_similar() -> None:
    """Each pair is measured word by word; the later line comes second."""
    lines = some_lines(random.Random(1), 400)
    pairs = near_duplicates(Corpus.from_text("\n".join(lines), "demo"))
    assert len(pairs) > 50
    for pair in pairs:
        assert pair.other < pair.index
        similarity = Indel.normalized_similarity(
            words_of(lines[pair.other]), words_of(lines[pair.index])
        )
        assert similarity == pair.similarity >= NEAR


def test_hardly_any_is_missed() -> None:
    """Of the lines that a comparison of all with all finds, 95 in 100 are found."""
    lines = some_lines(random.Random(2), 400)
    rows = [words_of(line) for line in lines]
    oracle = {
        later
        for later in range(len(rows))
        for earlier in range(later)
        if lines[earlier] != lines[later]
        and Indel.normalized_similarity(rows[earlier], rows[later]) >= NEAR
    } - {later for later, line in enumerate(lines) if line in lines[:later]}
    found = {pair.index for pair in near_duplicates(Corpus.from_text("\n".join(lines), "demo"))}
    assert found <= oracle
    assert len(found) >= 0.95 * len(oracle) > 50


@given(st.lists(st.sampled_from(["a", "b", "Same line again.", ""]), min_size=1, max_size=20))
def test_exact_copies_and_short_lines_are_no_near_duplicates(lines: list[str]) -> None:
    """A copy has a finding of its own; of a short line each word matters."""
    assert near_duplicates(Corpus.from_text("\n".join(["x", *lines]), "demo")) == []


def test_case_and_punctuation_do_not_count() -> None:
    """A line that differs in these alone is the same, similarity 1."""
    text = "Take it with a glass of water every day.\n\ntake it, with a glass of water, every day"
    (pair,) = near_duplicates(Corpus.from_text(text, "demo"))
    assert (pair.index, pair.other, pair.similarity) == (2, 0, 1.0)


def test_differences_are_told_in_words() -> None:
    """At most three of them."""
    assert difference("a b c d e f g h", "a x c d y f z h q") == (
        "'x' for 'b', 'y' for 'e', 'z' for 'g' and 1 more"
    )
    assert difference("a b", "a") == "without 'b'"
