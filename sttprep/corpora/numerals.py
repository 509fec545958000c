"""Whole numbers, decimal numbers and ordinals in words.

The words are those of a transcript: lower case, no commas, no hyphens (``seventy five``), because
a language model must see the words a recognizer writes.

>>> number_words("1,985", "en-US")
'one thousand nine hundred eighty five'
>>> number_words("0,15", "de-DE")
'null punkt fünfzehn'
"""

from __future__ import annotations

import re
from functools import lru_cache

from sttprep.corpora.languages import base_language
from sttprep.corpora.number_tables import NUMERALS, Gender, numerals_for

__all__ = [
    "agree",
    "base_language",
    "digits_words",
    "number_pattern",
    "number_words",
    "ordinal_words",
    "split_number",
    "whole_words",
]

_LONGEST_READ = 15
"""Digits of the longest number read as one number; longer ones (card numbers) digit by digit."""
_LONGEST_FRACTION = 3
"""Digits after the point read as one number (IBM: ``0.15`` is "zero point fifteen"); more of them
are read one by one, as people say them (3.14159)."""


def number_pattern(language: str) -> str:
    """A regular expression (verbose) for a number: thousands in groups of three, a fraction.

    ``0.15`` is also understood where the decimal character is a comma, because no group has two
    digits.
    """
    numerals = numerals_for(language)
    group = numerals.group.replace(" ", r"\ ")
    point = f"[{numerals.decimal}]"
    other = r"|\d+\.\d+" if numerals.decimal == "," else ""
    # Lakhs and crores: 12,34,567
    lakh = r"\d{1,2}(?:,\d\d)+,\d{3}(?!\d)(?:\.\d+)?|" if _is_indian(language) else ""
    return (
        rf"(?:{lakh}\d{{1,3}}(?:[{group}]\d{{3}})+(?!\d)(?:{point}\d+)?"
        rf"|\d+{point}\d+{other}|\d+|(?<![\w.,])\.\d+)"
    )


def _is_indian(language: str) -> bool:
    return language.replace("_", "-").lower() == "en-in"


@lru_cache(maxsize=65536)
def whole_words(number: int, language: str) -> str:
    """A whole number (below 10¹⁵) in words.

    >>> whole_words(121, "en-US"), whole_words(121, "en-GB")
    ('one hundred twenty one', 'one hundred and twenty one')
    """
    return _num2words(number, language)


def _num2words(number: int, language: str, code: str = "", form: str = "cardinal") -> str:
    from num2words import num2words

    base = base_language(language)
    words = str(num2words(number, lang=code or _code(language), to=form))
    words = words.replace(",", "").replace("-", " ").replace("\u00ad", "").lower()
    if base == "en" and not _says_and(language):
        words = words.replace(" and ", " ")
    if base == "es":  # num2words leaves "veintiuno mil" where Spanish shortens before a noun
        words = re.sub(r"veintiuno(?= m)", "veintiún", words)
        words = re.sub(r"\buno(?= m)", "un", words)
    if base == "nl":  # "één" alone, "honderdeen"
        words = re.sub(r"(?<=\w)één\b", "een", words)
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
    """Digits one by one; everything between them is left out.

    >>> digits_words("007", "en-US"), digits_words("555-0199", "en-US")
    ('zero zero seven', 'five five five zero one nine nine')
    """
    return " ".join(whole_words(int(digit), language) for digit in digits if digit.isdecimal())


def _integer_words(digits: str, language: str) -> str:
    if len(digits) > _LONGEST_READ or (len(digits) > 1 and int(digits[0]) == 0):
        return digits_words(digits, language)
    return whole_words(int(digits), language)


def split_number(text: str, language: str) -> tuple[str, str]:
    """The digits before and after the decimal character, separators of thousands removed.

    >>> split_number("1.234,5", "de-DE"), split_number("1,234.5", "es-MX")
    (('1234', '5'), ('1234', '5'))
    """
    numerals = numerals_for(language)
    grouped = re.match(rf"\d{{1,3}}(?:[{numerals.group}]\d{{3}})+(?!\d)", text)
    if grouped is None and _is_indian(language):
        grouped = re.match(r"\d{1,2}(?:,\d\d)+,\d{3}(?!\d)", text)
    if grouped:
        text = re.sub(r"\D", "", grouped[0]) + text[grouped.end() :]
    whole, _, fraction = text.replace(",", ".").partition(".")
    return whole, fraction


def number_words(text: str, language: str) -> str:
    """A number as written (``1,985.5``) in words, a decimal fraction the way IBM reads it.

    >>> number_words("0.05", "en-US"), number_words("1,00,000", "en-IN")
    ('zero point zero five', 'one lakh')
    """
    whole, fraction = split_number(text, language)
    if _is_indian(language) and re.match(r"\d{1,2},\d\d,", text) and len(whole) <= _LONGEST_READ:
        words = _num2words(int(whole), language, "en_IN")
    else:
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

    >>> ordinal_words("23", "rd", "en-US"), ordinal_words("17", "º", "es-ES")
    ('twenty third', 'decimoséptimo')
    """
    base = base_language(language)
    if len(digits) > _LONGEST_READ:
        return digits_words(digits, language)
    words = _num2words(int(digits), language, form="ordinal")
    if base == "fr" and int(digits) == 1 and ending in {"re", "ère", "ere"}:
        words = "première"
    if base == "fr" and int(digits) == 2 and ending in {"nd", "nde"}:
        words = "second" + ending[2:]
    if base == "es":
        # num2words writes "décimoprimero", "décimo noveno"; the Academy "undécimo", "decimonoveno".
        words = re.sub(r"^décimo ?(?=\w)", "decimo", words)
        words = {"decimoprimero": "undécimo", "decimosegundo": "duodécimo"}.get(words, words)
        if ending == "er":  # 1er piso, 3er año
            words = re.sub(r"(prime|terce)ro$", r"\1r", words)
    if ending.endswith("ª"):
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
        if words == "eins" and gender == "f":
            return "eine"
        return re.sub(r"eins$", "ein", words)
    return words
