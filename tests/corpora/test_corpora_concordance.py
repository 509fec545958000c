"""A phrase in its lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.corpora import Corpus
from sttprep.corpora.concordance import concordance
from sttprep.errors import CorpusError


def test_places_and_sides() -> None:
    """Each occurrence has its file, its line and what stands around it in that line only."""
    text = "The spinal cord.\r\n\r\nSpinal  cord pain, spinal\ncord\n"
    found = concordance(Corpus.from_text(text, "demo"), "spinal cord")
    assert [(one.file, one.line, one.left, one.match, one.right) for one in found] == [
        ("demo", 1, "The ", "spinal cord", "."),
        ("demo", 3, "", "Spinal  cord", " pain, spinal"),
    ]
    assert (found.total, len(found)) == (2, 2)
    assert list(found.frame()["line"]) == [1, 3]


def test_whole_words_and_case() -> None:
    """Parts of words do not count; case counts if asked; apostrophes are all alike."""
    corpus = Corpus.from_text("cord Cord cords record Paget’s Paget's", "demo")
    assert concordance(corpus, "cord").total == 2
    assert concordance(corpus, "cord", ignore_case=False).total == 1
    assert concordance(corpus, "paget's").total == 2


def test_all_are_counted_some_are_kept() -> None:
    """The first ``n`` over all corpora are kept; the count goes on."""
    corpora = [Corpus.from_text("a b a\n" * 3, name) for name in ("one", "two")]
    found = concordance(corpora, "a", n=7)
    assert (len(found), found.total) == (7, 12)
    assert [one.file for one in found][-1] == "two"
    assert "12 occurrences, the first 7 shown" in found._repr_html_()
    assert str(concordance(corpora, "zebra")) == "'zebra' does not occur."
    assert "&lt;b&gt;" in concordance(Corpus.from_text("<b> a", "x"), "a")._repr_html_()


@given(st.lists(st.text("ab .\r\n", max_size=12), max_size=8), st.integers(1, 30))
def test_lines_are_those_of_the_text(pieces: list[str], size: int) -> None:
    """Line numbers agree with the corpus, however the text is cut into pieces."""
    text = "a\n" + "".join(pieces)
    corpus = Corpus.from_text(text, "demo")
    pieces_of = list(corpus.chunks(size))
    assert "".join(chunk.text for chunk in pieces_of) == text
    object.__setattr__(corpus, "chunks", lambda *_: iter(pieces_of))
    places = [one.line for one in concordance(corpus, "a", n=1000)]
    expected = [s.line for s in corpus.sentences for token in s.text.replace(".", " ").split()
                if token == "a"]  # fmt: skip
    assert places == expected


@pytest.mark.parametrize(("phrase", "width", "n"), [("  ", 40, 25), ("a", -1, 25), ("a", 40, -1)])
def test_mistakes_are_explained(phrase: str, width: int, n: int) -> None:
    """A blank phrase and negative sizes are refused with an example."""
    with pytest.raises(CorpusError, match="Write "):
        concordance(Corpus.from_text("a", "demo"), phrase, width, n)
