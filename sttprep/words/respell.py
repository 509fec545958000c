"""Spelling things the way they are said: numbers, symbols and abbreviations as words.

Two readers use it: the messages of :mod:`sttprep.words.rules` (a correct example made from the
offending string) and the default sounds-likes of new words.

>>> respell("$75", "en-US")
'seventy five dollars'
>>> default_sounds_like("B12"), default_sounds_like("OOV")
(('B. twelve',), ('O. O. V.', 'OOV'))
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import partial

from sttprep.corpora.east_asian import korean_numbers
from sttprep.corpora.languages import base_language
from sttprep.corpora.number_tables import NUMERALS
from sttprep.corpora.verbalize import verbalize
from sttprep.errors import WordError
from sttprep.words.kana import to_katakana
from sttprep.words.languages import SoundsLikeRules, rules_for
from sttprep.words.rules import breaks_rules

__all__ = [
    "acronym_readings",
    "default_sounds_like",
    "plain_letters",
    "respell",
    "respell_valid",
    "say_numbers",
]

# Ampersand, plus: Korean has no table of numerals.
_KOREAN_SYMBOLS = {"&": "앤드", "+": "플러스", "%": "퍼센트"}

_DIGIT = re.compile(r"\d").search
MIXED_CASE = re.compile("[a-z]{1,2}[A-Z]{1,4}|[A-Z][a-z][A-Z]")
"""Abbreviations of capitals and one or two small letters, read as letters: tPA, fMRI, HbA."""

# Letters that do not decompose into a base letter and an accent.
_SUBSTITUTES = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "th", "Ð": "Th", "þ": "th", "Þ": "Th", "ı": "i",
    "ñ": "ny", "Ñ": "Ny", "ç": "s", "Ç": "S",
}  # fmt: skip

_KOREAN_LETTERS: dict[str, str] = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        re.findall(
            r"\w+",
            "에이 비 씨 디 이 에프 지 에이치 아이 제이 케이 엘 엠 엔 오 피 큐 알 에스 티 유 브이 "
            "더블유 엑스 와이 지",
        ),
        strict=True,
    )
)
_JAPANESE_LETTERS: dict[str, str] = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        re.findall(
            r"\w+",
            "エー ビー シー ディー イー エフ ジー エイチ アイ ジェー ケー エル エム エヌ オー "
            "ピー キュー アール エス ティー ユー ブイ ダブリュー エックス ワイ ゼット",
        ),
        strict=True,
    )
)


def plain_letters(text: str, keep: frozenset[str] = frozenset()) -> str:
    """The text with accented letters replaced by plain ones, except those in ``keep``.

    >>> plain_letters("garçon"), plain_letters("mañana"), plain_letters("Łódź")
    ('garson', 'manyana', 'Lodz')
    """
    letters = []
    for character in unicodedata.normalize("NFC", text):
        if character in keep or character.isascii():
            letters.append(character)
        elif character in _SUBSTITUTES:
            letters.append(_SUBSTITUTES[character])
        else:
            parts = unicodedata.normalize("NFD", character)
            letters.append(parts[0] if len(parts) > 1 and parts[0].isascii() else character)
    return "".join(letters)


def say_numbers(text: str, language: str = "en-US") -> str:
    """The text with its numbers, and the signs that belong to them, in words.

    They are read as in a corpus (`sttprep.corpora.verbalize`), where digits inside words stay;
    here they are read too. Languages whose reading is not documented keep their digits, and so
    does Japanese: its numbers are Kanji, which no sounds-like may hold.

    >>> say_numbers("0.15"), say_numbers("$75"), say_numbers("100%", "fr-FR"), say_numbers("3rd")
    ('zero point fifteen', 'seventy five dollars', 'cent pour cent', 'third')
    >>> say_numbers("007"), say_numbers("H5N1")
    ('zero zero seven', 'H five N one')
    """
    base = base_language(language)
    if base == "ko":
        read: Callable[[str], str] = korean_numbers
    elif base in NUMERALS:
        read = partial(verbalize, language=language)
    else:
        return text
    # Digits of other scripts, superscripts and full-width forms count as the digits they are.
    plain = "".join(
        unicodedata.normalize("NFKC", character)
        if unicodedata.normalize("NFKC", character).isdecimal()
        else character
        for character in text
    )
    spoken = read(plain)
    if _DIGIT(spoken):  # inside words
        spread = re.sub(r"(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])", " ", spoken)
        spoken = re.sub(r"\d+", lambda match: f" {read(match[0])} ", read(spread))
    return re.sub(r" +", " ", spoken).strip()


def _symbol(mark: str, code: str) -> str:
    """The word for ``&``, ``+`` or ``%`` where no number explains it: AT&T, C++."""
    if code == "ko":
        return _KOREAN_SYMBOLS[mark]
    numerals = NUMERALS[code]
    return {"&": numerals.ampersand, "+": numerals.plus, "%": numerals.percent}[mark]


def respell(text: str, language: str = "en-US", generation: str = "previous") -> str:
    """The text in the letters a sounds-like may have; empty where nothing sayable is left.

    >>> respell("N.C.A.A."), respell("N.C.A.A.", "en-GB"), respell("trainingdata.txt")
    ('N. C. A. A.', 'N C A A', 'trainingdata txt')
    """
    return _respell(text, rules_for(language, generation), language)


def _respell(text: str, rules: SoundsLikeRules, language: str) -> str:
    code = rules.language
    if code == "ja":
        wide = unicodedata.normalize("NFKC", text)
        spelled = re.sub("[A-Z]", lambda match: _JAPANESE_LETTERS[match[0]], wide)
        return to_katakana(spelled).replace("\u2015", "ー").replace("・", "")
    # Split a letter from a digit before reading numbers: B12, MP3.
    spread = re.sub(r"(?<=[^\W\d_])(?=\d)", " ", unicodedata.normalize("NFC", text))
    spoken = say_numbers(spread, language)
    if code == "ko" or code in NUMERALS:
        for mark in "&+%":
            spoken = spoken.replace(mark, f" {_symbol(mark, code)} ")
    spoken = re.sub(r"\bO['’](?=[A-Z])", "O ", spoken)
    spoken = re.sub(r"(?<=\w)['’ʼ`](?=\w)", "", spoken)
    if rules.letters is not None:
        spoken = plain_letters(spoken, rules.letters)
    words: list[str] = []
    for token in re.findall(r"[^\W\d_]\.(?:[^\W\d_]\.)*(?!\w)|[^\W\d_]+", spoken):
        if "." in token:
            words += [_letter(letter, rules) for letter in token.replace(".", "")]
        elif code == "ko":
            for run in re.findall("[A-Za-z]+|[^A-Za-z]+", token):
                words += [_letter(x, rules) for x in run] if _spelled_out(run) else [run]
        elif _spelled_out(token) or (len(token) == 1 and code == "en" and token not in "aI"):
            words += [_letter(letter, rules) for letter in token]
        else:
            words.append(token)
    return " ".join(words)


def _spelled_out(run: str) -> bool:
    """Whether a part of a word is read letter by letter: up to three capitals, or no vowel."""
    if MIXED_CASE.fullmatch(run):
        return True
    return run.isascii() and run.isupper() and (len(run) <= 3 or not re.search("[AEIOU]", run))


def _letter(letter: str, rules: SoundsLikeRules) -> str:
    if rules.language == "ko":
        return _KOREAN_LETTERS.get(letter.upper(), letter)
    return f"{letter.upper()}." if rules.period else letter.upper()


def respell_valid(text: str, rules: SoundsLikeRules) -> str:
    """:func:`respell`, but empty where even the respelled text breaks a rule."""
    language = "en-GB" if rules.name == "UK English" else rules.language
    found = _respell(text, rules, language)
    return "" if breaks_rules(found, rules) else found


def acronym_readings(word: str) -> tuple[str, ...]:
    """How an acronym can be said: ``letters``, and ``word`` if it has a vowel; else nothing.

    An acronym is two or more upper-case letters.

    >>> acronym_readings("NCAA"), acronym_readings("NBC"), acronym_readings("A")
    (('letters', 'word'), ('letters',), ())
    """
    if len(word) < 2 or not (word.isalpha() and word.isupper()):
        return ()
    return ("letters", "word") if re.search("[AEIOU]", plain_letters(word)) else ("letters",)


def default_sounds_like(
    word: str, language: str = "en-US", generation: str = "previous"
) -> tuple[str, ...]:
    """The sounds-likes a new word gets when none is given; none for next-generation models.

    An acronym is spelled and, if it has a vowel, also read; any other word is its spelling with
    numbers and symbols in words. Empty where that gives nothing the rules allow: such words must
    be reviewed.

    >>> default_sounds_like("IBM홈페이지", "ko-KR"), default_sounds_like("London", "ko-KR")
    (('아이 비 엠 홈페이지',), ('런던',))
    """
    rules = rules_for(language, generation)
    if generation == "next":
        return ()
    made = []
    bare = re.sub(r"[^\w.&+%$€'’-]", "", word)  # IBM™ is as much an acronym as IBM
    readings = acronym_readings(bare) if rules.letters is not None else ()
    if readings:
        letters = plain_letters(bare, rules.letters or frozenset())
        made.append(" ".join(_letter(letter, rules) for letter in letters))
        if "word" in readings:
            made.append(letters)
    else:
        spelled = respell_valid(word, rules)
        made.append(_in_hangul(spelled) if rules.language == "ko" else spelled)
    return tuple(dict.fromkeys(text for text in made if text and not breaks_rules(text, rules)))


def _in_hangul(text: str) -> str:
    """The text with its Latin words in Hangul, or as they are where they cannot be said."""
    from sttprep.words.hangul import hangul
    from sttprep.words.pronounce import pronounce

    def written(match: re.Match[str]) -> str:
        try:
            [found] = pronounce(match[0], "en-US", 1)
        except WordError:
            return match[0]
        return hangul(found.phones, match[0])

    return re.sub("[A-Za-z]+", written, text)
