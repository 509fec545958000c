"""Pronunciation dictionaries."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.data import stock_model
from sttprep.errors import LexiconError, NotFoundError
from sttprep.words import ENGLISH_PHONES, Lexicon
from sttprep.words.lexicon import _read_carefully, _read_quickly
from sttprep.words.pronounce import LETTER_NAMES

_phones = st.lists(st.sampled_from(sorted(ENGLISH_PHONES)), min_size=1, max_size=5).map(" ".join)
_entries = st.dictionaries(
    st.text("abcxyz'.-é", min_size=1, max_size=6),
    st.lists(_phones, min_size=1, max_size=3, unique=True),
    max_size=8,
)


def test_stock_dictionary() -> None:
    """The stock file has 126,052 words, and writing it gives the file back byte for byte."""
    path = stock_model().lexicon
    read = Lexicon.read(path, phones=set(ENGLISH_PHONES))  # a set of one's own: every phone judged
    assert len(read) == 126_052
    assert Lexicon.read(path) is Lexicon.stock()
    assert read.text == path.read_text(encoding="utf-8")
    assert read == Lexicon.stock()
    assert read.phones == ENGLISH_PHONES


def test_quick_and_careful_reading_agree() -> None:
    """The fast way through a well-formed file finds what the slow one finds."""
    from sttprep.source import Source

    text = "".join(stock_model().lexicon.read_text(encoding="utf-8").splitlines(True)[:5000])
    quick = _read_quickly(text, ENGLISH_PHONES)
    assert quick is not None
    first, more = _read_carefully(Source("d", text), ENGLISH_PHONES)
    strip = {word: line.split()[1:] for word, line in quick[0].items()}
    assert strip == {word: line.split()[1:] for word, line in first.items()}
    assert quick[1].keys() == more.keys()


@pytest.mark.parametrize("word", ["associate", "Associate", "ASSOCIATE"])
def test_look_up_in_any_case(word: str) -> None:
    """Words are found in any case, with all their pronunciations."""
    lexicon = Lexicon.stock()
    assert word in lexicon
    assert lexicon[word][1] == ("AH", "S", "OW", "S", "IY", "EY", "T")
    assert len(lexicon[word]) == 4


def test_missing_word() -> None:
    """A word that is not there is a NotFoundError, not a KeyError."""
    assert "lisinopril" not in Lexicon.stock()
    assert 7 not in Lexicon.stock()
    with pytest.raises(NotFoundError):
        Lexicon.stock()["lisinopril"]


@given(_entries)
def test_text_round_trip(entries: dict[str, list[str]]) -> None:
    """A dictionary written is read back equal."""
    lexicon = Lexicon(entries)
    assert Lexicon.from_text(lexicon.text) == lexicon
    assert {word: [" ".join(p) for p in lexicon[word]] for word in lexicon} == entries


def test_unusual_but_good_text() -> None:
    """Comments, upper case, tabs, Windows line ends and a missing last line end are read."""
    text = ";;; old style\r\nLIP  L IH P\r\nLIP(2)\tL IY P # rare\r\n\r\nlap L AE P"
    lexicon = Lexicon.from_text(text)
    assert lexicon["lip"] == (("L", "IH", "P"), ("L", "IY", "P"))
    assert list(lexicon) == ["lip", "lap"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("foo\n", ["1:1 lexicon-line"]),
        ("lip L IH P\nfoo\nlap L AX P\nlip L IY P\n",
         ["2:1 lexicon-line", "3:7 unknown-phone", "4:1 lexicon-repeated"]),
        ("lip L IH1 P\n", ["1:7 unknown-phone"]),
    ],
)  # fmt: skip
def test_faults_have_places(text: str, places: list[str]) -> None:
    """All malformed lines are reported, by line and column."""
    with pytest.raises(LexiconError) as caught:
        Lexicon.from_text(text, "my.dict")
    assert [f"{p.line}:{p.column} {p.code}" for p in caught.value.problems] == places


def test_unknown_phone_names_the_valid_ones() -> None:
    """The message lists the phone set, and the phone meant if that is clear."""
    with pytest.raises(LexiconError, match=r"Write IH instead.*AA AE AH.*ZH"):
        Lexicon.from_text("lip L IH1 P\n")


def test_other_phone_sets() -> None:
    """A dictionary of another language declares its own phones or takes those it uses."""
    lexicon = Lexicon.from_text("oui w i\n", phones=None)
    assert lexicon.phones == {"w", "i"}
    assert Lexicon.from_text("oui w i\n", phones={"w", "i", "a"}).phones == {"w", "i", "a"}


def test_with_entries_adds() -> None:
    """New pronunciations follow the old ones; repeats are dropped; the original is untouched."""
    lexicon = Lexicon({"lip": ["L IH P"]})
    more = lexicon.with_entries({"Lip": [("L", "IY", "P"), "L IH P"], "lap": ["L AE P"]})
    assert more["lip"] == (("L", "IH", "P"), ("L", "IY", "P"))
    assert list(more) == ["lip", "lap"]
    assert list(lexicon) == ["lip"]


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"two words": ["T UW"]}, "lexicon-word"),
        ({"": ["T UW"]}, "lexicon-word"),
        ({"two(2)": ["T UW"]}, "lexicon-word"),
        ({"two": []}, "lexicon-empty"),
        ({"two": [""]}, "lexicon-empty"),
        ({"two": [()]}, "lexicon-empty"),
        ({"two": ["T YU"]}, "unknown-phone"),
    ],
)
def test_bad_entries(entries: dict[str, list[str]], code: str) -> None:
    """What would kill the recognizer never gets into a dictionary."""
    with pytest.raises(LexiconError) as caught:
        Lexicon({"one": ["W AH N"]}).with_entries(entries)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_subset_keeps_order_and_phones() -> None:
    """A subset is in dictionary order, whatever the order asked for, and keeps the phone set."""
    lexicon = Lexicon({"a": ["AH"], "b": ["B IY", "B"], "c": ["S IY"]})
    part = lexicon.subset(["C", "b", "missing"])
    assert list(part) == ["b", "c"]
    assert part["b"] == lexicon["b"]
    assert part.phones == ENGLISH_PHONES


def test_write(tmp_path: Path) -> None:
    """A written dictionary is the recognizer's format."""
    Lexicon({"b": ["B IY", "B"]}).write(tmp_path / "b.dict")
    assert (tmp_path / "b.dict").read_text(encoding="utf-8") == "b B IY\nb(2) B\n"
    with pytest.raises(LexiconError, match="cannot be written"):
        Lexicon().write(tmp_path / "none" / "b.dict")


def test_missing_file(tmp_path: Path) -> None:
    """A missing file is a lexicon error."""
    with pytest.raises(LexiconError, match="cannot be read"):
        Lexicon.read(tmp_path / "none.dict")


def test_letter_names_are_the_dictionarys() -> None:
    """The letter table agrees with the dictionary's entries for letters with a period."""
    for letter, phones in LETTER_NAMES.items():
        key = f"{letter}." if f"{letter}." in Lexicon.stock() else letter
        assert phones in Lexicon.stock()[key]
