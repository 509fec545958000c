"""The joint n-gram model of letters and phones: its training, its file and its search.

The search is a beam search over letters. What is known after a prefix of a spelling (its *beam*)
depends on that prefix only, so many spellings are done in alphabetical order and each takes over
the beams of the letters it shares with the one before it. Beams hold plain probabilities: products
and sums of floats in a fixed order are the same on every machine and in every version of Python,
logarithms need not be, and a spelling has the same answer alone and among thousands.
"""

from __future__ import annotations

import gc
import io
import math
import re
import zipfile
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sttprep.errors import LexiconError, StoreError, WordError
from sttprep.words.graphones import Trie, align, train_trie
from sttprep.words.reading import LETTER_NAMES, MOST_LETTERS

if TYPE_CHECKING:
    from sttprep.words.lexicon import Lexicon

__all__ = ["FORMAT_VERSION", "ORDER", "GraphoneModel", "Guess", "train_g2p", "training_pairs"]

FORMAT_VERSION = 1
"""Raised whenever training or the layout of a cached model changes."""

# Word and phone error on 2,000 held-out words: order 5 26.4 %, 6.58 %; 6 25.7 %, 6.27 %; 7 25.8 %,
# 6.27 %; 8 25.7 %, 6.25 % with 1.5 times the n-grams. Without the n-grams of order 5 and 6 seen
# once the file is half as big, but nothing is faster and the errors rise to 26.0 %, 6.36 %.
ORDER = 6
# Paths kept per letter, and how far (natural log) behind the best one may fall. Word error of the
# best and of the best three, words a second relative to the first: 20 and 7.0 25.9 %, 11.3 %, 1;
# 20 and 8.0 25.8 %, 10.9 %, 0.85; 20 and 9.0 25.7 %, 10.6 %, 0.7; 40 and 9.0 25.7 %, 10.5 %, 0.6;
# 60 and 11.0 25.7 %, 10.7 %, 0.4.
_BEAM = 20
_RANGE = 9.0
_CUT = math.exp(-_RANGE)
# Steps remembered before all are forgotten. 90,000 new words: 300,000 steps 1.5 times the seconds
# of unlimited memory, 800,000 (some 200 MB) 1.25 times.
_MOST_KEPT = 800_000
# A beam whose best path is less probable than this is multiplied by its inverse, so that long
# spellings do not underflow. A power of two changes no digit.
_TINY = 2.0**-400

Guess = tuple[tuple[str, ...], float]
"""Phones and the log10 of their share of the probability."""

# (probability, history, phones): phones are one character each, see GraphoneModel._sounds
_Path = tuple[float, int, str]
# (probability, phones, next history)
_Step = tuple[float, str, int]
# What follows a history: a factor and the most probable steps, best first, of the longest part of
# the history that any graphone with the letters was seen after. Histories share the steps.
_Steps = tuple[float, tuple[_Step, ...]]

_NO_STEPS: tuple[_Step, ...] = ()


class _Beam(NamedTuple):
    """The best paths through a prefix, best first."""

    lifts: int  # times that the probabilities were divided by _TINY
    paths: list[_Path]


