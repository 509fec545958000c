"""Words that sound alike: the neighbours of a new word in the vocabulary, homophones first.

>>> from sttprep.words.lexicon import Lexicon
>>> known = Lexicon({"lip": ["L IH P"], "nip": ["N IH P"], "lips": ["L IH P S"]})
>>> [(near.word, near.distance) for near in neighbours("R IH P", known)]
[('lip', 0.181), ('nip', 0.741), ('lips', 0.881)]
>>> confusion(neighbours("R IH P", known)) > confusion(neighbours("L IH P S", known)[1:])
True
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sttprep.words.phone_distance import ALL, omission_cost, substitution_cost

if TYPE_CHECKING:
    from sttprep.words.lexicon import Lexicon

__all__ = ["FARTHEST", "Neighbour", "confusion", "neighbours", "neighbours_many"]

FARTHEST = 1.0
"""The greatest distance of a neighbour: as much as one phone for another quite unlike it."""
_MOST_EDITS = 2  # phones in which neighbours differ; three small differences are heard together
# How fast confusion falls with distance: by half for the nearest phones (L for R, F for TH: 0.18),
# to a twentieth for a phone quite unlike. Between these two it is a matter of taste.
_FALL = math.log(20)
_AT_ONCE = 1 << 18  # pairs whose distance is computed in one go; bounds the memory


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A word of the vocabulary that sounds like another."""

    word: str
    """In lower case."""
    distance: float
    """Of the nearest pronunciations; 0: a homophone. See `sttprep.words.phone_distance`."""
    phones: tuple[str, ...]
    """The pronunciation that is nearest."""

    @property
    def homophone(self) -> bool:
        """Whether it sounds the same."""
        return self.distance == 0


def neighbours(
    phones: str | Sequence[str],
    lexicon: Lexicon,
    n: int = 5,
    counts: Mapping[str, int] | None = None,
) -> list[Neighbour]:
    """The words of a dictionary that sound most like a pronunciation; see `neighbours_many`.

    >>> from sttprep.words.lexicon import Lexicon
    >>> neighbours("P L AE K", Lexicon({"plaque": ["P L AE K"], "hat": ["HH AE T"]}))[0].homophone
    True
    """
    key = tuple(phones.split() if isinstance(phones, str) else phones)
    return neighbours_many([key], lexicon, n, counts)[key]


def neighbours_many(
    pronunciations: Iterable[Sequence[str]],
    lexicon: Lexicon,
    n: int = 5,
    counts: Mapping[str, int] | None = None,
) -> dict[tuple[str, ...], list[Neighbour]]:
    """The neighbours of many pronunciations, nearest first.

    A neighbour differs in at most two phones and lies at most `FARTHEST` away. Of equally near
    ones the more frequent comes first, then the alphabet decides.

    Args:
        pronunciations: Phones of each.
        lexicon: The vocabulary.
        n: At most so many neighbours of each; 0: all.
        counts: How often each word of the vocabulary (lower case) stands in the domain's text.
    """
    wanted = list(dict.fromkeys(map(tuple, pronunciations)))
    found = _index(lexicon).find(wanted)
    counts = counts or {}
    results = {}
    for phones in wanted:
        ranked = sorted(
            (cost, -counts.get(word, 0), word, heard)
            for word, (cost, heard) in found[phones].items()
        )
        results[phones] = [
            Neighbour(word, cost / ALL, heard) for cost, _, word, heard in ranked[: n or None]
        ]
    return results


def confusion(
    near: Iterable[Neighbour], count: int = 1, counts: Mapping[str, int] | None = None
) -> float:
    """How likely a word is taken for one of its neighbours, 0 (never) to 1 (always).

    The neighbourhood rule of Luce and Pisoni (1998, "Recognizing spoken words: the neighborhood
    activation model", equation 4): the share of the neighbours' evidence in all evidence, each
    weighted by the logarithm of its frequency. Short words have more and nearer neighbours, so
    they come out riskier. Good for ranking words, not an error rate of any recognizer.

    Args:
        near: All neighbours of the word.
        count: Its occurrences.
        counts: Occurrences of the neighbours, by their lower-case spelling.

    >>> confusion([]), round(confusion([Neighbour("lip", 0.0, ("L", "IH", "P"))]), 3)
    (0.0, 0.435)
    """
    counts = counts or {}

    def weight(occurrences: int) -> float:
        return 1 + math.log10(1 + occurrences)

    others = math.fsum(
        math.exp(-_FALL * one.distance) * weight(counts.get(one.word, 0)) for one in near
    )
    return others / (others + weight(count))


