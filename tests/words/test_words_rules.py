"""Rules for custom words: every promised finding is proven by a word that has it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.errors import NotFoundError
from sttprep.words import Word, check_word, rules_for, word_faults
from sttprep.words.kana import CONTRACTED, GEMINABLE
from sttprep.words.respell import respell_valid
from sttprep.words.rules import breaks_rules

_LANGUAGES = ("en-US", "en-GB", "en-AU", "fr-FR", "es-LA", "pt-BR", "de-DE", "it-IT", "nl-NL",
              "ja-JP", "ko-KR", "ar-MS", "zh-CN")  # fmt: skip


def _codes(word: Word, language: str = "en-US", generation: str = "previous") -> list[str]:
    return [f"{p.severity} {p.code}" for p in check_word(word, language, generation)]


@pytest.mark.parametrize(
    ("language", "generation", "text", "code"),
    [
        ("en-US", "previous", "75", "sounds-like-number"),
        ("en-US", "previous", "N.C.A.A.", "sounds-like-period"),
        ("en-US", "previous", "Dr. Who", "sounds-like-period"),
        ("en-US", "previous", "café", "sounds-like-letter"),
        ("en-US", "previous", "-five", "sounds-like-dash"),
        ("en-US", "previous", "yes, please", "sounds-like-character"),
        ("en-US", "previous", "o'clock", "sounds-like-character"),
        ("en-US", "previous", "two\twords", "sounds-like-character"),
        ("en-US", "previous", "  ", "sounds-like-empty"),
        ("en-US", "previous", "a" * 41, "sounds-like-length"),
        ("en-US", "next", "seventy-five", "sounds-like-dash"),
        ("en-US", "next", "N. C.", "sounds-like-period"),
        ("en-US", "next", "señor", "sounds-like-letter"),
        ("en-GB", "previous", "N. C. A. A.", "sounds-like-period"),
        ("en-GB", "previous", "seventy-five", "sounds-like-dash"),
        ("fr-FR", "previous", "soixante-quinze", "sounds-like-dash"),
        ("fr-FR", "next", "N. C. A. A.", "sounds-like-period"),
        ("fr-FR", "previous", "straße", "sounds-like-letter"),
        ("de-DE", "previous", "fünf-und", "sounds-like-dash"),
        ("es-ES", "previous", "75", "sounds-like-number"),
        ("nl-NL", "previous", "N.C.", "sounds-like-period"),
        ("ja-JP", "previous", "ｶｯﾄ", "sounds-like-letter"),
        ("ja-JP", "previous", "かっと", "sounds-like-letter"),
        ("ja-JP", "previous", "ンート", "sounds-like-start"),
        ("ja-JP", "previous", "アッ", "sounds-like-geminate"),
        ("ja-JP", "previous", "カッマ", "sounds-like-geminate"),
        ("ja-JP", "previous", "カッニャ", "sounds-like-geminate"),
        ("ja-JP", "previous", "アャ", "sounds-like-contracted"),
        ("ja-JP", "previous", "75", "sounds-like-number"),
        ("ja-JP", "next", "トウー", "sounds-like-lengthening"),
        ("ja-JP", "next", "ア" * 26, "sounds-like-length"),
        ("ko-KR", "previous", "런던!", "sounds-like-character"),
        ("ko-KR", "previous", "東京", "sounds-like-letter"),
        ("ko-KR", "next", "이십 4", "sounds-like-number"),
        ("hi-IN", "next", "नमस्ते!", "sounds-like-character"),
    ],
)
def test_refused(language: str, generation: str, text: str, code: str) -> None:
    """Each broken rule is an error with its own code, and its hint tells how to mend it."""
    found = [p for p in check_word(Word("word", [text]), language, generation) if p.code == code]
    assert [problem.severity for problem in found] == ["error"]
    assert found[0].hint


@pytest.mark.parametrize(
    ("language", "generation", "text"),
    [
        ("en-US", "previous", "N. C. double A."),
        ("en-US", "previous", "seventy-five"),
        ("en-US", "previous", "a" * 40),
        ("en-US", "previous", " ".join("a" * 8 for _ in range(5))),
        ("en-AU", "previous", "I. triple E."),
        ("en-GB", "previous", "N C A A"),
        ("en-US", "next", "N C double A"),
        ("fr-FR", "previous", "N. C. A. A."),
        ("fr-FR", "next", "élève"),
        ("fr-FR", "previous", "e\u0301le\u0300ve"),
        ("de-DE", "previous", "fünfundsiebzig Straße"),
        ("es-ES", "previous", "el niño"),
        ("pt-BR", "previous", "coração"),
        ("it-IT", "previous", "perché"),
        ("nl-NL", "previous", "reünie"),
        ("ja-JP", "previous", "ウーント"),
        ("ja-JP", "previous", "マッチャ"),
        ("ja-JP", "previous", "ロウーマン"),
        ("ja-JP", "next", "スウー"),
        ("ja-JP", "next", "ア" * 20),
        ("ko-KR", "previous", "아이 비 엠 홈페이지"),
        ("ko-KR", "next", "London"),
    ],
)
def test_accepted(language: str, generation: str, text: str) -> None:
    """What the guidelines allow passes without a finding."""
    assert _codes(Word("word", [text]), language, generation) == []


def test_number_message_and_suggestion() -> None:
    """A number gets the service's own words, with the offending string spelled out."""
    assert word_faults(Word("75.00", ["75 dollars"])) == (
        (
            "75 dollars",
            "Numbers are not allowed in sounds_like. You can try for example "
            "'seventy five dollars'.",
        ),
    )


