"""How unlike a vocabulary a spelling looks: a letter trigram model of the vocabulary.

>>> model = LetterModel(["stone", "tone", "stand", "hand", "handstand", "lone", "land"])
>>> model.surprise("sand") < model.surprise("zkrzt")
True
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import islice

__all__ = ["LetterModel"]

_ORDER = 3
_FEWEST = 20_000  # words; a thousandth of every 17th is then about one word
_EVERY = 17  # one word in so many shows what is usual; a prime, so that no order of words matters


class LetterModel:
    """The letter sequences of a list of words (lower case).

    A trigram's probability is interpolated with those of the shorter sequences by the Witten-Bell
    rule (Bell, Cleary and Witten 1990, "Text compression", method C).
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [word for word in words if word.isalpha()]
        text = "".join(f"  {word}\n" for word in self._words)
        # Joined and counted in C: a loop over a million letters takes several times as long.
        pairs = map(str.__add__, text, text[1:])
        triples = map(str.__add__, map(str.__add__, text, text[1:]), text[2:])
        self._counts: list[Counter[str]] = [Counter(text), Counter(pairs), Counter(triples)]
        self._followers: Counter[str] = Counter()
        self._totals: Counter[str] = Counter()
        for counts in self._counts:
            for letters, count in counts.items():
                self._followers[letters[:-1]] += 1
                self._totals[letters[:-1]] += count

    def surprise(self, word: str) -> float:
        """Bits per letter, the end of the word counted as one: about 3.5 for English words."""
        padded = f"  {word.lower()}\n"
        bits = [
            -math.log2(self._probability(padded[place - 2 : place + 1]))
            for place in range(2, len(padded))
        ]
        return math.fsum(bits) / len(bits)

    @cached_property
    def usual(self) -> float:
        """The surprise that all but one in a thousand of the vocabulary's words stay below.

        Infinite for a vocabulary too small to say what is usual in its language.
        """
        if len(self._words) < _FEWEST:
            return math.inf
        sample = sorted(map(self.surprise, islice(sorted(self._words), 0, None, _EVERY)))
        return sample[int(0.999 * (len(sample) - 1))]

    def outliers(self, words: Collection[str]) -> frozenset[str]:
        """The words that look less usual than all but one in a thousand of the vocabulary."""
        return frozenset(word for word in words if self.surprise(word) > self.usual)

    def _probability(self, letters: str) -> float:
        share = 1 / (len(self._counts[0]) + 1)
        for size in range(1, _ORDER + 1):
            part = letters[_ORDER - size :]
            history = part[:-1]
            followers = self._followers[history]
            if followers:
                count = self._counts[size - 1][part]
                share = (count + followers * share) / (self._totals[history] + followers)
        return share
