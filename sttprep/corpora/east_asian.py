"""IBM's parsing rules for Japanese and Korean, as far as they need no dictionary of the language.

Splitting Japanese text into words needs a morphological analyser; here the blanks of the text
separate tokens. Both languages are parsed by `Edit`s, replacements of single places; what they
are is all that `sttprep.corpora.changes` has to list.

Where IBM's page is silent: digits of Latin words (``B12``) stay, digits before a unit (``10kg``)
are a number, telephone numbers are read digit by digit. Korean months are 유월 and 시월, as they
are said; a hyphen or colon between two Korean numbers leaves a blank, or the numbers would run
together. The page removes ``-``, ``:``, ``,`` in Korean but keeps ``~``, ``/`` and wide symbols.

>>> parse_japanese("0.15と100%"), parse_korean('"약", $10 (24%).')
('〇・一五と百％', '약 십달러 이십사퍼센트')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sttprep.corpora.number_tables import UNITS

__all__ = [
    "FULL_WIDTH",
    "Edit",
    "japanese_edits",
    "korean_edits",
    "korean_numbers",
    "parse_japanese",
    "parse_korean",
]

_LONGEST_READ = 16  # digits; the reading words of both languages go by groups of four (up to 京/경)

FULL_WIDTH = (
    {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    | {0x20: 0x3000, 0xA2: 0xFFE0, 0xA3: 0xFFE1, 0xAC: 0xFFE2, 0xAF: 0xFFE3}
    | {0xA6: 0xFFE4, 0xA5: 0xFFE5, 0x20A9: 0xFFE6}
    | {code: ord(unicodedata.normalize("NFKC", chr(code))) for code in range(0xFFE8, 0xFFEF)}
)
"""Half-width characters and their full-width forms, for ``str.translate``; katakana aside."""

_LATIN = "A-Za-zＡ-Ｚａ-ｚ"
# Digits that belong to a Latin word (B12, H5N1) are not numbers, those before a unit (10kg) are.
_NUMBER = (
    rf"(?<![{_LATIN}\d])(?<![{_LATIN}]\d[.,])(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?:\.\d+)?"
    rf"(?:(?![{_LATIN}\d])|(?=(?:{UNITS})(?![{_LATIN}])))"
)
# Between other letters it stands without blanks: "電話は03-1234-5678です".
_TELEPHONE = rf"(?<![{_LATIN}\d-])0\d{{1,4}}-\d{{1,4}}-\d{{3,4}}(?![{_LATIN}\d-])"
_FULL_DIGITS = {0xFF10 + digit: 0x30 + digit for digit in range(10)} | {0xFF0E: 0x2E, 0xFF0C: 0x2C}
_FULL_NUMBER = re.compile("[０-９][０-９．，]*[０-９]|[０-９]")
_KANJI = "〇一二三四五六七八九"
_HANGUL = "영일이삼사오육칠팔구"

_JAPANESE = re.compile(
    rf"(?P<telephone>{_TELEPHONE})|(?P<number>{_NUMBER})|(?P<katakana>[\uff61-\uff9f]+)"
)
_WON = {"$": "달러", "€": "유로", "£": "파운드", "¥": "엔", "₩": "원"}
_CENTS = {"$": "센트", "€": "센트", "£": "펜스"}
_SIGNS = "".join(_WON)
_KOREAN_NUMBER = (
    rf"(?P<telephone>{_TELEPHONE})|(?P<before>[{_SIGNS}])\s?(?P<amount>\d+(?:,\d+)*(?:\.\d+)?)"
    rf"|(?P<amount2>{_NUMBER})\s?(?P<after>[{_SIGNS}])(?!\d)"
    rf"|(?P<percent>{_NUMBER})\s?%|(?<!\d)(?P<month>0?6|10)(?=월)|(?P<number>{_NUMBER})"
)
_KOREAN_NUMBERS = re.compile(_KOREAN_NUMBER)
_REMOVED = "-()*:,'\""
_KOREAN = re.compile(rf"{_KOREAN_NUMBER}|(?P<removed>[{_REMOVED}])")
_BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())


class Edit(NamedTuple):
    """A place of a line that is written otherwise."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    after: str
    """What stands there afterwards."""
    kind: str
    """``number``, ``width`` or ``punctuation``."""


def edited(text: str, edits: Iterator[Edit]) -> tuple[list[str], list[str]]:
    """The parts of a text between the edits, and those that the edits put there."""
    kept, put, end = [], [], 0
    for edit in edits:
        kept.append(text[end : edit.start])
        put.append(edit.after)
        end = edit.end
    return [*kept, text[end:]], [*put, ""]


