"""Out-of-vocabulary words: counted, ordered, with the lines they stand in."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.corpora import Corpus, OovReport, find_oov
from sttprep.corpora.kinds import kind_of
from sttprep.corpora.oov import compound_splitter, stock_words
from sttprep.errors import CorpusError


def test_order_is_count_then_code_point() -> None:
    """The most frequent word comes first; equal counts are in code-point order."""
    corpus = Corpus.from_text("zz zz b a B A a2 zz b", "demo")
    words = find_oov([corpus], set()).words
    assert [(word.word, word.count) for word in words] == [
        ("zz", 3), ("b", 2), ("A", 1), ("B", 1), ("a", 1), ("a2", 1),
    ]  # fmt: skip


def test_spelled_as_in_the_corpus_looked_up_in_lower_case() -> None:
    """Rows differ by case; the lexicon does not."""
    corpus = Corpus.from_text("Metformin metformin METFORMIN Aspirin ASPIRIN", "demo")
    words = find_oov([corpus], {"aspirin"}).words
    assert [word.word for word in words] == ["METFORMIN", "Metformin", "metformin"]


def test_contexts_are_the_first_lines() -> None:
    """A word keeps the first lines in which it stands, each line once, over all corpora."""
    first = Corpus.from_text("x MVD and MVD\ny\nMVD again\n", "first")
    second = Corpus.from_text("\n\nMVD\nMVD\n", "second")
    word = find_oov([first, second], {"x", "y", "and", "again"}, contexts=3).words[0]
    assert word.count == 5
    assert [(context.source, context.line, context.text) for context in word.contexts] == [
        ("first", 1, "x MVD and MVD"), ("first", 3, "MVD again"), ("second", 3, "MVD"),
    ]  # fmt: skip
    assert find_oov([first], set(), contexts=0).words[0].contexts == ()


def test_compounds_of_known_words_are_known() -> None:
    """A hyphen between known words makes no new word; an unknown part keeps the compound whole."""
    corpus = Corpus.from_text("life-threatening NINDS-supported x-ray Tay-Sachs X-ray", "demo")
    known = {"life", "threatening", "supported", "x-ray"}
    report = find_oov([corpus], known)
    assert [word.word for word in report.words] == ["NINDS-supported", "Tay-Sachs"]
    assert corpus.tokens(known) == [
        ["life", "threatening", "NINDS-supported", "x-ray", "Tay-Sachs", "X-ray"]
    ]
    assert compound_splitter(known)("a-b@life-threatening.org") == ("a-b@life-threatening.org",)


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        ("MVD", "acronym"), ("NSAIDs", "acronym"), ("P.A.D.", "acronym"), ("H5N1", "code"),
        ("MICROCEPHALY", "word"), ("Tay-Sachs", "compound"), ("provider's", "possessive"),
        ("Alport's", "word"), ("metformin", "word"), ("www.cdc.gov", "address"),
        ("me@x.org", "address"), ("cnn.com", "address"), ("report.pdf", "address"),
    ],
)  # fmt: skip
def test_kinds(token: str, kind: str) -> None:
    """The kind tells a reviewer what to look at."""
    assert kind_of(token, {"provider"}) == kind


TOKENS = st.sampled_from(["a", "A", "b", "b-a", "c", "C-c", "a-c", "d's", "E5", "x.y"])


@given(st.lists(st.lists(TOKENS, min_size=1).map(" ".join), min_size=1), st.sets(TOKENS))
def test_report_against_an_oracle(lines: list[str], lexicon: set[str]) -> None:
    """Counts equal a plain count; every token of ``tokens(lexicon)`` is known or in the report."""
    lexicon = {word.lower() for word in lexicon}
    corpus = Corpus.from_text("\n".join(lines), "demo")
    report = find_oov([corpus], lexicon)

    def known(token: str) -> bool:
        token = token.lower()
        return token in lexicon or all(part in lexicon for part in token.split("-"))

    plain = Counter(token for line in lines for token in line.split() if not known(token))
    assert {word.word: word.count for word in report.words} == plain
    assert report.total_words == corpus.total_words == sum(len(line.split()) for line in lines)
    assert report.oov_tokens == plain.total()
    assert 0 <= report.rate <= 1
    unknown = {word.word for word in report.words}
    for tokens in corpus.tokens(lexicon):
        assert all(token.lower() in lexicon or token in unknown for token in tokens)


def test_lexicon_may_be_any_container() -> None:
    """A list, a dict and a set say the same."""
    corpus = Corpus.from_text("a b c", "demo")
    reports = [find_oov([corpus], known) for known in (["a", "b"], {"a": 1, "b": 2}, {"a", "b"})]
    assert reports[0] == reports[1] == reports[2]


def test_stock_lexicon() -> None:
    """The stock lexicon knows everyday words, without the numbers of their variants."""
    words = stock_words()
    assert {"the", "percent", "don't", "u.s."} <= words
    assert not any("(" in word or word != word.lower() for word in words)


def test_frame_and_table() -> None:
    """The frame has a row per word; the table escapes what the corpus says."""
    corpus = Corpus.from_text("x & a <b unknown\n" + "\n".join(f"w{n}" for n in range(40)), "d")
    report = find_oov([corpus], {"x", "a", "and"})
    frame = report.frame()
    assert list(frame.columns)[:6] == ["word", "count", "kind", "example", "line", "source"]
    assert list(frame["word"]) == [word.word for word in report.words]
    assert frame["count"].sum() == report.oov_tokens
    table = report._repr_html_()
    assert "x &amp; a &lt;<mark>b</mark> unknown" in table
    assert table.count("<tr>") == 26
    assert "17 more" in table
    assert 'scope="col"' in table
    assert "<caption>42 out-of-vocabulary words" in table


def test_empty_report() -> None:
    """A corpus without unknown words gives an empty frame and a table without rows."""
    report = find_oov([Corpus.from_text("a", "demo")], {"a"})
    assert report.words == []
    assert len(report.frame()) == 0
    assert report.rate == 0
    assert "0 out-of-vocabulary words" in report._repr_html_()
    assert OovReport([], 0, 0).rate == 0


def test_wrong_argument() -> None:
    """One corpus in place of a list of them is told how to write it."""
    corpus = Corpus.from_text("a", "demo")
    for wrong in (corpus, "corpus.txt", ["corpus.txt"]):
        with pytest.raises(CorpusError, match=re.escape("find_oov([")):
            find_oov(wrong, set())  # type: ignore[arg-type]
