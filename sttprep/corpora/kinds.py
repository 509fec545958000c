"""What an unknown token looks like: acronym, compound, address …"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Literal

from sttprep.corpora.tokenize import is_address

__all__ = ["Kind", "kind_of"]

Kind = Literal["word", "acronym", "compound", "possessive", "code", "address"]

_ACRONYM = re.compile(r"(?:[^\W\d_]\.?){2,}s?")
_DOMAIN = re.compile(r"[\w.-]+\.(?:com|org|net|gov|edu)", re.I)
_LONGEST_ACRONYM = 7  # letters; longer words in capitals are words (MICROCEPHALY)


def kind_of(token: str, lexicon: Container[str] = ()) -> Kind:
    """What an unknown token looks like.

    >>> [kind_of(token) for token in ("MVD", "P.A.D.", "H5N1", "www.cdc.gov", "Tay-Sachs")]
    ['acronym', 'acronym', 'code', 'address', 'compound']
    """
    if token.isalpha() and token[:-1] != token[:-1].upper():
        return "word"  # most tokens, without further ado
    if is_address(token) or _DOMAIN.fullmatch(token):
        return "address"
    if any(character.isdecimal() for character in token):
        return "code"
    letters = token.removesuffix("s").replace(".", "")
    if letters.isupper() and len(letters) <= _LONGEST_ACRONYM and _ACRONYM.fullmatch(token):
        return "acronym"
    if "-" in token:
        return "compound"
    stem, mark, _ = token.lower().rpartition("'s")
    if mark and stem in lexicon and token.lower() == f"{stem}'s":
        return "possessive"
    return "word"
