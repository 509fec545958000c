"""Laws of parsing: what holds for any text in any language."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.corpora import parse_line, tokenize
from sttprep.corpora.changes import line_changes
from sttprep.corpora.languages import check_language, languages
from sttprep.corpora.scan import ISLAND
from sttprep.corpora.tokenize import pieces
from sttprep.corpora.verbalize import readings
from sttprep.errors import CorpusError

LATIN = ("en-US", "en-GB", "en-IN", "fr-FR", "es-ES", "es-MX", "pt-BR", "de-DE", "it-IT", "nl-NL")
EVERY = (*LATIN, "ja-JP", "ko-KR", "hi-IN", "ar-MS", "zh-CN", "pl")
NUMBERS = st.sampled_from(
    ["0", "1", "2", "12", "100", "1985", "007", "1,000", "1.000", "0.15", "0,15", "1 000", "1/2",
     "3/4", "140/90", "½", "2½", "15:30", "3:05", "12/25/2024", "25.12.2024", "2024-12-25", "5%",
     "$5", "5 €", "-3", "37°", "#1", "10–15", "10-15", "1.10.4", "12:30:15", "555-123-4567",
     "+1 555 123 4567", "12,34,567", "9" * 20, "1/2/3/4", "1,2,3", "5.", ".5", "3. Mai", "May 5",
     "1er mai", "15h30", "90er", "1980s", "2nd", "1º", "１２", "٣"]
)  # fmt: skip
BETWEEN = st.sampled_from(
    [" ", ", ", ". ", " a ", " Der ", " am ", " (x) ", "; ", " – ", " \u00a0", "\t"]
)
NUMERIC_LINES = st.lists(st.tuples(NUMBERS, BETWEEN), max_size=6).map(
    lambda parts: "".join(x for part in parts for x in part)
)


@given(st.text(), st.sampled_from(EVERY))
def test_any_text_is_parsed(text: str, language: str) -> None:
    """No text raises; tokens are words without blanks, and the same each time."""
    tokens = tokenize(text, language)
    assert tokens == tokenize(text, language)
    assert all(token and token.split() == [token] for token in tokens)
    if language[:2] not in ("ja", "ko"):
        assert not set("".join(tokens)) & set("()[]{}<>“”«»…")


@given(NUMERIC_LINES, st.sampled_from(LATIN))
def test_no_digit_is_left(text: str, language: str) -> None:
    """Whatever numbers stand in a line, none stays in digits where rules are documented."""
    left = [token for token in tokenize(text, language) if re.search(r"\d|[½²]", token)]
    # Endings of other languages make words of their digits: "90er" in English, "15h30" in German.
    assert all(re.search(r"\d[a-z]", token) for token in left)


@given(
    st.lists(st.integers(0, 10**12) | st.floats(0, 10**6).map(lambda x: round(x, 2)), max_size=5)
)
def test_no_digit_is_left_in_japanese_and_korean(numbers: list[float]) -> None:
    """Numbers become kanji and Hangul."""
    text = " と ".join(map(str, numbers))
    for language in ("ja-JP", "ko-KR"):
        if "e" not in text:
            assert not re.search(r"\d", parse_line(text, language))


@given(NUMERIC_LINES | st.text(), st.sampled_from(EVERY))
def test_parsed_text_is_a_fixed_point(text: str, language: str) -> None:
    """Parsing what was parsed changes nothing."""
    once = parse_line(text, language)
    assert parse_line(once, language) == once


@given(NUMERIC_LINES | st.text(), st.sampled_from(LATIN))
def test_pieces_tell_the_tokens(text: str, language: str) -> None:
    """The tokens are the words of the pieces, which stand in order inside the line."""
    found = pieces(text, language)
    assert " ".join(piece.words for piece in found).split() == tokenize(text, language)
    ends = [0, *(piece.end for piece in found)]
    assert all(piece.start >= end for piece, end in zip(found, ends, strict=False))
    assert ends[-1] <= len(text)


WORDS_AND_NUMBERS = st.lists(
    NUMBERS
    | st.sampled_from(
        ["a", "the", "The", "am", "Am", "der", "den", "und", "bis", "of", "de", "del", "Mai", "May",
         "June", "mai", "maart", "marzo", "Uhr", "uur", "h", "million", "millones", "Mio.", "euro",
         "$", "€", "£", "%", "°C", "C", "&", "#", "No.", "Nr.", "–", "-", "pm", "p.m.", "o'clock",
         "3rd", "2024", "24.", "25.", "3,", "l'11", "x.", "$5", "+49"]
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


@given(WORDS_AND_NUMBERS, st.sampled_from((*LATIN, "sv-SE")))
def test_rules_look_no_further_than_an_island(text: str, language: str) -> None:
    """Large corpora are counted by islands around numbers; each must be read as in its line."""
    apart: list[str] = []
    end = 0
    for island in re.finditer(ISLAND, text):
        apart += tokenize(text[end : island.start()], language)
        apart += tokenize(island[0], language)
        end = island.end()
    assert tokenize(text, language) == apart + tokenize(text[end:], language)


@given(NUMERIC_LINES, st.sampled_from(LATIN))
def test_readings_are_words(text: str, language: str) -> None:
    """A reading has letters, apostrophes and single blanks only."""
    for reading in readings(text, language):
        assert re.fullmatch(r"[^\W\d_]+(?:[ '][^\W\d_]+)*", reading.words), reading


@pytest.mark.parametrize("unit", ["7", "111,", "111 ", "1.", "1/", "1-", "1:", "(", "([{<", ",",
                                  "a@", "a.txt,", "'", "\u00ad", "5–", "$", "1/2/", "ａ",
                                  "May "])  # fmt: skip
def test_work_grows_with_the_text_and_no_faster(unit: str) -> None:
    """Four times the text costs at most about four times the function calls: no hidden square."""
    for language in ("en-US", "fr-FR", "ko-KR"):
        short, long = (calls(unit * (size // len(unit)), language) for size in (1_000, 4_000))
        assert long <= 4.5 * short + 200


def calls(text: str, language: str) -> int:
    """Number of function calls, built-in ones included, that one line's changes take."""
    count = 0

    def profile(frame: object, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    line_changes("12 (a) b", language)  # compiles the patterns
    sys.setprofile(profile)
    try:
        tokenize(text, language)
        line_changes(text, language)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", ["7", ",", "(", "111 "])
def test_a_megabyte_on_one_line(unit: str) -> None:
    """A line of a million characters is read whole; a search that tries each pair would not end."""
    text = unit * (1_000_000 // len(unit))
    tokens = tokenize(text, "fr-FR")
    assert bool(tokens) == unit[0].isdigit()


def test_languages_and_their_rules() -> None:
    """Nine languages have documented rules, five of the base models have none."""
    known = languages()
    assert {code for code, language in known.items() if language.documented} == {
        "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pt",
    }  # fmt: skip
    assert {code for code, language in known.items() if not language.documented} == {
        "ar", "cs", "hi", "sv", "zh",
    }  # fmt: skip
    assert all(
        check_language(tag) == language for language in known.values() for tag in language.tags
    )
    assert check_language("EN_us").name == "English"


@pytest.mark.parametrize("language", ["pl-PL", "ru", "th-TH", "he", "sr-Latn-RS"])
def test_other_languages_work(language: str) -> None:
    """A language that IBM does not know is read without rules."""
    assert tokenize("abc, 500 (d)!", language) == ["abc", "500", "d"]


@pytest.mark.parametrize(
    ("language", "nearest"),
    [
        ("english", "en-US (English)"),
        ("Japanees", "ja-JP (Japanese)"),
        ("german", "de-DE (German)"),
        ("eng", "en-US (English)"),
        ("en_USA_", "en-US (English)"),
        ("xx-XX", "The nearest are"),
        ("klingon", "The nearest are ko-KR (Korean)"),
        ("", "Write it like en-US or fr"),
        ("e" * 10_000, "Write it like en-US or fr"),
    ],
)
def test_no_language(language: str, nearest: str) -> None:
    """What is no language is answered with the nearest ones."""
    with pytest.raises(CorpusError, match="is no language") as caught:
        tokenize("a", language)
    assert nearest in str(caught.value)
    assert len(str(caught.value)) < 400