@pytest.mark.parametrize(
    ("language", "generation", "text", "suggestion"),
    [
        ("en-US", "previous", "N.C.A.A.", "N. C. A. A."),
        ("en-US", "previous", "$75", "seventy five dollars"),
        ("en-US", "previous", "garçon", "garson"),
        ("en-GB", "previous", "N. C. A. A.", "N C A A"),
        ("en-GB", "previous", "seventy-five", "seventy five"),
        ("fr-FR", "previous", "75", "soixante quinze"),
        ("de-DE", "previous", "75", "fünfundsiebzig"),
        ("es-ES", "previous", "75", "setenta y cinco"),
        ("pt-BR", "previous", "75", "setenta e cinco"),
        ("it-IT", "previous", "75", "settantacinque"),
        ("nl-NL", "previous", "75", "vijfenzeventig"),
        ("ja-JP", "previous", "ｶｯﾄ", "カット"),
        ("ko-KR", "previous", "10", "십"),
    ],
)
def test_suggestions(language: str, generation: str, text: str, suggestion: str) -> None:
    """The example in a message is the offending string, mended."""
    [problem] = check_word(Word("word", [text]), language, generation)
    assert problem.hint == f"You can try for example '{suggestion}'."


@given(st.text(max_size=50), st.sampled_from(_LANGUAGES), st.sampled_from(["previous", "next"]))
def test_suggestions_keep_the_rules(text: str, language: str, generation: str) -> None:
    """Whatever is suggested would itself be accepted."""
    rules = rules_for(language, generation)
    mended = respell_valid(text, rules)
    assert mended == "" or not breaks_rules(mended, rules)


@given(
    st.text(max_size=12),
    st.lists(st.text(max_size=12), max_size=7),
    st.sampled_from(_LANGUAGES),
    st.sampled_from(["previous", "next"]),
)
def test_any_content_is_judged(
    text: str, sounds_like: list[str], language: str, generation: str
) -> None:
    """No word makes the check fail, and every finding is a full sentence about that word."""
    for problem in check_word(Word(text, sounds_like), language, generation):
        assert problem.name == text
        assert problem.message.endswith((".", "。"))


@pytest.mark.parametrize(
    ("word", "generation", "codes"),
    [
        ("", "previous", ["error word-empty"]),
        ("a\nb", "previous", ["error word-control-character"]),
        ("AT&T", "previous", ["warning word-url-encoding"]),
        ("hilton honors", "previous", ["warning word-url-encoding"]),
        ("hilton honors", "next", ["error word-space", "warning word-url-encoding"]),
        ("hilton-honors", "next", []),
        ("don't", "previous", []),
        ("garçon", "previous", ["note word-url-encoding"]),
    ],
)
def test_word_names(word: str, generation: str, codes: list[str]) -> None:
    """Names are judged apart from what they sound like."""
    found = check_word(Word(word), "en-US", generation)
    kept = [f"{p.severity} {p.code}" for p in found if p.code != "word-control-character"] or [
        f"{p.severity} {p.code}" for p in found
    ]
    assert kept == codes


def test_at_most_five_sounds_likes() -> None:
    """Five sounds-likes pass, a sixth is an error."""
    five = ["tomato", "tomatoh", "tomayto", "tomahto", "tamato"]
    assert _codes(Word("tomato", five)) == []
    assert _codes(Word("tomato", [*five, "tomata"])) == ["error sounds-like-count"]


def test_repeated_sounds_like_is_a_warning() -> None:
    """The same sounds-like twice is useless, not wrong."""
    assert _codes(Word("a", ["eh", "eh"])) == ["warning sounds-like-repeated"]


