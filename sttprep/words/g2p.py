"""Spelling → phones for words no dictionary has: a joint n-gram model of letters and phones.

The model is made from a pronunciation dictionary (see :mod:`sttprep.words.graphones`) and kept in
the cache folder under a name made of the dictionary's content, so a changed dictionary makes a new
model and the same one is trained once per machine. ``python -m sttprep.words.g2p`` measures it on
dictionary words held out from training and makes the cached model again.
"""

from __future__ import annotations

import hashlib
import io
import math
import re
import sys
import zipfile
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from sttprep.data import cache_folder
from sttprep.errors import LexiconError, StoreError
from sttprep.words.graphones import Trie, align, train_trie
from sttprep.words.pronounce import LETTER_NAMES

if TYPE_CHECKING:
    from sttprep.words.lexicon import Lexicon

__all__ = ["Evaluation", "GraphoneModel", "evaluate_g2p", "load_g2p", "main", "train_g2p"]

FORMAT_VERSION = 1
"""Raised whenever training or the layout of a cached model changes."""

# Word error on 2,000 held-out words: order 5 26.5 %, 6 25.8 %, 7 26.0 %, 8 25.9 %
# (with a beam half as wide as below).
ORDER = 6
# Hypotheses kept per letter, and how far (natural log) behind the best one may fall. Word error of
# the best and of the best three, words a second: 20 and 7.0 25.9 %, 11.1 %, 750; 40 and 9.0 25.8 %,
# 10.5 %, 320; 60 and 11.0 25.7 %, 10.7 %, 140.
_BEAM = 40
_RANGE = 9.0

# (log probability, phones, next history)
_Step = tuple[float, tuple[str, ...], int]


class GraphoneModel:
    """Pronunciations of spellings in plain letters, best first.

    >>> model = train_g2p([("cat", ("K", "AE", "T")), ("act", ("AE", "K", "T"))] * 2, order=2)
    >>> phones, _ = model.pronounce("cat", n=1)[0]
    >>> phones
    ('K', 'AE', 'T')
    """

    def __init__(self, trie: Trie) -> None:
        self.trie = trie
        # Plain sequences: reading single items of numpy arrays costs several times as much.
        self._symbol = memoryview(cast(Any, trie.symbol))
        self._log = memoryview(cast(Any, trie.log_probability))
        self._backoff = memoryview(cast(Any, trie.backoff))
        self._child = memoryview(cast(Any, trie.first_child))
        self._shorter = memoryview(cast(Any, trie.shorter))
        self._phones = [phones for _, phones in trie.graphones] + [()]
        self._ranges: dict[str, tuple[int, int]] = {"": (trie.end, trie.end + 1)}
        for number, (letters, _) in enumerate(trie.graphones):
            first, _ = self._ranges.get(letters, (number, number))
            self._ranges[letters] = (first, number + 1)
        self._steps = lru_cache(maxsize=200_000)(self._find_steps)

    @property
    def letters(self) -> frozenset[str]:
        """The single letters a spelling may have."""
        return frozenset("".join(self._ranges))

    def pronounce(self, spelling: str, n: int = 3) -> list[tuple[tuple[str, ...], float]]:
        """The most probable pronunciations and the log10 of their share of the probability.

        Empty if a letter is unknown or the spelling is empty. A beam search over letters; paths
        with the same phones and history are summed.
        """
        size = len(spelling)
        beams: list[dict[tuple[int, tuple[str, ...]], float]] = [{} for _ in range(size + 1)]
        beams[0][self.trie.start, ()] = 0.0
        for place in range(size):
            ranked = sorted(beams[place].items(), key=lambda item: (-item[1], item[0]))[:_BEAM]
            beams[place] = {}
            for (history, phones), score in ranked:
                if score < ranked[0][1] - _RANGE:
                    break
                for wide in (1, 2):
                    letters = spelling[place : place + wide]
                    if len(letters) < wide:
                        continue
                    target = beams[place + wide]
                    for log, said, after in self._steps(history, letters):
                        key = (after, phones + said)
                        target[key] = _log_sum(target.get(key), score + log)
        ends: dict[tuple[str, ...], float] = {}
        for (history, phones), score in beams[size].items():
            if phones:
                for log, _, _ in self._steps(history, ""):
                    ends[phones] = _log_sum(ends.get(phones), score + log)
        best = sorted(ends.items(), key=lambda item: (-item[1], item[0]))
        if not best:
            return []
        top = best[0][1]
        whole = top + math.log(math.fsum(math.exp(score - top) for _, score in best))
        return [(phones, min(0.0, (score - whole) / math.log(10))) for phones, score in best[:n]]

    def _find_steps(self, history: int, letters: str) -> list[_Step]:
        """Graphones with these letters after a history, by back-off, the improbable ones cut."""
        first, last = self._ranges.get(letters, (0, 0))
        if first == last:
            return []
        steps: list[_Step] = []
        seen: set[int] = set()
        penalty = 0.0
        node = history
        while True:
            low, high = self._child[node], self._child[node + 1]
            place = bisect_left(self._symbol, first, low, high)
            while place < high and self._symbol[place] < last:
                symbol = self._symbol[place]
                if symbol not in seen:
                    seen.add(symbol)
                    steps.append(
                        (self._log[place] + penalty, self._phones[symbol], self._known(place))
                    )
                place += 1
            if node == 0:
                break
            penalty += self._backoff[node]
            node = self._shorter[node]
        steps.sort(key=lambda step: (-step[0], step[1]))
        return [step for step in steps if step[0] > steps[0][0] - _RANGE]

    def _known(self, node: int) -> int:
        """The longest suffix of an n-gram that something was seen after."""
        while node and self._child[node] == self._child[node + 1]:
            node = self._shorter[node]
        return node

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