@lru_cache(maxsize=4096)
def _whole(digits: str, language: str) -> str:
    from num2words import num2words

    one_by_one = _KANJI if language == "ja" else _HANGUL
    if len(digits) > _LONGEST_READ or int(digits[0]) == 0:
        return "".join(one_by_one[int(digit)] for digit in digits)
    return str(num2words(int(digits), lang=language))


def _number(text: str, language: str) -> str:
    whole, _, fraction = text.replace(",", "").partition(".")
    words = _whole(whole, language)
    if not fraction:
        return words
    digits, point = (_KANJI, "・") if language == "ja" else (_HANGUL, "점")
    return words + point + "".join(digits[int(digit)] for digit in fraction)


def japanese_edits(text: str) -> Iterator[Edit]:
    """Numbers in kanji and half-width katakana in full width, in order.

    All other characters of `FULL_WIDTH` are to be translated one by one.

    >>> list(japanese_edits("IBMの500円"))
    [Edit(start=4, end=7, after='五百', kind='number')]
    """
    plain = _FULL_NUMBER.sub(lambda match: match[0].translate(_FULL_DIGITS), text)
    for match in _JAPANESE.finditer(plain):  # offsets of the text: digits were replaced one by one
        start, end = match.span()
        if match["number"]:
            yield Edit(start, end, _number(match[0], "ja"), "number")
        elif match["telephone"]:
            digits = [_KANJI[int(digit)] if digit.isdecimal() else digit for digit in match[0]]
            yield Edit(start, end, "".join(digits).translate(FULL_WIDTH), "number")
        else:
            wide = unicodedata.normalize("NFKC", match[0])
            # A voicing mark that no letter takes stands alone.
            wide = wide.replace("\u3099", "\u309b").replace("\u309a", "\u309c")
            yield Edit(start, end, wide, "width")


def parse_japanese(text: str) -> str:
    """Numbers in kanji, every character full width; symbols and punctuation stay.

    >>> parse_japanese("03-1234-5678 へ、10kg の荷物！")
    '〇三－一二三四－五六七八　へ、十ｋｇ　の荷物！'
    """
    kept, put = edited(text, japanese_edits(text))
    wide = [part.translate(FULL_WIDTH) for part in kept]
    return "".join(part for pair in zip(wide, put, strict=True) for part in pair).strip()


def _korean(match: re.Match[str]) -> str:
    if match["telephone"]:  # telephone numbers say 공 for zero
        return "".join("공일이삼사오육칠팔구"[int(x)] if x != "-" else " " for x in match[0])
    if match["percent"]:
        return _number(match["percent"], "ko") + "퍼센트"
    if match["month"]:
        return "시" if match["month"] == "10" else "유"
    if match["number"]:
        return _number(match["number"], "ko")
    sign, amount = match["before"] or match["after"], match["amount"] or match["amount2"]
    whole, _, cents = amount.partition(".")
    if len(cents) == 2 and sign in _CENTS:
        said = _number(whole, "ko") + _WON[sign]
        if cents == "00":
            return said
        return f"{said} {_whole(str(int(cents)), 'ko')}{_CENTS[sign]}"
    return _number(amount, "ko") + _WON[sign]


def korean_edits(text: str) -> Iterator[Edit]:
    """Numbers, currencies and percentages in Hangul; ``- ( ) * : . , ' "`` removed; in order.

    A period is removed only at the end of the line. Bracketed phrases stay.

    >>> [edit.after for edit in korean_edits("10월, 24%")]
    ['시', '', '이십사퍼센트']
    """
    end = len(text.rstrip(_BLANKS + _REMOVED + "."))
    for match in _KOREAN.finditer(text, 0, end):
        start, stop = match.span()
        if match["removed"]:
            between = match[0] in "-:" and text[start - 1 : start].isdecimal()
            after = " " if between and text[stop : stop + 1].isdecimal() else ""
            yield Edit(start, stop, after, "punctuation")
        else:
            yield Edit(start, stop, _korean(match), "number")
    for place in range(end, len(text)):
        if text[place] not in _BLANKS:
            yield Edit(place, place + 1, "", "punctuation")


def parse_korean(text: str) -> str:
    """The text with its `korean_edits` in their places.

    >>> parse_korean("10-20명, 12:30 ~ 13:00…")
    '십 이십명 십이 삼십 ~ 십삼 영영…'
    """
    kept, put = edited(text, korean_edits(text))
    return " ".join("".join(x for pair in zip(kept, put, strict=True) for x in pair).split())


def korean_numbers(text: str) -> str:
    """The text with numbers, currencies and percentages in Hangul; all else as it is.

    >>> korean_numbers("$10 (24%)")
    '십달러 (이십사퍼센트)'
    """
    return _KOREAN_NUMBERS.sub(_korean, text)