class GraphoneModel:
    """Pronunciations of spellings in plain letters, best first.

    >>> model = train_g2p([("cat", ("K", "AE", "T")), ("act", ("AE", "K", "T"))] * 2, order=2)
    >>> phones, _ = model.pronounce("cat", n=1)[0]
    >>> phones
    ('K', 'AE', 'T')
    """

    def __init__(self, trie: Trie) -> None:
        self.trie = trie
        # Plain arrays: reading single items of numpy arrays costs several times as much.
        self._symbol = array("i", trie.symbol.tobytes())
        self._child = array("i", trie.first_child.tobytes())
        self._shorter = array("i", trie.shorter.tobytes())
        self._known = array("i", _known(trie).tobytes())
        self._probability = array("f", _probabilities(trie.log_probability).tobytes())
        self._backoff = array("f", _probabilities(trie.backoff).tobytes())
        self._sounds = sorted({phone for _, phones in trie.graphones for phone in phones})
        code = {phone: chr(number) for number, phone in enumerate(self._sounds)}
        self._said = ["".join(code[phone] for phone in phones) for _, phones in trie.graphones]
        self._said.append("")  # the end of the word
        self._ranges: dict[str, tuple[int, int]] = {"": (trie.end, trie.end + 1)}
        for number, (letters, _) in enumerate(trie.graphones):
            first, _ = self._ranges.get(letters, (number, number))
            self._ranges[letters] = (first, number + 1)
        self._steps: dict[str, dict[int, _Steps]] = {letters: {} for letters in self._ranges}
        self._kept = 0

    @property
    def letters(self) -> frozenset[str]:
        """The single letters a spelling may have."""
        return frozenset("".join(self._ranges))

    def pronounce(self, spelling: str, n: int = 3) -> list[Guess]:
        """The most probable pronunciations and the log10 of their share of the probability.

        Empty if a letter is unknown or the spelling is empty.

        Raises:
            WordError: the spelling has more than 100 letters.
        """
        return self.pronounce_many([spelling], n)[spelling]

    def pronounce_many(self, spellings: Iterable[str], n: int = 3) -> dict[str, list[Guess]]:
        """:meth:`pronounce` of many spellings; the answers are the same in any company.

        Raises:
            WordError: a spelling has more than 100 letters.

        >>> model = train_g2p([("cat", ("K", "AE", "T")), ("act", ("AE", "K", "T"))] * 2, order=2)
        >>> model.pronounce_many(["tact", "cat"])["cat"] == model.pronounce("cat")
        True
        """
        wanted = dict.fromkeys(spellings)
        for spelling in wanted:
            if len(spelling) > MOST_LETTERS:
                raise WordError(
                    f"'{spelling[:20]}…' has {len(spelling)} letters in one word, too many to "
                    "pronounce.",
                    hint=f"Give words with at most {MOST_LETTERS} letters.",
                )
        with _no_collection():
            found = self._walked(sorted(wanted), n)
        return {spelling: found[spelling] for spelling in wanted}

    def _walked(self, spellings: list[str], n: int) -> dict[str, list[Guess]]:
        """Pronunciations of spellings in alphabetical order."""
        found: dict[str, list[Guess]] = {}
        nothing = _Beam(0, [])
        beams = [nothing, _Beam(0, [(1.0, self.trie.start, "")])]  # of the prefixes -1, 0, 1, …
        before = ""
        for spelling in spellings:
            shared = _common(before, spelling)
            del beams[shared + 2 :]
            for place in range(shared, len(spelling)):
                pair = spelling[place - 1 : place + 1] if place else ""
                beams.append(self._extended(beams[-1], beams[-2], spelling[place], pair))
            before = spelling
            found[spelling] = self._finished(beams[-1], n)
            if self._kept > _MOST_KEPT:
                self._steps = {letters: {} for letters in self._ranges}
                self._kept = 0
        return found

    def _extended(self, one: _Beam, two: _Beam, letter: str, pair: str) -> _Beam:
        """The beam after a letter, from the beams one and two letters before.

        Paths with the same phones and history are summed.
        """
        older = two.paths
        if one.lifts != two.lifts:
            lift = _TINY ** (two.lifts - one.lifts)
            older = [(p * lift, history, phones) for p, history, phones in older]
        sources = []
        floor = 0.0
        for paths, letters in ((one.paths, letter), (older, pair)):
            steps_after = self._steps.get(letters)
            if paths and steps_after is not None:
                p, history, _ = paths[0]
                factor, steps = steps_after.get(history) or self._find(history, letters)
                if steps:
                    floor = max(floor, p * factor * steps[0][0])
                    sources.append((paths, letters, steps_after))
        # The best path of the new beam is at least as probable as the best single step.
        floor *= _CUT
        totals: dict[tuple[int, str], float] = {}
        for paths, letters, steps_after in sources:
            get = steps_after.get
            for p, history, phones in paths:
                factor, steps = get(history) or self._find(history, letters)
                p *= factor
                for q, said, after in steps:
                    q *= p
                    if q < floor:
                        break
                    key = (after, phones + said)
                    if key in totals:
                        totals[key] += q
                    else:
                        totals[key] = q
        if not totals:
            return _Beam(one.lifts, [])
        best = max(totals.values())
        floor = best * _CUT
        ranked = [(p, history, phones) for (history, phones), p in totals.items() if p >= floor]
        ranked.sort(reverse=True)
        del ranked[_BEAM:]
        if best >= _TINY:
            return _Beam(one.lifts, ranked)
        return _Beam(one.lifts + 1, [(p / _TINY, history, said) for p, history, said in ranked])

    def _finished(self, beam: _Beam, n: int) -> list[Guess]:
        """The best pronunciations of a whole spelling."""
        ends: dict[str, float] = {}
        for p, history, phones in beam.paths:
            if phones:
                factor, steps = self._steps[""].get(history) or self._find(history, "")
                ends[phones] = ends.get(phones, 0.0) + p * factor * steps[0][0]
        whole = math.fsum(ends.values())
        best = sorted(ends.items(), key=lambda item: (-item[1], item[0]))[:n]
        sounds = self._sounds
        return [
            (tuple([sounds[ord(code)] for code in phones]), min(0.0, math.log10(p / whole)))
            for phones, p in best
        ]

    def _find(self, history: int, letters: str) -> _Steps:
        """Graphones with these letters after a history, by back-off, the improbable ones cut.

        Made from the steps of the shorter history and kept, because neighbours in the alphabet
        ask for the same again; always by the same multiplications, so that it does not matter
        what was kept before. Steps cut from those of the shorter history would be cut here too:
        an n-gram that was seen is at least as probable as its back-off, so the best step here is
        no worse than the best of the shorter history times the weight.
        """
        symbol = self._symbol
        first, last = self._ranges[letters]
        kept = self._steps[letters]
        self._kept += 1
        weight, others = 0.0, _NO_STEPS
        if history:
            lower = self._shorter[history]
            weight, others = kept.get(lower) or self._find(lower, letters)
            weight *= self._backoff[history]
        high = self._child[history + 1]
        place = bisect_left(symbol, first, self._child[history], high)
        if place == high or symbol[place] >= last:  # nothing seen: the same steps, less probable
            found = kept[history] = (weight, others)
            return found
        steps: list[_Step] = []
        while place < high and symbol[place] < last:
            steps.append((self._probability[place], self._said[symbol[place]], self._known[place]))
            place += 1
        seen = [said for _, said, _ in steps]
        floor = max(steps)[0] * _CUT
        for p, said, after in others:
            p *= weight
            if p < floor:
                break
            if said not in seen:
                steps.append((p, said, after))
        steps.sort(reverse=True)
        floor = steps[0][0] * _CUT
        while steps[-1][0] < floor:
            steps.pop()
        found = kept[history] = (1.0, tuple(steps))
        return found

    def to_bytes(self) -> bytes:
        """The model as a file; the same model gives the same bytes."""
        trie = self.trie
        names = "\n".join(f"{letters} {' '.join(phones)}" for letters, phones in trie.graphones)
        stream = io.BytesIO()
        np.savez(
            stream,
            version=np.array([FORMAT_VERSION]),
            graphones=np.frombuffer(names.encode(), dtype=np.uint8),
            symbol=trie.symbol,
            log_probability=trie.log_probability,
            backoff=trie.backoff,
            first_child=trie.first_child,
            shorter=trie.shorter,
            start=np.array([trie.start]),
        )
        return stream.getvalue()

    @classmethod
    def read(cls, path: str | Path) -> GraphoneModel:
        """The model in a file.

        Raises:
            StoreError: the file is missing, damaged or of another version.
        """
        try:
            with open(path, "rb") as stream, np.load(stream, allow_pickle=False) as arrays:
                if int(arrays["version"][0]) != FORMAT_VERSION:
                    raise ValueError("another version")
                graphones = []
                for line in arrays["graphones"].tobytes().decode().split("\n"):
                    letters, _, phones = line.partition(" ")
                    graphones.append((letters, tuple(phones.split())))
                trie = Trie(
                    tuple(graphones),
                    arrays["symbol"],
                    arrays["log_probability"],
                    arrays["backoff"],
                    arrays["first_child"],
                    arrays["shorter"],
                    int(arrays["start"][0]),
                )
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise StoreError(
                f"{path} is not a pronunciation model of this version: {error}.",
                hint="Delete it; it is made again when needed.",
            ) from None
        return cls(trie)


