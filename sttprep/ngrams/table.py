"""N-grams of one order as sorted arrays, and the searches that everything else is made of.

An n-gram w1 … wk is held as a pair: the row of its ending w2 … wk among the (k−1)-grams, and its
first word w1. Rows are sorted by that pair, that is by the last word, then the word before it, and
so on: the order of the recognizer's reversed trie, in which the rows that share an ending lie side
by side. The pair packs into one 64-bit key whatever the order, so a search is a binary search.

Every ending of an n-gram has a row (its beginning need not), as in the trie.

>>> import numpy as np
>>> unigrams = NgramTable.of_words(np.log10([0.25, 0.75]), np.zeros(2))
>>> bigrams = np.array([[1, 1], [0, 1]]), np.zeros(2), np.zeros(2)
>>> tables, added = build_tables([unigrams], [bigrams])
>>> unroll(tables, 2).tolist()
[[0, 1], [1, 1]]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sttprep.errors import LanguageModelError

__all__ = [
    "BoolArray",
    "FloatArray",
    "IdArray",
    "IntArray",
    "NgramTable",
    "RawNgrams",
    "build_tables",
    "find",
    "log10_or_zero",
    "prefix_rows",
    "sort_order",
    "table_keys",
    "unroll",
]

IntArray = NDArray[np.int64]
IdArray = NDArray[np.int32]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

LOG_ZERO = -99.0
"""log10 of probability 0 as language model files write it (SRILM's ngram-format(5))."""

_SORT_FIRST = 50_000  # random queries into a big array miss the cache; sorted ones do not

RawNgrams = tuple[IntArray, FloatArray, FloatArray]
"""N-grams of one order: word ids (n × k, in reading order), log10 p, log10 back-off weights."""


@dataclass(frozen=True, eq=False)
class NgramTable:
    """All n-grams of one order with their probabilities."""

    suffix: IdArray
    """Row of w2 … wk in the table one order below (0 for words), shape (n,)."""
    first: IdArray
    """Id of w1, shape (n,)."""
    log_prob: FloatArray
    """log10 p(wk | w1 … wk−1), shape (n,)."""
    log_backoff: FloatArray
    """log10 of the back-off weight of w1 … wk as a history, shape (n,)."""

    def __len__(self) -> int:
        return len(self.first)

    @classmethod
    def of_words(cls, log_prob: FloatArray, log_backoff: FloatArray) -> NgramTable:
        """The table of order 1, in which a word's row is its id."""
        rows = np.arange(len(log_prob), dtype=np.int32)
        return cls(np.zeros(len(rows), np.int32), rows, log_prob, log_backoff)

    def with_backoff(self, log_backoff: FloatArray) -> NgramTable:
        """The same n-grams with these back-off weights."""
        return replace(self, log_backoff=log_backoff)


def log10_or_zero(prob: FloatArray) -> FloatArray:
    """log10 of probabilities, with probability 0 as ``LOG_ZERO``."""
    return np.log10(prob, out=np.full(len(prob), LOG_ZERO), where=prob > 0)


def table_keys(suffix: IdArray | IntArray, first: IdArray | IntArray, words: int) -> IntArray:
    """The pairs (suffix, first) as one number each, in the same order."""
    return suffix.astype(np.int64) * words + first


def sort_order(keys: IntArray) -> IntArray:
    """Stable sorting permutation of non-negative keys.

    Where key and position fit 63 bits together, sorting their combination is two to three times
    as fast as an argsort.
    """
    count = len(keys)
    if count == 0:
        return np.zeros(0, np.int64)
    bits = count.bit_length()
    if int(keys.max()).bit_length() + bits > 63:
        return np.argsort(keys, kind="stable")
    packed = (keys << bits) | np.arange(count)
    packed.sort()
    packed &= (1 << bits) - 1
    return packed


def find(keys: IntArray, wanted: IntArray) -> IntArray:
    """Rows of the wanted keys in a sorted array of keys; −1 where a key is not there."""
    if len(keys) == 0:
        return np.full(len(wanted), -1, np.int64)
    if len(wanted) > _SORT_FIRST and len(keys) > _SORT_FIRST and (np.diff(wanted) < 0).any():
        order = sort_order(np.maximum(wanted, 0))
        rows = np.empty(len(wanted), np.int64)
        rows[order] = _search(keys, wanted[order])
        return rows
    return _search(keys, wanted)


def _search(keys: IntArray, wanted: IntArray) -> IntArray:
    rows = np.searchsorted(keys, wanted)
    np.minimum(rows, len(keys) - 1, out=rows)
    rows[keys[rows] != wanted] = -1
    return rows


def unroll(tables: Sequence[NgramTable], order: int) -> IntArray:
    """Word ids of all n-grams of an order in reading order, shape (n, order)."""
    table = tables[order - 1]
    ids = np.empty((len(table), order), np.int64)
    rows: IntArray | IdArray = np.arange(len(table))
    for column in range(order):
        level = tables[order - 1 - column]
        ids[:, column] = level.first[rows]
        rows = level.suffix[rows]
    return ids


def prefix_rows(
    tables: Sequence[NgramTable], keys: Sequence[IntArray], below: IntArray, order: int
) -> IntArray:
    """Row of the history w1 … wk−1 of each k-gram; −1 where the history has no row.

    ``below`` is the answer for the order below: the ending of w1 … wk−1 is the history of the
    k-gram's own ending, so one search finds it.
    """
    table = tables[order - 1]
    if order == 2:
        return table.first.astype(np.int64)
    ending = below[table.suffix]
    wanted = table_keys(ending, table.first, len(tables[0]))
    wanted[ending < 0] = -1
    return find(keys[order - 2], wanted)


def build_tables(
    lowest: Sequence[NgramTable], raw: Sequence[RawNgrams]
) -> tuple[tuple[NgramTable, ...], int]:
    """Sort n-grams into tables; give every ending that has no row one.

    An added row says what the model says anyway: its probability is the backed-off one, its
    back-off weight 1. No probability of the model changes.

    Args:
        lowest: the table of words, alone.
        raw: n-grams of order 2, 3, …; none twice.

    Returns:
        The tables of all orders, and the number of rows added.

    Raises:
        LanguageModelError: an n-gram is given twice.
    """
    words = len(lowest[0])
    raw = list(raw)
    added = 0
    while True:
        tables = list(lowest)
        keys = [np.arange(words, dtype=np.int64)]
        for level, (ids, log_prob, log_backoff) in enumerate(raw):
            order = _reading_order(ids, words)
            ids = ids[order]
            ending = ids[:, -1]
            for column in range(level, 0, -1):
                wanted = table_keys(ending, ids[:, column], words)
                ending = find(keys[level + 1 - column], wanted)
                if (ending < 0).any():
                    break
            missing = ids[ending < 0][:, column:] if level else ids[:0]
            if len(missing):
                rows = np.unique(missing, axis=0)
                below = raw[rows.shape[1] - 2]
                raw[rows.shape[1] - 2] = _with_rows(below, rows)
                added += len(rows)
                break
            key = table_keys(ending, ids[:, 0], words)
            twice = np.flatnonzero(key[1:] == key[:-1])
            if len(twice):
                raise LanguageModelError(
                    f"{len(twice)} {level + 2}-grams are given twice, the first one with the "
                    f"word ids {ids[twice[0]].tolist()}."
                )
            tables.append(
                NgramTable(
                    ending.astype(np.int32),
                    ids[:, 0].astype(np.int32),
                    log_prob[order],
                    log_backoff[order],
                )
            )
            keys.append(key)
        else:
            break
    _fill_added(tables, keys)
    return tuple(tables), added


def _reading_order(ids: IntArray, words: int) -> IntArray:
    """Permutation that sorts by the last word, then the one before it, …"""
    if words ** ids.shape[1] < 2**62:
        key = ids[:, -1].astype(np.int64)
        for column in range(ids.shape[1] - 2, -1, -1):
            key = key * words + ids[:, column]
        return sort_order(key)
    return np.lexsort(ids.T)


def _with_rows(raw: RawNgrams, rows: IntArray) -> RawNgrams:
    ids, log_prob, log_backoff = raw
    unknown = np.full(len(rows), np.nan)
    return (
        np.concatenate([ids, rows]),
        np.concatenate([log_prob, unknown]),
        np.concatenate([log_backoff, np.zeros(len(rows))]),
    )


def _fill_added(tables: list[NgramTable], keys: list[IntArray]) -> None:
    """Probability of the rows without one: back-off weight of the history × the ending's."""
    below = np.zeros(len(tables[0]), np.int64)
    for order in range(2, len(tables) + 1):
        table, lower = tables[order - 1], tables[order - 2]
        below = prefix_rows(tables, keys, below, order)
        rows = np.flatnonzero(np.isnan(table.log_prob))
        history = below[rows]
        weight = np.where(history >= 0, lower.log_backoff[history], 0.0)
        table.log_prob[rows] = weight + lower.log_prob[table.suffix[rows]]
