"""Reading text files with positions for bad bytes."""

from __future__ import annotations

from pathlib import Path

from sttprep.errors import InputError
from sttprep.source import Source, Span

__all__ = ["decode_text", "read_file", "read_utf8"]

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_file(path: str | Path, error: type[InputError]) -> bytes:
    """The bytes of a file.

    Raises:
        InputError: (the class given) the file cannot be opened.
    """
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as failure:
        reason = getattr(failure, "strerror", None) or str(failure)
        raise error(f"{path}: the file cannot be read: {reason}.", hint="Check the path.") from None


def read_utf8(path: str | Path, error: type[InputError]) -> str:
    """The text of a UTF-8 file, without its byte-order mark.

    Raises:
        InputError: (the class given) the file cannot be opened or is not UTF-8.
    """
    data = read_file(path, error)
    if data.startswith(_WIDE_MARKS):
        raise error(
            f"{path}: the file is UTF-16, not UTF-8.",
            hint="Save it as UTF-8 (in a spreadsheet: 'CSV UTF-8').",
        )
    return _utf8(data, str(path), error)


def decode_text(data: bytes, name: str, error: type[InputError]) -> str:
    """The text of the bytes of a UTF-8 or UTF-16 file, without its byte-order mark.

    Spreadsheets save "Unicode text" in UTF-16 with a mark; where the mark was lost, a NUL beside
    the first character (which is ASCII in every table and in JSON) tells the order of the bytes.

    Raises:
        InputError: (the class given) it is neither.
    """
    order = ""
    if data.startswith(_WIDE_MARKS):
        order = "utf-16"
    elif len(data) > 1 and (data[0] == 0) != (data[1] == 0):
        order = "utf-16-be" if data[0] == 0 else "utf-16-le"
    if not order:
        return _utf8(data, name, error)
    try:
        return data.decode(order)
    except UnicodeDecodeError as failure:
        before = data[: failure.start].decode(order, "ignore")
        source = Source(name, before + "\ufffd")
        problem = source.problem(
            "error", "not-utf-16", Span(len(before), len(before) + 1),
            "Half a character stands here: the file is UTF-16, but damaged.",
            "Save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8').",
        )  # fmt: skip
        raise error(problems=[problem]) from None


def _utf8(data: bytes, name: str, error: type[InputError]) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        # Everything before the bad byte is good UTF-8, so its position is exact.
        mark = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        before = data[mark : mark + failure.start].decode("utf-8")
        bad = data[mark + failure.start]
        source = Source(name, before + "\ufffd")
        problem = source.problem(
            "error",
            "not-utf-8",
            Span(len(before), len(before) + 1),
            f"The byte 0x{bad:02X} is not UTF-8.",
            "Save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8').",
        )
        raise error(problems=[problem]) from None
