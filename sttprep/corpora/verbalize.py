"""Numbers, currencies, percentages and other symbols in words, by IBM's documented rules.

The rules are those of IBM's page on corpora for previous-generation models, section "Parsing of
Dutch, English, French, German, Italian, Portuguese, and Spanish". Where the page is silent the
reading is what a speaker says: ``20th`` "twentieth", ``1960s`` "nineteen sixties", ``$5 million``
"five million dollars". Years are read as numbers ("two thousand nine"), as the page has it.

>>> verbalize("It costs $1.50, 20% less than in the 1960s.", "en-US")
'It costs one dollar and fifty cents, twenty percent less than in the nineteen sixties.'
>>> verbalize("La dose est de 0,15 mg pour 100 €", "fr-FR")
'La dose est de zéro virgule quinze mg pour cent euros'
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from sttprep.corpora.numerals import (
    NUMERALS,
    Unit,
    agree,
    base_language,
    number_words,
    ordinal_words,
    split_number,
)

__all__ = ["ADDRESS", "verbalize"]

ADDRESS = (
    r"(?:https?://|ftp://|www\.)[^\s<>]+"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.])10\.\d{4,9}/[^\s<>]+"
    r"|(?<![\w./-])[\w/-]+(?:\.[\w-]+)*?"
    r"\.(?:xml|s?html?|txt|json|csv|tsv|pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|php|wav|mp3)(?![\w-])"
)
"""A web address, an e-mail address, a DOI or a file name: one token, its digits are no numbers."""

# Where the dialect is Latin American, IBM reads $ as pesos ("cien pesos" for es-LA). es-AR, es-CL
# and es-CO are the countries among IBM's base models whose currency is written with that sign and
# whose dialect is es-LA.
_PESO_LANGUAGES = {"es-LA", "es-AR", "es-CL", "es-CO"}
_PESO = Unit("peso", "pesos", "centavo", "centavos")

_SUFFIXES = {"K": "thousand", "k": "thousand", "M": "million", "B": "billion", "bn": "billion"}
_UNITS = "mg|kg|mcg|µg|ml|mL|dl|dL|mm|cm|km|KB|MB|GB|TB|Hz|kHz|MHz|GHz|am|pm|AM|PM|mph|lbs|lb|oz|ft"
_TENS = {"twenty": "twenties", "ten": "tens", "hundred": "hundreds", "thousand": "thousands"}


def verbalize(text: str, language: str) -> str:
    """The text with its numbers and the symbols that have a reading in words.

    Everything else, brackets and punctuation too, stays as it is. Languages for which IBM
    documents no rules come back unchanged.
    """
    base = base_language(language)
    if base not in NUMERALS:
        return text
    return _Verbalizer.of(language).run(text)


class _Verbalizer:
    """The rules of one language, compiled."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.base = base_language(language)
        self.numerals = NUMERALS[self.base]
        currencies = dict(self.numerals.currencies)
        currencies["US$"] = currencies["$"]
        if language.replace("_", "-") in _PESO_LANGUAGES:
            currencies["$"] = _PESO
        self.numerals = replace(self.numerals, currencies=currencies)
        self.pattern = re.compile(self._pattern(), re.VERBOSE)

    @staticmethod
    @lru_cache(maxsize=64)
    def of(language: str) -> _Verbalizer:
        return _Verbalizer(language)

    def _pattern(self) -> str:
        n = self.numerals
        group = n.group.replace(" ", r"\ ")
        # A number: thousands in groups of three, or digits; then a fraction. "0.15" is also
        # understood where the decimal character is a comma, because no group has two digits.
        other = r"|\d+\.\d+" if n.decimal == "," else ""
        number = (
            rf"(?:\d{{1,3}}(?:[{group}]\d{{3}})+(?!\d)(?:\{n.decimal}\d+)?"
            rf"|\d+\{n.decimal}\d+{other}|\d+|(?<![\w.,])\.\d+)"
        )
        left = r"(?<!\w)(?<!\d[.,:])"
        right = r"(?!\w)(?![.,:/]\d)"
        signs = "|".join(map(re.escape, sorted(n.currencies, key=len, reverse=True)))
        scale = rf"(?:[\s-]+(?:{n.scales})(?!\w))"
        short = r"bn|[KkMB]" if self.base == "en" else r"(?!)"
        ordinal = rf"|{left}(?P<ordinal>\d+)(?P<ending>{n.ordinal})(?!\w)" if n.ordinal else ""
        decade = rf"|{left}(?P<decade>\d*0)['’]?s(?!\w)" if self.base == "en" else ""
        # The sign belongs to the number only at the start of a token: "-5", not "2013-2014".
        return rf"""
            (?P<address>{ADDRESS})
            |(?P<sign>(?<!\S)[-−](?=[\d.$€£¥]))?(?:
                (?<!\w)(?:(?P<before>{signs})|(?<!\d\s)(?P<apart>{signs})\s)(?P<amount>{number})
                    (?:(?P<short>{short})(?!\w)|(?!\w)(?![.,:/]\d))(?P<scale>{scale})?
                |{left}(?P<amount2>{number})(?P<scale2>{scale})?\s?(?P<after>{signs})(?!\d)
                |{left}(?P<percent>{number})\s?%
                |{left}(?P<degrees>{number})\s?°(?:\s?(?P<temperature>[CF])(?!\w))?
                |\#\s?(?P<item>\d+)(?!\w)
                {ordinal}{decade}
                |{left}(?P<number>{number}){right}
                |{left}(?P<chain>\d+(?:[.,:/]\d+)+)(?:(?!\w)|(?={_UNITS}\b))
                |{left}(?P<measure>{number})(?=(?:{_UNITS})\b)
            )
            |(?<=\s)(?P<ampersand>&)(?=\s)
        """

    def run(self, text: str) -> str:
        return self.pattern.sub(self._words, text)

    def _words(self, match: re.Match[str]) -> str:
        found = {name: value for name, value in match.groupdict().items() if value is not None}
        if "address" in found:
            return match[0]
        if "ampersand" in found:
            return self.numerals.ampersand
        words = self._reading(found)
        if words is None:
            return match[0]
        if "sign" in found:
            words = f"{self.numerals.minus} {words}"
        # "24-hour" and "COVID-19": the number becomes a token of its own.
        start, end, text = match.start(), match.end(), match.string
        before = " " if start and not text[start - 1].isspace() else ""
        after = " " if end < len(text) and (text[end] in "-–" or text[end].isalnum()) else ""
        return f"{before}{words}{after}"

    def _reading(self, found: dict[str, str]) -> str | None:
        n, language = self.numerals, self.language
        if "amount" in found:
            scale = found.get("scale", "").strip(" -") or _SUFFIXES.get(found.get("short", ""), "")
            return self._money(found["amount"], found.get("before") or found["apart"], scale)
        if "after" in found:
            return self._money(found["amount2"], found["after"], found.get("scale2", "").strip())
        if "percent" in found:
            return f"{number_words(found['percent'], language)} {n.percent}"
        if "degrees" in found:
            scale = {"C": " celsius", "F": " fahrenheit"}.get(found.get("temperature", ""), "")
            return f"{number_words(found['degrees'], language)} {n.degrees}{scale}"
        if "item" in found:
            return f"{n.number} {number_words(found['item'], language)}"
        if "ordinal" in found:
            return ordinal_words(found["ordinal"], found["ending"], language)
        if "decade" in found:
            return self._decade(found["decade"])
        if "chain" in found:  # 3:30, 140/90, 1.10.4: the numbers one after the other
            parts = re.split(r"[.,:/]", found["chain"])
            return " ".join(number_words(part, language) for part in parts)
        return number_words(found.get("number") or found["measure"], language)

    def _money(self, amount: str, sign: str, scale: str) -> str:
        n, language = self.numerals, self.language
        unit = n.currencies[sign]
        whole, fraction = split_number(amount, language)
        if scale:
            words = number_words(amount, language)
            words = agree(words, language, "m")
            if self.base == "de" and words == "ein" and scale[0] in "MB":
                words = "eine"
            scale = {"Mio": "millionen", "Mrd": "milliarden"}.get(scale.rstrip("."), scale)
            return f"{words} {scale} {self._of(unit.many)}"
        if len(fraction) == 2 and unit.cent:
            return self._with_cents(whole or "0", fraction, unit)
        if fraction:
            return f"{number_words(amount, language)} {unit.many}"
        return self._counted(whole, unit.one, unit.many, unit)

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

    def _decade(self, digits: str) -> str | None:
        """``1960s`` as "nineteen sixties"; None for what is no decade."""
        language = self.language
        if len(digits) == 4 and digits[1:] != "000" and digits[0] != "0":
            century = number_words(digits[:2], language)
            if digits[2:] == "00":
                return f"{century} hundreds"
            decade = self._decade(digits[2:])
            return None if decade is None else f"{century} {decade}"
        if digits[0] == "0" or len(digits) > 4:
            return None
        *head, last = number_words(digits, language).split()
        plural = _TENS.get(last) or re.sub("y$", "ies", last)
        return " ".join([*head, plural])
