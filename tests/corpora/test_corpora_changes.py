"""Nothing is lost silently: every change that parsing makes is listed, with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.corpora import Corpus, tokenize
from sttprep.corpora.changes import Change, Changes, changes, iter_changes, line_changes
from sttprep.corpora.languages import languages
from sttprep.errors import CorpusError

Row = tuple[int, str, str, str]


def rows(text: str, language: str = "en-US") -> list[Row]:
    """Column, kind, before, after of the changes of a line."""
    return [
        (change.column, change.kind, change.before, change.after)
        for change in line_changes(text, language)
    ]


def apply(text: str, found: list[Change]) -> str:
    """The line after its changes, which must stand where they say."""
    for change in reversed(found):
        start, end = change.column - 1, change.column - 1 + len(change.before)
        assert text[start:end] == change.before
        text = text[:start] + change.after + text[end:]
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nothing to change", []),
        ("", []),
        ("  ", []),
        ("Hello, you!", [(6, "punctuation", ",", ""), (11, "punctuation", "!", "")]),
        ("pay $100", [(5, "number", "$100", "one hundred dollars")]),
        ("100%!", [(1, "number", "100%", "one hundred percent"), (5, "punctuation", "!", "")]),
        ("a (b c) d", [(3, "brackets", "(b c)", "")]),
        ("word(s)and", [(5, "brackets", "(s)", " ")]),
        ("a (b", [(3, "punctuation", "(", "")]),
        ("don’t", [(4, "apostrophe", "’", "'")]),
        ("‘don’t’", [(1, "punctuation", "‘", ""), (5, "apostrophe", "’", "'"),
                     (7, "punctuation", "’", "")]),
        ("co\u00adop", [(3, "invisible", "\u00ad", "")]),
        ("a\u200b b", [(2, "invisible", "\u200b", "")]),
        ("and/or", [(4, "split", "/", " ")]),
        ("this...that", [(5, "split", "...", " ")]),
        ("5mg", [(1, "number", "5", "five"), (2, "split", "", " ")]),
        ("24-hour", [(1, "number", "24", "twenty four"), (3, "split", "-", " ")]),
        ("COVID-19", [(6, "split", "-", " "), (7, "number", "19", "nineteen")]),
        ("R&D & more", [(5, "symbol", "&", "and")]),
        ("the $ sign ©", [(5, "symbol", "$", ""), (12, "symbol", "©", "")]),
        ("on 12/25/2024", [(4, "date", "12/25/2024", "December twenty fifth twenty twenty four")]),
        ("at 3:05", [(4, "time", "3:05", "three oh five")]),
        ("3–5", [(1, "number", "3", "three"), (2, "split", "", " "), (2, "symbol", "–", "to"),
                 (3, "split", "", " "), (3, "number", "5", "five")]),
        (" *** ", [(2, "line", "***", "")]),
        ("(all of it)", [(1, "line", "(all of it)", "")]),
        ("«$x»", [(1, "punctuation", "«", ""), (2, "symbol", "$", ""),
                  (4, "punctuation", "»", "")]),
    ],
)  # fmt: skip
def test_each_kind(text: str, expected: list[Row]) -> None:
    """What is dropped, read, mended or split is named for what it is, at its column."""
    assert rows(text) == expected


def test_japanese_and_korean() -> None:
    """Japanese widens, Korean removes; both read numbers."""
    assert rows("IBM 500円", "ja-JP") == [
        (1, "width", "IBM", "ＩＢＭ"),
        (5, "number", "500", "五百"),
    ]
    assert rows("ｱﾊﾟｰﾄ、東京", "ja-JP") == [(1, "width", "ｱﾊﾟｰﾄ", "アパート")]
    assert rows("(약) 10%.", "ko-KR") == [
        (1, "punctuation", "(", ""),
        (3, "punctuation", ")", ""),
        (5, "number", "10%", "십퍼센트"),
        (8, "punctuation", ".", ""),
    ]
    assert rows("**", "ko-KR") == [(1, "line", "**", "")]


def test_languages_without_rules() -> None:
    """Where nothing is documented only punctuation goes."""
    assert rows("Ta 1,5 mg (nu)!", "sv-SE") == [
        (11, "punctuation", "(", ""),
        (14, "punctuation", ")!", ""),
    ]


def test_no_such_language() -> None:
    """A wrong language is an error before anything is read."""
    with pytest.raises(CorpusError, match="is no language"):
        line_changes("a", "klingon")


# What lines are made of, so that the rules meet each other.
BITS = st.sampled_from(
    ["a", "Ab", "U.S.", "don’t", "x", "Uhr", "May", "mai", "de", "am", "5", "12", "007", "1,000",
     "0.15", "3/4", "½", "15:30", "12/25/2024", "25.12.", "3.", "$", "€", "%", "°C", "#", "&", "-",
     "–", "+", "=", "/", "(", ")", "[", "]", "{", "}", "<", ">", ".", ",", ":", "'", "’", '"', "…",
     "\u00ad", "\u200b", "\u0301", "\u200d", " ", " ", " ", "\t", "\u00a0", "mg", "th", "s", "@",
     "a.txt", "www.x.org", "百", "ｱ", "ﾞ", "Ａ", "５", "안", "월", "٣", "²", "😀", "million", "No."]
)  # fmt: skip
LINES = st.lists(BITS, max_size=14).map("".join) | st.text(max_size=20)
TAGS = [*(tag for language in languages().values() for tag in language.tags), "pl", "pt-PT"]


@given(LINES, st.sampled_from(TAGS))
def test_the_list_is_complete(text: str, language: str) -> None:
    """Applying the changes of a line, and nothing else, gives its tokens."""
    found = line_changes(text, language)
    assert apply(text, found).split() == tokenize(text, language)


@given(LINES, st.sampled_from(TAGS))
def test_changes_stand_in_order(text: str, language: str) -> None:
    """Changes do not overlap, and every one changes something."""
    end = 0
    for change in line_changes(text, language):
        assert change.column - 1 >= end
        assert change.before != change.after
        end = change.column - 1 + len(change.before)


def test_a_corpus() -> None:
    """Lines, columns and files are the corpus's own, whatever the size of its pieces."""
    corpus = Corpus.from_text("One 1.\r\n\r\nno change\r(x)\ntwo, 2\n", "demo")
    found = changes(corpus)
    assert [(c.file, c.line, c.column, c.kind) for c in found] == [
        ("demo", 1, 5, "number"),
        ("demo", 1, 6, "punctuation"),
        ("demo", 4, 1, "line"),
        ("demo", 5, 4, "punctuation"),
        ("demo", 5, 6, "number"),
    ]
    assert found == list(iter_changes(corpus))
    assert found.counts == {"line": 1, "number": 2, "punctuation": 2}
    assert changes(corpus, punctuation=False).counts == {"line": 1, "number": 2}


def test_it_streams() -> None:
    """The first change comes before the second piece of the corpus is asked for."""
    corpus = Corpus.from_text("1\n2\n", "demo")
    asked = []

    class Streamed:
        language = "en-US"

        def chunks(self) -> object:
            for chunk in corpus.chunks(size=1):
                asked.append(chunk.line)
                yield chunk

    stream = iter_changes(Streamed())  # type: ignore[arg-type]
    assert next(stream).before == "1"
    assert asked == [1]
    assert next(stream).line == 2


def test_shown() -> None:
    """Changes show themselves as text, as a data frame and as a table whose cells are escaped."""
    found = line_changes("<b>R</b> 5")
    assert repr(found) == "Changes(3: 2 brackets, 1 number)"
    assert list(found.frame().columns) == ["file", "line", "column", "kind", "before", "after"]
    assert len(found.frame()) == 3
    assert "<td>&lt;b&gt;</td>" in found._repr_html_()
    many = Changes(found * 50)
    assert "and 50 more" in many._repr_html_()
    assert repr(Changes()) == "Changes(0)"
    assert list(Changes().frame().columns) == list(found.frame().columns)
    assert str(found[2]) == "1:10: number: 5 → five"
