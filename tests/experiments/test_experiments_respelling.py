"""Sounds-likes that say given phones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sttprep.errors import NotFoundError, WordError
from sttprep.experiments import respell
from sttprep.words import Lexicon, Word, check_word, pronounce

LEXICON = Lexicon.stock()
WORDS = ["tornado", "medicine", "psychology", "gnome", "yacht", "queue", "strengths", "few", "ice"]


def said(text: str) -> tuple[str, ...]:
    """How a sounds-like is read."""
    return pronounce(text)[0].phones


@pytest.mark.parametrize(
    ("word", "phones", "text"),
    [
        ("metformin", "M EH T F AO R M IH N", "met form in"),
        ("Kneezol", "N IY Z AO L", "knees all"),
        ("Lanternway", "L AE N T ER N W EY", "lantern way"),
        ("Copperline", "K AA P ER L AY N", "copper line"),
    ],
)
def test_spellings_a_reader_would_choose(word, phones, text):
    """Among the first: few words, near the spelling of the word."""
    assert text in respell(phones.split(), word, n=3)


def test_a_word_that_reads_right_by_itself_needs_nothing_else():
    """Where the spelling says these phones already, it is the proposal."""
    assert respell(said("bupropion"), "bupropion") == ["bupropion"]


def test_a_syllable_no_word_has_is_spelled_by_rule():
    """Z OW L is no word of the dictionary."""
    phones = ("F", "L", "UW", "K", "OW", "N", "AH", "Z", "OW", "L")
    [text] = respell(phones, "fluconazole")
    assert said(text) == phones
    assert not all(piece in LEXICON for piece in text.split())


@settings(max_examples=15)  # each reads up to 40 proposals back
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=2))
def test_every_proposal_is_read_back_and_valid(words):
    """Whatever the phones: proposals say them, and the words resource takes them."""
    phones = tuple(phone for word in words for phone in LEXICON[word][0])
    found = respell(phones, n=3)
    assert len(found) == len(set(found)) <= 3
    for text in found:
        assert said(text) == phones
        assert not [p for p in check_word(Word("x", [text])) if p.severity == "error"]


def test_common_words_come_first():
    """What everybody can read is preferred to a rare spelling of the same sound."""
    assert respell(["N", "IY", "Z"], usual={"knees": -5.0}) == ["knees"]
    assert respell(["N", "IY", "Z"], usual={"nees": -5.0}) == ["nees"]


def test_nothing_is_proposed_where_nothing_fits():
    """No phones, and a string nobody could write."""
    assert respell([]) == []
    assert respell(["NG", "ZH", "NG"]) == []


def test_other_languages_are_refused():
    """Only English has phones."""
    with pytest.raises(WordError, match="Spanish"):
        respell(["L", "IH", "P"], "lip", language="es-ES")
    with pytest.raises(NotFoundError):
        respell(["L", "IH", "P"], "lip", language="xx-XX")
