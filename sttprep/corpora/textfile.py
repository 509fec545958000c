r"""A text and how it is kept: in memory if small, else read again from its file piece by piece.

>>> part = TextPart.of_text("One.\nTwo.\n", "demo")
>>> [(chunk.text, chunk.line) for chunk in part.chunks(4)]
[('One.\n', 1), ('Two.\n', 2)]
"""

from __future__ import annotations

import codecs
import gzip
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO

from sttprep.corpora.encodings import Encoding, detect_encoding
from sttprep.corpora.reader import (
    opened,
    refuse_binary,
    refuse_known_kinds,
    undecodable,
)
from sttprep.errors import CorpusError

__all__ = ["Chunk", "TextPart"]

KEPT = 1 << 25
"""Bytes of the largest file whose text is kept in memory (32 MB); larger ones are read again."""
_BLOCK = 1 << 22
_SIP = 1 << 18  # bytes checked at a time: they stay in the processor's cache
_LINE_END = re.compile(r"\r\n|\r|\n")
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole lines of a corpus, some megabytes of them: what streams through memory."""

    text: str
    """The lines with their line ends."""
    line: int
    """Number of the first line in its file, from 1."""
    offset: int
    """Place of the first character in its file's text, from 0."""
    file: str
    """The file as the user named it, or the corpus's name for a text given directly."""


class TextPart:
    """The text of one file, or a text given directly."""

    def __init__(
        self, name: str, encoding: Encoding, *, text: str | None = None, path: Path | None = None
    ) -> None:
        self.name = name
        """The file as the user named it."""
        self.encoding = encoding
        self.path = path
        self._kept = text
        self.plain = False
        """Whether the file on disk is UTF-8 whose lines all end in ``\\n`` or ``\\r\\n``."""
        self._stamp = _stamp(path) if path is not None and text is None else None

    @classmethod
    def of_text(cls, text: str, name: str, path: Path | None = None) -> TextPart:
        """A text in memory."""
        return cls(name, Encoding("utf-8"), text=text.removeprefix("\ufeff"), path=path)

    @classmethod
    def of_bytes(
        cls,
        data: bytes,
        name: str,
        language: str = "en-US",
        encoding: Encoding | None = None,
        path: Path | None = None,
    ) -> TextPart:
        """The text in the bytes of a file (gzip is unpacked).

        Raises:
            CorpusError: the bytes are no text, or in no encoding that reads all of them.
        """
        if data.startswith(_GZIP):
            data = _unpacked(data, name)
        refuse_known_kinds(data, name)
        encoding = encoding or detect_encoding(data, language)
        if encoding is None or not encoding.name.startswith(("utf-16", "utf-32")):
            refuse_binary(data, name)
        if encoding is None:
            raise CorpusError(problems=undecodable(data, name))
        return cls(name, encoding, text=_decode(data, encoding, name), path=path)

    @classmethod
    def of_file(
        cls, path: Path, language: str = "en-US", encoding: Encoding | None = None
    ) -> TextPart:
        """The text of a file; a large one is checked now and read again when needed.

        Raises:
            CorpusError: the file cannot be read, is no text, or in no encoding that reads it.
        """
        with opened(path) as stream:
            packed = stream.read(len(_GZIP)) == _GZIP
            small = os.fstat(stream.fileno()).st_size <= KEPT
        if packed or small:
            with _unpacking(path) as stream:  # what a packed file says of its size may be untrue
                data = stream.read(KEPT + 1)
            if len(data) <= KEPT:
                return cls.of_bytes(data, str(path), language, encoding, path)
        with _unpacking(path) as stream:
            head = stream.read(_BLOCK)
        refuse_known_kinds(head, str(path))
        encoding = encoding or detect_encoding(head, language)
        if encoding is None or not encoding.name.startswith(("utf-16", "utf-32")):
            refuse_binary(head, str(path))
        if encoding is None:
            raise CorpusError(problems=undecodable(_whole(path), str(path)))
        part = cls(str(path), encoding, path=path)
        part._look_through(language, packed)
        return part

    def _look_through(self, language: str, packed: bool) -> None:
        """Read the file once: a byte that cannot be read is told now, not amid the work."""
        assert self.path is not None
        decoder = self._decoder()
        is_utf_8 = self.encoding.name in ("utf-8", "utf-8-sig")
        letters = lone = half = False
        with _unpacking(self.path) as stream:
            while True:
                data = stream.read(min(_SIP, _BLOCK))
                plain = data.isascii()
                try:
                    if not (plain and is_utf_8) or half or not data:
                        decoder.decode(data, not data)
                        half = not plain  # a letter may end in the next bytes
                except UnicodeDecodeError:
                    # UTF-8 so far, but without any letter that would show it: another encoding?
                    guess = None
                    if self.encoding.how == "valid" and not letters:
                        guess = detect_encoding(data, language)
                    if guess is None or guess.name == self.encoding.name:
                        raise _bad_byte(self.path, self.encoding) from None
                    self.encoding = guess
                    self._look_through(language, packed)
                    return
                letters = letters or not plain
                # Counting them takes longer than looking for one, and few files have any.
                if not lone and b"\r" in data:
                    lone = data.count(b"\r") != data.count(b"\r\n")
                if not data:
                    break
        # Whoever reads a plain file's bytes must be able to take them for UTF-8.
        strict = self.encoding.errors == "strict"
        self.plain = is_utf_8 and strict and not (packed or lone)

    def _decoder(self) -> codecs.IncrementalDecoder:
        return codecs.getincrementaldecoder(self.encoding.name)(self.encoding.errors)

    @property
    def identity(self) -> object:
        """What two equal parts have in common."""
        return self._kept if self._kept is not None else (self.path, self._stamp)

    @property
    def in_memory(self) -> bool:
        """Whether the text is kept."""
        return self._kept is not None

    @cached_property
    def size(self) -> int:
        """Characters in memory, or bytes of the file on disk: enough to judge the work."""
        if self._kept is not None:
            return len(self._kept)
        assert self._stamp is not None
        return self._stamp[0]

    @property
    def text(self) -> str:
        """The whole text, however long."""
        if self._kept is not None:
            return self._kept
        return "".join(chunk.text for chunk in self.chunks())

    def check_unchanged(self) -> None:
        """Make sure that a file that is read again is still what it was.

        Raises:
            CorpusError: it was changed or removed.
        """
        if self._stamp is None or self.path is None:
            return
        with opened(self.path):
            if _stamp(self.path) != self._stamp:
                raise CorpusError(
                    f"{self.name} was changed while it was in use.",
                    hint=f'Read it again: read_corpus("{self.name}").',
                )

    def chunks(self, size: int = 1 << 23) -> Iterator[Chunk]:
        """The text in pieces of whole lines, about ``size`` characters each.

        A line longer than ``size`` is a piece of its own.
        """
        line = 1
        offset = 0
        for text in self._pieces(max(size, 1)):
            yield Chunk(text, line, offset, self.name)
            offset += len(text)
            line += text.count("\n") if "\r" not in text else len(_LINE_END.findall(text))

    def _pieces(self, size: int) -> Iterator[str]:
        if self._kept is not None:
            yield from _cut(self._kept, size)
            return
        rest: list[str] = []
        for block in self._blocks():
            # A lone \r at the end of a block may be half of \r\n: it waits for the next one.
            place = max(block.rfind("\n"), block.rfind("\r", 0, len(block) - 1)) + 1
            if not place:
                rest.append(block)
                continue
            whole = "".join([*rest, block[:place]])
            rest = [block[place:]]
            yield from _cut(whole, size)
        yield from _cut("".join(rest), size)

    def _blocks(self) -> Iterator[str]:
        """The text of the file, block by block."""
        assert self.path is not None
        self.check_unchanged()
        decoder = self._decoder()
        with _unpacking(self.path) as stream:
            while True:
                data = stream.read(_BLOCK)
                try:
                    text = decoder.decode(data, not data)
                except UnicodeDecodeError:
                    raise _bad_byte(self.path, self.encoding) from None
                if text:
                    yield text
                if not data:
                    return


