"""Numbers that the documented rules read otherwise than a speaker says them.

What a rule here says about the reading is taken from the reading itself (`parse_line`): where
the two agree, it is silent.

>>> rule = number_rule("en-US")
>>> for found in rule("In 1905, 0.15 of them came for 2-3 days, at 4:00, and called 800-555-0199."):
...     print(found.message, "→", found.replacement)
'1905' is read "one thousand nine hundred five". → nineteen oh five
'0.15' is read "zero point fifteen". → zero point one five
'2-3' is read "two three". → two to three
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import filterfalse

from sttprep.corpora.lint_found import Found, Rule, mended
from sttprep.corpora.number_tables import NUMERALS
from sttprep.corpora.numerals import base_language, number_words
from sttprep.corpora.tokenize import drop_brackets, parse_line
from sttprep.corpora.verbalize import ADDRESS

__all__ = ["CANDIDATES", "code_finding", "is_code", "number_rule"]

CANDIDATES = r"\d{6}|\d[-.:/–]\d|\d[)\s]+\d{3}[-.]|\.\d\d|[\s-](?:1[7-9]|20[1-9])\d\d"
"""A line that the rule here cannot be about does not match this."""

_ADDRESS = re.compile(ADDRESS)
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?"
)
_SEASONS = "spring|summer|fall|autumn|winter|year|early|late|mid|circa"
_LEFT, _RIGHT = r"(?<![\w.,:/$€£¥+-])", r"(?![\w%°]|[.,:/-]\d|-\w)"
_PHONE = re.compile(
    r"(?<![\w.,:/-])(?:\+?\d{1,3}[-.\s])?(?:\(\d{3}\)\s?|\d{3}[-.\s])\d{3}[-.]\d{4}(?![\w-]|[.,:/]\d)"
)
_YEAR = re.compile(
    rf"(?:\b(?P<in>[Ii]n|[Ss]ince|[Uu]ntil)|\b(?:{_MONTHS})(?:\s\d\d?(?:st|nd|rd|th)?,?)?"
    rf"|\b(?i:{_SEASONS}))(?:\s|(?<=id)-)(?P<year>(?:1[7-9]|20[1-9])\d\d)(?![\w%°]|[.,:/]\d|-[\w])"
    r"(?!\s(?:mg|g|kg|ml|cases|patients|people|adults|children|births|women|men|calories|deaths))"
    r"|\b(?:from|by|before|after|between|through|during|of|to|and)\s(?P<other>(?:19\d|20[12])\d)"
    r"(?=\s*$|[.,;:?!)](?!\d)|\s(?:to|and|through|the|in|by|until)\b)"
)
_DECIMAL = re.compile(
    r"(?<![\w.,:/$€£¥+-])(?P<number>\d*\.\d{2,})(?P<percent>\s?%)?(?![\w°]|[.,:/-]\d|-\w)"
)
_CLOCK = re.compile(
    r"(?<![\w.,:/-])(?P<hour>1[0-2]|[1-9]):0(?P<minute>\d)(?P<half>\s?[ap]\.?m\b)?(?![:/-]|[.,]\d)"
)
_FRACTION = re.compile(rf"{_LEFT}(?P<top>[1-9])/(?P<bottom>[2-9]|10){_RIGHT}")
_RANGE = re.compile(
    r"(?<![\w.,:/$€£¥–-])(?P<low>\d{1,4}(?:\.\d)?)[-–](?P<high>\d{1,4}(?:\.\d)?)(?P<percent>\s?%)?"
    r"(?![\w:/–°-]|[.,]\d)"
)
_VERSION = re.compile(r"(?<![\w.,:/-])\d+(?:\.\d+){2,}(?![\w/-]|\.\d)")
_LONG = re.compile(rf"{_LEFT}\d{{6,}}{_RIGHT}")
_PLAIN_CODE = re.compile(
    r"(?i)\d+(?:st|nd|rd|th|s|bn|[kmb])|(?:[^\W\d_]+|\d+s?)(?:[&-](?:[^\W\d_]+|\d+s?))*"
    r"|\d+(?:mg|kg|mcg|µg|ml|dl|mm|cm|km|[kmgt]b|[kmg]?hz|[ap]m|mph|lbs?|oz|ft)"
)
_LIKE_ADDRESS = re.compile(r"@|://|www\.|\w\.[a-z]|10\.\d{4}").search
_SPACED_PHONE = re.compile(r"\d{3}\)?\s\d{3}[-.]").search
_PLAIN_CHUNK = re.compile(
    r"[(\"'“‘]*(?:[$€£¥]\d[\d,]*(?:\.\d+)?|(?!1[7-9]\d\d\b|20[1-9]\d\b)\d{1,3}(?:,\d{3})+|"
    r"(?!1[7-9]\d\d\b|20[1-9]\d\b)\d{1,5}(?:\.\d)?%?|\d{1,3}/[1-9]\d+|\d+(?:st|nd|rd|th|s))"
    r"[.,;:?!)\"'”’]*|(?:[^\W\d_]+-)+\d{1,3}[.,;:?!)]*|\d{1,3}(?:-[^\W\d_]+)+[.,;:?!)]*"
)
_CODE_CHUNK = re.compile(r"\W*[^\W\d_]+\d\w*[.,;:?!)\"'”’]*")
_ORDINALS = {
    2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth",
    9: "ninth", 10: "tenth",
}  # fmt: skip


def number_rule(language: str) -> Rule:
    """The rule about numbers, for one language.

    Where a language's speech is not known here (all but English), only digit strings are judged.
    """
    base = base_language(language)
    if base not in NUMERALS:
        return lambda text: iter(())
    english = base == "en"

    def digits(match: re.Match[str]) -> str:
        return " ".join(number_words(one, language) for one in match[0] if one.isdecimal())

    # Pattern, characters of which it needs one, the number in words as it is said.
    spoken: list[tuple[re.Pattern[str], str, Callable[[re.Match[str]], str | None]]] = [
        (_PHONE, "-.", digits),
        (_LONG, "", lambda match: digits(match) if _is_code(match[0]) else None),
    ]
    if english:
        spoken += [
            (_VERSION, ".", lambda match: _version(match[0], language)),
            (_YEAR, "", lambda match: _year(match, language)),
            (_DECIMAL, ".", lambda match: _decimal(match, language)),
            (_CLOCK, ":", lambda match: _clock(match, language)),
            (_FRACTION, "/", lambda match: _fraction(match, language)),
            (_RANGE, "-–", lambda match: _range(match, language)),
        ]

    def rule(text: str) -> Iterator[Found]:
        chunks = filterfalse(str.isalpha, text.split())
        if not any(map(_is_doubtful, chunks)) and not _SPACED_PHONE(text):
            return
        if _LIKE_ADDRESS(text):  # addresses have findings of their own
            text = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
        bracketed = _bracketed(text)
        found: list[Found] = []
        inside = text.rstrip(". ")
        for pattern, signs, words_of in spoken:
            if signs and not any(sign in inside for sign in signs):
                continue
            for match in pattern.finditer(text):
                start, end = match.span((match.lastgroup or 0) if pattern is _YEAR else 0)
                if any(start < one.end and one.start < end for one in found):
                    continue
                # What is in brackets is not read at all, but for the area code of a telephone.
                if pattern is not _PHONE and _within(start, bracketed):
                    continue
                words = words_of(match)
                written = text[start:end]
                if words is None or _read(written, language) == words:
                    continue
                if not _reads(text, start, end, words, language):
                    found.append(_number(start, end, written, words, language))
        yield from sorted(found, key=lambda one: one.start)

    return rule


@lru_cache(maxsize=1 << 16)
def _is_doubtful(chunk: str) -> bool:
    """Whether a blank-separated piece holds a number that is perhaps not read as it is said.

    >>> [_is_doubtful(chunk) for chunk in ("word", "2009,", "$1.50", "(12)", "H5N1", "1990", "2-3")]
    [False, False, False, False, False, True, True]
    """
    return (
        any(map(str.isdecimal, chunk))
        and not _PLAIN_CHUNK.fullmatch(chunk)
        and not _CODE_CHUNK.fullmatch(chunk)
    )


def _number(start: int, end: int, written: str, words: str, language: str) -> Found:
    read = _read(written, language)
    found = Found(
        start, end, "note", "number-reading", f'{written!r} is read "{read}".',
        f"If it is said otherwise, write it so: {words}", written,
    )  # fmt: skip
    return mended(found, words, f"Write {words}")


def _reads(text: str, start: int, end: int, words: str, language: str) -> bool:
    """Whether the line as a whole reads the number as it is said, by its context."""
    before, after = text[max(0, start - 40) : start], text[end : end + 20]
    around = _read(before + text[start:end] + after, language)
    return f" {words} " in f" {around} "


_read = lru_cache(maxsize=1 << 14)(parse_line)


def _bracketed(text: str) -> list[tuple[int, int]]:
    """The places of phrases in brackets, which the parser ignores."""
    if not any(bracket in text for bracket in "([{<") or drop_brackets(text) == text:
        return []
    return [match.span() for match in re.finditer(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}", text)]


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _is_code(digits: str) -> bool:
    """Whether digits are said one by one: not round, or with a zero in front."""
    return digits[0] == "0" or (len(digits) >= 6 and not digits.endswith("000"))


def _year(match: re.Match[str], language: str) -> str | None:
    before = match.string[max(0, match.start() - 12) : match.start()]
    if match["in"] and re.search(r"(?:\d|\bone|\btwo|\bnumber)\s*$", before, re.I):
        return None  # 1 in 1800 babies
    return _year_words(match["year"] or match["other"], language)


@lru_cache(maxsize=1 << 10)
def _year_words(year: str, language: str) -> str:
    """A year as it is said.

    >>> [_year_words(year, "en-US") for year in ("1905", "1900", "1985", "2014", "2009")]
    ['nineteen oh five', 'nineteen hundred', 'nineteen eighty five', 'twenty fourteen', \
'two thousand nine']
    """
    if year[:3] == "200":
        return number_words(year, language)
    century, rest = number_words(year[:2], language), year[2:]
    if rest == "00":
        return f"{century} hundred"
    if rest[0] == "0":
        return f"{century} oh {number_words(rest[1], language)}"
    return f"{century} {number_words(rest, language)}"


def _decimal(match: re.Match[str], language: str) -> str:
    whole, _, fraction = match["number"].partition(".")
    said = " ".join(number_words(digit, language) for digit in fraction)
    percent = " percent" if match["percent"] else ""
    return f"{number_words(whole or '0', language)} point {said}{percent}"


def _version(number: str, language: str) -> str:
    return " point ".join(number_words(part, language) for part in number.split("."))


def _clock(match: re.Match[str], language: str) -> str:
    hour, half = number_words(match["hour"], language), match["half"] or ""
    if match["minute"] != "0":
        return f"{hour} oh {number_words(match['minute'], language)}{half}"
    return f"{hour}{half}" if half else f"{hour} o'clock"


def _fraction(match: re.Match[str], language: str) -> str | None:
    top, bottom = int(match["top"]), int(match["bottom"])
    if top >= bottom or not re.match(r"(?:\s+[a-z]|[,.;:!?)]|\s*$)", match.string[match.end() :]):
        return None  # 9/11, 5/6 of May
    name = _ORDINALS[bottom]
    if top > 1:
        name = "halves" if bottom == 2 else f"{name}s"
    return f"{number_words(match['top'], language)} {name}"


def _range(match: re.Match[str], language: str) -> str | None:
    low, high = match["low"], match["high"]
    if len(high) < len(low) and len(low) == 4 and len(high) == 2 and low[:2] in ("19", "20"):
        high = low[:2] + high  # 1997-98
    if float(low) >= float(high) or low[0] == "0" or (high[0] == "0" and "." not in high):
        return None
    words = []
    for end in (low, high):
        is_year = len(end) == 4 and len(low) == 4 and re.fullmatch("1[7-9]..|20..", end)
        words.append(_year_words(end, language) if is_year else number_words(end, language))
    return " to ".join(words) + (" percent" if match["percent"] else "")


def is_code(token: str) -> bool:
    """Whether a token is a word of letters and digits: a part number, a gene, a vitamin.

    >>> [is_code(token) for token in ("H5N1", "IL-2b", "COVID", "mid-1980s", "report2.pdf")]
    [True, True, False, False, False]
    """
    digits = any(map(str.isdecimal, token))
    return digits and not _PLAIN_CODE.fullmatch(token) and "_" not in token and "." not in token


def code_finding(word: str, start: int) -> Found:
    """The finding about a word of letters and digits at its place in the line."""
    return Found(
        start, start + len(word), "note", "letters-and-digits",
        f"{word!r} becomes one word of the model, digits and all.",
        "See that its sounds-like says it (vitamin B12: B. twelve), or write it as it is spoken.",
        word,
    )  # fmt: skip