def _log_sum(one: float | None, other: float) -> float:
    if one is None:
        return other
    high, low = (one, other) if one > other else (other, one)
    return high + math.log1p(math.exp(low - high))


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


def load_g2p(lexicon: Lexicon | None = None) -> GraphoneModel:
    """The model of a dictionary (None: the stock English one), from the cache or newly trained.

    Training the stock dictionary takes about ten seconds, once per machine; loading a tenth of a
    second, once per process.

    Raises:
        LexiconError: the dictionary has nothing to learn from.
        MissingProgramError: the stock dictionary is not installed.
    """
    from sttprep.words.lexicon import Lexicon

    return _load(lexicon if lexicon is not None else Lexicon.stock())


@lru_cache(maxsize=4)
def _load(lexicon: Lexicon) -> GraphoneModel:
    path = _cache_path(lexicon)
    if path is not None:
        try:
            return GraphoneModel.read(path)
        except StoreError:
            pass  # not there yet, or damaged
    model = train_g2p(training_pairs(lexicon))
    if path is not None:
        _keep(model, path)
    return model


def _cache_path(lexicon: Lexicon) -> Path | None:
    """Where the model of a dictionary is kept; None where there is no place for caches."""
    try:
        return cache_folder("g2p") / f"v{FORMAT_VERSION}-{ORDER}-{lexicon.digest[:32]}.npz"
    except StoreError:
        return None  # a model trained anew in every process still works


def _keep(model: GraphoneModel, path: Path) -> None:
    from sttprep.words.files import write_bytes_whole

    try:
        write_bytes_whole(path, model.to_bytes(), LexiconError)
    except LexiconError:
        return  # a full or read-only disk costs time, not the result


@dataclass(frozen=True)
class Evaluation:
    """How often a model is wrong on words it has not seen."""

    words: int
    """Held-out words."""
    word_errors: int
    """Words whose best pronunciation is none of the dictionary's."""
    word_errors_of_three: int
    """Words with none of the dictionary's pronunciations among the best three."""
    phone_errors: int
    """Substituted, deleted and inserted phones against the nearest dictionary pronunciation."""
    phones: int
    """Phones of those pronunciations."""

    def __str__(self) -> str:
        return (
            f"{self.words} held-out words: word error {self.word_errors / self.words:.1%}, "
            f"of the best three {self.word_errors_of_three / self.words:.1%}, "
            f"phone error {self.phone_errors / self.phones:.2%}"
        )


def evaluate_g2p(lexicon: Lexicon, words: int = 2000, *, order: int = ORDER) -> Evaluation:
    """Train on all but some words of a dictionary and pronounce those.

    Words are held out by the hash of their letters, so that ``cant`` and ``can't`` stay together.
    """
    pairs = list(training_pairs(lexicon, abbreviations=True))
    spellings = sorted({spelling for spelling, _ in pairs}, key=_hash)
    held = set(spellings[: min(words, len(spellings) // 2)])
    model = train_g2p((one for one in training_pairs(lexicon) if one[0] not in held), order=order)
    references: dict[str, list[tuple[str, ...]]] = {}
    for spelling, phones in pairs:
        if spelling in held:
            references.setdefault(spelling, []).append(phones)
    wrong = wrong_of_three = phone_errors = phones_total = 0
    for spelling, known in references.items():
        found = [phones for phones, _ in model.pronounce(spelling, 3)] or [()]
        wrong += found[0] not in known
        wrong_of_three += not set(found) & set(known)
        errors, length = min((_distance(one, found[0]), len(one)) for one in known)
        phone_errors += errors
        phones_total += length
    return Evaluation(len(references), wrong, wrong_of_three, phone_errors, phones_total)


def _hash(spelling: str) -> str:
    return hashlib.sha256(spelling.encode()).hexdigest()


def _distance(one: Sequence[str], other: Sequence[str]) -> int:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(one, other)


def main() -> int:
    """Print the held-out evaluation of the stock dictionary and make its cached model again."""
    from sttprep.words.lexicon import Lexicon

    lexicon = Lexicon.stock()
    print(evaluate_g2p(lexicon))
    model = train_g2p(training_pairs(lexicon))
    path = _cache_path(lexicon)
    if path is None:
        print("There is no cache folder that can be written.", file=sys.stderr)
        return 1
    _keep(model, path)
    print(f"{len(model.trie.symbol):,} n-grams of order 1 to {ORDER} in {path.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
