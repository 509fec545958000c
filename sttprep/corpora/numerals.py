"""What the number rules need to know of each language, and whole numbers in words.

The words are those of a transcript: lower case, no commas, no hyphens (``seventy five``), because
a language model must see the words a recognizer writes.

>>> number_words("1,985", "en-US")
'one thousand nine hundred eighty five'
>>> number_words("0,15", "de-DE")
'null punkt fünfzehn'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

__all__ = [
    "NUMERALS",
    "Gender",
    "Numerals",
    "Unit",
    "agree",
    "base_language",
    "digits_words",
    "number_words",
    "ordinal_words",
    "split_number",
    "whole_words",
]

Gender = Literal["m", "f"]

_LONGEST_READ = 15
"""Digits of the longest number read as one number; longer ones (card numbers) digit by digit."""
_LONGEST_FRACTION = 3
"""Digits after the point read as one number (IBM: ``0.15`` is "zero point fifteen"); more of them
are read one by one, as people say them (3.14159)."""


@dataclass(frozen=True)
class Unit:
    """A currency."""

    one: str
    """Name after the number 1."""
    many: str
    """Name after other numbers."""
    cent: str = ""
    """Name of one hundredth; empty where none is in use."""
    cents: str = ""
    """Name of several hundredths."""
    gender: Gender = "m"
    """Grammatical gender, for languages whose numbers agree with it."""


@dataclass(frozen=True)
class Numerals:
    """How one language writes and reads numbers."""

    code: str
    """num2words' name of the language."""
    decimal: str
    """Character before the decimal fraction."""
    group: str
    """Characters that may separate thousands, as a regular expression class body."""
    point: str
    """The word read for the decimal character (IBM's table of number conversion)."""
    percent: str
    """The words read for ``%`` after a number (IBM's table of symbol conversion)."""
    degrees: str
    """The word read for ``°`` after a number."""
    minus: str
    """The word read for a minus sign."""
    number: str
    """The word read for ``#`` before a number."""
    ampersand: str
    """The word read for ``&`` between words."""
    cents_join: str
    """The words between the currency and its hundredths."""
    scale_join: str
    """The words between "million" and the currency."""
    scales: str
    """Words for thousand, million …, which stand between a number and its currency (regex)."""
    ordinal: str
    """Endings that make digits an ordinal number (regex); empty where none is safe."""
    currencies: Mapping[str, Unit] = field(default_factory=dict)
    """Currency sign → names."""


_NO_BREAK = "\u00a0\u202f"

NUMERALS: Mapping[str, Numerals] = {
    "en": Numerals(
        "en", ".", ",", "point", "percent", "degrees", "minus", "number", "and", "and", "",
        "hundred|thousand|million|billion|trillion", "st|nd|rd|th",
        {
            "$": Unit("dollar", "dollars", "cent", "cents"),
            "€": Unit("euro", "euros", "cent", "cents"),
            "£": Unit("pound", "pounds", "penny", "pence"),
            "¥": Unit("yen", "yen"),
        },
    ),
    "fr": Numerals(
        "fr", ",", f".{_NO_BREAK} ", "virgule", "pour cent", "degrés", "moins", "numéro", "et",
        "et", "de", "millions?|milliards?|billions?", "ère|ere|re|er|ème|eme|e",
        {
            "$": Unit("dollar", "dollars", "cent", "cents"),
            "€": Unit("euro", "euros", "centime", "centimes"),
            "£": Unit("livre", "livres", "penny", "pence", "f"),
            "¥": Unit("yen", "yens"),
        },
    ),
    "es": Numerals(
        "es", ",", f".{_NO_BREAK}", "coma", "por ciento", "grados", "menos", "número", "y",
        "con", "de", "mill[oó]n(?:es)?|bill[oó]n(?:es)?", "[ºª]",
        {
            "$": Unit("dólar", "dólares", "centavo", "centavos"),
            "€": Unit("euro", "euros", "céntimo", "céntimos"),
            "£": Unit("libra", "libras", "penique", "peniques", "f"),
            "¥": Unit("yen", "yenes"),
        },
    ),
    "pt": Numerals(
        "pt_BR", ",", f".{_NO_BREAK}", "ponto", "por cento", "graus", "menos", "número", "e",
        "e", "de", "milhão|milhões|bilhão|bilhões|trilhão|trilhões", "[ºª]",
        {
            "$": Unit("dólar", "dólares", "centavo", "centavos"),
            "R$": Unit("real", "reais", "centavo", "centavos"),
            "€": Unit("euro", "euros", "centavo", "centavos"),
            "£": Unit("libra", "libras", "pêni", "pence", "f"),
            "¥": Unit("iene", "ienes"),
        },
    ),
    "de": Numerals(
        "de", ",", f".'’{_NO_BREAK}", "punkt", "prozent", "grad", "minus", "nummer", "und",
        "", "", "Millionen|Million|Milliarden|Milliarde|Billionen|Billion|Mio\\.?|Mrd\\.?", "",
        {
            "$": Unit("dollar", "dollar", "cent", "cent"),
            "€": Unit("euro", "euro", "cent", "cent"),
            "£": Unit("pfund", "pfund", "penny", "pence"),
            "¥": Unit("yen", "yen"),
        },
    ),
    "it": Numerals(
        "it", ",", f".'’{_NO_BREAK}", "virgola", "per cento", "gradi", "meno", "numero", "e",
        "e", "di", "milioni|milione|miliardi|miliardo", "[ºª]",
        {
            "$": Unit("dollaro", "dollari", "centesimo", "centesimi"),
            "€": Unit("euro", "euro", "centesimo", "centesimi"),
            "£": Unit("sterlina", "sterline", "penny", "pence", "f"),
            "¥": Unit("yen", "yen"),
        },
    ),
    "nl": Numerals(
        "nl", ",", f".{_NO_BREAK}", "komma", "procent", "graden", "min", "nummer", "en",
        "", "", "miljoen|miljard|biljoen", "ste|de|e",
        {
            "$": Unit("dollar", "dollar", "cent", "cent"),
            "€": Unit("euro", "euro", "cent", "cent"),
            "£": Unit("pond", "pond", "penny", "pence"),
            "¥": Unit("yen", "yen"),
        },
    ),
}  # fmt: skip
"""The seven languages for which IBM documents one set of parsing rules."""


