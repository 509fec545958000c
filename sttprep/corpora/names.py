"""Names among unknown words, told from the lines they stand in.

English marks a name by its capital inside a sentence, but so it marks every word of a heading. So a
capital counts as evidence only inside a line that reads like a sentence, and little where the
corpus's other words of the same ending are written small (``Choriocarcinoma``: -carcinoma).

>>> from sttprep.corpora.oov_report import Context, OovWord
>>> line = Context("It was described by Zellweger in 1964.", 7, "demo")
>>> find_names([OovWord("Zellweger", 1, (line,))], {"Zellweger": 1})
frozenset({'Zellweger'})
>>> heading = Context("What Is Choriocarcinoma?", 8, "demo")
>>> find_names([OovWord("Choriocarcinoma", 1, (heading,))], {"Choriocarcinoma": 1})
frozenset()
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sttprep.corpora.oov_report import OovWord

if TYPE_CHECKING:
    from sttprep.corpora.corpus import Corpus

__all__ = ["capital_evidence", "find_names"]

# At most this share of a name's occurrences is in lower case: slips of the keyboard.
_SMALL_SHARE = 0.05
_SUFFIXES = range(6, 3, -1)  # letters; the longest ending that enough words share decides
_SAME_ENDING = 3  # words that must share an ending before it says anything
_MOSTLY_SMALL = 0.75  # share of them in lower case from which the ending is no name's
_CLEAR_EVIDENCE = 3  # capitals inside sentences that outweigh the ending

_NAME_SHAPE = re.compile(r"(?=.*[^\W\d_A-Z])[^\W\d_a-z][^\W_]+(?:['’]s)?")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")  # shorter ones are written small in headings too
# What makes the next word the first of a sentence, a title, a list item or a quotation.
_OPENING = re.compile(r"(?:^|[.?!:;\"“”‘(\[*•·–—|/]|(?:^|\s)-)\s*$")


def find_names(
    rows: Iterable[OovWord], counts: Mapping[str, int], corpora: Iterable[Corpus] = ()
) -> frozenset[str]:
    """The spellings among the rows that are names.

    Args:
        rows: Words with their contexts.
        counts: Occurrences of every spelling in the corpora, case kept.
        corpora: Where to look for further lines of words whose contexts do not settle it (the
            first lines of a topic are its headings); read once, in pieces.

    On a public health corpus of 0.26 M words 111 were found, of which 104 are names of people,
    products, organisms or institutions (see the test, which keeps the list).
    """
    candidates = [
        row
        for row in rows
        if _NAME_SHAPE.fullmatch(row.word)
        and counts.get(row.word.lower(), 0) <= _SMALL_SHARE * row.count
    ]
    if not candidates:
        return frozenset()
    small, every = _endings(counts)
    found: set[str] = set()
    pending: dict[str, int] = {}
    for row in candidates:
        evidence = sum(capital_evidence(context.text, row.word) for context in row.contexts)
        if row.word.endswith("'s"):
            evidence += 1  # what has an owner's ending and is never written small is a name
        needed = _CLEAR_EVIDENCE if _ordinary_ending(row.word.lower(), small, every) else 1
        if evidence >= needed:
            found.add(row.word)
        elif row.count > len(row.contexts):
            pending[row.word] = needed
    found |= _found_further(pending, corpora)
    stems = {word.removesuffix("'s") for word in found}
    found |= {row.word for row in candidates if row.word.removesuffix("'s") in stems}
    return frozenset(found)


def _found_further(pending: dict[str, int], corpora: Iterable[Corpus]) -> set[str]:
    """The words for which the corpora have as many telling lines as each needs."""
    found: set[str] = set()
    evidence: Counter[str] = Counter()
    waiting = set(pending)
    for corpus in corpora:
        for chunk in corpus.chunks():
            for line in chunk.text.splitlines():
                # Blanks part words well enough: inside a sentence most have no mark beside them.
                for word in waiting.intersection(line.split()):
                    evidence[word] += capital_evidence(line, word)
                    if evidence[word] >= pending[word]:
                        found.add(word)
                        waiting.discard(word)
            if not waiting:
                return found
    return found


def capital_evidence(line: str, word: str) -> int:
    """How often a line writes a word with its capital where only a name has one.

    >>> capital_evidence("Zellweger syndrome, named after Zellweger, is rare.", "Zellweger")
    1
    >>> capital_evidence("Zellweger Syndrome: A Rare Zellweger Disorder", "Zellweger")
    0
    """
    long_words = [one for one in _LONG_WORD.findall(line) if one != word]
    capitals = sum(one[0].isupper() for one in long_words)
    if line.rstrip()[-1:] not in (".", "!", ";") or 2 * capitals > len(long_words):
        return 0  # a heading, a question that serves as one, a list of names or titles
    places = re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", line)
    return sum(_is_evidence(line[: place.start()], word) for place in places)


def _is_evidence(before: str, word: str) -> bool:
    # "Chordoma Chordoma is …": a title run into its sentence, which begins with the word again.
    repeated = before.startswith(f"{word} ") and not re.search(r"[^\w\s'’-]", before)
    return not repeated and not _OPENING.search(before)


def _endings(counts: Mapping[str, int]) -> tuple[Counter[str], Counter[str]]:
    """For each ending: how many words of the corpora have it, in lower case and in any."""
    lowered = {spelling.lower() for spelling in counts}
    small: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for word in lowered:
        if word.isalpha():
            endings = [word[-length:] for length in _SUFFIXES if len(word) > length]
            every.update(endings)
            if word in counts:
                small.update(endings)
    return small, every


def _ordinary_ending(word: str, small: Counter[str], every: Counter[str]) -> bool:
    word = word.removesuffix("'s")
    for length in _SUFFIXES:
        ending = word[-length:]
        others = every[ending] - 1
        if len(word) > length and others >= _SAME_ENDING:
            return small[ending] >= _MOSTLY_SMALL * others
    return False
