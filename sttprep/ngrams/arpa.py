"""ARPA files: the text format of back-off n-gram models.

What is read (SRILM's ngram-format(5)), fields separated by tabs or spaces, lines ended by any of
LF, CR LF::

    anything
    \\data\\
    ngram 1=<count>
    …
    \\1-grams:
    <log10 p> <word> [<log10 back-off weight>]
    …
    \\end\\

What is written begins with ``\\data\\`` and has a tab after the probability: KenLM insists on both.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from sttprep.errors import LanguageModelError
from sttprep.ngrams.files import read_bytes, write_atomically
from sttprep.ngrams.model import NgramModel
from sttprep.ngrams.table import LOG_ZERO, FloatArray, IntArray, NgramTable, RawNgrams, build_tables

__all__ = ["read_arpa", "write_arpa"]

_COUNT = re.compile(rb"ngram\s+(\d+)\s*=\s*(\d+)$")
_SECTION = re.compile(rb"\\(\d+)-grams:$")
_ABOVE_ONE = 1e-4  # log10; rounding by other tools makes some certain words a little more certain
_LINES = 100_000  # read and written at a time, which bounds the memory


def read_arpa(path: str | Path) -> NgramModel:
    """Read a model from ARPA text.

    A missing back-off weight is 1. Where the file has w1 w2 w3 but not w2 w3, the latter is added
    with its backed-off probability, which changes no probability of the model; ``notes`` say so.

    Raises:
        LanguageModelError: the file cannot be read or is no ARPA file, with the line: counts that
            differ from the header, a probability that is none, a word that is no unigram, an
            n-gram given twice, a missing ``\\end\\``.
    """
    return _Reader(str(path), read_bytes(path)).read()


class _Reader:
    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.lines = data.removeprefix(BOM_UTF8).split(b"\n")
        self.at = 0

    def error(self, message: str, hint: str = "", line: int | None = None) -> LanguageModelError:
        number = min(self.at if line is None else line, len(self.lines) - 1) + 1
        return LanguageModelError(f"{self.name}:{number}: {message}", hint=hint)

    def peek(self) -> bytes | None:
        """The next line that is not blank, without the white space around it."""
        while self.at < len(self.lines):
            line = self.lines[self.at].strip()
            if line:
                return line
            self.at += 1
        return None

    def read(self) -> NgramModel:
        counts = self.header()
        index: dict[bytes, int] = {}
        raw: list[RawNgrams] = []
        starts = []
        for order, count in enumerate(counts, start=1):
            starts.append(self.at)
            raw.append(self.section(order, count, len(counts), index))
        if self.peek() != b"\\end\\":
            what = "the file ends" if self.peek() is None else "this line stands"
            raise self.error(
                f"{what} where \\end\\ is expected after {counts[-1]:,} {len(counts)}-grams.",
                "The header may promise too few n-grams, or the file is cut short: write it again.",
            )
        while len(raw) > 1 and len(raw[-1][0]) == 0:
            raw.pop()
        words = self.words(index)
        _, log_prob, log_backoff = raw[0]
        unigrams = NgramTable.of_words(log_prob, log_backoff)
        try:
            tables, added = build_tables([unigrams], raw[1:])
        except LanguageModelError:
            raise self.twice(raw[1:], starts[1:]) from None
        note = f"{added} n-grams added that only stood inside longer ones." if added else ""
        return NgramModel(words, tables, (note,) if note else ())

    def header(self) -> list[int]:
        while (line := self.peek()) != b"\\data\\":
            if line is None:
                self.at = 0
                raise self.error(
                    "this is no ARPA language model: it has no line \\data\\.",
                    "read_model(path) also reads the recognizer's binary files.",
                )
            self.at += 1
        self.at += 1
        counts: list[int] = []
        while (line := self.peek()) is not None and (match := _COUNT.match(line)):
            if int(match[1]) != len(counts) + 1:
                raise self.error(
                    f"the count of {int(match[1])}-grams stands where that of "
                    f"{len(counts) + 1}-grams is expected."
                )
            counts.append(int(match[2]))
            self.at += 1
        if not counts or not counts[0]:
            raise self.error(
                "the header promises no unigrams.", 'It looks like "ngram 1=5" after \\data\\.'
            )
        return counts

    def section(self, order: int, count: int, orders: int, index: dict[bytes, int]) -> RawNgrams:
        title = b"\\%d-grams:" % order
        line = self.peek()
        if line != title:
            what = "the file ends" if line is None else f"{_show(line)} stands"
            raise self.error(
                f"{what} where {title.decode()} is expected.",
                "The header may promise too few n-grams of the order before.",
            )
        self.at += 1
        parts = []
        for start in range(0, max(count, 1), _LINES):
            self.peek()
            some = min(_LINES, count - start)
            lines = self.lines[self.at : self.at + some]
            fast = _fast_lines(lines, order, orders, index) if order > 1 else None
            if fast is None:
                fast = self.slow(order, some, orders, index, start, count)
            else:
                self.at += some
            parts.append(fast)
        ids, probs, weights = zip(*parts, strict=True)
        return np.concatenate(ids), np.concatenate(probs), np.concatenate(weights)

    def slow(
        self, order: int, count: int, orders: int, index: dict[bytes, int], done: int, promised: int
    ) -> RawNgrams:
        """Line by line: says what is wrong where, and takes lines with and without weights."""
        ids = np.zeros((count, order), np.int64)
        log_prob, log_backoff = np.zeros(count), np.zeros(count)
        for row in range(count):
            line = self.peek()
            if line is None or (line.startswith(b"\\") and len(line.split()) == 1):
                what = "the file ends" if line is None else f"{_show(line)} stands"
                raise self.error(
                    f"{what} after {done + row:,} {order}-grams; the header promises {promised:,}.",
                    "Correct the header, or write the file again.",
                )
            fields = line.split()
            if not order + 1 <= len(fields) <= order + 1 + (order < orders):
                raise self.error(
                    f"{_show(line)} is not a {order}-gram.",
                    f"It looks like this: -1.5 {' '.join('abcdefghij'[:order])} -0.3"
                    if order < orders
                    else f"It looks like this: -1.5 {' '.join('abcdefghij'[:order])}",
                )
            log_prob[row] = self.number(fields[0], most=_ABOVE_ONE)
            if len(fields) == order + 2:
                log_backoff[row] = self.number(fields[-1], most=np.inf)
            words = fields[1 : order + 1]
            if order == 1:
                if words[0] in index:
                    raise self.error(f"the word {_show(words[0])} is given twice.")
                index[words[0]] = len(index)
            for column, word in enumerate(words):
                if word not in index:
                    raise self.error(
                        f"the word {_show(word)} is no unigram.",
                        "Every word of a longer n-gram needs a line among the \\1-grams:.",
                    )
                ids[row, column] = index[word]
            self.at += 1
        return ids, log_prob, log_backoff

    def number(self, field: bytes, most: float) -> float:
        try:
            value = float(field)
        except ValueError:
            value = float("nan")
        if np.isnan(value) or value > most:
            raise self.error(
                f"{_show(field)} is not a log10 probability.", "It is 0 or less, such as -2.3010."
            )
        return float(_clean(np.array([value]))[0])

    def words(self, index: dict[bytes, int]) -> tuple[str, ...]:
        try:
            return tuple(word.decode("utf-8") for word in index)
        except UnicodeDecodeError as error:
            line = next(at for at, line in enumerate(self.lines) if error.object in line.split())
            raise self.error(
                f"the word {_show(error.object)} is not UTF-8.", "Save the file as UTF-8.", line
            ) from error

    def twice(self, raw: list[RawNgrams], starts: list[int]) -> LanguageModelError:
        """The error for the first n-gram that is given a second time."""
        at = 0
        for (ids, *_), start in zip(raw, starts, strict=True):
            order = np.lexsort(ids.T)
            again = order[1:][(ids[order[1:]] == ids[order[:-1]]).all(axis=1)]
            if len(again):
                lines = [at for at in range(start, len(self.lines)) if self.lines[at].strip()]
                at = lines[int(again.min()) + 1]  # the title of the section comes first
                break
        return self.error(f"the n-gram {_show(self.lines[at])} is given twice.", "", at)


def _fast_lines(
    lines: list[bytes], order: int, orders: int, index: dict[bytes, int]
) -> RawNgrams | None:
    """All lines at once; None if they are not all good and of the same kind."""
    if not lines:
        return np.zeros((0, order), np.int64), np.zeros(0), np.zeros(0)
    width = len(lines[0].split())
    if not order + 1 <= width <= order + 1 + (order < orders):
        return None
    # The line end becomes a field of its own, so that fields cannot slip between lines.
    fields = b" \n\\ ".join(lines).split()
    fields.append(b"\\")
    if len(fields) != len(lines) * (width + 1) or set(fields[width :: width + 1]) != {b"\\"}:
        return None
    try:
        columns = [
            np.fromiter(map(index.__getitem__, fields[column :: width + 1]), np.int64, len(lines))
            for column in range(1, order + 1)
        ]
        log_prob = np.fromiter(map(float, fields[0 :: width + 1]), float, len(lines))
        log_backoff = (
            np.fromiter(map(float, fields[order + 1 :: width + 1]), float, len(lines))
            if width == order + 2
            else np.zeros(len(lines))
        )
    except (KeyError, ValueError):
        return None
    if np.isnan(log_prob).any() or np.isnan(log_backoff).any() or log_prob.max() > _ABOVE_ONE:
        return None
    return np.stack(columns, axis=1), _clean(log_prob), _clean(log_backoff)


def _clean(values: FloatArray) -> FloatArray:
    """−inf as log 0, as other tools write it."""
    return np.maximum(values, LOG_ZERO)


def _show(text: bytes) -> str:
    shown = text.strip().decode("utf-8", "backslashreplace")
    return repr(shown if len(shown) <= 60 else shown[:60] + "…")


def write_arpa(model: NgramModel, path: str | Path) -> None:
    """Write a model as ARPA text: same model, same bytes.

    Raises:
        LanguageModelError: the file cannot be written.
    """
    write_atomically(path, _blocks(model))


def _blocks(model: NgramModel) -> Iterator[bytes]:
    counts = [f"ngram {order}={len(table)}" for order, table in enumerate(model.tables, start=1)]
    yield "\n".join(["\\data\\", *counts, ""]).encode()
    words = np.array(model.words, dtype=object)
    for order, table in enumerate(model.tables, start=1):
        yield f"\n\\{order}-grams:\n".encode()
        ids = model.ngrams(order)
        reading: IntArray = np.lexsort(ids.T[::-1])
        for start in range(0, len(reading), _LINES):
            rows = reading[start : start + _LINES]
            columns = [words[ids[rows, column]] for column in range(order)]
            probs = _texts(table.log_prob[rows])
            names = map(" ".join, zip(*columns, strict=True))
            if order == model.order:
                lines = [f"{prob}\t{name}\n" for prob, name in zip(probs, names, strict=True)]
            else:
                weights = _texts(table.log_backoff[rows])
                lines = [
                    f"{prob}\t{name}\t{weight}\n"
                    for prob, name, weight in zip(probs, names, weights, strict=True)
                ]
            yield "".join(lines).encode("utf-8")
    yield b"\n\\end\\\n"


def _texts(values: FloatArray) -> list[str]:
    """Seven decimals: finer than any tool's float arithmetic, and the same everywhere."""
    rounded = np.round(values, 7) + 0.0  # no "-0"
    return [f"{value:.7g}" if value > -1 else f"{value:.7f}" for value in rounded.tolist()]
