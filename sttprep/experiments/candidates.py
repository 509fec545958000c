"""Ways a word may be pronounced, before anyone has listened.

>>> [(str(one), one.origin) for one in candidates_for("COPD", ["C. O. P. D."])][:1]
[('S IY OW P IY D IY', "sounds like 'C. O. P. D.'")]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from sttprep.errors import WordError
from sttprep.words import Lexicon, Pronunciation, pronounce

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = [
    "Candidate",
    "Given",
    "candidates_for",
    "given_candidates",
    "heard_candidate",
    "variants",
    "wide_candidates",
]

Given: TypeAlias = str | Sequence[str] | Pronunciation
"""A pronunciation: ``"L IH P"``, ``("L", "IH", "P")`` or what `pronounce` returns."""

_SPELLINGS = 10  # of 75 words of AN4 whose relatives the model has never seen, 92 % are among these
_WIDE = 40
# log10 of how probable a phone other than the spelling's is. A phone loop fits any sound: without
# a price for each phone that nothing in the spelling speaks for, its own string would always win.
# Of 14 custom words of the sample project, one clip each, -1 and -0.5 find 10, six of them with a
# clear lead; the values below 10, nine of them so; -2 and -1 the same as these.
_EDIT = -1.5
_REDUCED = -0.8  # a vowel without stress becomes AH or IH, or the other of the two

# Phones that English spelling confuses: what a letter may also stand for.
_CONFUSED = {
    "AA": "AO AE AH OW EY ER", "AE": "AA EY AH EH", "AH": "IH AE AA EH OW UW UH ER AO EY IY",
    "AO": "AA OW AH", "AW": "OW UW AA", "AY": "IH IY EY", "EH": "IY IH AH EY AE",
    "ER": "AH AO EH IH AA", "EY": "AE AH AA EH AY", "IH": "AH AY IY EH", "IY": "IH EH AH AY EY",
    "OW": "AA AO AH UW AW", "OY": "AY OW", "UH": "UW AH", "UW": "UH AH OW",
    "CH": "SH K JH", "D": "T", "DH": "TH", "F": "V P", "G": "JH K", "JH": "G Y ZH", "K": "S CH G",
    "NG": "N", "N": "NG", "S": "Z K SH", "SH": "S CH ZH", "T": "D TH CH", "TH": "DH T", "V": "F",
    "W": "V", "Y": "JH", "Z": "S ZH", "ZH": "JH Z SH",
}  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """One way a word may be pronounced."""

    phones: tuple[str, ...]
    """ARPAbet phones without stress."""
    origin: str
    """Who proposes it: ``dictionary``, ``spelling``, ``sounds like '…'``, ``heard`` …"""
    prior: float = 0.0
    """log10 of how probable it is before anyone has listened; 0 where nothing was guessed."""

    def __str__(self) -> str:
        return " ".join(self.phones)


def candidates_for(
    word: str,
    sounds_like: Iterable[str] = (),
    *,
    language: str = "en-US",
    lexicon: Lexicon | None = None,
) -> list[Candidate]:
    """What its sounds-likes, the dictionary, its letters and its spelling make of a word.

    Raises:
        WordError: the language is not English, or a sounds-like or (where there is none) the word
            itself cannot be pronounced.
    """
    found: list[Candidate] = []
    for text in (sounds_like,) if isinstance(sounds_like, str) else sounds_like:
        found += [
            Candidate(one.phones, f"sounds like '{text}'", one.score)
            for one in pronounce(text, language, 3, lexicon)
        ]
    try:
        read = pronounce(word, language, _SPELLINGS, lexicon)
    except WordError:
        if not found:
            raise
        read = []
    found += [Candidate(one.phones, one.origin, one.score) for one in read]
    return _distinct(found)


def given_candidates(given: Iterable[Given], phones: Collection[str]) -> list[Candidate]:
    """Pronunciations somebody wrote down.

    Raises:
        WordError: one is empty or has phones the acoustic model does not have.
    """
    found = []
    for one in given:
        if isinstance(one, Pronunciation):
            candidate = Candidate(one.phones, one.origin, one.score)
        else:
            candidate = Candidate(tuple(one.split() if isinstance(one, str) else one), "given")
        unknown = [phone for phone in candidate.phones if phone not in phones]
        if unknown or not candidate.phones:
            what = f"'{unknown[0]}' is no phone of the model." if unknown else "It has no phones."
            raise WordError(
                f"'{candidate}' is no pronunciation. {what}",
                hint='Write phones without stress, for example "M EH T F AO R M IH N".',
            )
        found.append(candidate)
    return _distinct(found)


def wide_candidates(
    word: str, language: str = "en-US", lexicon: Lexicon | None = None
) -> list[Candidate]:
    """Many more readings of the spelling, most of them improbable; none if it has none."""
    try:
        read = pronounce(word, language, _WIDE, lexicon)
    except WordError:
        return []
    return [Candidate(one.phones, one.origin, one.score) for one in read]


def heard_candidate(heard: Sequence[str], known: Sequence[Candidate]) -> Candidate | None:
    """What was heard without any words, if anything.

    Its price grows with its distance from the nearest of the known candidates.

    >>> str(heard_candidate(["L", "EH", "P"], [Candidate(("L", "IH", "P"), "spelling", -0.1)]))
    'L EH P'
    """
    from rapidfuzz.distance import Levenshtein

    said = tuple(heard)
    if not said:
        return None
    prior = max(one.prior + _EDIT * Levenshtein.distance(said, one.phones) for one in known)
    return Candidate(said, "heard", prior)


def variants(candidate: Candidate) -> list[Candidate]:
    """Its neighbours: one phone is another that the same letters may stand for.

    >>> [str(one) for one in variants(Candidate(("L", "IH", "V"), "spelling"))]
    ['L AH V', 'L AY V', 'L IY V', 'L EH V', 'L IH F']
    """
    return [
        Candidate(
            (*candidate.phones[:place], other, *candidate.phones[place + 1 :]),
            "variant",
            candidate.prior + (_REDUCED if other in ("AH", "IH") else _EDIT),
        )
        for place, phone in enumerate(candidate.phones)
        for other in _CONFUSED.get(phone, "").split()
    ]


def _distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Without repetitions; of the same phones the more probable, then the earlier."""
    best: dict[tuple[str, ...], Candidate] = {}
    for one in candidates:
        if one.phones not in best or one.prior > best[one.phones].prior:
            best[one.phones] = one
    return list(best.values())
