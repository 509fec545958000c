"""Letters ↔ phones: alignment of a pronunciation dictionary, and its joint n-gram model.

A *graphone* pairs one or two letters with none, one or two phones: ``phone`` with the phones
``F OW N`` is the graphone sequence ``ph:F o:OW n:N e:-``. Two steps make a model of them:

1. :func:`align` finds the most probable graphone sequence of every dictionary entry, under
   probabilities estimated by expectation maximisation (Jiampojamarn, Kondrak and Sherif 2007,
   "Applying many-to-many alignments and hidden Markov models to letter-to-phoneme conversion").
2. :func:`train_trie` counts the sequences and smooths the counts (interpolated Kneser-Ney with
   three discounts per order; Chen and Goodman 1999, section 3) into a back-off trie, which
   ``sttprep.words.g2p`` searches.

Everything is numpy, in a fixed order of operations: the same dictionary gives the same bytes.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Graphone", "Trie", "align", "train_trie"]

Graphone = tuple[str, tuple[str, ...]]
"""Letters and phones, e.g. ``("ph", ("F",))``."""

_Ints = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]

# Letters and phones a graphone may have. Every shape takes at least one letter, so that a row of
# the alignment lattice depends on earlier rows only and whole groups of words are done at once.
_SHAPES = ((1, 0), (1, 1), (1, 2), (2, 1))
# Word error on 2,000 held-out words: 4 rounds 26.2 %, 6 rounds 25.9 %, 8 and 12 rounds 25.8 %.
_ROUNDS = 8
# Expectation maximisation sees every third entry of a large dictionary: some 40,000 entries fix the
# few thousand probabilities as well as all do (25.8 % against 25.9 %) in two thirds of the time.
_EM_SHARE = 3
_EM_MINIMUM = 30_000
# Weight of the flat distribution mixed into each estimate, so that nothing becomes impossible.
_FLOOR = 1e-8


@dataclass
class _Group:
    """Entries with the same number of letters and of phones, as integer arrays."""

    entries: list[int]
    letters: _Ints  # (entries, letters)
    phones: _Ints  # (entries, phones)


def align(
    entries: Sequence[tuple[str, Sequence[str]]],
) -> list[tuple[Graphone, ...]]:
    """The most probable graphone sequence of each entry (spelling, phones).

    Entries that cannot be aligned (more than two phones per letter, as in ``aaa`` read
    "triple A") are left out; the others keep their order.
    """
    letters = sorted({letter for spelling, _ in entries for letter in spelling})
    phones = sorted({phone for _, pronunciation in entries for phone in pronunciation})
    groups = _grouped(entries, letters, phones)
    kept = sum(len(group.entries) for group in groups)
    if not kept:
        return []
    model = _Probabilities(len(letters), len(phones))
    part = groups if kept < _EM_MINIMUM else [_thinned(group) for group in groups]
    for _ in range(_ROUNDS):
        model.update(part)
    found: dict[int, tuple[Graphone, ...]] = {}
    for group in groups:
        for entry, shapes in zip(group.entries, model.best(group), strict=True):
            found[entry] = _cut(entries[entry], shapes)
    return [found[entry] for entry in sorted(found)]


def _grouped(
    entries: Sequence[tuple[str, Sequence[str]]], letters: Sequence[str], phones: Sequence[str]
) -> list[_Group]:
    letter_id = {letter: number for number, letter in enumerate(letters)}
    phone_id = {phone: number for number, phone in enumerate(phones)}
    members: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, (spelling, pronunciation) in enumerate(entries):
        if 0 < len(pronunciation) <= 2 * len(spelling):
            members[len(spelling), len(pronunciation)].append(number)
    return [
        _Group(
            numbers,
            np.array([[letter_id[x] for x in entries[n][0]] for n in numbers], dtype=np.int64),
            np.array([[phone_id[x] for x in entries[n][1]] for n in numbers], dtype=np.int64),
        )
        for _, numbers in sorted(members.items())
    ]


def _thinned(group: _Group) -> _Group:
    return _Group(group.entries[::_EM_SHARE], group.letters[::_EM_SHARE], group.phones[::_EM_SHARE])


def _cut(
    entry: tuple[str, Sequence[str]], shapes: Iterable[tuple[int, int]]
) -> tuple[Graphone, ...]:
    spelling, pronunciation = entry
    graphones = []
    letter = phone = 0
    for wide, long in shapes:
        graphones.append(
            (spelling[letter : letter + wide], tuple(pronunciation[phone : phone + long]))
        )
        letter += wide
        phone += long
    return tuple(graphones)


class _Probabilities:
    """Joint probabilities of all graphones, one flat table per shape."""

    def __init__(self, letters: int, phones: int) -> None:
        self.letters = letters
        self.phones = phones
        sizes = [letters**wide * phones**long for wide, long in _SHAPES]
        # Flat start. Short graphones begin more probable than long ones: a long one has to earn
        # its place by being seen more often than its parts explain.
        starts = (0.05, 0.85, 0.05, 0.05)
        self.tables = [
            np.full(size, start / size) for size, start in zip(sizes, starts, strict=True)
        ]

    def indices(self, group: _Group) -> list[_Ints]:
        """For each shape the table index at every lattice place, shape (entries, i, j)."""
        a = group.letters[:, :, None]
        p = group.phones[:, None, :]
        ab = a[:, :-1] * self.letters + a[:, 1:]
        return [
            a,
            a * self.phones + p,
            (a * self.phones + p[:, :, :-1]) * self.phones + p[:, :, 1:],
            ab * self.phones + p,
        ]

    def scores(self, group: _Group) -> tuple[list[_Ints], list[_Floats]]:
        """Table indices and probabilities of each shape at every place of the lattice."""
        places = self.indices(group)
        return places, [table[index] for table, index in zip(self.tables, places, strict=True)]

    def update(self, groups: Iterable[_Group]) -> None:
        """One round of expectation maximisation."""
        counts = [np.zeros_like(table) for table in self.tables]
        for group in groups:
            if group.entries:
                self._expect(group, counts)
        total = math.fsum(float(count.sum()) for count in counts)
        size = sum(table.size for table in self.tables)
        self.tables = [(1 - _FLOOR) * count / total + _FLOOR / size for count in counts]

    def _expect(self, group: _Group, counts: list[_Floats]) -> None:
        places, scores = self.scores(group)
        number, wide = group.letters.shape
        long = group.phones.shape[1]
        forward = np.zeros((wide + 1, number, long + 1))
        forward[0, :, 0] = 1.0
        for i in range(1, wide + 1):
            for shape, score in zip(_SHAPES, scores, strict=True):
                eaten, said = shape
                if i >= eaten and long >= said:
                    forward[i, :, said:] += (
                        forward[i - eaten, :, : long + 1 - said] * score[:, i - eaten]
                    )
        backward = np.zeros((wide + 1, number, long + 1))
        backward[wide, :, long] = 1.0
        for i in range(wide - 1, -1, -1):
            for shape, score in zip(_SHAPES, scores, strict=True):
                eaten, said = shape
                if i + eaten <= wide and long >= said:
                    backward[i, :, : long + 1 - said] += backward[i + eaten, :, said:] * score[:, i]
        whole = forward[wide, :, long]
        weight = np.divide(1.0, whole, out=np.zeros_like(whole), where=whole > 0)
        for shape, index, score, count in zip(_SHAPES, places, scores, counts, strict=True):
            eaten, said = shape
            if wide < eaten or long < said:
                continue
            posterior = (
                forward[: wide + 1 - eaten, :, : long + 1 - said].transpose(1, 0, 2)
                * score
                * backward[eaten:, :, said:].transpose(1, 0, 2)
                * weight[:, None, None]
            )
            flat = np.broadcast_to(index, posterior.shape).ravel()
            count += np.bincount(flat, posterior.ravel(), minlength=count.size)

    def best(self, group: _Group) -> list[list[tuple[int, int]]]:
        """The most probable shapes of each entry, in reading order."""
        _, scores = self.scores(group)
        number, wide = group.letters.shape
        long = group.phones.shape[1]
        best = np.full((wide + 1, number, long + 1), -np.inf)
        best[0, :, 0] = 0.0
        came = np.full((wide + 1, number, long + 1), -1, dtype=np.int8)
        logs = [np.log(score) for score in scores]
        for i in range(1, wide + 1):
            for which, (shape, log) in enumerate(zip(_SHAPES, logs, strict=True)):
                eaten, said = shape
                if i < eaten or long < said:
                    continue
                here = best[i - eaten, :, : long + 1 - said] + log[:, i - eaten]
                row, mark = best[i, :, said:], came[i, :, said:]
                better = here > row
                row[better] = here[better]
                mark[better] = which
        paths = []
        for entry in range(number):
            path = []
            i, j = wide, long
            steps = came[:, entry]
            while i:
                shape = _SHAPES[steps[i, j]]
                path.append(shape)
                i -= shape[0]
                j -= shape[1]
            path.reverse()
            paths.append(path)
        return paths


@dataclass(frozen=True)
class Trie:
    """A back-off n-gram model over graphones, as arrays over the nodes of a trie.

    Node 0 is the empty history; a node at depth *d* is an n-gram of *d* graphones and at the same
    time the history after them. Children of a node lie together, sorted by graphone. The last
    graphone is the end of the word; the sentence start is implied by :attr:`start`.
    """

    graphones: tuple[Graphone, ...]
    """Graphones by number, sorted by letters and then phones."""
    symbol: npt.NDArray[np.int32]
    """Graphone of each node; the root has -1."""
    log_probability: npt.NDArray[np.float32]
    """Natural logarithm of the probability of the node's last graphone after the others."""
    backoff: npt.NDArray[np.float32]
    """Natural logarithm of the weight of the shorter history, for graphones not below the node."""
    first_child: npt.NDArray[np.int32]
    """Children of node k are ``first_child[k]`` to ``first_child[k + 1]``."""
    shorter: npt.NDArray[np.int32]
    """The node of the same n-gram without its first graphone."""
    start: int
    """The node of the history "start of word"."""

    @property
    def end(self) -> int:
        """Number of the end-of-word symbol."""
        return len(self.graphones)


