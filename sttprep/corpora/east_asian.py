"""IBM's parsing rules for Japanese and Korean, as far as they need no dictionary of the language.

Splitting Japanese text into words needs a morphological analyser; here the blanks of the text
separate tokens.

>>> parse_japanese("0.15と100%"), parse_korean('"약", $10 (24%).')
('〇・一五と百％', '약 십달러 이십사퍼센트')
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["parse_japanese", "parse_korean"]

_LONGEST_READ = 16  # digits; the reading words of both languages go by groups of four (up to 京/경)

# Digits that belong to a Latin word (B12, H5N1) are not numbers.
_NUMBER = re.compile(
    r"(?<![A-Za-zＡ-Ｚａ-ｚ\d.,])(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(?![A-Za-zＡ-Ｚａ-ｚ\d])"
)

_HALF_TO_FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {
    0x20: 0x3000,
    0xA2: 0xFFE0,  # ¢ £ ¥ have full-width forms of their own
    0xA3: 0xFFE1,
    0xA5: 0xFFE5,
}
_FULL_DIGITS = {0xFF10 + digit: 0x30 + digit for digit in range(10)} | {0xFF0E: 0x2E, 0xFF0C: 0x2C}
_HALF_KATAKANA = re.compile("[\uff61-\uff9f]+")
_FULL_NUMBER = re.compile("[０-９][０-９．，]*[０-９]|[０-９]")
_KANJI = "〇一二三四五六七八九"
_HANGUL = "영일이삼사오육칠팔구"

_WON = {"$": "달러", "€": "유로", "£": "파운드", "¥": "엔", "₩": "원"}
_MONEY = re.compile(rf"([{''.join(_WON)}])\s?(\d[\d,]*(?:\.\d+)?)")


@lru_cache(maxsize=4096)
def _whole(digits: str, language: str) -> str:
    from num2words import num2words

    one_by_one = _KANJI if language == "ja" else _HANGUL
    if digits == "0" or len(digits) > _LONGEST_READ or digits[0] == "0":
        return "".join(one_by_one[int(digit)] for digit in digits)
    return str(num2words(int(digits), lang=language))


def _number(match: re.Match[str], language: str) -> str:
    whole = _whole(match[1].replace(",", ""), language)
    if match[2] is None:
        return whole
    digits, point = (_KANJI, "・") if language == "ja" else (_HANGUL, "점")
    return whole + point + "".join(digits[int(digit)] for digit in match[2])


def parse_japanese(text: str) -> str:
    """Numbers in kanji, every character full width; punctuation stays."""
    text = _FULL_NUMBER.sub(lambda match: match[0].translate(_FULL_DIGITS), text)
    text = _NUMBER.sub(lambda match: _number(match, "ja"), text)
    text = _HALF_KATAKANA.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return text.strip().translate(_HALF_TO_FULL)


def parse_korean(text: str) -> str:
    """Numbers, currencies and percentages in Hangul; ``- ( ) * : . , ' "`` removed.

    A period goes only at the end of the line. Bracketed phrases stay.
    """
    text = _MONEY.sub(lambda match: f"{match[2]}{_WON[match[1]]}", text)
    text = re.sub(r"(?<=\d)\s?%", "퍼센트", text)
    text = _NUMBER.sub(lambda match: _number(match, "ko"), text)
    text = re.sub(r"""[-()*:,'"]""", "", text)
    text = re.sub(r"\.+\s*$", "", text)
    return " ".join(text.split())
