"""Values → 65,536 levels.

>>> book, codes = quantize(np.array([-3.5, -1.0, -3.5], np.float32))
>>> book[codes].tolist()
[-3.5, -1.0, -3.5]
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sttprep.ngrams.table import IntArray, sort_order

__all__ = ["TABLE_SIZE", "quantize"]

TABLE_SIZE = 65_536

Float32Array = NDArray[np.float32]


def quantize(values: Float32Array) -> tuple[Float32Array, IntArray]:
    """The levels, ascending, and the level of each value.

    Up to 65,536 distinct values are kept exactly. More are put into bins: half of the levels are
    dealt out to equally many distinct values each, half to equal distances, so that neither the
    usual values nor the rare ones far apart suffer. The level is the mean of the bin.

    Returns:
        Arrays of shape (65536,) and ``values.shape``.
    """
    order = sort_order(_sortable(values))
    ascending = values[order]
    new = np.ones(len(values), bool)
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    distinct = ascending[new]
    if len(distinct) > TABLE_SIZE:
        level = _bins(distinct.astype(np.float64))
        sizes = np.bincount(level)
        levels = (np.bincount(level, distinct) / sizes).astype(np.float32)
    else:
        level, levels = np.arange(len(distinct)), distinct
    book = np.zeros(TABLE_SIZE, "<f4")
    book[: len(levels)] = levels
    book[len(levels) :] = levels[-1] if len(levels) else 0
    codes = np.empty(len(values), np.int64)
    codes[order] = level[np.cumsum(new) - 1]
    return book, codes


def _sortable(values: Float32Array) -> IntArray:
    """Non-negative whole numbers in the order of the values: the bits of IEEE 754 numbers sort
    like integers, but those of negative ones backwards.
    """
    bits = values.view(np.int32)
    return np.where(bits < 0, bits ^ 0x7FFFFFFF, bits).astype(np.int64) + 2**31


def _bins(distinct: NDArray[np.float64]) -> IntArray:
    """Bin of each of more than 65,536 ascending values, numbered without gaps."""
    gaps = np.diff(distinct)
    # A lone value (log 0 as −99) must not take the room of all others.
    gaps = np.minimum(gaps, 100 * gaps.mean())
    place = np.arange(1, len(distinct)) / len(distinct) + np.cumsum(gaps) / gaps.sum()
    bins = np.append(0, np.minimum(place * (TABLE_SIZE / 2), TABLE_SIZE - 1).astype(np.int64))
    return np.cumsum(np.append(0, np.diff(bins) > 0))
