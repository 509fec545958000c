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

# num2words' name of each language; Japanese is left out: it answers in Kanji.
_NUMBER_LANGUAGES = {
    "de": "de", "en": "en", "es": "es", "fr": "fr", "it": "it", "ko": "ko", "nl": "nl",
    "pt": "pt_BR",
}  # fmt: skip
# The word between whole number and fraction, as the corpus page gives it.
_POINT = {
    "de": "punkt", "en": "point", "es": "coma", "fr": "virgule", "it": "virgola", "ko": "점",
    "nl": "komma", "pt": "ponto",
}  # fmt: skip
# Dollar, euro, percent, ampersand, plus: how the corpus page reads them after a number.
_SYMBOLS = {
    "de": ("dollar", "euro", "prozent", "und", "plus"),
    "en": ("dollars", "euros", "percent", "and", "plus"),
    "es": ("dólares", "euros", "por ciento", "y", "más"),
    "fr": ("dollars", "euros", "pour cent", "et", "plus"),
    "it": ("dollari", "euro", "per cento", "e", "più"),
    "ko": ("달러", "유로", "퍼센트", "앤드", "플러스"),
    "nl": ("dollar", "euro", "procent", "en", "plus"),
    "pt": ("dólares", "euros", "por cento", "e", "mais"),
}
_MARKS = ("$", "€", "%", "&", "+")
_AMOUNT = re.compile(r"([$€])?(\d+(?:[.,]\d+)*)(st|nd|rd|th|s)?\b[ ]?([$€%])?|(\d+(?:[.,]\d+)*)")
_MOST_DIGITS = 15  # longer numbers are codes: they are read digit by digit

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
    """The text with numbers, and the currency and percent signs beside them, in words.

    Decimals follow the service's reading of corpora: a whole number after the point.

    >>> say_numbers("0.15"), say_numbers("$75"), say_numbers("100%", "fr-FR"), say_numbers("3rd")
    ('zero point fifteen', 'seventy five dollars', 'cent pour cent', 'third')
    >>> say_numbers("007")
    'zero zero seven'
    """
    code, _, dialect = language.replace("_", "-").partition("-")
    code = code.lower()
    if code not in _NUMBER_LANGUAGES:
        return text
    # Digits of other scripts, superscripts and full-width forms count as the digits they are.
    plain = "".join(
        unicodedata.normalize("NFKC", character)
        if unicodedata.normalize("NFKC", character).isdecimal()
        else character
        for character in text
    )

    def words(match: re.Match[str]) -> str:
        number = match[2] or match[5]
        mark = match[1] or match[4]
        if match[3] and code == "en" and number.isdigit() and len(number) <= _MOST_DIGITS:
            said = _with_ending(number, match[3], dialect)
        else:
            said = _number(number, code, dialect, money=mark in ("$", "€")) + (match[3] or "")
        if mark:
            said += " " + _symbol(mark, code, dialect, one=number == "1")
        return f" {said} "

    spoken = _AMOUNT.sub(words, plain)
    return re.sub(r" +", " ", spoken).strip()


def _symbol(mark: str, code: str, dialect: str, *, one: bool = False) -> str:
    if mark == "$" and code == "es" and dialect.upper() == "LA":
        return "peso" if one else "pesos"
    word = _SYMBOLS[code][_MARKS.index(mark)]
    if one and mark in ("$", "€"):
        return word.replace("dólares", "dólar").removesuffix("s")
    return word


def _with_ending(number: str, ending: str, dialect: str) -> str:
    """An English ordinal (3rd) or plural (1990s, 80s)."""
    if ending != "s":
        return _whole(number, "en", dialect, form="ordinal")
    year = len(number) == 4 and "11" <= number[:2] <= "19"
    said = _whole(number, "en", dialect, form="year" if year else "cardinal")
    if said.endswith("y"):
        return said[:-1] + "ies"
    return said + ("es" if said.endswith("x") else "s")


def _number(number: str, code: str, dialect: str, *, money: bool = False) -> str:
    point, comma = (".", ",") if code in ("en", "ko") else (",", ".")
    if number.count(point) > 1:
        return " ".join(_number(part, code, dialect) for part in re.split(r"[.,]", number))
    whole, _, fraction = number.partition(point)
    if comma in fraction or any(len(part) != 3 for part in whole.split(comma)[1:]):
        return " ".join(_number(part, code, dialect) for part in re.split(r"[.,]", number))
    said = _whole(whole.replace(comma, ""), code, dialect)
    if not fraction or (money and not fraction.strip("0")):
        return said
    # The page reads two decimals as one number; nobody says longer ones so.
    parts = [fraction] if len(fraction) <= 2 else list(fraction)
    return " ".join([said, _POINT[code], *(_whole(part, code, dialect) for part in parts)])


def _whole(digits: str, code: str, dialect: str, *, form: str = "cardinal") -> str:
    from num2words import num2words

    if len(digits) > 1 and (digits[0] == "0" or len(digits) > _MOST_DIGITS):
        return " ".join(_whole(digit, code, dialect) for digit in digits)
    said = str(num2words(int(digits), lang=_NUMBER_LANGUAGES[code], to=form))
    said = said.replace(",", "")
    if code == "en" and dialect.upper() != "GB":
        said = said.replace(" and ", " ")
    return re.sub(r"[-\s\u00ad]+", " ", said).strip()


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
    if code in _SYMBOLS:
        for mark in ("&", "+", "%"):
            spoken = spoken.replace(mark, f" {_symbol(mark, code, '')} ")
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

    >>> default_sounds_like("IBM홈페이지", "ko-KR")
    ('아이 비 엠 홈페이지',)
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
        made.append(respell_valid(word, rules))
    return tuple(dict.fromkeys(text for text in made if text and not breaks_rules(text, rules)))