def train_trie(sequences: Sequence[Sequence[Graphone]], order: int) -> Trie:
    """The smoothed n-gram model of graphone sequences.

    Args:
        sequences: One sequence per dictionary entry.
        order: Longest n-gram, start and end of word included.
    """
    graphones = tuple(sorted({graphone for sequence in sequences for graphone in sequence}))
    number = {graphone: index for index, graphone in enumerate(graphones)}
    end = len(graphones)
    start = end + 1
    size = end + 2
    stream: list[int] = []
    for sequence in sequences:
        stream.append(start)
        stream.extend(number[graphone] for graphone in sequence)
        stream.append(end)
    tokens = np.array(stream, dtype=np.int64)
    begins = np.flatnonzero(tokens == start)
    lengths = np.diff(np.append(begins, tokens.size))
    position = np.arange(tokens.size) - np.repeat(begins, lengths)  # place within its word

    levels = _levels(tokens, position, size, order)
    return _smoothed(levels, graphones, size)


@dataclass
class _Level:
    """All n-grams of one order, sorted by (parent, symbol)."""

    parent: _Ints  # row of the history (all but the last symbol) in the level below
    symbol: _Ints
    shorter: _Ints  # row of the n-gram without its first symbol in the level below
    count: _Ints  # occurrences
    left: _Ints  # different symbols seen before it