def _cut(text: str, size: int) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = len(text)
        if start + size < end:
            match = _LINE_END.search(text, start + size - 1)
            end = match.end() if match else end
        yield text if end - start == len(text) else text[start:end]
        start = end


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _decode(data: bytes, encoding: Encoding, name: str) -> str:
    try:
        return data.decode(encoding.name, encoding.errors).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise CorpusError(problems=undecodable(data, name, encoding.name, encoding.label)) from None


def _unpacked(data: bytes, name: str) -> bytes:
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise CorpusError(
            f"{name}: the gzip file is damaged: {error}.",
            hint="Copy or pack it again: gzip -k FILE",
        ) from None


@contextmanager
def _unpacking(path: Path) -> Iterator[IO[bytes]]:
    with opened(path) as stream:
        packed = stream.read(2) == _GZIP
        stream.seek(0)
        if not packed:
            yield stream
            return
        try:
            with gzip.open(stream) as inner:
                yield inner  # type: ignore[misc]
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise CorpusError(
                f"{path}: the gzip file is damaged: {error}.",
                hint="Copy or pack it again: gzip -k FILE",
            ) from None


def _whole(path: Path) -> bytes:
    with _unpacking(path) as stream:
        return stream.read()


def _bad_byte(path: Path, encoding: Encoding) -> CorpusError:
    return CorpusError(problems=undecodable(_whole(path), str(path), encoding.name, encoding.label))