class _Index:
    """The pronunciations of a dictionary by length, each phone one character."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.codes: dict[str, str] = {}
        self.phones: list[str] = []
        groups: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for word in lexicon:
            for phones in lexicon[word]:
                groups[len(phones)].append((self.encoded(phones), word))
        self.by_length = {
            length: ([text for text, _ in group], [word for _, word in group])
            for length, group in groups.items()
        }

    def encoded(self, phones: Sequence[str]) -> str:
        for phone in phones:
            if phone not in self.codes:
                # Private characters: any number of phones, and none means anything by itself.
                self.codes[phone] = chr(0xE000 + len(self.codes))
                self.phones.append(phone)
        return "".join(self.codes[phone] for phone in phones)

    def find(
        self, wanted: Sequence[tuple[str, ...]]
    ) -> dict[tuple[str, ...], dict[str, tuple[int, tuple[str, ...]]]]:
        """For each pronunciation its neighbours: word → (cost, nearest pronunciation)."""
        found: dict[tuple[str, ...], dict[str, tuple[int, tuple[str, ...]]]] = {
            phones: {} for phones in wanted
        }
        by_length: dict[int, list[tuple[str, ...]]] = defaultdict(list)
        for phones in wanted:
            by_length[len(phones)].append(phones)
        for length, group in by_length.items():
            queries = [self.encoded(phones) for phones in group]
            for other in range(max(1, length - _MOST_EDITS), length + _MOST_EDITS + 1):
                if other in self.by_length:
                    texts, words = self.by_length[other]
                    for query, entry, cost in self._near(queries, texts):
                        phones = tuple(self.phones[ord(one) - 0xE000] for one in texts[entry])
                        near = found[group[query]]
                        known = near.get(words[entry])
                        if known is None or (cost, phones) < known:
                            near[words[entry]] = (cost, phones)
        return found

    def _near(self, queries: Sequence[str], texts: Sequence[str]) -> Iterable[tuple[int, int, int]]:
        """Places of the pairs of neighbours in two lists, and their costs."""
        import numpy as np
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.process import cdist

        step = max(1, (_AT_ONCE << 6) // max(len(texts), 1))
        for start in range(0, len(queries), step):
            edits = cdist(
                queries[start : start + step],
                texts,
                scorer=Levenshtein.distance,
                score_cutoff=_MOST_EDITS,
                dtype=np.uint8,
            )
            rows, columns = np.nonzero(edits <= _MOST_EDITS)
            for first in range(0, len(rows), _AT_ONCE):
                some = rows[first : first + _AT_ONCE], columns[first : first + _AT_ONCE]
                costs = self._costs(
                    [queries[start + row] for row in some[0]], [texts[one] for one in some[1]]
                )
                for at in np.nonzero(costs <= round(FARTHEST * ALL))[0]:
                    yield start + int(some[0][at]), int(some[1][at]), int(costs[at])

    def _costs(self, left: Sequence[str], right: Sequence[str]) -> Any:
        """Distances of pairs of texts, all the left of one length and all the right of one."""
        import numpy as np

        substitution = np.array(
            [[substitution_cost(one, other) for other in self.phones] for one in self.phones],
            dtype=np.int32,
        )
        omission = np.array([omission_cost(one) for one in self.phones], dtype=np.int32)

        def numbers(texts: Sequence[str]) -> Any:
            flat = np.frombuffer("".join(texts).encode("utf-16-le"), dtype="<u2")
            return flat.astype(np.int32).reshape(len(texts), -1) - 0xE000

        one, other = numbers(left), numbers(right)
        row = np.zeros((len(left), other.shape[1] + 1), dtype=np.int32)
        np.cumsum(omission[other], axis=1, out=row[:, 1:])
        for place in range(one.shape[1]):
            said = one[:, place]
            above, row = row, np.empty_like(row)
            row[:, 0] = above[:, 0] + omission[said]
            for at in range(other.shape[1]):
                heard = other[:, at]
                best = np.minimum(
                    above[:, at] + substitution[said, heard], above[:, at + 1] + omission[said]
                )
                row[:, at + 1] = np.minimum(best, row[:, at] + omission[heard])
        return row[:, -1]


_INDEXES: WeakKeyDictionary[Lexicon, _Index] = WeakKeyDictionary()


def _index(lexicon: Lexicon) -> _Index:
    """The dictionary's index, made once (0.7 s for the stock one) and dropped with it."""
    made = _INDEXES.get(lexicon)
    if made is None:
        made = _INDEXES[lexicon] = _Index(lexicon)
    return made
