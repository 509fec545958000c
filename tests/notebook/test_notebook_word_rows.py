"""What a word grid shows: filters, orders, problems, phones and contexts."""

from __future__ import annotations

import pytest

from sttprep.corpora import Corpus
from sttprep.errors import WordError
from sttprep.notebook import word_rows
from sttprep.notebook.word_rows import Line, Phones, Query, WordRows
from sttprep.words import Word, WordList

TEXT = "MVD is rare.\r\nAsk about MVD, and (MVD).\rNo MVDs here.\nThe last: mvd and MVD\n"
WORDS = WordList(
    [
        Word("MVD", ["M. V. D."], "MVD", 4, ["c1"]),
        Word("tornado", ["tornado"], "Tornado", 9, ["c2"]),
        Word("75.00", ["75 dollars"], count=1),
        Word("Alport's", ["all ports"], count=2),
        Word("H5N1", ["H. five N. one"], count=2),
        Word("ß", ["b"], count=0),
    ]
)


def order(drafts=(), **query) -> list[str]:
    """The spellings shown for a query."""
    return WordRows().order(WORDS, dict.fromkeys(drafts, "x"), Query(**query))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, ["MVD", "tornado", "75.00", "Alport's", "H5N1", "ß"]),
        ({"down": True}, ["ß", "H5N1", "Alport's", "75.00", "tornado", "MVD"]),
        ({"text": "TORN"}, ["tornado"]),
        ({"text": "ports"}, ["Alport's"]),  # in a sounds-like
        ({"text": "m."}, ["MVD"]),  # no regular expression
        ({"text": "^[a-z]", "regex": True}, ["MVD", "tornado", "Alport's", "H5N1", "ß"]),
        ({"kind": "acronym"}, ["MVD"]),
        ({"kind": "code"}, ["75.00", "H5N1"]),
        ({"problems": True}, ["75.00"]),
        ({"sort": "word"}, ["75.00", "Alport's", "H5N1", "MVD", "ß", "tornado"]),
        ({"sort": "count", "down": True}, ["tornado", "MVD", "Alport's", "H5N1", "75.00", "ß"]),
        ({"sort": "problems", "down": True, "text": "0"}, ["75.00"]),
    ],
)
def test_queries(query, shown):
    """Filters and orders, ties in the order of the list."""
    assert order(**query) == shown


def test_sorted_by_the_first_pronunciation():
    """B IY, EH M V IY D IY, EY CH F AY V …"""
    assert order(sort="pronunciation", text="^(.|MVD|H5N1)$", regex=True) == ["ß", "MVD", "H5N1"]


def test_a_draft_is_a_problem():
    """Only problems: words whose draft waits to be mended are among them, on top when sorted."""
    assert order(drafts=["tornado"], problems=True) == ["tornado", "75.00"]
    assert order(drafts=["ß"], sort="problems", down=True)[:2] == ["ß", "75.00"]


def test_a_broken_regular_expression_is_explained():
    """The message says what is wrong with it and how to write what was probably meant."""
    with pytest.raises(WordError, match=r"cannot be read: .* \\\("):
        order(text="M(", regex=True)


def test_too_many_to_sort_by_phones(monkeypatch):
    """Phones of a whole long list would take minutes: the message says to filter first."""
    monkeypatch.setattr(word_rows, "MOST_SORTED_BY_PHONES", 5)
    with pytest.raises(WordError, match=r"6 words are too many.* Filter them first, down to 5"):
        order(sort="pronunciation")


def test_an_unknown_order_is_refused():
    """The message lists the orders."""
    with pytest.raises(WordError, match="Use one of: word, count"):
        order(sort="colour")


def test_a_query_of_anything():
    """What is missing or of another type in a message is as if it were not said."""
    assert Query.of({"text": 3, "regex": None, "kind": "code", "more": 1}) == Query(kind="code")


def test_phones():
    """Letters by name; what nobody can say has no phones; other languages have none at all."""
    rows = WordRows()
    assert rows.phones(["M. V. D.", "™"]) == {
        "M. V. D.": Phones("EH M V IY D IY", False),
        "™": Phones("", False),
    }
    german = WordRows("de-DE")
    assert not german.speaks
    assert german.phones(["Haus"]) == {}


def test_readings_say_why_there_are_none():
    """An opened row shows the reason with the mend."""
    found, why = WordRows().readings("™")
    assert found == []
    assert "Nothing in '™' can be pronounced." in why
    assert WordRows().readings("M. V. D.") == ([Phones("EH M V IY D IY", False)], "")


@pytest.mark.parametrize("size", [10, 1 << 20])
def test_contexts_from_a_corpus(size, monkeypatch):
    """Whole words as spelled, each line once, with its number, whatever ends the lines."""
    corpus = Corpus.from_text(TEXT, "visits")
    whole = Corpus.chunks
    monkeypatch.setattr(Corpus, "chunks", lambda self: whole(self, size))
    assert WordRows(corpora=[corpus]).contexts("MVD") == [
        Line("visits:1", "", "MVD", " is rare."),
        Line("visits:2", "Ask about ", "MVD", ", and (MVD)."),
        Line("visits:4", "The last: mvd and ", "MVD", ""),
    ]
    assert WordRows(corpora=[corpus]).contexts("M.D") == []


def test_contexts_from_a_report():
    """A report brings its lines; a word it does not have is searched in the corpora."""
    corpus = Corpus.from_text(TEXT, "visits")
    rows = WordRows(corpora=[corpus], report=corpus.oov({"is"}).words)
    assert [line.where for line in rows.contexts("rare")] == ["visits:1"]
    assert [line.where for line in rows.contexts("last: mvd")] == ["visits:4"]
    assert rows.kind("MVDs") == "acronym"


def test_long_lines_are_cut_around_the_word():
    """A megabyte on one line does not go to the page."""
    corpus = Corpus.from_text("x " * 500_000 + "MVD" + " y" * 500_000, "long")
    [line] = WordRows(corpora=[corpus]).contexts("MVD")
    assert line.before.startswith("…")
    assert line.after.endswith("…")
    assert len(line.before + line.after) < 400
