"""What is made equal before reference and hypothesis are compared.

A reference typed by a person has capitals, commas and curly quotes; a recognizer writes none.
Counting those as errors says nothing about the recognizer, so both sides go through the same
steps, in this order:

1. ``%HESITATION`` (the service's mark for "uh") is dropped.
2. Unicode NFKC with case folding (Unicode Standard 15.0, section 3.13, R5): full-width letters,
   ligatures and capitals become their plain lower-case form.
3. Invisible format characters (soft hyphen, zero-width space, byte-order mark) are dropped.
4. Every apostrophe-like character between two letters or digits becomes ``'`` and stays:
   ``don't`` is one word. A full stop or comma between two digits stays or goes as in a number:
   ``3.5`` stays, ``1,000`` becomes ``1000``.
5. All other punctuation becomes a blank, so ``twenty-five`` equals ``twenty five`` and ``U.S.``
   equals ``U S``. The signs that are read aloud, ``% & @ #`` and currency and mathematical
   symbols, stay: dropping them would hide errors.
6. White space collapses to single blanks.

Numbers are not turned into words and spellings are not unified: write references in spoken form.

>>> normalize("Don\N{RIGHT SINGLE QUOTATION MARK}t panic %HESITATION \N{EM DASH} take Twenty-Five!")
"don't panic take twenty five"
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

__all__ = ["Normalizer", "normalize"]

Normalizer = Callable[[str], str]
"""Turns a text into the form that is compared; words are then its parts between white space."""

_HESITATION = re.compile(r"%hesitation\b", re.IGNORECASE)
# Modifier apostrophe, both curly quotes, prime, acute accent and grave accent: what keyboards
# and word processors put where an apostrophe is meant. NFKC splits the acute accent into a blank
# and a combining mark, so they are replaced before it.
_APOSTROPHES = str.maketrans(dict.fromkeys("\u02bc\u2019\u2018\u2032\u00b4`\uff07", "'"))
_GROUPING = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_READ_ALOUD = frozenset("%&@#")
_STOP_OUTSIDE_NUMBER = re.compile(r"(?<!\d)\.|\.(?!\d)")
_APOSTROPHE_OUTSIDE_WORD = re.compile(r"(?<![^\W_])'|'(?![^\W_])")


class _Table(dict[int, str | None]):
    """What becomes of each character, for ``str.translate``; filled as characters are met."""


class _FormatCharacters(_Table):
    """Drops what is invisible."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        self[code] = kept = None if unicodedata.category(character) == "Cf" else character
        return kept


class _WordCharacters(_Table):
    """Keeps letters, marks, digits, symbols, apostrophes and full stops; the rest is blank."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        word = character in _READ_ALOUD or unicodedata.category(character)[0] in "LMNS"
        self[code] = kept = character if word or character in "'." else " "
        return kept


_DROP_FORMAT, _KEEP_WORDS = _FormatCharacters(), _WordCharacters()


def normalize(text: str) -> str:
    """The text as it is scored: words in lower case with single blanks between them.

    Applying it twice changes nothing more.

    >>> normalize("  Caf\\u00e9,  M\\u00dcNCHEN; 1,000 at 3.5 %. ")
    'café münchen 1000 at 3.5 %'
    """
    text = _HESITATION.sub(" ", text.translate(_APOSTROPHES))
    text = text.lower() if text.isascii() else _fold(text)
    text = _GROUPING.sub("", text).translate(_KEEP_WORDS)
    text = _STOP_OUTSIDE_NUMBER.sub(" ", text)
    return " ".join(_APOSTROPHE_OUTSIDE_WORD.sub(" ", text).split())


def _fold(text: str) -> str:
    """NFKC_Casefold (R5): folding can undo normalization and the other way round, hence twice."""
    text = unicodedata.normalize("NFD", text.translate(_DROP_FORMAT)).casefold()
    text = unicodedata.normalize("NFKC", text).casefold()
    text = unicodedata.normalize("NFKC", text).translate(_DROP_FORMAT)
    return text.translate(_APOSTROPHES)
