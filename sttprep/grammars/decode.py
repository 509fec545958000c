r"""Bytes of a grammar → its text, and what is wrong with the bytes.

The encoding is that of the byte order mark, else the one its first line declares, else UTF-8;
ABNF and JSGF that declare none and are not UTF-8 are read as ISO-8859-1.

>>> source, problems = decode(b"#ABNF 1.0 ISO-8859-1;\n$r = caf\xe9;\n", "menu.abnf")
>>> source.text.splitlines()[1], problems
('$r = café;', [])
>>> source, problems = decode(b"#ABNF 1.0 UTF-8;\n$r = caf\xe9;\n", "menu.abnf")
>>> print(problems[0])  # doctest: +ELLIPSIS
menu.abnf:2:9: error: byte 0xE9 is not UTF-8 (it is 'é' in ISO-8859-1). Save the file as UTF-8...

A bad byte becomes U+FFFD, so that the rest can still be read.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from sttprep.grammars.grammar import Profile
from sttprep.source import Problem, Severity, Source, Span

__all__ = ["clean", "decode"]

_MARKS = (  # UTF-32 before UTF-16: its little-endian mark starts like that of UTF-16
    (codecs.BOM_UTF32_LE, "UTF-32LE"),
    (codecs.BOM_UTF32_BE, "UTF-32BE"),
    (codecs.BOM_UTF16_LE, "UTF-16LE"),
    (codecs.BOM_UTF16_BE, "UTF-16BE"),
    (codecs.BOM_UTF8, "UTF-8"),
)
_WIDE = (  # a first '#', '<' or blank, followed by another ASCII character
    (re.compile(rb"\0\0\0[#<\s]\0\0\0[^\0]"), "UTF-32BE"),
    (re.compile(rb"[#<\s]\0\0\0[^\0]\0\0\0"), "UTF-32LE"),
    (re.compile(rb"\0[#<\s]\0[^\0]"), "UTF-16BE"),
    (re.compile(rb"[#<\s]\0[^\0]\0"), "UTF-16LE"),
)
_DECLARED = re.compile(
    r"""\s*
    (?: \#ABNF[ \t]+[\d.]+[ \t]+
      | \#JSGF[ \t]+V?[\d.]+[ \t]+
      | <\?xml\b[^>]*?\bencoding\s*=\s*["']
    )([^\s;"'>]+)""",
    re.VERBOSE,
)  # fmt: skip
_HEAD = 1024
"""Bytes in which the first line is looked for."""
_UTF8_ONLY = {
    "ibm": "IBM's service reads UTF-8 only, whatever the first line says.",
    "pocketsphinx": "pocketsphinx reads UTF-8 only, whatever the first line says.",
}
_NOT_CHARSETS = {"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"}
"""Python's own text codecs that are no character sets."""
_OTHER_NAMES = {
    "jis": "iso2022_jp",  # JSGF 1.0, 3.1 has it in an example
    "8859_1": "iso8859_1",
    "eucjis": "euc_jp",
    "x-sjis": "shift_jis",
    "windows-31j": "cp932",
}
"""Names in use, of Java's and the registry's, that Python does not know."""

_BAD = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SUSPECT = re.compile("[\x80-\x84\x86-\x9f\ufeff]")
_BAD_BYTES = bytes({*range(32), 0x7F} - set(b"\t\n\r"))
_SHOWN = 20
"""Places reported of one kind; a file that is no text has thousands."""


@dataclass(frozen=True)
class _Declared:
    """The encoding that a first line declares."""

    name: str
    span: Span


def decode(data: bytes, name: str = "", profile: Profile = "w3c") -> tuple[Source, list[Problem]]:
    """The text of a grammar; problems with its encoding and its control characters.

    Args:
        data: the file, in any encoding Python knows.
        name: of the file, for the problems.
        profile: ``ibm`` and ``pocketsphinx`` take UTF-8 only and ignore what the text declares.
    """
    mark, found = _mark(data)
    body = data[len(mark) :] if mark else data
    encoding = found or "UTF-8"
    complaint = None
    declared = None
    if profile not in _UTF8_ONLY:
        head = body[:_HEAD].decode(encoding, "replace")
        declared = _declared(head)
        encoding, complaint = _choose(found, mark, declared)
    text, bad = _text(body, encoding)
    undeclared = not (found or declared or profile in _UTF8_ONLY or text.lstrip().startswith("<"))
    if bad is not None and undeclared:
        text = body.decode("latin-1")
    source, problems = clean(Source(name, text), plain=bad is None and not _has_controls(body))
    if complaint and declared:
        problems.insert(0, source.problem(complaint[0], "encoding", declared.span, *complaint[1:]))
    if encoding != "UTF-8" and profile in _UTF8_ONLY:
        message = f"the text is in {encoding}, not in UTF-8."
        hint = f"{_UTF8_ONLY[profile]} Save the file as UTF-8."
        problems.insert(0, source.problem("error", "encoding", Span(0, 1), message, hint))
    if bad is not None:
        problems.append(
            _not_utf8(source, body, bad)
            if undeclared
            else _undecodable(source, body, encoding, bad, declared, profile)
        )
    return source, problems


def clean(source: Source, plain: bool = False) -> tuple[Source, list[Problem]]:
    """The text without byte order mark and control characters; a problem for each of these.

    A control character becomes U+FFFD: places stay the same.

    Args:
        source: the text.
        plain: whether it is known to have none in its ASCII part.
    """
    text = source.text
    if text.startswith("\ufeff"):
        source = Source(source.name, text := text[1:])
    problems: list[Problem] = []
    if plain and text.isascii():
        return source, problems
    problems += _report(source, _BAD, "error")
    if problems:
        source = Source(source.name, _replaced(text))
    if not text.isascii():
        problems += _report(source, _SUSPECT, "warning")
    return source, problems


def _replaced(text: str) -> str:
    for number in _BAD_BYTES:  # far quicker than a pattern where a file is full of them
        text = text.replace(chr(number), "\ufffd")
    return _BAD.sub("\ufffd", text)


def _mark(data: bytes) -> tuple[bytes, str | None]:
    """The byte order mark, and the encoding known by it or by where the zero bytes are."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return mark, encoding
    for pattern, encoding in _WIDE:
        if pattern.match(data):
            return b"", encoding
    return b"", None


def _declared(head: str) -> _Declared | None:
    match = _DECLARED.match(head)
    return _Declared(match[1], Span(*match.span(1))) if match else None


def _choose(
    found: str | None, mark: bytes, declared: _Declared | None
) -> tuple[str, tuple[Severity, str, str] | None]:
    """The encoding to use, and what is wrong with the declared one."""
    if declared is None:
        return found or "UTF-8", None
    codec = _codec(declared.name)
    if codec is None:
        message = f"there is no character encoding '{declared.name}'."
        hint = 'Declare one that exists, e.g. "UTF-8" or "ISO-8859-1", and save the file in it.'
        return found or "UTF-8", ("error", message, hint)
    family = codec.replace("_", "-").upper()
    family = {"UTF-8-SIG": "UTF-8"}.get(family, family)
    if found is None:
        if family.startswith(("UTF-16", "UTF-32")):
            message = f"the text says it is in {declared.name}, but it is not."
            hint = "Save the file in that encoding, or declare the one it has, e.g. UTF-8."
            return "UTF-8", ("error", message, hint)
        if family == "UTF-8" or declared.name.lower() in _OTHER_NAMES:
            return family, None
        return declared.name, None
    if not found.startswith(family.removesuffix("-LE").removesuffix("-BE")):
        known = "its byte order mark says" if mark else "its bytes are those of"
        message = f"the text says it is in {declared.name}, but {known} {found}."
        return found, ("warning", message, f"It is read as {found}. Declare that encoding.")
    return found, None


def _codec(name: str) -> str | None:
    """Python's name of a character encoding; None where there is none."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._:-]*", name):
        return None
    try:
        info = codecs.lookup(_OTHER_NAMES.get(name.lower(), name))
    except LookupError:
        return None
    if not info._is_text_encoding or info.name.replace("-", "_") in _NOT_CHARSETS:
        return None
    return info.name


def _text(body: bytes, encoding: str) -> tuple[str, int | None]:
    """The text, and the offset of the first byte that could not be decoded."""
    try:
        return body.decode(encoding), None
    except UnicodeDecodeError as error:
        return body.decode(encoding, "replace"), error.start


def _has_controls(body: bytes) -> bool:
    return len(body.translate(None, _BAD_BYTES)) != len(body)


def _undecodable(
    source: Source,
    body: bytes,
    encoding: str,
    start: int,
    declared: _Declared | None,
    profile: Profile,
) -> Problem:
    offset = len(body[:start].decode(encoding, "replace"))
    if encoding.startswith(("UTF-16", "UTF-32")):
        message = f"the bytes here are not {encoding} (half a character?)."
        hint = "Save the file as UTF-8."
    else:
        byte = body[start]
        latin = bytes([byte]).decode("latin-1")
        meant = f" (it is '{latin}' in ISO-8859-1)" if latin.isprintable() else ""
        message = f"byte 0x{byte:02X} is not {encoding}{meant}."
        if profile in _UTF8_ONLY:
            hint = f"{_UTF8_ONLY[profile]} Save the file as UTF-8."
        elif declared:
            hint = f"Save the file as {declared.name}, or declare the encoding it has."
        else:
            hint = (
                "Save the file as UTF-8, or declare the encoding it has: "
                '\'<?xml version="1.0" encoding="ISO-8859-1"?>\'.'
            )
    return source.problem("error", "encoding", Span(offset, offset + 1), message, hint)


def _not_utf8(source: Source, body: bytes, offset: int) -> Problem:
    """A grammar that declares no encoding, read as ISO-8859-1."""
    first = body[:offset].decode()
    span = Span(len(first), len(first) + 1)
    message = f"byte 0x{body[offset]:02X} is not UTF-8: the text is read as ISO-8859-1."
    hint = "Save the file as UTF-8, or declare its encoding on the first line: "
    hint += '"#ABNF 1.0 ISO-8859-1;", "#JSGF V1.0 ISO-8859-1;".'
    return source.problem("warning", "encoding", span, message, hint)


def _report(source: Source, kind: re.Pattern[str], severity: Severity) -> list[Problem]:
    problems: list[Problem] = []
    for count, match in enumerate(kind.finditer(source.text)):
        number = ord(match[0])
        if count == _SHOWN:
            message = "there are more such characters; they are not listed."
            problems.append(source.problem("note", "control-character", Span(*match.span()),
                                           message))  # fmt: skip
            break
        if number == 0:
            what, hint = "a NUL character", "Take it out; is the file plain text in UTF-8?"
        elif number == 0xFEFF:
            what = "an invisible byte order mark (U+FEFF) inside the text"
            hint = "Take it out; it gets there when files are joined."
        elif 0x80 <= number < 0xA0:
            what = f"the control character U+{number:04X}"
            hint = "Is the file in windows-1252? Save it as UTF-8."
        else:
            what, hint = f"the control character U+{number:04X}", "Take it out."
        message = f"there is {what}."
        problems.append(
            source.problem(severity, "control-character", Span(*match.span()), message, hint)
        )
    return problems
