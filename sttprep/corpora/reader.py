r"""Bytes of a corpus file → text, or an error that names the place and the mend.

>>> decode(b"\xef\xbb\xbfcaf\xc3\xa9\n", "menu.txt")
'café\n'
>>> decode(b"a\ncaf\xe9 au lait\n", "menu.txt")  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
sttprep.errors.CorpusError: menu.txt:2:4: error: byte 0xE9 is not UTF-8 ('é' in Latin-1). ...
"""

from __future__ import annotations

import codecs
import difflib
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sttprep.errors import CorpusError
from sttprep.source import Problem, Source, Span

__all__ = [
    "decode",
    "opened",
    "read_bytes",
    "refuse_binary",
    "refuse_known_kinds",
    "undecodable",
]

_SHOWN_BYTES = 20
"""Undecodable places reported of one file; a file in the wrong encoding has thousands."""
_CONTROL_SHARE = 0.01
"""Share of control bytes above which a file is no text; a stray one is the linter's business."""
_SNIFFED = 65536
"""Bytes looked at to judge whether a file is text."""

_MAGIC = (
    (b"RIFF", "a RIFF file (WAV audio?)", "A corpus is plain text; add recordings as audio."),
    (b"fLaC", "FLAC audio", "A corpus is plain text; add recordings as audio."),
    (b"OggS", "Ogg audio", "A corpus is plain text; add recordings as audio."),
    (b"ID3", "MP3 audio", "A corpus is plain text; add recordings as audio."),
    (b"%PDF-", "a PDF document", "Extract its text first: pdftotext {name} {stem}.txt"),
    (b"PK\x03\x04", "a ZIP archive (or .docx, .odt, .xlsx)",
     "Unpack it, or save the document as plain text in UTF-8."),
    (b"\x1f\x8b", "a gzip file", "Unpack it first: gunzip {name}"),
    (b"BZh", "a bzip2 file", "Unpack it first: bunzip2 {name}"),
    (b"\xfd7zXZ\x00", "an xz file", "Unpack it first: unxz {name}"),
    (b"\x89PNG", "a PNG picture", "A corpus is plain text."),
    (b"\xff\xd8\xff", "a JPEG picture", "A corpus is plain text."),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document", "Save it as plain text in UTF-8."),
    (b"{\\rtf", "an RTF document", "Save it as plain text in UTF-8."),
)  # fmt: skip

_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1a\x1b")) + b"\x7f"
_LINE_END = re.compile(rb"\r\n|\r|\n")


