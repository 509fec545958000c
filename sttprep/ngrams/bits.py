"""Fields of whole bits, packed without gaps: eight records at a time always fill whole bytes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sttprep.ngrams.table import IdArray, IntArray

__all__ = ["pack_bits", "unpack_bits"]

_SPARE = 8  # a field is read from and written to 64 bits, the last of which may lie past the end


def unpack_bits(
    data: bytes, offset: int, count: int, widths: Sequence[int], field: int
) -> IntArray:
    """One field of the first ``count`` records.

    Args:
        data: bytes with at least 8 more after the records.
        offset: byte at which the first record starts.
        count: number of records to read.
        widths: widths of the fields in bits, the lowest bits first; each at most 57.
        field: which of them.

    >>> unpack_bits(pack_bits([np.array([1, 2, 3]), np.array([7, 0, 7])], [2, 3]), 0, 3, [2, 3], 1)
    array([7, 0, 7])
    """
    total, start = sum(widths), sum(widths[:field])
    mask = np.uint64((1 << widths[field]) - 1)
    values = np.empty(count, np.int64)
    for phase in range(min(8, count)):
        bit = phase * total + start
        # Records phase, phase + 8, …: their field starts at the same bit of a byte.
        some = (count - phase + 7) // 8
        window = np.ndarray((some,), "<u8", data, offset + bit // 8, (total,))
        values[phase::8] = (window >> np.uint64(bit % 8)) & mask
    return values


def pack_bits(fields: Sequence[IntArray | IdArray], widths: Sequence[int]) -> NDArray[np.uint8]:
    """Records of fields as bytes, with 8 zero bytes after the last one.

    Args:
        fields: values of each field, one per record; none wider than its width.
        widths: widths in bits, the lowest bits first; together at least 8.
    """
    total, count = sum(widths), len(fields[0])
    packed = np.zeros((count * total + 7) // 8 + _SPARE, np.uint8)
    start = 0
    for values, width in zip(fields, widths, strict=True):
        for phase in range(min(8, count)):
            bit = phase * total + start
            some = (count - phase + 7) // 8
            window = np.ndarray((some,), "<u8", packed.data, bit // 8, (total,))
            window |= values[phase::8].astype(np.uint64) << np.uint64(bit % 8)
        start += width
    return packed
