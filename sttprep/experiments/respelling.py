"""Phones → a sounds-like in ordinary spelling that says them.

Dictionary words whose pronunciations make up the phones are strung together; where there are none,
a syllable is spelled by rule. Every proposal is read back with `pronounce` and kept only if it
gives exactly these phones and breaks no rule of the words resource.

>>> respell("M EH T F AO R M IH N".split(), "metformin")[0]
'met form in'
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product

from sttprep.errors import WordError
from sttprep.words import Lexicon, Word, check_word, pronounce

__all__ = ["respell"]

_LONGEST = 8  # phones of one piece; longer ones are whole names that nobody would read right
_KEPT = 60  # beginnings kept at each phone
_TRIED = 40  # proposals read back
_PIECE = re.compile("[a-z]{2,9}|a")  # of a single letter the rules allow only a, read as a word

# What a proposal costs. A piece more is one more blank to read over; a rare word (so much for each
# power of ten below one in a thousand) is read wrongly more often; a word of two readings says
# something unwanted too.
_COST_PIECE = 1.0
_COST_RARE = 0.25
_RAREST = -7.0  # log10 of the probability of words that are not known at all
_COST_TWO_READINGS = 0.3
_COST_RULE = 1.2  # a syllable spelled by rule is no word
_COST_UNLIKE = 3.0  # the whole spelling other than the word's own

_CONSONANTS = {
    "B": "b", "CH": "ch", "D": "d", "DH": "th", "F": "f", "G": "g", "HH": "h", "JH": "j", "K": "k",
    "L": "l", "M": "m", "N": "n", "NG": "ng", "P": "p", "R": "r", "S": "s", "SH": "sh", "T": "t",
    "TH": "th", "V": "v", "W": "w", "Y": "y", "Z": "z", "ZH": "zh",
}  # fmt: skip
_FINAL = {"K": ("ck", "k"), "S": ("ss", "s"), "F": ("ff", "f"), "L": ("ll", "l"), "Z": ("z", "zz")}
_VOWELS = {
    "AA": ("o", "ah", "a"), "AE": ("a",), "AH": ("u", "uh", "a"), "AO": ("aw", "o", "au"),
    "AW": ("ow", "ou"), "AY": ("i", "y", "ie", "igh"), "EH": ("e", "eh"), "ER": ("er", "ur"),
    "EY": ("ay", "ai", "a"), "IH": ("i", "ih"), "IY": ("ee", "ea", "i"), "OW": ("o", "oe", "oa"),
    "OY": ("oy", "oi"), "UH": ("oo", "u"), "UW": ("oo", "u", "ew"),
}  # fmt: skip


def respell(
    phones: Sequence[str],
    word: str = "",
    *,
    language: str = "en-US",
    lexicon: Lexicon | None = None,
    usual: Mapping[str, float] | None = None,
    n: int = 1,
) -> list[str]:
    """Sounds-likes that say these phones, the best first; empty if none was found.

    Args:
        phones: ARPAbet phones without stress.
        word: The word they belong to: spellings that look like it come first.
        language: Any English dialect.
        lexicon: Dictionary whose words may be used; None: the stock English one.
        usual: log10 of the probability of words, lower case, for instance the unigrams of a
            language model: words that everybody can read are preferred.
        n: At most so many.

    Raises:
        WordError: the language is not English.
    """
    lexicon = lexicon if lexicon is not None else Lexicon.stock()
    said = tuple(phones)
    pronounce("a", language, 1, lexicon)  # raises for a language without phones
    if not said:
        return []
    own = [word] if word else []
    usual = usual or {}
    found: list[str] = []
    words = _words_by_phones(lexicon)

    def known(start: int, end: int) -> list[tuple[float, str]]:
        return [
            (
                _COST_PIECE
                + max(0.0, -3 - usual.get(spelling, _RAREST)) * _COST_RARE
                + two_readings * _COST_TWO_READINGS,
                spelling,
            )
            for spelling, two_readings in words.get(" ".join(said[start:end]), ())
        ]

    def ruled(start: int, end: int) -> list[tuple[float, str]]:
        return known(start, end) or [
            (_COST_PIECE + _COST_RULE, spelling)
            for spelling in _by_rule(said[start:end], language, lexicon)
        ]

    for pieces in (known, ruled):  # the rules only where words do not reach
        for text in (*own, *_proposals(said, word, pieces)):
            if text not in found and _says(text, said, word, language, lexicon):
                found.append(text)
                if len(found) == n:
                    return found
        if found:
            break
    return found


def _proposals(
    phones: tuple[str, ...],
    word: str,
    pieces: Callable[[int, int], list[tuple[float, str]]],
) -> list[str]:
    """Strings of pieces that cover the phones, the cheapest first."""
    from rapidfuzz.distance import Levenshtein

    beginnings: list[list[tuple[float, tuple[str, ...]]]] = [[(0.0, ())]]
    for end in range(1, len(phones) + 1):
        made = [
            (cost + more, (*before, spelling))
            for start in range(max(0, end - _LONGEST), end)
            if beginnings[start]
            for more, spelling in pieces(start, end)
            for cost, before in beginnings[start]
        ]
        beginnings.append(sorted(made)[:_KEPT])
    letters = re.sub(r"[\W_]", "", word.lower())
    ranked = (
        sorted(
            (
                cost
                + (_COST_UNLIKE * Levenshtein.distance("".join(made), letters) / len(letters))
                * bool(letters),
                " ".join(made),
            )
            for cost, made in beginnings[-1]
        )
        if letters
        else [(cost, " ".join(made)) for cost, made in beginnings[-1]]
    )
    return [text for _, text in ranked[:_TRIED]]


def _says(text: str, phones: tuple[str, ...], word: str, language: str, lexicon: Lexicon) -> bool:
    """Whether a sounds-like is valid and is read as these phones before all others."""
    problems = check_word(Word(word or text, [text]), language)
    if any(problem.severity == "error" for problem in problems):
        return False
    try:
        return pronounce(text, language, 3, lexicon)[0].phones == phones
    except WordError:
        return False


@lru_cache(maxsize=4)
def _words_by_phones(lexicon: Lexicon) -> dict[str, list[tuple[str, bool]]]:
    """Words by their first pronunciation, and whether they have another one."""
    first: dict[str, str] = {}
    several: set[str] = set()
    for line in lexicon.text.splitlines():
        word, _, phones = line.partition(" ")
        if word.endswith(")"):
            several.add(word.partition("(")[0])
        elif _PIECE.fullmatch(word):
            first[word] = phones
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for word, phones in first.items():
        found[phones].append((word, word in several))
    return dict(found)


def _by_rule(phones: tuple[str, ...], language: str, lexicon: Lexicon) -> list[str]:
    """Spellings of one syllable that are read as its phones."""
    return list(_read_back(phones, language, lexicon))


@lru_cache(maxsize=4096)
def _read_back(phones: tuple[str, ...], language: str, lexicon: Lexicon) -> tuple[str, ...]:
    vowels = [place for place, phone in enumerate(phones) if phone in _VOWELS]
    if len(vowels) != 1 or len(phones) > 5:
        return ()
    found = []
    for text in _syllable(phones, vowels[0]):
        if _PIECE.fullmatch(text) and _says(text, phones, "", language, lexicon):
            found.append(text)
            if len(found) == 2:  # enough to choose from
                break
    return tuple(found)


def _syllable(phones: tuple[str, ...], vowel: int) -> Iterator[str]:
    """Ways to write a syllable, those of fewer letters first."""
    onset, sound = phones[:vowel], _VOWELS[phones[vowel]]
    if onset[-1:] == ("Y",) and phones[vowel] == "UW":  # the vowel of few
        onset, sound = onset[:-1], ("ew", "u", "yoo")
    start = "".join(_CONSONANTS[phone] for phone in onset).replace("kw", "qu")
    parts: list[tuple[str, ...]] = [(start,), sound]
    rest = phones[vowel + 1 :]
    parts += [(_CONSONANTS[phone],) for phone in rest[:-1]]
    if rest:
        parts.append(_FINAL.get(rest[-1], (_CONSONANTS[rest[-1]],)))
    texts = ["".join(chosen) for chosen in product(*parts)]
    if rest:  # a silent e makes the vowel long: zole
        texts += [f"{text}e" for text in texts if text[-1] not in "aeiou"]
    yield from sorted(texts, key=len)
