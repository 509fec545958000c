"""Dates and times of day as a speaker says them.

IBM publishes no rule for dates and times: its page only says that examples are not exhaustive.
The readings here are a speaker's. Three things are a matter of choice:

* Numeric dates are read in the order of the language: month first for American English only
  (``12/05/2024`` "December fifth"), day first elsewhere (en-GB "the twelfth of May"; also es-US).
  Where that order gives no date (``25/12/2024`` in en-US) the other one is taken. Two numbers
  (``12/25``) are no date: they may be a fraction or a score.
* A year is read as a year only in a date or after the name of a month ("June twenty twenty one");
  alone, ``1985`` is a number ("one thousand nine hundred eighty five"), by IBM's rule of numbers.
  A year of two digits is read as its two digits, no century is guessed.
* The day is an ordinal number in English and German, elsewhere only the first is.

>>> year_words("1985", "en-US"), year_words("1985", "nl-NL"), year_words("2005", "fr-FR")
('nineteen eighty five', 'negentienhonderdvijfentachtig', 'deux mille cinq')
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sttprep.corpora.languages import base_language
from sttprep.corpora.numerals import agree, digits_words, ordinal_words, whole_words

__all__ = [
    "CALENDARS",
    "GERMAN_ARTICLES",
    "Calendar",
    "date_pattern",
    "date_words",
    "german_ordinal",
    "time_words",
    "year_words",
]


@dataclass(frozen=True)
class Calendar:
    """How one language writes and says dates."""

    months: str
    """The twelve names, as the language spells them."""
    short: str
    """Abbreviations of the twelve months, ``-`` where none is in use."""
    join: str = ""
    """The word between day and month, and between month and year."""
    first: str = ""
    """The first day of a month, where it is not read like the other days."""
    any_case: bool = True
    """Names of months are also written in lower case."""

    @property
    def initials(self) -> str:
        """The letters that names of months begin with, each once."""
        found = {name[0] for name in re.findall(r"\w+", self.months)}
        if self.any_case:
            found |= {letter.swapcase() for letter in found}
        return "".join(sorted(found))


CALENDARS: Mapping[str, Calendar] = {
    "en": Calendar(
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr - Jun Jul Aug Sept|Sep Oct Nov Dec",
        any_case=False,
    ),
    "fr": Calendar(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janv févr|fév - avr - - juil - sept oct nov déc",
        first="premier",
    ),
    "es": Calendar(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "ene feb mar abr may jun jul ago sept|sep oct nov dic",
        join="de",
    ),
    "pt": Calendar(
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "jan fev mar abr mai jun jul ago set out nov dez",
        join="de",
    ),
    "de": Calendar(
        "Januar|Jänner Februar|Feber März April Mai Juni Juli August September Oktober November "
        "Dezember",
        "Jan Feb Mär|Mrz Apr - Jun Jul Aug Sept|Sep Okt Nov Dez",
        any_case=False,
    ),
    "it": Calendar(
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
        "dicembre",
        "gen febbr|feb mar apr magg giu lug ag|ago sett ott nov dic",
        first="primo",
    ),
    "nl": Calendar(
        "januari februari maart april mei juni juli augustus september oktober november december",
        "jan feb mrt apr - jun jul aug sept|sep okt nov dec",
    ),
}
"""The seven languages that share one set of parsing rules."""

_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"[12]\d{3}"
_END = r"(?!\w)(?![.,:/]\d)"
# Words after which a German ordinal takes the ending -en, and those after which it takes -e.
_GERMAN_EN = "am|beim|zum|vom|im|dem|den|des|zur|ab|bis|seit"
_GERMAN_E = "der|die|das"
GERMAN_ARTICLES = f"{_GERMAN_EN}|{_GERMAN_E}"
"""Words that make ``3.`` before a noun an ordinal: ``im 19. Jahrhundert``."""
_HOUR_WORDS = {"de": "Uhr", "nl": "uur", "fr": "heures", "es": "horas", "pt": "horas"}
_HOUR_MARKS = {
    "fr": r"\s?[hH]\s?(?P<minute>[0-5]\d)?|:(?P<minute2>[0-5]\d)",
    "pt": r"[hH](?P<minute>[0-5]\d)?(?:min)?|:(?P<minute2>[0-5]\d)(?:\s?h)?",
    "es": r":(?P<minute>[0-5]\d)(?:\s?h(?:oras)?)?",
    "de": r"[.:](?P<minute>[0-5]\d)\s?(?:Uhr|h)|:(?P<minute2>[0-5]\d)|(?P<whole>(?=\sUhr(?!\w)))",
    "nl": r"[.:](?P<minute>[0-5]\d)\s?(?:uur|u)|:(?P<minute2>[0-5]\d)",
}


def _is_month_first(language: str) -> bool:
    tag = language.replace("_", "-").lower()
    return tag in {"en", "en-us", "en-ww"}


def date_pattern(language: str) -> tuple[str, ...]:
    """Regular expressions (verbose) for the dates and times that a language writes.

    The first for dates that begin with a digit, the second for those that begin with the name of
    a month (empty where there are none), the third for times. Their named groups are what
    `date_words` and `time_words` read. They do not look at the text before a date: their user does.
    """
    base = base_language(language)
    calendar = CALENDARS[base]
    names = "|".join([*calendar.months.split(), *_short_names(calendar)])
    month_name = f"(?i:{names})" if calendar.any_case else _both(names)

    def month(group: str) -> str:
        return f"(?P<{group}>{month_name})"

    def year(group: str) -> str:
        return rf"(?P<{group}>{_YEAR})(?!\w)(?![.,:/-]\d)"

    pair = rf"(?:{_DAY}[-/.]{_MONTH}|{_MONTH}[-/.]{_DAY})"
    short_year = r"[/.]" if base == "de" else "/"
    numeric = (
        rf"(?P<iso>{_YEAR}(?P<isomark>[-/.]){_MONTH}(?P=isomark){_DAY}){_END}(?!-\d)"
        rf"|(?P<numeric>(?={_DAY}(?P<mark>[-/.]){_DAY}(?P=mark)(?:{_YEAR}{_END}(?!-\d)"
        rf"|(?<={short_year})\d\d{_END}(?!-\d)))"
        rf"{pair}[-/.]\d+)"
    )
    hour = r"(?P<hour>[01]?\d|2[0-4])"
    marks = _HOUR_MARKS.get(base, r":(?P<minute>[0-5]\d)")
    clock = rf"{hour}(?:{marks})(?:{_END}|(?=[ap]m\b|[AP]M\b))"
    named = ""
    if base == "en":
        ordinal = "(?:st|nd|rd|th)"
        last = rf"(?:\s?[-–]\s?(?P<until>{_DAY}){ordinal}?)?"
        named = (
            rf"{month('month')}\s+(?P<day>{_DAY}){ordinal}?{last}(?!\w|[.,:/]\d|[-–]\d"
            rf"|\s?[%°])(?:,?\s+{year('year')})?"
            rf"|{month('month2')},?\s+{year('year2')}"
        )
        # "3 May cause" is no date, "3rd May", "3 of May" and "3 May 2021" are.
        written = (
            rf"(?P<day3>{_DAY})(?:{ordinal}\s(?:of\s)?|\sof\s|\s(?!Ma[ry]))"
            rf"{month('month3')}(?!\w)(?:,?\s+{year('year3')})?"
            rf"|(?P<day4>{_DAY})\s{month('month4')},?\s{year('year4')}"
        )
    elif base == "de":
        written = rf"(?P<day>{_DAY})\.\s?{month('month')}(?!\w)(?:\s{year('year')})?"
    else:
        join = rf"{calendar.join}\s" if calendar.join else ""
        year_join = r"(?:del?\s)?" if calendar.join else ""
        first = "(?:er)?" if base == "fr" else "[º°]?"
        written = (
            rf"(?P<day>{_DAY}){first}\s{join}{month('month')}(?!\w)"
            rf"(?:\s{year_join}{year('year')})?"
        )
    if base in ("de", "nl"):  # elsewhere such a year is read like any number
        named = rf"{month('month2')}\s{year('year2')}"
    return tuple(part.replace(" ", r"\ ") for part in (f"{numeric}|{written}", named, clock))


def _short_names(calendar: Calendar) -> list[str]:
    names = [name for name in calendar.short.split() if name != "-"]
    # "3 mar" without a period may be another word: only English drops the period.
    undotted = [] if calendar.any_case else [rf"(?:{name})(?!\w)" for name in names]
    return [rf"(?:{name})\." for name in names] + undotted


def _both(names: str) -> str:
    """Names with a capital or in capitals: "may" and "march" are words of their own."""
    return f"(?:{names}|(?:{'|'.join(re.findall('[A-ZÄ][a-zäöü]{2,}', names)).upper()})(?!\\w))"


def year_words(digits: str, language: str) -> str:
    """A year as it is said; two digits as the number they are.

    English says pairs ("nineteen oh five") except in the first years of a millennium ("two
    thousand five"); German and Dutch say hundreds up to 1999.

    >>> year_words("1905", "en-US"), year_words("2024", "en-US"), year_words("1985", "de-DE")
    ('nineteen oh five', 'twenty twenty four', 'neunzehnhundertfünfundachtzig')
    """
    base = base_language(language)
    number = int(digits)
    if len(digits) == 2 and digits[0] == "0":
        if base == "en" and digits != "00":
            return f"oh {whole_words(number, language)}"
        return digits_words(digits, language)
    hundreds, rest = divmod(number, 100)
    if base == "en" and number >= 1000 and number % 1000 >= 10:
        head = whole_words(hundreds, language)
        if not rest:
            return f"{head} hundred"
        return f"{head} {year_words(f'{rest:02}', language)}"
    if base in ("de", "nl") and 1100 <= number < 2000:
        hundred = "hundert" if base == "de" else "honderd"
        tail = whole_words(rest, language) if rest else ""
        return whole_words(hundreds, language) + hundred + tail
    return whole_words(number, language)


def date_words(found: Mapping[str, str], language: str, before: str = "") -> str:
    """The words of a date that `date_pattern` found; ``before`` is the text in front of it.

    The month of a written date keeps its spelling; abbreviations are spelled out.
    """
    base = base_language(language)
    if "iso" in found:
        year, month, day = re.split("[-/.]", found["iso"])
        return _said(day, _month_name(int(month), base), year, language, before)
    if "numeric" in found:
        one, two, year = re.split("[-/.]", found["numeric"])
        month, day = (one, two) if _is_month_first(language) else (two, one)
        if int(month) > 12:
            month, day = day, month
        return _said(day, _month_name(int(month), base), year, language, before)
    for suffix in ("", "2", "3", "4"):
        if "month" + suffix in found:
            name = _spelled_out(found["month" + suffix], base)
            day, year = found.get("day" + suffix, ""), found.get("year" + suffix, "")
            if base == "en" and suffix in ("", "2"):
                parts = [name, ordinal_words(day, "", language) if day else ""]
                if "until" in found:
                    parts += ["to", ordinal_words(found["until"], "", language)]
                parts.append(year_words(year, language) if year else "")
                return " ".join(part for part in parts if part)
            if base == "en":
                return _day_of_month(day, name, year, language, before)
            return _said(day, name, year, language, before)
    raise AssertionError(f"no date in {found}")


def _month_name(number: int, base: str) -> str:
    return CALENDARS[base].months.split()[number - 1].split("|")[0]


def _spelled_out(name: str, base: str) -> str:
    """``Dec.`` as "December"; a full name as it is."""
    bare = name.rstrip(".").lower()
    calendar = CALENDARS[base]
    for number, short in enumerate(calendar.short.split(), start=1):
        if bare in short.lower().split("|"):
            return _month_name(number, base)
    return name


def _said(day: str, month: str, year: str, language: str, before: str) -> str:
    base = base_language(language)
    if base == "en" and not _is_month_first(language):
        return _day_of_month(day, month, year, language, before)
    said_year = year_words(year, language) if year else ""
    if base == "en":
        parts = [month, ordinal_words(day, "", language), said_year]
    else:
        join = CALENDARS[base].join
        said_day = _day(day, language, before) if day else ""
        parts = [said_day, join, month, join if year else "", said_year]
    return " ".join(part for part in parts if part)


def _day_of_month(day: str, month: str, year: str, language: str, before: str) -> str:
    article = "" if re.search(r"\b[Tt]he\s+$", before) else "the "
    said_year = f" {year_words(year, language)}" if year else ""
    return f"{article}{ordinal_words(day, '', language)} of {month}{said_year}"


def _day(digits: str, language: str, before: str) -> str:
    base, number = base_language(language), int(digits)
    if base == "de":
        return german_ordinal(number, before)
    if number == 1:
        if base in ("fr", "it"):
            return CALENDARS[base].first
        tag = language.replace("_", "-").lower()
        # Spain and Portugal say "uno de mayo", America "primero".
        if base in ("es", "pt") and tag not in ("es", "es-es", "pt-pt"):
            return "primero" if base == "es" else "primeiro"
    return whole_words(number, language)


def german_ordinal(number: int, before: str) -> str:
    """A German ordinal with the ending that the word before it asks for.

    >>> german_ordinal(3, "am "), german_ordinal(3, "der "), german_ordinal(3, "Montag, ")
    ('dritten', 'dritte', 'dritter')
    >>> german_ordinal(25, "am 24. und ")
    'fünfundzwanzigsten'
    """
    words = ordinal_words(str(number), "", "de-DE")
    last = re.search(r"(\w+)\s+(?:\d{1,2}\.\s+(?:und|oder|bis|–)\s+)?$", before)
    article = last[1].lower() if last else ""
    if article in _GERMAN_EN.split("|"):
        return words + "n"
    return words if article in _GERMAN_E.split("|") else words + "r"


def time_words(found: Mapping[str, str], language: str, after: str = "") -> str:
    """The words of a time of day; ``after`` is the text behind it.

    >>> time_words({"hour": "15", "minute": "30"}, "fr-FR")
    'quinze heures trente'
    """
    base = base_language(language)
    hour, minute = int(found["hour"]), found.get("minute") or found.get("minute2") or ""
    if "whole" in found:  # "1 Uhr": the word stays where it is
        return agree(whole_words(hour, language), language, "m")
    # Hours are feminine where nouns have a gender, but German counts "Uhr".
    said = agree(whole_words(hour, language), language, "m" if base == "de" else "f")
    minutes = "" if minute in ("", "00") else _minutes(minute, language)
    if base == "en":
        if minutes or re.match(r"\s?[apAP]\.?[mM]\b|\s?o.clock", after):
            return f"{said} {minutes}".rstrip()
        return f"{said} o'clock" if 0 < hour <= 12 else f"{said} hundred"
    if base in ("fr", "de", "nl"):
        unit = "heure" if base == "fr" and hour < 2 else _HOUR_WORDS[base]
        return f"{said} {unit} {minutes}".rstrip()
    if not minutes:
        if base == "it":
            return said
        unit = _HOUR_WORDS[base]
        return f"{said} {unit if hour != 1 else unit[:-1]}"
    return f"{said} {minutes}" if base == "es" else f"{said} e {minutes}"


def _minutes(digits: str, language: str) -> str:
    base = base_language(language)
    if base == "en":
        return year_words(digits, language)
    if base == "es" and digits[0] == "0":  # "las tres cero cinco"
        return digits_words(digits, language)
    return whole_words(int(digits), language)
