"""Numbers, currencies, percentages, dates and other symbols in words, by IBM's documented rules.

The rules are those of IBM's page on corpora for previous-generation models (the page of the next
generation repeats them), section "Parsing of Dutch, English, French, German, Italian, Portuguese,
and Spanish". It gives two tables of examples, calls them "not exhaustive", and says nothing of
dates, times, ordinals, fractions or telephone numbers; there the reading is what a speaker says:
``20th`` "twentieth", ``1960s`` "nineteen sixties", ``$5 million`` "five million dollars". See
`sttprep.corpora.dates` and `sttprep.corpora.fractions` for theirs. What may surprise:

* The fraction of a decimal number is read as a whole number, ``0.15`` "zero point fifteen", from
  the table; German reads "null punkt fünfzehn" and Portuguese "zero ponto quinze" there, although
  speakers say Komma and vírgula.
* A year alone is a number: ``1985`` "one thousand nine hundred eighty five".
* A hyphen between numbers is removed like any hyphen (``10-15%`` "ten fifteen percent"), because
  it may stand in a score or a code; an en dash (``10–15%``) is a range and read "to".
* ``(555) 123-4567`` loses its first three digits: phrases in brackets are ignored.
* Abbreviated units stay as they are, parted from their number: ``5mg`` "five mg".
* Digits inside words (``B12``, ``H5N1``, ``5G``) and addresses stay: such tokens are words.

>>> verbalize("It costs $1.50, 20% less than in the 1960s.", "en-US")
'It costs one dollar and fifty cents, twenty percent less than in the nineteen sixties.'
>>> verbalize("La dose est de 0,15 mg pour 100 €", "fr-FR")
'La dose est de zéro virgule quinze mg pour cent euros'
>>> verbalize("Le 1er mai à 15h30, ½ prix", "fr-FR")
'Le premier mai à quinze heures trente, un demi prix'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from sttprep.corpora.counted_nouns import COUNTED
from sttprep.corpora.dates import (
    CALENDARS,
    GERMAN_ARTICLES,
    date_pattern,
    date_words,
    german_ordinal,
    time_words,
    year_words,
)
from sttprep.corpora.fractions import FRACTION, fraction_words
from sttprep.corpora.languages import base_language
from sttprep.corpora.number_tables import NUMERALS, UNITS, Unit, numerals_for
from sttprep.corpora.numerals import (
    agree,
    digits_words,
    number_pattern,
    number_words,
    ordinal_words,
    split_number,
)

__all__ = ["ADDRESS", "Reading", "readings", "verbalize"]

ADDRESS = (
    r"(?<![\d¼-¾⅐-⅞])(?:https?://|ftp://|www\.)[^\s<>]+"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.])10\.\d{4,9}/[^\s<>]+"
    r"|(?<![\w./-])[\w/-]+(?:\.[\w-]+)*?"
    r"\.(?:xml|s?html?|txt|json|csv|tsv|pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|php|wav|mp3)(?![\w-])"
)
"""A web address, an e-mail address, a DOI or a file name: one token, its digits are no numbers."""

# What every address holds; the search for addresses is the costliest part of a line.
_MAY_HOLD_ADDRESS = re.compile(
    r"[@/]|www\.|10\.\d|\.(?:xml|s?html?|txt|json|csv|tsv|pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|php"
    r"|wav|mp3)"
).search

_SUFFIXES = {"K": "thousand", "k": "thousand", "M": "million", "B": "billion", "bn": "billion",
             "T": "trillion", "tn": "trillion"}  # fmt: skip
# "l'11 settembre" is one word with its article: "l'undici settembre".
_ELIDED = re.compile(r"(?<!\w)[A-Za-zÀ-ÿ]{1,6}['’]$").search
_TEMPERATURES = {"C": " celsius", "℃": " celsius", "F": " fahrenheit", "℉": " fahrenheit"}
_PLAIN_NUMBERS = ("number", "measure", "decimal", "rest")
_TENS = {"twenty": "twenties", "ten": "tens", "hundred": "hundreds", "thousand": "thousands"}
# Telephone and social-security numbers: international, North American, local. A local number is
# not told from a range (500-1000 calories) but by its last two digits, which are not round.
_PHONE_ABROAD = r"\+\d{1,3}(?:[\ .-]\d{1,8}){2,6}|\+\d{7,15}"
_PHONE = r"(?:1[-.\ ])?\d{3}(?P<dash>[-.])\d{3}(?P=dash)\d{4}|0\d{2,4}[/-]\d{4,9}"
_AMERICAN_PHONE = r"|[1-9]\d\d-(?!\d\d[05]0)\d{4}|\d{3}-\d\d-\d{4}"
_KINDS = {"hour": "time", "date": "date", "named": "date"}


class Reading(NamedTuple):
    """A piece of a text that is read in words."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    words: str
    """What is said, in lower case unless a name; blanks between the words."""
    kind: str
    """``number``, ``date``, ``time`` or ``symbol``."""