def _probabilities(logs: np.ndarray[tuple[int], np.dtype[np.float32]]) -> np.ndarray:
    # Worked out in double precision and rounded, so that the last digit, which depends on the
    # machine, is gone.
    return np.exp(logs.astype(np.float64)).astype(np.float32)


def _known(trie: Trie) -> np.ndarray:
    """For each node the longest suffix of its n-gram that something was seen after."""
    known = np.arange(trie.symbol.size, dtype=np.int32)
    leaf = trie.first_child[1:] == trie.first_child[:-1]
    leaf[0] = False
    ends = np.flatnonzero(leaf)
    while ends.size:
        known[ends] = trie.shorter[known[ends]]
        ends = ends[leaf[known[ends]]]
    return known


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without looking for reference cycles: there are none, and looking for them among the steps
    kept takes a quarter of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _common(one: str, other: str) -> int:
    """Number of letters two spellings begin with alike."""
    number = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        number += 1
    return number


def train_g2p(entries: Iterable[tuple[str, Sequence[str]]], *, order: int = ORDER) -> GraphoneModel:
    """A model of (spelling, phones) pairs; stress digits on phones are dropped.

    Raises:
        LexiconError: nothing to learn from.
    """
    pairs = [
        (spelling, tuple(phone.rstrip("0123456789") for phone in phones))
        for spelling, phones in entries
    ]
    aligned = align(pairs)
    if not aligned:
        raise LexiconError(
            "The dictionary has no entry from which spelling could be learnt.",
            hint="Give words in plain letters with their phones, for example 'lip L IH P'.",
        )
    return GraphoneModel(train_trie(aligned, order))


def training_pairs(
    lexicon: Lexicon, *, abbreviations: bool = False
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Spellings in letters a-z and their pronunciations, alternates included.

    Apostrophes and hyphens are dropped. Words with periods (``st.``) are left out, and so are,
    unless ``abbreviations``, readings letter by letter (``cod`` as C O D): they say nothing about
    spelling.
    """
    for word in lexicon:
        spelling = re.sub("['-]", "", word)
        if spelling.isascii() and spelling.isalpha():
            names = [phone for letter in spelling.upper() for phone in LETTER_NAMES[letter]]
            for phones in lexicon[word]:
                if abbreviations or len(spelling) == 1 or list(phones) != names:
                    yield spelling, phones
