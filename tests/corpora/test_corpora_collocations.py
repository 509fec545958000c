"""Collocations are the domain's terms of two words."""

from __future__ import annotations

import math
from collections import Counter

import pytest

from sttprep.corpora import Corpus
from sttprep.corpora.collocations import terms

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


LINES = [
    "acute Fallot tetralogy in a child", "an acute Fallot tetralogy", "the acute Fallot tetralogy",
    "spinal cord injury", "a spinal cord tumor", "the spinal cord", "cord blood", "cord blood bank",
]  # fmt: skip


def test_terms_with_unknown_words_come_first() -> None:
    """A rarer term with a new word comes before a frequent known one, and names the new words."""
    corpus = Corpus.from_text("\n".join(LINES), "demo")
    lexicon = {word.lower() for line in LINES for word in line.split()} - {"fallot"}
    found = terms(corpus, 10, lexicon)
    assert [(term.text, term.unknown) for term in found] == [
        ("acute Fallot tetralogy", ("Fallot",)), ("spinal cord", ()), ("cord blood", ()),
    ]  # fmt: skip
    assert terms(corpus, 0, lexicon) == []


def test_the_score_of_a_nested_pair_is_what_is_left() -> None:
    """C-value: the count less the mean count of the longer terms around, times log2(words + 1)."""
    text = "\n".join(f"left spinal cord {x}\nright spinal cord {x}\nspinal cord {x}" for x in "uvw")
    lexicon = {"left", "right", "spinal", "cord", "u", "v", "w"}
    found = {term.text: term for term in terms(Corpus.from_text(text, "demo"), 9, lexicon)}
    assert found["spinal cord"].count == 9
    assert found["spinal cord"].score == pytest.approx((9 - 3) * math.log2(3))
    assert found["left spinal cord"].score == pytest.approx(3 * math.log2(4))


def test_an_acronym_ends_no_term() -> None:
    """What a text puts behind a term as its abbreviation is not part of it."""
    text = "\n".join(
        f"heart disease CHD of {x}\nCHD patients of {x}" for x in ("one", "two", "six")
    )
    found = [term.text for term in terms(Corpus.from_text(text, "demo"), 9, {"heart", "disease"})]
    assert found == ["CHD patients", "heart disease"]
