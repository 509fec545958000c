"""Collocations are the domain's terms of two words."""

from __future__ import annotations

import math
from collections import Counter

import pytest

from sttprep.corpora import Corpus

TEXT = "\n".join(
    [f"the spinal cord of patient {word} hurts" for word in ("alpha", "beta", "gamma")]
    + [f"Spinal cord injury in group {word}" for word in ("delta", "zeta")]
    + ["cord blood", "a spinal tap", "of the group", "of the blood", "cord injury again"]
)


def likelihood_ratio(both: int, first: int, second: int, total: int) -> float:
    """Dunning's statistic from the 2x2 table, written out."""
    table = [[both, second - both], [first - both, total - first - second + both]]
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    return 2 * sum(
        cell * math.log(cell * total / (rows[i] * columns[j]))
        for i, row in enumerate(table)
        for j, cell in enumerate(row)
        if cell
    )


def test_terms_come_first() -> None:
    """A pair that belongs together wins over pairs with function words."""
    best = Corpus.from_text(TEXT, "demo").collocations(1)[0]
    assert best.words == ("spinal", "cord")
    assert best.text == "spinal cord"
    assert best.count == 5


def test_score_is_dunnings() -> None:
    """The score is the log-likelihood ratio of the pair's 2x2 table over all pairs."""
    corpus = Corpus.from_text(TEXT, "demo")
    best = corpus.collocations(1)[0]
    words = [[token.lower() for token in tokens] for tokens in corpus.tokens()]
    counts = Counter(token for line in words for token in line)
    # nltk takes the number of words, not of pairs, as the size of the sample.
    expected = likelihood_ratio(best.count, counts["spinal"], counts["cord"], counts.total())
    assert best.score == pytest.approx(expected)


def test_pairs_stay_inside_a_line_and_copies_count_once() -> None:
    """Words on neighbouring lines are no pair, and boilerplate does not count."""
    corpus = Corpus.from_text("end here\nstart there\n" * 5, "demo")
    assert corpus.collocations() == []


def test_at_most_n_in_a_fixed_order() -> None:
    """The list is as long as asked for, and its order does not depend on chance."""
    corpus = Corpus.from_text(TEXT, "demo")
    terms = corpus.collocations(50)
    assert corpus.collocations(2) == terms[:2]
    assert corpus.collocations(0) == corpus.collocations(-1) == []
    assert terms == sorted(terms, key=lambda term: (-term.score, [w.lower() for w in term.words]))


def test_tiny_and_foreign_corpora() -> None:
    """One word, or another language, is no problem."""
    assert Corpus.from_text("word", "demo").collocations() == []
    french = Corpus.from_text("la pomme verte\nune pomme verte\ndes pommes", "demo", "fr-FR")
    assert [term.words for term in french.collocations()] == [("pomme", "verte")]
