"""A line of text as the words a recognizer is to learn.

Bracketed phrases are ignored, numbers and symbols read (`verbalize`), punctuation removed by
context; case stays, because the words resource keeps words as the corpus spells them.

>>> tokenize("The cost is $100 (about €100).", "en-US")
['The', 'cost', 'is', 'one', 'hundred', 'dollars']
>>> parse_line("If you're in the U.S., don't e-mail trainingdata.txt and/or NINDS!")
"If you're in the U.S. don't e-mail trainingdata.txt and or NINDS"
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from sttprep.corpora.east_asian import parse_japanese, parse_korean
from sttprep.corpora.numerals import base_language
from sttprep.corpora.verbalize import ADDRESS, verbalize
from sttprep.errors import CorpusError

__all__ = ["drop_brackets", "is_address", "parse_line", "tokenize", "tokenizer"]

_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
_HAS_BRACKET = re.compile(r"[(\[{<]").search
# Characters whose reading or removal depends on their neighbours: such lines are rewritten as a
# whole, all others go straight from blank-separated chunk to (cached) tokens.
_NEEDS_LINE = re.compile(r"[\d(){}\[\]<>&@]").search
_ADDRESS = re.compile(ADDRESS)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "＇": "'"})
_INVISIBLE = dict.fromkeys([0xAD, 0x200E, 0x200F, 0x2060, 0xFEFF])
# Words that begin with an apostrophe in the base lexicon; any other leading one is a quote mark.
_ELISIONS = {"'em", "'til", "'tis", "'twas", "'cause", "'bout", "'n"}

# Over a shape of the chunk: A capital, a other letter, 0 digit, everything else itself.
#   initials      U.S.  e.g.  Ph.D.  (the period belongs to them)
#   word          joined by one apostrophe, hyphen, underscore, ampersand or period;
#                 a period between a word and a capital ends a sentence: "tremor.The"
_TOKEN = re.compile(
    r"(?:[Aa]a?\.){2,}(?![Aa0])"
    r"|[Aa0]+(?:(?:['&_-]|(?<!aa)\.|\.(?!Aa))[Aa0]+)*"
)


def tokenizer(language: str = "en-US") -> Callable[[str], tuple[str, ...]]:
    """The function from a line to its tokens, for many lines of one language.

    Raises:
        CorpusError: ``language`` is no language tag.
    """
    if not _LANGUAGE.fullmatch(language):
        raise CorpusError(f"{language!r} is no language.", hint="Write it like en-US or fr-FR.")
    base = base_language(language)
    if base == "ja":
        return lambda text: tuple(parse_japanese(text).split())
    if base == "ko":
        return lambda text: tuple(parse_korean(text).split())

    def tokens(text: str) -> tuple[str, ...]:
        if _NEEDS_LINE(text):
            text = verbalize(drop_brackets(text), language)
        found: list[str] = []
        for chunk in text.split():
            found += _chunk_tokens(chunk)
        return tuple(found)

    return tokens


def tokenize(text: str, language: str = "en-US") -> list[str]:
    """The tokens of one line, spelled as in the line.

    Raises:
        CorpusError: ``language`` is no language tag.

    >>> tokenize("the 'silent' killer: seventy-five of 90%", "en-US")
    ['the', 'silent', 'killer', 'seventy-five', 'of', 'ninety', 'percent']
    """
    return list(tokenizer(language)(text))


def parse_line(text: str, language: str = "en-US") -> str:
    """The text of one line after IBM's parsing, as one string.

    Raises:
        CorpusError: ``language`` is no language tag.

    >>> parse_line("0,15", "nl-NL"), parse_line("100%", "ja-JP")
    ('nul komma vijftien', '百％')
    """
    separator = "\u3000" if base_language(language) == "ja" else " "
    return separator.join(tokenizer(language)(text))


def drop_brackets(text: str) -> str:
    """The text without the phrases in ``( )``, ``< >``, ``[ ]`` and ``{ }``, nested ones too.

    A bracket without its partner stays; it is punctuation like any other.

    >>> drop_brackets("new (one [two]) <three> guides :)")
    'new     guides :)'
    """
    if not _HAS_BRACKET(text):
        return text
    opened: dict[str, list[int]] = {opener: [] for opener in _BRACKETS.values()}
    spans: list[tuple[int, int]] = []
    for position, character in enumerate(text):
        if character in opened:
            opened[character].append(position)
        elif character in _BRACKETS and opened[_BRACKETS[character]]:
            spans.append((opened[_BRACKETS[character]].pop(), position + 1))
    kept: list[str] = []
    end = 0
    for start, stop in sorted(spans):
        if stop > end:
            kept += [text[end:start], " "]
            end = max(end, stop)
    return "".join([*kept, text[end:]])


def is_address(token: str) -> bool:
    """Whether a token is a web address, an e-mail address or a DOI."""
    return bool(_ADDRESS.match(token))


@lru_cache(maxsize=1 << 18)  # types of a 10-million-word corpus: about 130,000
def _chunk_tokens(chunk: str) -> tuple[str, ...]:
    """The tokens of a piece of text without blanks, numbers already read."""
    if chunk.isascii() and chunk.isalpha():
        return (chunk,)
    bare = chunk.translate(_INVISIBLE).translate(_APOSTROPHES)
    address = _ADDRESS.search(bare)
    if address:
        before, inside = bare[: address.start()], address[0].rstrip(".,;:!?'\"”’)]}*")
        after = bare[address.start() + len(inside) :]
        return (*_chunk_tokens(before), inside, *_chunk_tokens(after))
    shape = "".join(map(_shape, bare))
    found = []
    for match in _TOKEN.finditer(shape):
        start, end = match.span()
        if start and bare[start - 1] == "'" and f"'{bare[start:end].lower()}" in _ELISIONS:
            start -= 1
        found.append(bare[start:end])
    return tuple(found)


def _shape(character: str) -> str:
    if character.isalpha():
        return "A" if character.isupper() else "a"
    if character.isalnum():
        return "0"
    if character.isascii():
        return character
    # Vowel signs and combining accents are parts of words; so are the two joiners.
    joined = unicodedata.category(character)[0] == "M" or character in "\u200c\u200d"
    return "a" if joined else " "
