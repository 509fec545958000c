"""Reading a file whole and writing one so that it is there complete or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sttprep import files
from sttprep.errors import LanguageModelError
from sttprep.files import ByteBlock

__all__ = ["ByteBlock", "read_bytes", "write_atomically"]


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
    """Write a file whole or not at all.

    Raises:
        LanguageModelError: the file cannot be written; an earlier file is left as it was.
    """
    try:
        files.write_atomically(path, blocks)
    except OSError as error:
        raise LanguageModelError(
            f"{path}: the language model cannot be written: {error.strerror or error}.",
            hint="Check that the folder exists and can be written, and that the disk has room.",
        ) from error
