"""Probable typing errors among unknown words: what each was meant to be.

A word is called an error only with evidence from the corpus itself, because every new term of a
domain looks like some word of the general vocabulary (arteritis, arthritis; ileus, ileum):

* the word it was meant to be stands in the corpus, and many times more often (how much depends on
  the length of the word and on the kind of slip), known to the lexicon or not;
* the slip is one that fingers make: two letters exchanged, one doubled, left out, put in, in a long
  word a vowel for another or the key beside the right one (Damerau 1964, "A technique for computer
  detection and correction of spelling errors", found 80 % of all errors to be one such slip), or
  all letters there in another order; and the first letter is right (Yannakoudakis and Fawthrop
  1983: errors there are rare);
* the difference is not an ending or beginning that makes another word (myopathy, myopathies;
  hypotonia, hypertonia).

An exchange of neighbours or a doubled letter in a word of six letters or more is also held against
lexicon words the corpus does not have (``recieve``). Words run together (``ofSalmonella``,
``Restingtremor``) are told by their parts, which must stand side by side elsewhere.

On a public health corpus of 0.26 M words with 2,757 unknown spellings, 57 were found, of which 56
are errors; reading showed 11 more that were not found (see the test, which keeps the lists).

>>> counts = {"metformin": 40, "metforminn": 1, "aneurysm": 9, "aneurysms": 3}
>>> find_typos(["metforminn", "aneurysms"], counts, {"daily"})
{'metforminn': ('metformin',)}
>>> find_typos(["recieve"], {"recieve": 1}, {"receive"})
{'recieve': ('receive',)}
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import pairwise

__all__ = ["find_typos", "run_together_parts"]

_SHORTEST = 5  # letters; each shorter word has neighbours by chance
_LONGEST = 40  # longer strings are data, not words
_SHORTEST_UNSEEN = 6
_LONG_UNSEEN = 8  # from here any exchange counts, below only that of two vowels (recieve)
_MOST_EDITS = 2
_SUGGESTIONS = 3
_VOWELS = frozenset("aeiouy")

# How many times more often the meant word must stand, by length of the word: long words have no
# neighbours by chance, short ones have many.
_RATIOS = ((12, 3.0), (9, 4.0), (7, 10.0), (5, 50.0))
_EXCHANGE_RATIO = 3.0  # enough for two letters exchanged
_DOUBLED_RATIO = 9.0  # for a letter doubled, or single in place of double
_OFTEN = 3  # a slip made more often than this is a habit, and must be the rarer
_OFTEN_RATIO = 10.0
_BESIDE_RATIO = 20.0  # the key beside the right one, in words of so many letters
_SHORTEST_BESIDE = 8
# Consonants whose keys touch, on the keyboards of the languages written in Latin letters.
_BESIDE = {
    frozenset(pair)
    for row in ("xcvbnm", "sdfghjkl", "rt", "cfvgbhnjmk", "cdf")
    for pair in pairwise(row)
}
_PLURAL_RATIO = 15.0  # osteoporosi beside osteoporosis: an s lost from the end of a singular

# Beginnings that make another word by one or two letters.
_PREFIXES = (
    ("hyper", "hypo"), ("inter", "intra"), ("macr", "micr"), ("pre", "pro"), ("ante", "anti"),
    ("per", "peri"), ("endo", "ento"), ("ab", "ad"), ("em", "im"), ("en", "in"), ("post", "pre"),
)  # fmt: skip


def find_typos(
    words: Iterable[str], counts: Mapping[str, int], lexicon: Container[str]
) -> dict[str, tuple[str, ...]]:
    """What misspelled words were probably meant to be, the most probable first, at most three.

    Args:
        words: Unknown words in lower case; those not of letters (and hyphens) are left alone.
        counts: Occurrences in the corpora of every word, known or not, in lower case.
        lexicon: Known words in lower case.

    Returns:
        The misspelled words only. Suggestions of equal rank are in alphabetical order.

    >>> find_typos(["arteritis", "arthriti"], {"arthritis": 108, "arteritis": 12}, {"arthritis"})
    {'arthriti': ('arthritis',)}
    """
    from symspellpy import SymSpell, Verbosity

    wanted = sorted({word for word in words if _is_spelled(word)})
    index = SymSpell(max_dictionary_edit_distance=_MOST_EDITS, prefix_length=7)
    least = _EXCHANGE_RATIO * min((counts.get(word, 1) for word in wanted), default=1)
    for word, count in counts.items():
        if count >= least and _SHORTEST <= len(word) + 1 <= _LONGEST and _is_letters(word):
            index.create_dictionary_entry(word, count)
    found: dict[str, tuple[str, ...]] = {}
    for word in wanted:
        count = max(counts.get(word, 1), 1)
        near = [
            (one.distance, -one.count, one.term)
            for one in index.lookup(word, Verbosity.ALL, _MOST_EDITS)
            if one.count >= _needed(word, one.term, count, lexicon)
        ]
        terms = [term for _, _, term in sorted(near)]
        if not terms and count <= _OFTEN:
            terms = sorted(term for term in _unseen(word, lexicon) if term not in counts)
        if terms:
            found[word] = tuple(terms[:_SUGGESTIONS])
    return found


def run_together_parts(
    token: str, counts: Mapping[str, int], lexicon: Container[str]
) -> Iterator[tuple[str, str]]:
    """The two words, spelled as in the token, that may have been written without their blank.

    Args:
        token: As the corpus spells it.
        counts: Occurrences of every word in lower case.
        lexicon: Known words in lower case.

    >>> counts = {"of": 50, "salmonella": 4, "resting": 3, "tremor": 9, "mist": 1}
    >>> [list(run_together_parts(token, counts, {"of"})) for token in ("ofSalmonella", "FluMist")]
    [[('of', 'Salmonella')], []]
    >>> list(run_together_parts("Restingtremor", counts, {"resting", "tremor"}))
    [('Resting', 'tremor')]
    """
    if len(token) > _LONGEST:
        return
    seam = re.fullmatch(r"([A-Za-z]?[a-z]+)([.,;:]?)([A-Z][A-Za-z0-9]*)", token)
    if seam:
        first, mark, second = seam.groups()
        if first[0].isupper() and first.lower() not in _LITTLE_WORDS:
            return  # CellCept, PubMed: a name made so
        if not mark and (len(second) < _SHORTEST_SECOND or (len(first) == 1 and first != "a")):
            return  # tPA, mTOR, CanH
        if all(part in lexicon or counts.get(part, 0) > 1 for part in _lower(first, second)):
            yield first, second
        return
    if not (token.isascii() and token.isalpha() and token[1:].islower()):
        return
    for place in range(_SHORTEST_PART - 1, len(token) - _SHORTEST_PART + 1):
        first, second = token[:place], token[place:]
        if any(counts.get(part, 0) < 2 for part in _lower(first, second)):
            continue
        if first.lower() in _LITTLE_WORDS or (
            len(token) >= _LONG_ENOUGH
            and len(first) >= _SHORTEST_PART
            and not first.lower().endswith(("o", "a"))
            and first.lower() not in _FIRST_PARTS
        ):
            yield first, second


_SHORTEST_PART = 5  # letters of each of two words run together without a capital between
_LONG_ENOUGH = 12  # letters of both; shorter ones are mostly compounds (breastbone, birthweight)
_SHORTEST_SECOND = 3
# Words that stand before any other and are no part of compounds; capitalised, they begin sentences.
_LITTLE_WORDS = frozenset(
    """
    a about an and are can did do does for from get getting had has have having how if is of or
    that the these this to was were what when where which who why with your
    """.split()  # noqa: SIM905
)
# What stands before a word to make another; forms in -o and -a (radio, extra) besides.
_FIRST_PARTS = frozenset(
    {"after", "counter", "hyper", "inter", "methyl", "multi", "super", "trans", "under"}
)


def _lower(first: str, second: str) -> tuple[str, str]:
    return first.lower(), second.lower()


def _is_letters(word: str) -> bool:
    return word.replace("-", "").isalpha()


def _is_spelled(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and _is_letters(word)


def _same_letters(word: str, other: str) -> bool:
    """Whether only hyphens differ: another way to spell the word (light-headedness), no slip."""
    return word.replace("-", "") == other.replace("-", "")


def _needed(word: str, meant: str, count: int, lexicon: Container[str]) -> float:
    """How often ``meant`` must stand in the corpus for ``word`` to be a slip of it."""
    never = float("inf")
    if word[0] != meant[0] or _same_letters(word, meant):
        return never
    start = 0
    while start < min(len(word), len(meant)) and word[start] == meant[start]:
        start += 1
    end = 0
    while end < min(len(word), len(meant)) - start and word[-1 - end] == meant[-1 - end]:
        end += 1
    wrong, right = word[start : len(word) - end], meant[start : len(meant) - end]
    ratio = next(ratio for least, ratio in _RATIOS if len(word) >= least)
    if len(wrong) == len(right) == 2 and wrong == right[::-1]:
        ratio = _EXCHANGE_RATIO
    elif _doubled(word, meant, start, wrong, right):
        ratio = min(ratio, _DOUBLED_RATIO)
    elif frozenset((wrong, right)) in _BESIDE and len(word) >= _SHORTEST_BESIDE:
        ratio = max(ratio, _BESIDE_RATIO)
    elif not end:
        if not (wrong == "" and right == "s" and _lost_s(meant, lexicon)):
            return never
        ratio = _PLURAL_RATIO
    elif _other_prefix(word, meant) or _other_prefix(meant, word):
        return never
    elif len(wrong) + len(right) == 1:  # a letter left out or put in
        pass
    elif len(wrong) == len(right) == 1:
        if not (len(word) >= 9 and {wrong, right} <= _VOWELS and end > 1):
            return never
    elif len(word) >= 9 and sorted(word) == sorted(meant):  # ritixumab, rituximab
        pass
    else:
        return never
    if count > _OFTEN:
        ratio = max(ratio, _OFTEN_RATIO)
    return ratio * count


def _other_prefix(word: str, meant: str) -> bool:
    return any(word.startswith(one) and meant.startswith(other) for one, other in _PREFIXES)


def _doubled(word: str, meant: str, start: int, wrong: str, right: str) -> bool:
    """Whether the only difference is one letter written twice, or once for twice."""
    if sorted((len(wrong), len(right))) != [0, 1]:
        return False
    longer = word if wrong else meant
    return start > 0 and longer[start] == longer[start - 1]


def _lost_s(meant: str, lexicon: Container[str]) -> bool:
    """A singular ends in ss, is or us; or the lexicon knows the word only with its s."""
    return meant.endswith(("ss", "is", "us")) or meant in lexicon


def _unseen(word: str, lexicon: Container[str]) -> Iterator[str]:
    """Lexicon words from which the word differs by an exchange or by a doubled letter."""
    if len(word) < _SHORTEST_UNSEEN:
        return
    made = set()
    for place in range(1, len(word) - 1):
        pair = word[place : place + 2]
        if len(word) >= _LONG_UNSEEN or _VOWELS.issuperset(pair):
            made.add(word[:place] + pair[::-1] + word[place + 2 :])
        if place < len(word) - 2:
            made.add(word[:place] + word[place] + word[place:])
            if word[place] == word[place + 1]:
                made.add(word[:place] + word[place + 1 :])
    yield from (term for term in made if term != word and term in lexicon)
