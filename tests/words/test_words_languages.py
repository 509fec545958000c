"""What each language and generation lets into a sounds-like, one row per language."""

from __future__ import annotations

import pytest

from sttprep.words import Word, check_word, rules_for
from sttprep.words.languages import SEVENTY_FIVE
from sttprep.words.rules import breaks_rules

# Language → whether single letters take a period and whether dashes join words in the previous
# generation (service-contract D.5, J.4, J.20), a text in its own letters, a text in foreign ones.
_TABLE = {
    "en-US": (True, True, "shuchesnie", "garçon"),
    "en-AU": (True, True, "arvo", "ñandu"),
    "en-GB": (False, False, "lift", "garçon"),
    "fr-FR": (True, False, "garçon œuf aïeul", "mañana"),
    "fr-CA": (True, False, "dépanneur", "straße"),
    "es-ES": (True, False, "pingüino mañana", "garçon"),
    "es-LA": (True, False, "ñandú", "coração"),
    "es-AR": (True, False, "vos", "ç"),
    "es-MX": (True, False, "órale", "è"),
    "de-DE": (True, False, "Straße fünf", "ñ"),
    "it-IT": (True, False, "perché più", "ñ"),
    "pt-BR": (True, False, "coração avô", "ñ"),
    "nl-NL": (True, False, "reünie één", "ñ"),
    "ja-JP": (False, False, "アイビーエム", "IBM"),
    "ko-KR": (False, False, "아이 비 엠 IBM", "東京"),
    "ar-MS": (False, False, "مرحبا", "!"),
    "zh-CN": (False, False, "北京", "!"),
    "cs-CZ": (False, False, "žluťoučký kůň", "!"),
    "hi-IN": (False, False, "नमस्ते", "!"),
    "sv-SE": (False, False, "åäö", "!"),
}


def _errors(text: str, language: str, generation: str) -> list[str]:
    found = check_word(Word("word", [text]), language, generation)
    return [f"{p.message} {p.hint}" for p in found if p.severity == "error"]


@pytest.mark.parametrize("generation", ["previous", "next"])
@pytest.mark.parametrize("language", _TABLE)
def test_row(language: str, generation: str) -> None:
    """Letters, single letters, dashes, numbers and length of one language."""
    period, dash, own, foreign = _TABLE[language]
    previous = generation == "previous"
    rules = rules_for(language, generation)

    assert _errors(own, language, generation) == []
    assert _errors(foreign, language, generation)
    letters = {"ja": ("ア。イ", "アイ"), "ko": ("N. C.", "N C")}.get(
        rules.language, ("N. C. A. A.", "N C A A")
    )
    assert bool(_errors(letters[0], language, generation)) is not (period and previous)
    assert _errors(letters[1], language, generation) == []
    parts = own.split()[0]
    assert bool(_errors(f"{parts}-{parts}", language, generation)) is not (dash and previous)
    assert _errors("75", language, generation)[0].startswith(
        "Numbers are not allowed in sounds_like."
    )
    letter = own[0]
    longest = 25 if language == "ja-JP" and not previous else 40
    assert _errors(letter * longest, language, generation) == []
    assert "at most" in _errors(letter * (longest + 1), language, generation)[0]
    if rules.language != "ja":  # Japanese has no blanks to leave out
        assert _errors(" ".join(letter * longest), language, generation) == []


@pytest.mark.parametrize("generation", ["previous", "next"])
@pytest.mark.parametrize("language", _TABLE)
@pytest.mark.parametrize(
    "text", ["75", "$75.50", "N.C.A.A.", "a-b", "a_b", "ñ!", "★", "a\tb", "٧٥"]
)
def test_every_message_has_an_example_that_passes(
    text: str, language: str, generation: str
) -> None:
    """What a message quotes as right is right."""
    rules = rules_for(language, generation)
    for message in _errors(text, language, generation):
        assert " for example '" in message or "write '" in message.lower(), message
        example = message.rpartition("for example '")[2].rpartition("'")[0]
        assert example
        assert not breaks_rules(example, rules), message


def test_an_example_for_every_language() -> None:
    """75 can be said in each of them."""
    for language, words in SEVENTY_FIVE.items():
        assert _errors(words, language, "next") == []


@pytest.mark.parametrize("word", ["<s>", "</s>", "<UNK>", "<sil>"])
def test_reserved_words(word: str) -> None:
    """What language models use as marks is warned of."""
    assert "word-reserved" in [problem.code for problem in check_word(Word(word))]


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("NCAA ", "begins or ends with a blank. Write it as 'NCAA'"),
        ("NC\u200bAA", "invisible character U+200B. Write it as 'NCAA'"),
        ("\ufeffNCAA", "invisible character U+FEFF. Write it as 'NCAA'"),
        ("H\u00a0honors", "invisible character U+00A0."),
    ],
)
def test_invisible_characters(word: str, message: str) -> None:
    """What came in by copy and paste and makes another word is warned of."""
    [problem] = [p for p in check_word(Word(word)) if p.code == "word-invisible"]
    assert problem.severity == "warning"
    assert message in f"{problem.message} {problem.hint}"


def test_joiners_are_letters_of_their_scripts() -> None:
    """The joiners that Arabic and Indian scripts need are not invisible characters."""
    codes = {problem.code for problem in check_word(Word("می\u200cخواهم"), "ar-MS", "next")}
    assert codes == {"word-url-encoding"}
