"""Fractions: ``3/4``, ``½`` and ``2 1/2``.

IBM's page does not name them; a speaker's reading is taken. Only proper fractions in lowest terms
with a denominator up to ten are fractions; ``24/7``, ``140/90`` and ``9/11`` are two numbers, and
so are ``12/25`` and ``5/10``. A date without a year (``3/4``) cannot be told from a fraction.

>>> fraction_words("3/4", "", "en-US"), fraction_words("½", "2", "fr-FR")
('three quarters', 'deux et demi')
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from sttprep.corpora.languages import base_language
from sttprep.corpora.number_tables import NUMERALS
from sttprep.corpora.numerals import agree, number_words, whole_words

__all__ = ["FRACTION", "fraction_words"]

FRACTION = (
    r"(?:(?:1/(?:[2-9]|10)|2/[3579]|3/(?:[4578]|10)|4/[579]|5/[6-9]|6/7|7/(?:[89]|10)|8/9|9/10)"
    r"(?!/?\d|[.,:]\d)|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒])"
)
"""A proper fraction in lowest terms, and no part of a longer number (regex)."""

# Names of a half, a third … a tenth; with a slash where the plural differs.
_NAMES: Mapping[str, str] = {
    "en": "half third/s quarter/s fifth/s sixth/s seventh/s eighth/s ninth/s tenth/s",
    "fr": "demi tiers quart/s cinquième/s sixième/s septième/s huitième/s neuvième/s dixième/s",
    "es": "medio tercio/s cuarto/s quinto/s sexto/s séptimo/s octavo/s noveno/s décimo/s",
    "pt": "meio terço/s quarto/s quinto/s sexto/s sétimo/s oitavo/s nono/s décimo/s",
    "de": "halb drittel viertel fünftel sechstel siebtel achtel neuntel zehntel",
    "it": "mezzo terz/o/i quart/o/i quint/o/i sest/o/i settim/o/i ottav/o/i non/o/i decim/o/i",
    "nl": "half derde kwart vijfde zesde zevende achtste negende tiende",
}
# A half after a whole number: "two and a half", "zweieinhalb".
_AND_A_HALF: Mapping[str, str] = {
    "en": " and a half",
    "fr": " et demi",
    "es": " y medio",
    "pt": " e meio",
    "de": "einhalb",
    "it": " e mezzo",
    "nl": " en een half",
}


def fraction_words(text: str, whole: str, language: str) -> str:
    """A fraction that matches `FRACTION`, after the whole number ``whole`` if there is one.

    >>> fraction_words("2/3", "", "it-IT"), fraction_words("1/2", "1", "de-DE")
    ('due terzi', 'eineinhalb')
    """
    base = base_language(language)
    top, bottom = unicodedata.normalize("NFKC", text).replace("\u2044", "/").split("/")
    if whole and bottom == "2":
        return agree(number_words(whole, language), language, "m") + _AND_A_HALF[base]
    name, *endings = _NAMES[base].split()[int(bottom) - 2].split("/")
    if len(endings) == 2:  # Italian: terz-o, terz-i
        name += endings[int(top) > 1]
    elif endings and int(top) > 1:
        name += endings[0]
    count = agree(whole_words(int(top), language), language, "m")
    if base == "nl" and top == "1":
        count = "een"
    said = f"{count} {name}"
    if not whole:
        return said
    join = "" if base == "de" else f"{NUMERALS[base].ampersand} "
    return f"{number_words(whole, language)} {join}{said}"