def base_language(language: str) -> str:
    """The language without its country: ``"en"`` for ``"en-GB"``."""
    return re.split("[-_]", language, maxsplit=1)[0].lower()


@lru_cache(maxsize=65536)
def whole_words(number: int, language: str) -> str:
    """A whole number (below 10¹⁵) in words.

    >>> whole_words(121, "en-US"), whole_words(121, "en-GB")
    ('one hundred twenty one', 'one hundred and twenty one')
    """
    from num2words import num2words

    base = base_language(language)
    words = str(num2words(number, lang=_code(language)))
    words = words.replace(",", "").replace("-", " ").lower()
    if base == "en" and not _says_and(language):
        words = words.replace(" and ", " ")
    if base == "es":  # num2words leaves "veintiuno mil" where Spanish shortens before a noun
        words = re.sub(r"veintiuno(?= m)", "veintiún", words)
        words = re.sub(r"\buno(?= m)", "un", words)
    return words


def _code(language: str) -> str:
    # IBM's Portuguese is Brazilian; the numbers of Portugal differ (dezasseis, mil milhões).
    if language.replace("_", "-").lower() == "pt-pt":
        return "pt"
    return NUMERALS[base_language(language)].code


def _says_and(language: str) -> bool:
    country = language.replace("_", "-").upper().partition("-")[2]
    return country in {"GB", "AU", "IE", "IN", "NZ", "ZA"}


def digits_words(digits: str, language: str) -> str:
    """Digits one by one.

    >>> digits_words("007", "en-US")
    'zero zero seven'
    """
    return " ".join(whole_words(int(digit), language) for digit in digits)


def _integer_words(digits: str, language: str) -> str:
    if len(digits) > _LONGEST_READ or (len(digits) > 1 and digits[0] == "0"):
        return digits_words(digits, language)
    return whole_words(int(digits), language)


def split_number(text: str, language: str) -> tuple[str, str]:
    """The digits before and after the decimal character, separators of thousands removed."""
    numerals = NUMERALS[base_language(language)]
    if re.fullmatch(rf"\d{{1,3}}(?:[{numerals.group}]\d{{3}})+(?:\{numerals.decimal}\d+)?", text):
        text = re.sub(f"[{numerals.group}]", "", text)
    whole, _, fraction = text.replace(",", ".").partition(".")
    return whole, fraction


def number_words(text: str, language: str) -> str:
    """A number as written (``1,985.5``) in words, a decimal fraction the way IBM reads it.

    >>> number_words("0.05", "en-US")
    'zero point zero five'
    """
    whole, fraction = split_number(text, language)
    words = _integer_words(whole, language) if whole else ""
    if not fraction:
        return words
    rest = fraction.lstrip("0")
    parts = [words, NUMERALS[base_language(language)].point]
    parts += [whole_words(0, language)] * (len(fraction) - len(rest))
    if rest:
        long = len(rest) > _LONGEST_FRACTION
        parts.append((digits_words if long else _integer_words)(rest, language))
    return " ".join(part for part in parts if part)


def ordinal_words(digits: str, ending: str, language: str) -> str:
    """An ordinal number (``23rd``, ``1re``, ``2ª``) in words.

    >>> ordinal_words("23", "rd", "en-US")
    'twenty third'
    """
    from num2words import num2words

    base = base_language(language)
    if len(digits) > _LONGEST_READ:
        return digits_words(digits, language)
    words = str(num2words(int(digits), lang=_code(language), to="ordinal"))
    words = words.replace(",", "").replace("-", " ").lower()
    if base == "en" and not _says_and(language):
        words = words.replace(" and ", " ")
    if base == "fr" and int(digits) == 1 and ending in {"re", "ère", "ere"}:
        words = "première"
    if ending == "ª":
        words = re.sub(r"o\b", "a", words)
    return words


def agree(words: str, language: str, gender: Gender) -> str:
    """The number as it stands before a noun: "un dólar", "vinte e uma libras", "ein euro".

    >>> agree("veintiuno", "es-ES", "m"), agree("doscientos uno", "es-ES", "f")
    ('veintiún', 'doscientas una')
    """
    base = base_language(language)
    if base == "es":
        if gender == "f":
            words = re.sub(r"ientos\b", "ientas", words).replace("quinientos", "quinientas")
            return re.sub(r"uno$", "una", words)
        return re.sub(r"\buno$", "un", re.sub(r"veintiuno$", "veintiún", words))
    if base == "pt" and gender == "f":
        words = re.sub(r"entos\b", "entas", words)
        return re.sub(r"\bdois$", "duas", re.sub(r"\bum$", "uma", words))
    if base == "fr" and gender == "f":
        return re.sub(r"\bun$", "une", words)
    if base == "it" and words == "uno":
        return "una" if gender == "f" else "un"
    if base == "de":
        return re.sub(r"eins$", "ein", words)
    return words