def _levels(tokens: _Ints, position: _Ints, size: int, order: int) -> list[_Level]:
    """Distinct n-grams of each order; row numbers chain the orders into a trie."""
    levels: list[_Level] = []
    # row of the n-gram that ends at each token, in the level built last
    ending = np.zeros(tokens.size, dtype=np.int64)
    for n in range(1, order + 1):
        here = np.flatnonzero(position >= n - 1)
        history = ending[here - 1] if n > 1 else np.zeros(here.size, dtype=np.int64)
        keys, first, inverse, count = np.unique(
            history * size + tokens[here],
            return_index=True,
            return_inverse=True,
            return_counts=True,
        )
        sample = here[first]
        levels.append(
            _Level(
                keys // size,
                keys % size,
                ending[sample] if n > 1 else np.zeros(keys.size, dtype=np.int64),
                count.astype(np.int64),
                np.zeros(keys.size, dtype=np.int64),
            )
        )
        row = np.full(tokens.size, -1, dtype=np.int64)
        row[here] = inverse.reshape(-1)
        ending = row
        if n > 1:
            levels[-2].left[:] = np.bincount(levels[-1].shorter, minlength=levels[-2].left.size)
    return levels


def _smoothed(levels: list[_Level], graphones: tuple[Graphone, ...], size: int) -> Trie:
    """Interpolated Kneser-Ney with three discounts; probabilities in trie order."""
    end, start = size - 2, size - 1
    probabilities: list[_Floats] = []
    weights: list[_Floats] = []  # weight of the shorter history, per history of each level
    histories = 1
    for depth, level in enumerate(levels):
        # n-grams that begin a word have nothing before them: their occurrences count instead
        if depth == len(levels) - 1:
            count = level.count
        else:
            count = np.where(level.left > 0, level.left, level.count)
        count = np.where((level.symbol == start), 0, count)
        discount = _discounts(count)[np.minimum(count, 3)]
        total = np.bincount(level.parent, count, minlength=histories)
        freed = np.bincount(level.parent, discount, minlength=histories)
        with np.errstate(divide="ignore", invalid="ignore"):
            weight = np.where(total > 0, freed / total, 1.0)
            kept = np.where(total[level.parent] > 0, (count - discount) / total[level.parent], 0.0)
        lower = probabilities[-1][level.shorter] if depth else np.full(count.size, 1 / (end + 1))
        probabilities.append(kept + weight[level.parent] * lower)
        weights.append(weight)
        histories = count.size

    depth_sizes = [level.symbol.size for level in levels]
    offsets = np.concatenate(([1], 1 + np.cumsum(depth_sizes)))
    nodes = int(offsets[-1])
    symbol = np.full(nodes, -1, dtype=np.int32)
    log_probability = np.zeros(nodes, dtype=np.float32)
    backoff = np.zeros(nodes, dtype=np.float32)
    first_child = np.full(nodes + 1, nodes, dtype=np.int32)
    shorter = np.zeros(nodes, dtype=np.int32)
    backoff[0] = np.log(weights[0][0])
    first_child[0] = 1
    for depth, level in enumerate(levels):
        rows = slice(int(offsets[depth]), int(offsets[depth + 1]))
        symbol[rows] = level.symbol
        with np.errstate(divide="ignore"):
            log_probability[rows] = np.log(probabilities[depth])
        if depth:
            shorter[rows] = level.shorter + offsets[depth - 1]
        if depth + 1 < len(levels):
            with np.errstate(divide="ignore"):
                backoff[rows] = np.log(weights[depth + 1])
            children = np.searchsorted(levels[depth + 1].parent, np.arange(depth_sizes[depth]))
            first_child[rows] = children + offsets[depth + 1]
    begin = int(np.searchsorted(levels[0].symbol, start)) + 1
    return Trie(graphones, symbol, log_probability, backoff, first_child, shorter, begin)


def _discounts(count: _Ints) -> _Floats:
    """Discounts of n-grams seen 0, 1, 2 and 3 or more times (Chen and Goodman, equation 26)."""
    seen: Any = np.bincount(np.minimum(count, 4), minlength=5).astype(np.float64)
    one, two, three, four = seen[1:5]
    if min(one, two, three, four) == 0:
        return np.array([0.0, 0.5, 1.0, 1.5])  # too little text to estimate them
    base = one / (one + 2 * two)
    found = [1 - 2 * base * two / one, 2 - 3 * base * three / two, 3 - 4 * base * four / three]
    limits = (1.0, 2.0, 3.0)
    if any(not 0 < value < limit for value, limit in zip(found, limits, strict=True)):
        return np.array([0.0, 0.5, 1.0, 1.5])
    return np.array([0.0, *found])