def read_bytes(path: str | Path) -> bytes:
    """The bytes of a corpus file.

    Raises:
        CorpusError: the file is missing, is a folder, or may not be read.
    """
    with opened(Path(path)) as stream:
        return stream.read()


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file, open for reading bytes; what goes wrong while it is used is told as ours.

    Raises:
        CorpusError: the file is missing, is a folder, or may not be read.
    """
    try:
        with path.open("rb") as stream:
            yield stream
    except FileNotFoundError:
        raise CorpusError(f"There is no file {path}.", hint=_similar(path)) from None
    except IsADirectoryError:
        raise CorpusError(
            f"{path} is a folder.", hint=f'Give one of its files, e.g. "{path}/corpus.txt".'
        ) from None
    except PermissionError:
        raise CorpusError(
            f"{path} may not be read.", hint=f"Allow it: chmod u+r {shlex.quote(str(path))}"
        ) from None
    except UnicodeError:
        raise
    except (OSError, ValueError) as error:
        raise CorpusError(f"{str(path)!r} cannot be read: {error}.") from error


def _similar(path: Path) -> str:
    try:
        names = sorted(entry.name for entry in path.parent.iterdir() if entry.is_file())
    except OSError:
        return f"There is no folder {path.parent} either."
    close = difflib.get_close_matches(path.name, names, n=3) or names[:5]
    return f"Its folder has: {', '.join(close)}." if close else "Its folder is empty."


def decode(data: bytes, name: str) -> str:
    """Text from UTF-8 (with or without byte-order mark) or UTF-16 with byte-order mark.

    Raises:
        CorpusError: the bytes are no text, or not in one of these encodings; every problem names
            line, column and byte (the first 20 of them).
    """
    refuse_known_kinds(data, name)
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        hint = "Convert the file: iconv -f utf-32 -t utf-8 {name} > {stem}-utf8.txt"
        raise _not_text(name, "the text is in UTF-32.", hint)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _from_utf16(data, name)
    refuse_binary(data, name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CorpusError(problems=undecodable(data, name)) from None


def refuse_known_kinds(data: bytes, name: str) -> None:
    """Refuse a file whose first bytes say that it is no plain text.

    Raises:
        CorpusError: it is audio, an archive, a document or a picture.
    """
    for magic, kind, hint in _MAGIC:
        if data.startswith(magic):
            raise _not_text(name, f"this looks like {kind}, not like text.", hint)


def _not_text(name: str, message: str, hint: str) -> CorpusError:
    quoted = {"name": shlex.quote(name), "stem": shlex.quote(Path(name).stem)}
    return CorpusError(
        problems=[Problem("error", "not-text", message, hint.format(**quoted), name)]
    )


def _from_utf16(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-16", "replace")
        source = Source(name, good + "\ufffd")
        cut = error.reason == "truncated data" or error.end >= len(data)
        message = (
            "the UTF-16 text ends in the middle of a character."
            if cut
            else f"bytes {data[error.start : error.end].hex(' ')} are not UTF-16."
        )
        problem = source.problem(
            "error", "encoding", Span(len(good), len(good) + 1), message,
            "Save the file again as UTF-8.",
        )  # fmt: skip
        raise CorpusError(problems=[problem]) from None


def refuse_binary(data: bytes, name: str) -> None:
    """Refuse bytes among which are zeros or many control codes.

    Raises:
        CorpusError: the bytes are no text, or UTF-16 without a byte-order mark.
    """
    head = data[:_SNIFFED]
    zero = data.find(b"\0")
    if zero >= 0:
        even, odd = head[::2].count(0), head[1::2].count(0)
        for encoding, many, few in (("utf-16le", odd, even), ("utf-16be", even, odd)):
            if many > len(head) // 8 and few * 20 < many:
                hint = (
                    f"Convert the file: iconv -f {encoding} -t utf-8 {{name}} > {{stem}}-utf8.txt"
                )
                message = f"this looks like {encoding.upper()} text without a byte-order mark."
                raise _not_text(name, message, hint)
        line, column = _byte_position(data, zero)
        raise _not_text(
            name,
            f"a zero byte at line {line}, byte {column}: this is a binary file, not text.",
            "Give a plain text file in UTF-8.",
        )
    control = len(head) - len(head.translate(None, _CONTROL))
    if control > max(1, len(head) * _CONTROL_SHARE):
        raise _not_text(
            name,
            f"{control} control bytes in the first {len(head)}: this is a binary file, not text.",
            "Give a plain text file in UTF-8.",
        )


# What UTF-8 would make of U+D800 to U+DFFF, which are no characters.
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


def _byte_position(data: bytes, offset: int) -> tuple[int, int]:
    ends = [match.end() for match in _LINE_END.finditer(data, 0, offset)]
    return len(ends) + 1, offset - (ends[-1] if ends else 0) + 1


def undecodable(
    data: bytes, name: str, encoding: str = "utf-8", label: str = "UTF-8"
) -> list[Problem]:
    """The first undecodable places, shown in their lines with replacement characters."""
    if encoding not in ("utf-8", "utf-8-sig"):
        return [_first_undecodable(data, name, encoding, label)]
    start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    # Like this loop, the handler "replace" puts one character for each undecodable sequence.
    source = Source(name, data[start:].decode("utf-8", "replace"))
    places: list[tuple[int, bytes, bool]] = []
    offset = 0
    while len(places) < _SHOWN_BYTES:
        try:
            data[start:].decode("utf-8")
            break
        except UnicodeDecodeError as error:
            offset += len(data[start : start + error.start].decode("utf-8"))
            start += error.start
            # "replace" puts a character for each of the three bytes of a surrogate.
            half = _SURROGATE.match(data, start)
            bad = half[0] if half else data[start : start + error.end - error.start]
            start += len(bad)
            places.append((offset, bad, "unexpected end of data" in error.reason))
            offset += len(bad) if half else 1
    # Bytes 0x80-0x9F are letters and quote marks in Windows-1252, control codes in Latin-1.
    windows = any(
        0x80 <= byte < 0xA0 for _, bad, _ in places if not _SURROGATE.match(bad) for byte in bad
    )
    encoding, label = ("cp1252", "Windows-1252") if windows else ("latin1", "Latin-1")
    if any("\x7f" < character != "\ufffd" for character in set(source.text)):
        hint = (
            "The rest of the file is UTF-8: write this character anew, or read it as "
            'Windows-1252: read_corpus(path, encoding="mixed"), or --encoding mixed'
        )
    else:
        quoted, stem = shlex.quote(name), shlex.quote(f"{Path(name).stem}-utf8.txt")
        hint = f"Convert the file: iconv -f {encoding} -t utf-8 {quoted} > {stem}"
    problems = []
    for offset, bad, cut in places:
        letter = bad[:1].decode(encoding, "ignore")
        likely = f" ({letter!r} in {label})" if letter and letter.isprintable() else ""
        message = f"byte 0x{bad[0]:02X} is not UTF-8{likely}."
        mend = hint
        if cut and len(bad) > 1:
            message = f"the file ends inside a character (bytes {bad.hex(' ').upper()})."
            mend = "It was cut off: copy it again."
        elif _SURROGATE.match(bad):
            code = ord(bad.decode("utf-8", "surrogatepass"))
            message = (
                f"bytes {bad.hex(' ').upper()} are half of a character (the surrogate "
                f"U+{code:04X}), which is not UTF-8."
            )
            mend = "Delete them, or write the whole character."
        problems.append(
            source.problem("error", "encoding", Span(offset, offset + 1), message, mend)
        )
    return problems


def _first_undecodable(data: bytes, name: str, encoding: str, label: str) -> Problem:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        good = data[: error.start].decode(encoding, "ignore")
        bad = data[error.start : error.end].hex(" ").upper()
    else:
        good, bad = "", ""
    source = Source(name, good + "\ufffd")
    return source.problem(
        "error", "encoding", Span(len(good), len(good) + 1), f"bytes {bad} are not {label}.",
        "Save the file as UTF-8, or name its true encoding: encoding=\"cp1252\"",
    )  # fmt: skip