def readings(text: str, language: str) -> Iterator[Reading]:
    """The numbers of a text and the symbols that have a reading in words, in order.

    Nothing for languages for which IBM documents no rules, and nothing for Japanese and Korean,
    whose rules are their own (`sttprep.corpora.east_asian`).

    >>> list(readings("all 500 of them", "en-US"))
    [Reading(start=4, end=7, words='five hundred', kind='number')]
    """
    if base_language(language) in NUMERALS:
        yield from _Verbalizer.of(language).read(text)


def verbalize(text: str, language: str) -> str:
    """The text with its `readings` in their places.

    Everything else, brackets and punctuation too, stays as it is.
    """
    parts: list[str] = []
    end = 0
    for start, stop, words, _ in readings(text, language):
        parts += [text[end:start], words]
        # "24-hour" and "COVID-19": the number becomes a token of its own.
        if start and not text[start - 1].isspace():
            parts[-1] = " " + words
        if stop < len(text) and (text[stop] in "-–/" or text[stop].isalnum()):
            parts[-1] += " "
        end = stop
    return "".join([*parts, text[end:]])


class _Verbalizer:
    """The rules of one language, compiled."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.base = base_language(language)
        self.numerals = numerals_for(language)
        self.nouns = dict(COUNTED[self.base]) | {
            name: unit.gender
            for unit in self.numerals.currencies.values()
            for name in (unit.one, unit.many)
        }
        pattern = self._pattern()
        self.pattern = re.compile(pattern, re.VERBOSE)
        self.pattern_with_addresses = re.compile(f"(?P<address>{ADDRESS})|{pattern}", re.VERBOSE)

    @staticmethod
    @lru_cache(maxsize=64)
    def of(language: str) -> _Verbalizer:
        return _Verbalizer(language)

    def _pattern(self) -> str:
        n = self.numerals
        english = self.base == "en"
        number = number_pattern(self.language)
        # Inside a word digits stay, and an underscore joins words: "B12", "file_5", but not "_5".
        alone, unjoined = r"(?<![^\W_])(?<![^\W_]_)", r"(?![^\W_]|_[^\W_])"
        left, right = alone + r"(?<!\d[.,:])", unjoined + r"(?![.,:]\d)"
        signs = "|".join(map(re.escape, sorted(n.currencies, key=len, reverse=True)))
        scale = rf"(?:[\s-]{{1,3}}(?:{n.scales})(?!\w))"
        short = r"bn|tn|[KkMBT]" if english else r"(?!)"
        ending = f"{n.ordinal}|[ºª]" if n.ordinal else "[ºª]"
        ordinal = rf"|{left}(?P<ordinal>\d+)(?P<ending>{ending})(?!\w)"
        decade = rf"|{left}(?P<decade>\d*0)['’]?s(?!\w)" if english else ""
        nth = ""
        if self.base == "de":
            articles = "".join(sorted({word[0] for word in GERMAN_ARTICLES.split("|")}))
            nth = (
                rf"|(?=[{articles}{articles.upper()}])(?<!\w)(?P<article>(?i:{GERMAN_ARTICLES})\s)"
                r"(?P<nth>\d{1,3})\.(?=\s?(?:(?:und|oder|bis|–)\s\d{1,2}\.\s?)?[A-ZÄÖÜ])"
            )
            decade = (
                rf"|{left}(?P<decade>\d+)er(?!\w)"
                rf"|{left}(?P<count>{number})\s(?P<million>Mio|Mrd)(?!\w)\.?"
            )
        named_dates = ""
        day_dates, month_dates, clock = date_pattern(self.language)
        if month_dates:
            initials = CALENDARS[self.base].initials
            named_dates = rf"|(?=[{initials}])(?<!\w)(?P<named>{month_dates})"
        spaced = n.group.replace(" ", r"\ ")
        first_signs = re.escape("".join(sorted({sign[0] for sign in n.currencies})))
        tail = r"(?P<tail>['’]s(?!\w))?" if english else ""
        phone = _PHONE + (_AMERICAN_PHONE if english else "")
        nouns = "|".join(sorted(self.nouns, key=len, reverse=True))
        # A look-ahead for the first character stands before each group of costly alternatives:
        # most places of a text are passed by it.
        # The sign belongs to the number only at the start of a token: "-5", not "2013-2014".
        return rf"""
            (?P<sign>(?<!\S)[-−](?=[\d.$€£¥]))?(?:
                (?=[\d.½⅓⅔¼¾⅕-⅞⅐-⅒])(?:
                    {left}(?<!\d[-/])(?P<date>{day_dates})
                    |{left}(?:{clock})
                    |{left}(?P<amount2>{number})(?P<scale2>{scale})?\s?(?P<after>{signs})(?!\d)
                    |{left}(?P<percent>{number})\s?%
                    |{left}(?P<degrees>{number})\s?
                        (?:[°º]\s?(?P<temperature>[CF])(?!\w)|(?P<one_sign>[℃℉])|°)
                    |{left}(?<!\d-)(?P<phone>{phone})(?!\w)(?![.,:-]\d)
                    |{left}(?<!\d/)(?P<mixed>\d{{1,3}})(?:\s|(?=[^\d/\s]))
                        (?P<fraction>{FRACTION}){unjoined}
                    |{left}(?<!\d/)(?P<fraction2>{FRACTION}){unjoined}
                    {ordinal}{decade}
                    |{left}(?P<scaled>{number})(?=\s(?:{n.scales})(?!\w))
                    |{left}(?P<counted>{number})(?=\s?(?P<noun>(?i:{nouns}))(?!\w))
                    |{left}(?P<number>{number}){right}{tail}
                    |{left}(?P<measure>{number})(?=(?:{UNITS})\b)
                    |{left}(?P<chain>\d+(?:[.,:]\d+)+)(?:(?!\w|[.,:]\d)|(?=(?:{UNITS})\b))
                    |{alone}(?<!\d\.)(?P<decimal>(?=\d+[{n.decimal}{spaced}]\d){number})(?=[^\W\d_])
                    |{alone}(?<!\d\.)(?P<dotted>\d+(?:\.\d+){{2,}}){unjoined}(?!\.\d)
                    |{alone}(?<!\d\.)(?P<rest>{number})(?:{unjoined}(?!\.\d)|(?=(?:{UNITS})\b))
                )
                |(?=[{first_signs}])(?<!\w)
                    (?:(?P<before>{signs})|(?<!\d\s)(?P<apart>{signs})\s)
                    (?:(?P<low>{number})\s?–\s?)?(?P<amount>{number})
                    (?:(?P<short>{short})(?!\w)|(?!\w)(?![.,:]\d))(?P<scale>{scale})?
                |\#\s?(?P<item>{number}){right}
                |(?=[nN№])(?<!\w)(?:{n.number_signs})(?P<item2>{number}){right}
                |(?=\+\d)(?<!\w)(?P<abroad>{_PHONE_ABROAD})(?!\w)(?![.,:-]\d)
                |(?<=[\d%])(?P<range>–)(?=[$€£¥]?\d)
                |(?<=\s)(?P<ampersand>&)(?=\s)
                {named_dates}{nth}
            )
        """

    def read(self, text: str) -> Iterator[Reading]:
        pattern = self.pattern_with_addresses if _MAY_HOLD_ADDRESS(text) else self.pattern
        for match in pattern.finditer(text):
            start, end = match.span()
            if match.lastgroup == "number":
                # Most are numbers alone: of the dozens of groups two at most have matched.
                found = {"number": match["number"]}
                if match["sign"] is not None:
                    found["sign"] = match["sign"]
            else:
                groups = match.groupdict()
                found = {name: value for name, value in groups.items() if value is not None}
            if "address" in found:
                continue
            if "ampersand" in found:
                yield Reading(start, end, self.numerals.ampersand, "symbol")
            elif "range" in found:
                yield Reading(start, end, self.numerals.to, "symbol")
            else:
                before, after = text[max(0, start - 16) : start], text[end : end + 8]
                words = self._reading(found, before, after)
                if self.base in ("it", "fr") and (elided := _ELIDED(before)):
                    start -= len(elided[0])
                    words = elided[0].replace("’", "'") + words
                if "sign" in found:
                    words = f"{self.numerals.minus} {words}"
                kind = next((kind for name, kind in _KINDS.items() if name in found), "number")
                yield Reading(start, end, words, kind)

    def _reading(self, found: Mapping[str, str], before: str, after: str) -> str:
        n, language = self.numerals, self.language
        if "amount" in found:
            scale = found.get("scale", "").strip(" -") or _SUFFIXES.get(found.get("short", ""), "")
            sign = found.get("before") or found["apart"]
            words = self._money(found["amount"], sign, scale)
            if "low" not in found:
                return words
            cents = len(split_number(found["low"], language)[1]) == 2
            low = self._money(found["low"], sign, "") if cents else ""
            return f"{low or number_words(found['low'], language)} {n.to} {words}"
        if "after" in found:
            return self._money(found["amount2"], found["after"], found.get("scale2", "").strip())
        if "percent" in found:
            words = number_words(found["percent"], language)
            return f"{agree(words, language, 'm') if self.base == 'de' else words} {n.percent}"
        if "degrees" in found:
            letter = found.get("temperature") or found.get("one_sign", "")
            scale = _TEMPERATURES.get(letter, "")
            words = agree(number_words(found["degrees"], language), language, "m")
            return f"{words} {n.degree if found['degrees'] == '1' else n.degrees}{scale}"
        if "item" in found or "item2" in found:
            return f"{n.number} {number_words(found.get('item') or found['item2'], language)}"
        if "hour" in found:
            return time_words(found, language, after)
        if "date" in found or "named" in found:
            return date_words(found, language, before)
        if "phone" in found:
            return digits_words(found["phone"], language)
        if "abroad" in found:
            return f"{n.plus} {digits_words(found['abroad'], language)}"
        if "mixed" in found:
            return fraction_words(found["fraction"], found["mixed"], language)
        if "fraction2" in found:
            return fraction_words(found["fraction2"], "", language)
        if "ordinal" in found:
            return ordinal_words(found["ordinal"], found["ending"], language)
        if "nth" in found:  # im 19. Jahrhundert
            article = found["article"]
            return article + german_ordinal(int(found["nth"]), article)
        if "decade" in found:
            return self._decade(found["decade"])
        if "chain" in found or "dotted" in found:  # 1.10.4: the numbers one after the other
            parts = re.split(r"[.,:]", found.get("chain") or found["dotted"])
            return " ".join(number_words(part, language) for part in parts)
        if "million" in found:
            words = self._before_scale(number_words(found["count"], language), "Million")
            scale = "Million" if found["million"] == "Mio" else "Milliarde"
            return f"{words} {scale}" + (
                "" if words == "eine" else ("en" if scale == "Million" else "n")
            )
        if "counted" in found:  # "1 Euro", "21 libras": the number agrees with the noun
            gender = self.nouns[found["noun"].lower()]
            words = number_words(found["counted"], language)
            if split_number(found["counted"], language)[1]:  # "uno coma cinco", whatever follows
                return words
            return agree(words, language, gender)
        if "scaled" in found:
            return self._before_scale(number_words(found["scaled"], language), after.strip())
        written = next(found[name] for name in _PLAIN_NUMBERS if name in found)
        words = number_words(written, language)
        return words + ("'s" if "tail" in found else "")

    def _before_scale(self, words: str, scale: str) -> str:
        """The number before "million": "un millón", "eine Million"."""
        words = agree(words, self.language, "m")
        if self.base == "de" and words == "ein" and scale[0] in "MB":
            return "eine"
        return words

    def _money(self, amount: str, sign: str, scale: str) -> str:
        n, language = self.numerals, self.language
        unit = n.currencies[sign]
        whole, fraction = split_number(amount, language)
        if scale:
            words = self._before_scale(number_words(amount, language), scale)
            scale = {"Mio": "millionen", "Mrd": "milliarden"}.get(scale.rstrip("."), scale)
            return f"{words} {scale} {self._of(unit.many)}"
        if len(fraction) == 2 and unit.cent:
            return self._with_cents(whole or "0", fraction, unit)
        if fraction:
            return f"{number_words(amount, language)} {unit.many}"
        return self._counted(amount, unit.one, unit.many, unit)

    def _with_cents(self, whole: str, fraction: str, unit: Unit) -> str:
        parts = []
        if whole.strip("0") or not fraction.strip("0"):
            parts.append(self._counted(whole, unit.one, unit.many, unit))
        if fraction.strip("0"):
            if parts and self.numerals.cents_join:
                parts.append(self.numerals.cents_join)
            cents = replace(unit, gender="m")
            parts.append(self._counted(fraction.lstrip("0"), unit.cent, unit.cents, cents))
        return " ".join(parts)

    def _counted(self, digits: str, one: str, many: str, unit: Unit) -> str:
        words = agree(number_words(digits, self.language), self.language, unit.gender)
        # "un million de dollars": round millions take the preposition also when written in digits.
        if re.search(r"il(?:lion|lón|ion|hão|hões|iard)\w*$", words):
            return f"{words} {self._of(many)}"
        return f"{words} {one if digits.lstrip('0') == '1' else many}"

    def _of(self, name: str) -> str:
        """The currency's name after a noun such as "million"."""
        if self.base == "fr" and name.startswith("e"):
            return f"d'{name}"
        return f"{self.numerals.scale_join} {name}".lstrip()

    def _decade(self, digits: str) -> str:
        """``1960s`` as "nineteen sixties", ``90er`` as "neunziger"; else the number in words."""
        language = self.language
        if self.base == "de":
            year = re.fullmatch("1[1-9]\\d\\d", digits)
            return (year_words if year else number_words)(digits, language) + "er"
        if len(digits) == 4 and digits[1:] != "000" and digits[0] != "0":
            century = number_words(digits[:2], language)
            if digits[2:] == "00":
                return f"{century} hundreds"
            return f"{century} {self._decade(digits[2:])}"
        *head, last = number_words(digits, language).split()
        plural = _TENS.get(last) or (last[:-1] + "ies" if last[-1] == "y" else last + "s")
        return " ".join([*head, plural])
