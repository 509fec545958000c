"""Reading a file whole and writing one so that it is there complete or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from sttprep.errors import LanguageModelError

__all__ = ["ByteBlock", "read_bytes", "write_atomically"]


class ByteBlock(Protocol):
    """What a binary file accepts: bytes, arrays, memory views."""

    def __buffer__(self, flags: int, /) -> memoryview:
        """The bytes as a view."""
        ...


def read_bytes(path: str | Path) -> bytes:
    """All bytes of a file.

    Raises:
        LanguageModelError: the file cannot be read.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise LanguageModelError(
            f"{path}: the language model cannot be read: {error.strerror or error}.",
            hint="Give the path of an ARPA file or of a binary (.lm.bin) file.",
        ) from error


def write_atomically(path: str | Path, blocks: Iterable[ByteBlock]) -> None:
    """Write a file beside its place and move it there, so that no reader sees half of it.

    Raises:
        LanguageModelError: the file cannot be written; an earlier file is left as it was.
    """
    target = Path(path)
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        try:
            with open(beside, "xb") as file:
                file.writelines(blocks)
                file.flush()
                os.fsync(file.fileno())  # or a power cut leaves an empty file under the new name
            os.replace(beside, target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise LanguageModelError(
            f"{path}: the language model cannot be written: {error.strerror or error}.",
            hint="Check that the folder exists and can be written, and that the disk has room.",
        ) from error
