"""Values → 65,536 levels.

>>> book, codes = quantize(np.array([-3.5, -1.0, -3.5], np.float32))
>>> book[codes].tolist()
[-3.5, -1.0, -3.5]
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sttprep.ngrams.table import IntArray

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
    distinct = np.unique(values)
    if len(distinct) > TABLE_SIZE:
        exact = distinct.astype(np.float64)
        gaps = np.diff(exact)
        # A lone value (log 0 as −99) must not take the room of all others.
        gaps = np.minimum(gaps, 100 * gaps.mean())
        place = np.arange(1, len(exact)) / len(exact) + np.cumsum(gaps) / gaps.sum()
        bins = np.append(0, (place * (TABLE_SIZE / 2)).astype(np.int64))
        np.minimum(bins, TABLE_SIZE - 1, out=bins)
        starts = np.flatnonzero(np.append(True, np.diff(bins) > 0))
        sizes = np.diff(np.append(starts, len(exact)))
        levels = (np.add.reduceat(exact, starts) / sizes).astype(np.float32)
        lowest = distinct[starts]
    else:
        levels = lowest = distinct
    book = np.zeros(TABLE_SIZE, "<f4")
    book[: len(levels)] = levels
    book[len(levels) :] = levels[-1] if len(levels) else 0
    return book, np.searchsorted(lowest, values, side="right") - 1
