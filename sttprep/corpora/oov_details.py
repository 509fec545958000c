"""What a finished report of unknown words can still learn: variants, names, probable errors.

Kept apart from the search for unknown words, which has to be as fast as counting: this works on the
rows of its report and on the counts of all words, and reads the corpora again only for capitals
(`sttprep.corpora.names`).

>>> from sttprep.corpora.oov_report import OovWord
>>> rows = [OovWord("metformin", 9), OovWord("Metformin", 2), OovWord("metforminn", 1)]
>>> counts = {"metformin": 9, "Metformin": 2, "metforminn": 1, "daily": 4}
>>> [(row.word, row.variants, row.typo_of) for row in detailed(rows, counts, {"daily"})]
[('metformin', (('Metformin', 2),), ()), ('Metformin', (('metformin', 9),), ()), \
('metforminn', (), ('metformin',))]
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sttprep.corpora.foreign import LetterModel
from sttprep.corpora.kinds import Kind, kind_of
from sttprep.corpora.names import find_names
from sttprep.corpora.numerals import base_language
from sttprep.corpora.oov_report import OovWord
from sttprep.corpora.spelling import find_typos, run_together_parts

if TYPE_CHECKING:
    from sttprep.corpora.corpus import Corpus

__all__ = ["detailed"]

# A line is in another language if at least so many of its words, and two of three, are unknown,
# and none of those without which English makes no sentence is in it.
_FOREIGN_WORDS = 5
_FOREIGN_SHARE = 2 / 3
_ENGLISH = frozenset("and are by for from in is of or the to was what with".split())  # noqa: SIM905
_TEXT_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CAPITAL_NOUNS = ("de",)  # languages that write every noun with a capital
_MAY_BE_NAMES = ("word", "inflection")
# Kinds that may hold a slip of the keyboard; the others are not spelled, or rightly so.
_SPELLED = ("word", "inflection", "compound", "name", "foreign")


def detailed(
    rows: Sequence[OovWord],
    counts: Mapping[str, int],
    lexicon: Container[str],
    corpora: Sequence[Corpus] = (),
) -> list[OovWord]:
    """The rows with their ``variants``, ``typo_of`` and, where contexts tell it, a better kind.

    Args:
        rows: Unknown words with contexts, in any order, which is kept.
        counts: Occurrences of every spelling in the corpora, known or not, case kept.
        lexicon: Known words in lower case.
        corpora: Read once more for the capitals of words whose contexts are headings.
    """
    lowered: dict[str, int] = defaultdict(int)
    spellings: dict[str, list[str]] = defaultdict(list)
    wanted = {_unhyphened(row.word) for row in rows}
    for spelling, count in counts.items():
        lowered[spelling.lower()] += count
        if (key := _unhyphened(spelling)) in wanted:
            spellings[key].append(spelling)
    base = base_language(corpora[0].language) if corpora else "en"
    names: Container[str] = ()
    if base not in _CAPITAL_NOUNS:
        names = find_names([row for row in rows if row.kind in _MAY_BE_NAMES], counts, corpora)
    plain = [row for row in rows if row.kind == "word"]
    foreign = _unlike(plain, lexicon) | (_in_foreign_lines(plain, rows) if base == "en" else set())
    kinds: dict[str, Kind] = {
        row.word: "name" if row.word in names else "foreign" if row.word in foreign else row.kind
        for row in rows
    }
    typos = find_typos(
        {row.word.lower() for row in rows if kinds[row.word] in _SPELLED}, lowered, lexicon
    )
    usual = _usual_spellings({meant for found in typos.values() for meant in found}, counts)
    found = []
    for row in rows:
        typo_of: tuple[str, ...] = ()
        if kinds[row.word] in _SPELLED:
            parts = run_together_parts(row.word, lowered, lexicon)
            typo_of = tuple(" ".join(pair) for pair in parts) or tuple(
                usual.get(meant, meant) for meant in typos.get(row.word.lower(), ())
            )
        others = [
            one
            for one in spellings[_unhyphened(row.word)]
            if one != row.word and kind_of(one) != "respelling"
        ]
        variants = sorted(((one, counts[one]) for one in others), key=lambda pair: (-pair[1], pair))
        found.append(replace(row, kind=kinds[row.word], variants=tuple(variants), typo_of=typo_of))
    return found


def _usual_spellings(wanted: Container[str], counts: Mapping[str, int]) -> dict[str, str]:
    """The most frequent spelling of each word given in lower case; of equal ones the small one."""
    best: dict[str, tuple[int, str]] = {}
    for spelling, count in counts.items():
        if (word := spelling.lower()) in wanted:
            best[word] = max(best.get(word, (0, "")), (count, spelling))
    return {word: spelling for word, (_, spelling) in best.items()}


def _unhyphened(word: str) -> str:
    """What spellings of one word have in common: all but case and hyphens."""
    return word.lower().replace("-", "")


def _in_foreign_lines(candidates: Iterable[OovWord], rows: Iterable[OovWord]) -> set[str]:
    """Words that stand only in lines of which nearly all words are unknown."""
    unknown = {row.word.lower() for row in rows}
    found = set()
    for row in candidates:
        lines = [_TEXT_WORD.findall(context.text.lower()) for context in row.contexts]
        if lines and all(_is_unknown(words, unknown) for words in lines):
            found.add(row.word)
    return found


def _unlike(candidates: Sequence[OovWord], lexicon: Container[str]) -> set[str]:
    """Words whose letters are unlike those of the lexicon's words."""
    if not isinstance(lexicon, Iterable) or not candidates:
        return set()
    unlike = LetterModel(lexicon).outliers(
        {row.word.lower() for row in candidates if row.word.isalpha()}
    )
    return {row.word for row in candidates if row.word.lower() in unlike}


def _is_unknown(words: Sequence[str], unknown: Container[str]) -> bool:
    among = sum(word in unknown for word in words)
    return (
        among >= _FOREIGN_WORDS
        and among >= _FOREIGN_SHARE * len(words)
        and _ENGLISH.isdisjoint(words)
    )
