r"""Writing a file so that it is there complete or not at all.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder) / "words.csv"
...     write_atomically(path, [b"word\n", b"NCAA\n"])
...     path.read_bytes()
b'word\nNCAA\n'
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from sttprep.errors import InputError

__all__ = ["ByteBlock", "write_atomically", "write_bytes_whole", "write_whole"]


class ByteBlock(Protocol):
    """What a binary file accepts: bytes, arrays, memory views."""

    def __buffer__(self, flags: int, /) -> memoryview:
        """The bytes as a view."""
        ...


def write_atomically(path: str | Path, blocks: Iterable[ByteBlock]) -> None:
    """Write a file beside its place and move it there: no reader ever sees half of it.

    A new file gets the permissions that the user's mask allows, an old one keeps its own.

    Raises:
        OSError: the file cannot be written; an earlier one is left as it was.
    """
    target = Path(path)
    handle, beside = tempfile.mkstemp(prefix=".new-", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(blocks)
            stream.flush()
            os.fsync(stream.fileno())  # or a power cut leaves an empty file under the new name
        # mkstemp makes files that others may not read.
        os.chmod(beside, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_mask())
        os.replace(beside, target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_whole(path: str | Path, text: str, error: type[InputError]) -> None:
    """Write a UTF-8 file beside its place and move it there, so that no half file is ever seen.

    Raises:
        InputError: (the class given) the file cannot be written; an older one is unchanged.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as failure:
        raise error(
            f"{path}: the text holds the half character U+{ord(text[failure.start]):04X}, which no "
            "file can hold.",
            hint="Remove it.",
        ) from None
    write_bytes_whole(path, data, error)


def write_bytes_whole(path: str | Path, data: bytes, error: type[InputError]) -> None:
    """:func:`write_whole` for bytes."""
    try:
        write_atomically(path, [data])
    except OSError as failure:
        raise error(
            f"{path}: the file cannot be written: {failure.strerror or failure}.",
            hint="Check that the folder exists and can be written.",
        ) from None
