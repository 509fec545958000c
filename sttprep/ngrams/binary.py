"""The recognizer's binary format: a reversed trie with quantised values in packed bits.

Layout (little-endian; V, N2, … are the counts in the header)::

    "Trie Language Model"                 19 bytes
    order                                 1 byte, 1 to 5
    V, N2, …                              order × u32
    — only if order > 1 —
    1                                     u32, once the kind of quantisation
    probabilities, back-off weights       65536 × f32 each, per order from 2 to order − 1
    probabilities                         65536 × f32, of the highest order
    —
    words                                 (V + 1) × (f32 log p, f32 log back-off, u32 next)
    n-grams of order 2 … order − 1        (N + 1) bit records: first word, code of the back-off
                                          weight (16), code of the probability (16), next
    n-grams of the highest order          bit records: first word, code of the probability (16)
    length, names                         u32, then V names each followed by a zero byte

Each group of bit records is rounded up to a byte and followed by 8 bytes that are never used. A
field is as wide as the greatest value needs: a word as V, ``next`` as the count of the order above.
Records with the same ending lie together, sorted by their first word; ``next`` is where those that
lengthen a record to the left begin one order above, and the record after the last one says where
they end. Logarithms are to the base 1.0001.

The recognizer looks up an unknown word as ``<UNK>`` (in capitals). The names are written as the
model has them: with ``<unk>``, a word of the dictionary that the model does not know cannot be
recognized at all.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sttprep.errors import LanguageModelError
from sttprep.ngrams.bits import pack_bits, unpack_bits
from sttprep.ngrams.files import ByteBlock, read_bytes, write_atomically
from sttprep.ngrams.model import NgramModel
from sttprep.ngrams.quantize import TABLE_SIZE, quantize
from sttprep.ngrams.table import FloatArray, IntArray, NgramTable, sort_order, table_keys

__all__ = ["MAGIC", "MAX_ORDER", "binary_vocabulary", "read_binary", "write_binary"]

MAGIC = b"Trie Language Model"
MAX_ORDER = 5  # the recognizer's limit (its NGRAM_MAX_ORDER)
_MAX_ROWS = 2**25 - 2  # the recognizer reads a field from 32 bits that start at any bit of a byte
_LOG10 = float(np.log10(1.0001))
_UNIGRAM = np.dtype([("prob", "<f4"), ("backoff", "<f4"), ("next", "<u4")])
_CODE = 16  # bits


@dataclass(frozen=True)
class _Layout:
    """Where the parts of a file lie, from the counts in its header."""

    counts: tuple[int, ...]

    @property
    def order(self) -> int:
        return len(self.counts)

    @property
    def tables(self) -> int:
        return len(MAGIC) + 1 + 4 * self.order

    @property
    def unigrams(self) -> int:
        if self.order == 1:
            return self.tables
        return self.tables + 4 + 4 * TABLE_SIZE * (2 * (self.order - 2) + 1)

    def widths(self, level: int) -> tuple[int, ...]:
        """Widths in bits of the fields of order level + 1."""
        word = self.counts[0].bit_length()
        if level == self.order - 1:
            return word, _CODE
        return word, _CODE, _CODE, self.counts[level + 1].bit_length()

    def records(self, level: int) -> int:
        """Offset of the records of order level + 1; of the names for level = order."""
        offset = self.unigrams + _UNIGRAM.itemsize * (self.counts[0] + 1)
        for below in range(1, level):
            bits = (self.counts[below] + 1) * sum(self.widths(below))
            offset += (bits + 7) // 8 + 8
        return offset


def binary_vocabulary(path: str | Path) -> tuple[str, ...]:
    """The words of a binary file without its marks; reads only the header and the names.

    Raises:
        LanguageModelError: the file cannot be read or is no such file.
    """
    try:
        with open(path, "rb") as file:
            head = file.read(len(MAGIC) + 1 + 4 * MAX_ORDER)
            size = file.seek(0, 2)
            layout = _read_layout(path, head, size)
            file.seek(layout.records(layout.order))
            names = file.read()
    except OSError as error:
        raise LanguageModelError(
            f"{path}: the language model cannot be read: {error.strerror or error}."
        ) from error
    return NgramModel(_read_names(path, names, layout.counts[0]), ()).vocabulary


def read_binary(path: str | Path) -> NgramModel:
    """Read a model from the recognizer's trie format.

    Raises:
        LanguageModelError: the file cannot be read, is no such file, or is damaged.
    """
    data = read_bytes(path)
    layout = _read_layout(path, data[: len(MAGIC) + 1 + 4 * MAX_ORDER], len(data))
    words = _read_names(path, memoryview(data)[layout.records(layout.order) :], layout.counts[0])
    size = layout.counts[0]
    unigrams = np.frombuffer(data, _UNIGRAM, size + 1, layout.unigrams)
    tables = [
        NgramTable.of_words(
            unigrams["prob"][:size] * np.float64(_LOG10),
            unigrams["backoff"][:size] * np.float64(_LOG10),
        )
    ]
    start = layout.tables + 4
    following = unigrams["next"].astype(np.int64)
    renumber: IntArray | None = None
    for level in range(1, layout.order):
        top = level == layout.order - 1
        # The count in the header may be too great (the stock model's is by 6), this one is not.
        rows = int(following[-1])
        steps = np.diff(following)
        if following[0] or rows > layout.counts[level] or (steps < 0).any():
            raise _damaged(path, f"its {level + 1}-grams are not in order")
        if rows == 0:
            break
        suffix = np.repeat(np.arange(len(steps)), steps)
        if renumber is not None:
            suffix = renumber[suffix]
        offset, widths = layout.records(level), layout.widths(level)
        first = unpack_bits(data, offset, rows, widths, 0)
        if first.max() >= size:
            raise _damaged(path, f"its {level + 1}-grams name words that are not there")
        codes = [(1, 0)] if top else [(2, 0), (1, 1)]
        values = [np.zeros(rows)] * 2
        for column, (field, number) in enumerate(codes):
            at = start + number * 4 * TABLE_SIZE
            decoded = np.frombuffer(data, "<f4", TABLE_SIZE, at) * np.float64(_LOG10)
            values[column] = decoded[unpack_bits(data, offset, rows, widths, field)]
        start += len(codes) * 4 * TABLE_SIZE
        if not top:
            following = unpack_bits(data, offset, rows + 1, widths, 3)
        keys = table_keys(suffix, first, size)
        renumber = None
        if (np.diff(keys) <= 0).any():
            order = sort_order(keys)
            if (np.diff(keys[order]) == 0).any():
                raise _damaged(path, f"it has {level + 1}-grams twice")
            suffix, first = suffix[order], first[order]
            values = [value[order] for value in values]
            renumber = np.empty(rows, np.int64)
            renumber[order] = np.arange(rows)
        tables.append(NgramTable(suffix.astype(np.int32), first.astype(np.int32), *values))
    if not all(np.isfinite(t.log_prob).all() and np.isfinite(t.log_backoff).all() for t in tables):
        raise _damaged(path, "it has probabilities that are no numbers")
    return NgramModel(words, tuple(tables))


def _read_layout(path: str | Path, head: bytes, size: int) -> _Layout:
    if not head.startswith(MAGIC):
        raise LanguageModelError(
            f"{path}: this is not a language model in the recognizer's binary format.",
            hint=f'Such a file begins with "{MAGIC.decode()}"; read_model(path) also reads ARPA.',
        )
    order = head[len(MAGIC)] if len(head) > len(MAGIC) else 0
    if not 1 <= order <= MAX_ORDER or len(head) < len(MAGIC) + 1 + 4 * order:
        raise _damaged(path, f"its order is {order}, not 1 to {MAX_ORDER}")
    layout = _Layout(struct.unpack_from(f"<{order}I", head, len(MAGIC) + 1))
    need = layout.records(order) + 4
    if need > size:
        raise _damaged(path, f"it ends after {size:,} bytes, its header promises {need:,} or more")
    return layout


def _read_names(path: str | Path, block: bytes | memoryview, count: int) -> tuple[str, ...]:
    (length,) = struct.unpack_from("<I", block)
    names = bytes(block[4 : 4 + length])
    if len(names) < length:
        raise _damaged(path, f"it ends within the names of its {count:,} words")
    try:
        words = tuple(names.decode("utf-8").split("\0")[:-1])
    except UnicodeDecodeError as error:
        raise _damaged(path, f"its names are not UTF-8: {error.reason}") from error
    if len(words) != count or len(set(words)) != count:
        raise _damaged(path, f"it names {len(set(words)):,} words, its header promises {count:,}")
    return words


def _damaged(path: str | Path, why: str) -> LanguageModelError:
    return LanguageModelError(
        f"{path}: the language model is damaged: {why}.", hint="Make or copy the file again."
    )


def write_binary(model: NgramModel, path: str | Path) -> None:
    """Write a model in the recognizer's trie format.

    Values of orders from 2 are quantised to 65,536 levels each: exact where there are no more
    distinct ones, so that a model read from this format is written with the same values.

    Raises:
        LanguageModelError: the file cannot be written, or the format cannot hold the model.
    """
    counts = tuple(len(table) for table in model.tables)
    _check_limits(path, counts)
    layout = _Layout(counts)
    unigrams = np.zeros(counts[0] + 1, _UNIGRAM)
    unigrams["prob"][:-1] = _natural(model.tables[0].log_prob)
    unigrams["backoff"][:-1] = _natural(model.tables[0].log_backoff)
    books: list[ByteBlock] = []
    records: list[ByteBlock] = []
    if model.order > 1:
        unigrams["next"] = _begins(model, 0)
        books.append(struct.pack("<I", 1))
    for level in range(1, model.order):
        table = model.tables[level]
        book, probs = quantize(_natural(table.log_prob))
        books.append(book.data)
        fields: list[IntArray] = [table.first.astype(np.int64), probs]
        if level < model.order - 1:
            book, backoffs = quantize(_natural(table.log_backoff))
            books.append(book.data)
            fields = [fields[0], backoffs, probs, _begins(model, level)]
        # One record more than rows: its ``next`` ends the last row's.
        rows = counts[level] + 1
        padded = [field if len(field) == rows else np.append(field, 0) for field in fields]
        records.append(pack_bits(padded, layout.widths(level)).data)
    names = b"".join(word.encode("utf-8") + b"\0" for word in model.words)
    header = MAGIC + struct.pack(f"<B{model.order}I", model.order, *counts)
    write_atomically(
        path,
        [header, *books, unigrams.tobytes(), *records, struct.pack("<I", len(names)), names],
    )


def _natural(log10: FloatArray) -> NDArray[np.float32]:
    return (log10 / _LOG10).astype(np.float32)


def _begins(model: NgramModel, level: int) -> IntArray:
    """Where the rows that lengthen each row to the left begin one level above; and the end."""
    longer = np.bincount(model.tables[level + 1].suffix, minlength=len(model.tables[level]))
    return np.append(0, np.cumsum(longer))


def _check_limits(path: str | Path, counts: tuple[int, ...]) -> None:
    if len(counts) > MAX_ORDER:
        raise LanguageModelError(
            f"{path}: the recognizer's format holds orders 1 to {MAX_ORDER}, "
            f"this model has order {len(counts)}.",
            hint="Train with order=3, or write ARPA.",
        )
    for order, count in enumerate(counts, start=1):
        if count > _MAX_ROWS:
            raise LanguageModelError(
                f"{path}: the recognizer's format holds {_MAX_ROWS:,} {order}-grams, "
                f"this model has {count:,}.",
                hint="Train on less text or with a lower order.",
            )
