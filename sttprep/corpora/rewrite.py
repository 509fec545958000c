r"""A corpus file written back with another text, otherwise as it was.

>>> import tempfile
>>> folder = tempfile.TemporaryDirectory()
>>> path = Path(folder.name) / "notes.txt"
>>> _ = path.write_bytes(b"\xef\xbb\xbfTake it. Rest.\r\n")
>>> rewrite(path, "Take it.\r\nRest.\r\n", Encoding("utf-8-sig"))
>>> path.read_bytes()
b'\xef\xbb\xbfTake it.\r\nRest.\r\n'
>>> folder.cleanup()
"""

from __future__ import annotations

import codecs
import gzip
from pathlib import Path

from sttprep.corpora.encodings import Encoding
from sttprep.errors import CorpusError
from sttprep.files import write_atomically

__all__ = ["rewrite"]

_GZIP = b"\x1f\x8b"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins like UTF-16LE's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def rewrite(path: Path, text: str, encoding: Encoding) -> None:
    """Write a text into a file that was read before, in one step.

    Byte-order mark, encoding, packing (gzip) and permissions of the file stay. The file is
    replaced as a whole: whoever reads it sees the old text or the new one.

    Args:
        path: the file; a symbolic link stays one.
        text: its new text, without byte-order mark.
        encoding: the encoding it was read in.

    Raises:
        CorpusError: the text has a character that the encoding lacks, the file cannot be written
            without loss, or may not be written.
    """
    try:
        target = path.resolve(strict=True)
        data = _encoded(target.read_bytes(), text, path, encoding)
        write_atomically(target, [data])
    except OSError as error:
        raise CorpusError(
            f"{path} cannot be written: {error.strerror or error}. It is as it was.",
            hint="See the changes instead: sttprep corpus lint --diff FILE",
        ) from error


def _encoded(old: bytes, text: str, path: Path, encoding: Encoding) -> bytes:
    packed = old.startswith(_GZIP)
    if packed:
        old = gzip.decompress(old)
    mark, name = next(
        ((mark, name) for mark, name in _MARKS if old.startswith(mark)), (b"", encoding.name)
    )
    if (
        encoding.errors != "strict"
        or old[len(mark) :].decode(name, "replace").encode(name, "replace") != old[len(mark) :]
    ):
        raise CorpusError(
            f"{path} holds bytes that are not {encoding.label}; written again they would be lost.",
            hint="Save it as UTF-8 first.",
        )
    try:
        data = mark + text.encode(name)
    except UnicodeEncodeError as error:
        raise CorpusError(
            f"{path} is {encoding.label}, which has no {text[error.start]!r}.",
            hint="Save it as UTF-8 first.",
        ) from None
    # The time in a gzip header would make the same text another file.
    return gzip.compress(data, mtime=0) if packed else data