def test_capitals_without_periods_are_noted_where_letters_stand_alone() -> None:
    """For UK English NCAA is a word to read, which is worth knowing."""
    [problem] = check_word(Word("NCAA", ["NCAA"]), "en-GB")
    assert problem.severity == "note"
    assert "N C A A" in problem.hint


@pytest.mark.parametrize(
    ("language", "generation", "text", "example"),
    [
        ("en-US", "previous", "a" * 41, "a" * 40),
        (
            "en-US",
            "previous",
            "hilton honors diamond member of many a year ago now",
            "hilton honors",
        ),
        ("fr-FR", "next", "é" * 20 + " " + "è" * 21, "é" * 20),
        ("ja-JP", "next", "ア" * 26, "ア" * 20),  # 20 are recommended
        ("ja-JP", "next", "ア" * 21, "ア" * 20),
        ("ko-KR", "previous", "가" * 41, "가" * 40),
        ("en-US", "previous", "5" * 41, "N. C. A. A."),  # cut off it would be wrong still
    ],
)
def test_too_long_is_shown_shortened(
    language: str, generation: str, text: str, example: str
) -> None:
    """The example of the message has the right length and breaks no rule."""
    found = check_word(Word("word", [text]), language, generation)
    [hint] = [problem.hint for problem in found if problem.code == "sounds-like-length"]
    assert f"'{example}" in hint
    shown = hint.split("'")[1]
    assert check_word(Word("word", [shown]), language, generation) == []


def test_word_of_ten_thousand_letters() -> None:
    """Nobody says it; a phrase of a hundred short words is none."""
    assert _codes(Word("a" * 10_000), "en-US", "previous") == ["warning word-length"]
    assert _codes(Word("a" * 100), "en-US", "previous") == []


def test_caret_stands_under_the_digits() -> None:
    """The place inside the sounds-like is marked."""
    [problem] = check_word(Word("x", ["route 66"]))
    assert problem.excerpt.splitlines()[1].index("^") == problem.excerpt.splitlines()[0].index("66")


def test_lengthening_bar_is_a_warning() -> None:
    """The bar the documentation prints is understood, and the mark it means is named."""
    [problem] = check_word(Word("x", ["カ―ド"]), "ja-JP")
    assert problem.severity == "warning"
    assert "カード" in problem.hint


def test_unpublished_languages_say_so() -> None:
    """Where the documentation has no rules, the general ones are used and named as such."""
    assert _codes(Word("x", ["ahoj"]), "cs-CZ", "next") == ["note sounds-like-unpublished"]


@pytest.mark.parametrize(("language", "generation"), [("english", "next"), ("en-US", "third")])
def test_unknown_rules(language: str, generation: str) -> None:
    """An unknown language or generation lists the known ones."""
    with pytest.raises(NotFoundError) as caught:
        check_word(Word("x"), language, generation)
    assert caught.value.available


def test_tables_of_japanese_syllables() -> None:
    """The documentation lists 81 contracted sounds and 67 syllables after a small tsu."""
    assert len(CONTRACTED) == 81
    assert len(GEMINABLE) == 67
    assert all(re.fullmatch("[ァ-ヺ]{1,2}", syllable) for syllable in CONTRACTED | GEMINABLE)


@pytest.mark.parametrize("syllable", sorted(CONTRACTED))
def test_contracted_sounds_pass(syllable: str) -> None:
    """Every listed contracted sound can be used."""
    assert not breaks_rules(f"カ{syllable}", rules_for("ja-JP"))


@pytest.mark.parametrize("syllable", sorted(GEMINABLE))
def test_geminable_syllables_pass(syllable: str) -> None:
    """Every listed syllable can follow the small tsu."""
    assert not breaks_rules(f"カッ{syllable}", rules_for("ja-JP"))


def test_a_spelling_is_judged_as_a_word() -> None:
    """Who asks about a name alone need not make a Word of it."""
    assert check_word("hilton honors", "en-US", "next") == check_word(
        Word("hilton honors"), "en-US", "next"
    )


def test_blanks_between_katakana_words() -> None:
    """The next generation takes several words in any language; each keeps the rules of a word."""
    assert _codes(Word("ｘ", ["アイ ビー　エム"]), "ja-JP", "next") == []
    assert _codes(Word("ｘ", ["アイ ンート"]), "ja-JP", "next") == ["error sounds-like-start"]
    assert _codes(Word("ｘ", ["カッ ト"]), "ja-JP", "next") == ["error sounds-like-geminate"]
    assert _codes(Word("ｘ", ["アイ ビー"]), "ja-JP") == ["error sounds-like-letter"]
