"""Phones of words and sounds-likes."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sttprep.errors import NotFoundError, WordError
from sttprep.words import (
    ENGLISH_PHONES,
    Lexicon,
    Word,
    pronounce,
    pronounce_many,
    word_pronunciations,
)


@pytest.mark.parametrize(
    ("text", "phones", "origin"),
    [
        ("tomato", "T AH M EY T OW", "dictionary"),
        ("Tomato", "T AH M EY T OW", "dictionary"),
        ("hello, world!", "HH AH L OW W ER L D", "dictionary"),
        ("seventy-five", "S EH V AH N T IY F AY V", "dictionary"),
        ("naïve", "N AY IY V", "dictionary"),
        ("N. C. double A.", "EH N S IY D AH B AH L EY", "letters"),
        ("N C double A", "EH N S IY D AH B AH L EY", "letters"),
        ("N.C.A.A.", "EH N S IY EY EY", "letters"),
        ("I triple E", "AY T R IH P AH L IY", "letters"),
        ("A", "EY", "letters"),
        ("a", "AH", "dictionary"),
        ("NINDS", "EH N AY EH N D IY EH S", "letters"),
        ("MRIs", "EH M AA R AY Z", "letters"),
        ("PDFs", "P IY D IY EH F S", "letters"),
        ("mRNA", "EH M AA R EH N EY", "letters"),
        ("AT&T", "EY T IY AH N D T IY", "letters"),
        ("C++", "S IY P L AH S P L AH S", "letters"),
        ("IBM™", "AY B IY EH M", "dictionary"),
        ("HHonors", "EY CH AA N ER Z", "letters"),
        ("GitHub", "G IH T HH AH B", "dictionary"),
        ("B12", "B IY T W EH L V", "numbers"),
        ("75", "S EH V AH N T IY F AY V", "numbers"),
        ("3rd", "TH ER D", "numbers"),
        ("HIV-1", "EY CH AY V IY W AH N", "numbers"),
        ("co-pilot", "K OW P AY L AH T", "dictionary"),
        ("O'Brien", "OW B R AY IH N", "dictionary"),
        ("metformin's", "M EH T F AO R M AH N Z", "spelling"),
        ("trainingdata.txt", "T R EY N IH NG D EY D AH T IY EH K S T IY", "spelling"),
        ("metformin", "M EH T F AO R M AH N", "spelling"),
    ],
)
def test_pronounce(text: str, phones: str, origin: str) -> None:
    """Each kind of text is read its own way."""
    best = pronounce(text)[0]
    assert (str(best), best.origin) == (phones, origin)


@pytest.mark.parametrize(
    ("drug", "phones"),
    [
        ("atorvastatin", "AH T AO R V AH S T EY T IH N"),
        ("lisinopril", "L IH S IY N OW P R AH L"),
        ("metformin", "M EH T F AO R M AH N"),
    ],
)
def test_drug_names(drug: str, phones: str) -> None:
    """Drug names no dictionary has get a sayable reading among the best three."""
    assert phones in [str(found) for found in pronounce(drug)]


def test_zed() -> None:
    """British English names the last letter zed."""
    assert str(pronounce("Z.", "en-GB")[0]) == "Z EH D"
    assert str(pronounce("Z.")[0]) == "Z IY"


def test_scores() -> None:
    """Known words have score 0; guesses are shares of probability, best first."""
    assert {found.score for found in pronounce("tomato")} == {0.0}
    guesses = pronounce("zolgensma", n=5)
    assert [g.score for g in guesses] == sorted((g.score for g in guesses), reverse=True)
    assert sum(10**guess.score for guess in guesses) <= 1.0 + 1e-9
    assert len(pronounce("zolgensma", n=1)) == 1


def test_own_dictionary_comes_first() -> None:
    """Words are looked up in the dictionary given."""
    lexicon = Lexicon({"zolgensma": ["Z OW L"]})
    [found] = pronounce("Zolgensma", lexicon=lexicon)
    assert (str(found), found.origin) == ("Z OW L", "dictionary")


@pytest.mark.parametrize("text", ["", " ", "™", "...", "--", "Москва", "東京", "Ⅻ", "a" * 101])
def test_unpronounceable(text: str) -> None:
    """What has no English sound is refused with a way out, never given no phones."""
    with pytest.raises(WordError) as caught:
        pronounce(text)
    assert "sounds-like" in caught.value.hint


def test_limits() -> None:
    """Absurd requests are refused by name."""
    with pytest.raises(WordError, match="0 pronunciations"):
        pronounce("a", n=0)
    with pytest.raises(WordError, match="101 words"):
        pronounce("a " * 101)


@pytest.mark.parametrize("language", ["fr-FR", "ja-JP", "es-LA"])
def test_other_languages(language: str) -> None:
    """Only English has phones yet."""
    with pytest.raises(WordError, match=r"No pronunciation model for .* is registered"):
        pronounce("mot", language)


def test_unknown_language() -> None:
    """A language that does not exist is told apart from one without a model."""
    with pytest.raises(NotFoundError):
        pronounce("mot", "xx-XX")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (Word("NCAA", ["N. C. A. A.", "N. C. double A."]),
         ["EH N S IY EY EY", "EH N S IY D AH B AH L EY"]),
        (Word("hhonors", ["hilton honors", "H. honors"]),
         ["HH IH L T AH N AA N ER Z", "EY CH AA N ER Z"]),
        (Word("tomato"), ["T AH M EY T OW", "T AH M AA T OW"]),
        (Word("metformin"), ["M EH T F AO R M AH N"]),
        (Word("metformin", ["met for min"]), ["M EH T F AO R M IH N", "M EH T F ER M IH N"]),
    ],
)  # fmt: skip
def test_word_pronunciations(word: Word, expected: list[str]) -> None:
    """Sounds-likes win over the dictionary, the dictionary over the spelling."""
    assert [str(found) for found in word_pronunciations(word)][: len(expected)] == expected


def test_word_error_names_the_word() -> None:
    """The word and the part of it that cannot be said are both named."""
    with pytest.raises(WordError, match="Word 'Moscow': 'Москва' cannot be pronounced"):
        word_pronunciations(Word("Moscow", ["Москва"]))


@given(st.text(max_size=15) | st.text("abcABC012.-'& é", max_size=15))
@settings(max_examples=150, deadline=None)
def test_never_empty_never_foreign(text: str) -> None:
    """Any text gives phones of the model or a WordError, nothing else."""
    try:
        found = word_pronunciations(Word(text))
    except WordError:
        return
    assert found
    for one in found:
        assert one.phones
        assert set(one.phones) <= ENGLISH_PHONES
    assert len({one.phones for one in found}) == len(found)


def test_import_is_light() -> None:
    """Importing the room loads no numerical library."""
    heavy = "{'numpy', 'pandas', 'polars', 'nltk', 'matplotlib', 'IPython', 'num2words'}"
    code = f"import sys, sttprep.words; sys.exit(len({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_readings_of_many_words_serve_each() -> None:
    """Pronounced together, words are trained with what they are trained with alone."""
    words = [Word("atorvastatin"), Word("NCAA"), Word("B12"), Word("x", ["lip", "zofran"])]
    texts = [text for word in words for text in word.sounds_like or (word.word,)]
    readings = pronounce_many([*texts, "™"])
    for word in words:
        alone = word_pronunciations(word)
        assert word_pronunciations(word, readings=readings) == alone
    with pytest.raises(WordError, match="can be pronounced"):
        word_pronunciations(Word("™"), readings=readings)
