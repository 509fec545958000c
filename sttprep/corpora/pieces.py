r"""The lines of a corpus as UTF-8, some megabytes at a time, and some of them a second time.

>>> from sttprep.corpora.textfile import TextPart
>>> pieces = Pieces([TextPart.of_text("One.\r\nTwo.\n", "a"), TextPart.of_text("Three.", "b")])
>>> lines = 0
>>> for piece in pieces.read():
...     lines += piece.lines().count(b"\n")
...     pieces.came(lines)
>>> reading = pieces.again()
>>> reading.at(1)
Place(data=b'One.\nTwo.\n', row=0, end=2, part=0, line=1)
>>> reading.at(2)
Place(data=b'Three.\n', row=2, end=3, part=1, line=1)
"""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sttprep.corpora.textfile import TextPart

__all__ = ["Piece", "Pieces", "Place", "Reading"]

PIECE = 1 << 23
"""Bytes read at a time: 8 MB need some 150 MB of memory while they are split."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole lines: the bytes themselves, or where on disk they are, for another process."""

    part: int
    """Number of its file, from 0."""
    start: int
    """Place of its first byte, in the text as UTF-8."""
    end: int
    path: str | None
    """The file, if it holds these very bytes."""
    data: bytes | None
    """None: to be read from the file."""

    def lines(self) -> bytes:
        """The lines, each ending in ``\\n``."""
        data = self.data
        if data is None:
            assert self.path is not None
            with Path(self.path).open("rb") as stream:
                stream.seek(self.start)
                data = stream.read(self.end - self.start)
        return data if data.endswith(b"\n") else data + b"\n"

    def on_disk(self) -> Piece:
        """The piece without its bytes, where they can be read again."""
        if self.path is None:
            return self
        return Piece(self.part, self.start, self.end, self.path, None)


class Pieces:
    """The pieces of some files, and where their lines stand among the lines of all of them."""

    def __init__(self, parts: Sequence[TextPart]) -> None:
        self.parts = parts
        self.places: list[Piece] = []
        """The pieces read so far, without bytes."""
        self.rows = [0]
        """Number of the first line of each, from 0, and of the line after the last one."""

    def read(self) -> Iterator[Piece]:
        """All pieces in order."""
        for number in range(len(self.parts)):
            for piece in self.of_part(number):
                self.places.append(Piece(number, piece.start, piece.end, piece.path, None))
                yield piece

    def came(self, lines: int) -> None:
        """With the next of the pieces so many lines came in all."""
        self.rows.append(lines)

    def again(self) -> Reading:
        """A further reading, in order, of those pieces that are needed."""
        return Reading(self)

    def of_part(self, number: int) -> Iterator[Piece]:
        """The pieces of one file."""
        part = self.parts[number]
        start = 0
        if not part.plain or part.path is None:
            for chunk in part.chunks(PIECE):
                text = chunk.text
                if "\r" in text:
                    text = text.replace("\r\n", "\n").replace("\r", "\n")
                data = text.encode()
                yield Piece(number, start, start + len(data), None, data)
                start += len(data)
            return
        part.check_unchanged()
        rest: list[bytes] = []
        with part.path.open("rb") as stream:
            if part.encoding.name == "utf-8-sig" and stream.read(3) == codecs.BOM_UTF8:
                start = len(codecs.BOM_UTF8)
            stream.seek(start)
            while True:
                data = stream.read(PIECE)
                end = data.rfind(b"\n") + 1
                if data and not end:  # a line of many megabytes
                    rest.append(data)
                    continue
                whole = b"".join([*rest, data[:end]])
                if whole:
                    yield Piece(number, start, start + len(whole), str(part.path), whole)
                start += len(whole)
                rest = [data[end:]]
                if not data:
                    return


class Place(NamedTuple):
    """A piece among the lines of all files."""

    data: bytes
    row: int
    """Number of its first line among the lines of all files, from 0."""
    end: int
    """Number after its last line."""
    part: int
    """Number of its file, from 0."""
    line: int
    """Number of its first line in its file, from 1."""


class Reading:
    """One more walk through pieces, in ascending order."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._stream: Iterator[Piece] = iter(())
        self._part = -1
        self._first_row = 0

    def at(self, row: int) -> Place:
        """The piece that holds a line.

        Args:
            row: number of the line among the lines of all files, from 0.

        Raises:
            CorpusError: the file was changed meanwhile.
        """
        known = self._pieces
        number = bisect_right(known.rows, row) - 1
        piece = known.places[number]
        if piece.part != self._part:
            self._part = piece.part
            known.parts[piece.part].check_unchanged()
            self._stream = iter(()) if piece.path else known.of_part(piece.part)
            first = next(i for i, one in enumerate(known.places) if one.part == piece.part)
            self._first_row = known.rows[first]
        if piece.path is None:
            piece = next(one for one in self._stream if one.start == piece.start)
        line = known.rows[number] - self._first_row + 1
        return Place(piece.lines(), known.rows[number], known.rows[number + 1], piece.part, line)
