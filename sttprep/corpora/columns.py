"""From columns to rows: many objects of one frozen dataclass at once.

>>> from sttprep.corpora.oov_report import Context
>>> rows_of(Context, 2, text=["One.", "Two."], line=[1, 2], source=["a", "a"], file=["", ""])
[Context(text='One.', line=1, source='a'), Context(text='Two.', line=2, source='a')]
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import repeat
from typing import TypeVar

__all__ = ["rows_of"]

_Row = TypeVar("_Row")


def rows_of(cls: type[_Row], count: int, /, **columns: Iterable[object]) -> list[_Row]:
    """What the constructor would make of each row, in a fifth of its time.

    Args:
        cls: a dataclass with slots and without ``__post_init__``.
        count: number of rows.
        columns: the values of every field; each has at least ``count`` of them.
    """
    rows = list(map(object.__new__, repeat(cls, count)))
    for name, values in columns.items():
        deque(map(getattr(cls, name).__set__, rows, values), maxlen=0)
    return rows
