"""A line of text as the words a recognizer is to learn.

Bracketed phrases are ignored, numbers and symbols read (`verbalize`), punctuation removed by
context; case stays, because the words resource keeps words as the corpus spells them. Every rule
yields `Piece`s, words with the place they come from: the tokens are their words, and
`sttprep.corpora.changes` lists what lies between and beside them.

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
from typing import NamedTuple

from sttprep.corpora.east_asian import parse_japanese, parse_korean
from sttprep.corpora.languages import base_language, check_language
from sttprep.corpora.verbalize import ADDRESS, readings

__all__ = [
    "APOSTROPHES",
    "INVISIBLE",
    "Piece",
    "bracketed",
    "drop_brackets",
    "is_address",
    "parse_line",
    "pieces",
    "tokenize",
    "tokenizer",
]

APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "＇": "'"})
"""Characters that are written ``'`` in tokens."""
INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF])
"""Characters that vanish from tokens: soft hyphen, zero-width space, marks of direction …"""

_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
_BRACKET = re.compile(r"[()\[\]{}<>]")
_HAS_BRACKET = re.compile(r"[(\[{<]").search
# Characters whose reading or removal depends on their neighbours: such lines are rewritten as a
# whole, all others go straight from blank-separated chunk to (cached) tokens.
_NEEDS_LINE = re.compile(r"[\d(){}\[\]<>&@¼-¾⅐-⅞]").search
_ADDRESS = re.compile(ADDRESS)
_NUMBER_AS_WRITTEN = re.compile(
    rf"{ADDRESS}|(?<!\w)(?<!\w[.,:/])(?P<number>\d+(?:[.,:/]\d+)*)(?![\w\u0300-\u036f\u200c\u200d]|[.,:/]\d)"
)
_CHUNK = re.compile(r"\S+")
_LONGEST_CACHED = 100  # characters; longer chunks are rare, and a cache of megabytes is no cache

# Words that begin with an apostrophe, English and Dutch; any other leading one is a quote mark.
_ELISIONS = {"'em", "'til", "'tis", "'twas", "'cause", "'bout", "'n", "'s", "'t", "'k", "'m", "'r"}

# Over a shape of the chunk: A capital, a other letter, 0 digit, everything else itself.
#   initials      U.S.  e.g.  Ph.D.  (the period belongs to them)
#   word          joined by one apostrophe, hyphen, underscore, ampersand or period;
#                 a period between a word and a capital ends a sentence: "tremor.The"
_TOKEN = re.compile(
    r"(?:[Aa]a?\.){2,}(?![Aa0])"
    r"|[Aa0]+(?:(?:['&_-]|(?<!aa)\.|\.(?!Aa))[Aa0]+)*"
)


class Piece(NamedTuple):
    """A part of a line that becomes words."""

    start: int
    """Offset of its first character in the line."""
    end: int
    """Offset after its last character."""
    words: str
    """The words it becomes, with blanks between them; empty for an ignored phrase."""
    kind: str = ""
    """``number``, ``date``, ``time``, ``symbol``, ``brackets``; empty for a word as written."""


def tokenizer(language: str = "en-US") -> Callable[[str], tuple[str, ...]]:
    """The function from a line to its tokens, for many lines of one language.

    Raises:
        CorpusError: there is no such language.

    >>> tokenizer("sv-SE")("Ta 500 mg (om dagen)!")
    ('Ta', '500', 'mg', 'om', 'dagen')
    """
    check_language(language)
    base = base_language(language)
    if base == "ja":
        return lambda text: tuple(parse_japanese(text).split())
    if base == "ko":
        return lambda text: tuple(parse_korean(text).split())

    def tokens(text: str) -> tuple[str, ...]:
        found: list[str] = []
        end = 0
        if _NEEDS_LINE(text):
            for start, stop, words, _ in _special(text, language):
                for chunk in text[end:start].split():
                    found += _chunk_tokens(chunk)
                found += words.split()
                end = stop
            text = text[end:]
        for chunk in text.split():
            found += _chunk_tokens(chunk)
        return tuple(found)

    return tokens


def pieces(text: str, language: str) -> list[Piece]:
    """The pieces of one line, in order: what `tokenizer` makes of it, with places.

    For the languages whose words are cut at blanks; not for Japanese and Korean.

    >>> pieces("don’t (ever) pay $5", "en-US")[2:]
    [Piece(start=13, end=16, words='pay', kind=''), \
Piece(start=17, end=19, words='five dollars', kind='number')]
    """
    found: list[Piece] = []
    end = 0
    special = _special(text, language) if _NEEDS_LINE(text) else []
    for piece in [*special, Piece(len(text), len(text), "")]:
        for chunk in _CHUNK.finditer(text, end, piece.start):
            at = chunk.start()
            for start, stop, token in _chunk_spans(chunk[0]):
                found.append(Piece(at + start, at + stop, token))
        found.append(piece)
        end = piece.end
    return found[:-1]


def tokenize(text: str, language: str = "en-US") -> list[str]:
    """The tokens of one line, spelled as in the line.

    Raises:
        CorpusError: there is no such language.

    >>> tokenize("the 'silent' killer: seventy-five of 90%", "en-US")
    ['the', 'silent', 'killer', 'seventy-five', 'of', 'ninety', 'percent']
    """
    return list(tokenizer(language)(text))


def parse_line(text: str, language: str = "en-US") -> str:
    """The text of one line after IBM's parsing, as one string.

    Raises:
        CorpusError: there is no such language.

    >>> parse_line("0,15", "nl-NL"), parse_line("100%", "ja-JP")
    ('nul komma vijftien', '百％')
    """
    separator = "\u3000" if base_language(language) == "ja" else " "
    return separator.join(tokenizer(language)(text))


def _special(text: str, language: str) -> list[Piece]:
    """The pieces that are no words as written: ignored phrases, numbers, symbols; in order.

    Where IBM documents no rules, numbers are pieces as written.
    """
    if not check_language(language).documented:
        found = _NUMBER_AS_WRITTEN.finditer(text)
        return [Piece(*match.span(), match[0]) for match in found if match["number"]]
    ignored = [Piece(start, end, "", "brackets") for start, end in bracketed(text)]
    if ignored:
        # Something in place of a phrase keeps all offsets, and no reading reaches across it.
        parts, end = [], 0
        for piece in ignored:
            parts += [text[end : piece.start], "\0" * (piece.end - piece.start)]
            end = piece.end
        text = "".join([*parts, text[end:]])
        if not _NEEDS_LINE(text):  # the numbers were in the brackets
            return ignored
    read = [Piece(*reading) for reading in readings(text, language)]
    return sorted([*ignored, *read]) if ignored else read


def bracketed(text: str) -> list[tuple[int, int]]:
    """Where phrases in ``( )``, ``< >``, ``[ ]`` and ``{ }`` stand, outermost ones, in order.

    A bracket without its partner is none of them; it is punctuation like any other.

    >>> bracketed("new (one [two]) <three> guides :)")
    [(4, 15), (16, 23)]
    """
    if not _HAS_BRACKET(text):
        return []
    opened: dict[str, list[int]] = {opener: [] for opener in _BRACKETS.values()}
    spans: list[tuple[int, int]] = []
    for match in _BRACKET.finditer(text):
        character = match[0]
        if character in opened:
            opened[character].append(match.start())
        elif opened[_BRACKETS[character]]:
            spans.append((opened[_BRACKETS[character]].pop(), match.end()))
    outer: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if not outer or start >= outer[-1][1]:
            outer.append((start, stop))
        elif stop > outer[-1][1]:  # they cross: "a (b [c) d] e"
            outer[-1] = (outer[-1][0], stop)
    return outer


def drop_brackets(text: str) -> str:
    """The text without the phrases in brackets.

    >>> drop_brackets("new (one [two]) <three> guides :)")
    'new     guides :)'
    """
    parts, end = [], 0
    for start, stop in bracketed(text):
        parts += [text[end:start], " "]
        end = stop
    return "".join([*parts, text[end:]])


def is_address(token: str) -> bool:
    """Whether a token is a web address, an e-mail address or a DOI."""
    return bool(_ADDRESS.match(token))


@lru_cache(maxsize=1 << 18)  # types of a 10-million-word corpus: about 130,000
def _cached_tokens(chunk: str) -> tuple[str, ...]:
    return tuple(token for _, _, token in _chunk_spans(chunk))


def _chunk_tokens(chunk: str) -> tuple[str, ...]:
    """The tokens of a piece of text without blanks, numbers already read."""
    if len(chunk) > _LONGEST_CACHED:
        return tuple(token for _, _, token in _chunk_spans(chunk))
    return _cached_tokens(chunk)


def _chunk_spans(chunk: str) -> list[tuple[int, int, str]]:
    """The tokens of a piece of text without blanks, with their places in it."""
    if chunk.isascii() and chunk.isalpha():
        return [(0, len(chunk), chunk)]
    bare = chunk.translate(INVISIBLE).translate(APOSTROPHES)
    found: list[tuple[int, int]] = []
    end = 0
    while address := _ADDRESS.search(bare, end):
        found += _word_spans(bare, end, address.start())
        end = address.start() + len(address[0].rstrip(".,;:!?'\"”’)]}*"))
        found.append((address.start(), end))
    found += _word_spans(bare, end, len(bare))
    if len(bare) == len(chunk):
        return [(start, stop, bare[start:stop]) for start, stop in found]
    kept = [place for place, character in enumerate(chunk) if ord(character) not in INVISIBLE]
    return [(kept[start], kept[stop - 1] + 1, bare[start:stop]) for start, stop in found]


def _word_spans(bare: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the words of ``bare[start:end]`` stand, apostrophes and invisibles already mended."""
    found = []
    shape = "".join(map(_shape, bare[start:end]))
    for match in _TOKEN.finditer(shape):
        first, last = match.start() + start, match.end() + start
        if not any(map(str.isalnum, bare[first:last])):  # accents and joiners without a letter
            continue
        if first > start and bare[first - 1] == "'":
            # 'm' is a quoted letter, but "rock 'n' roll" has two elisions.
            quoted = last - first == 1 and bare[first] != "n" and bare[last : last + 1] == "'"
            first -= not quoted and f"'{bare[first:last].lower()}" in _ELISIONS
        found.append((first, last))
    return found


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
