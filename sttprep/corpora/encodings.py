r"""Which encoding a text file is in: told by its byte-order mark, by its bytes, or guessed.

>>> detect_encoding("café\n".encode())
Encoding(name='utf-8', how='valid')
>>> detect_encoding("un café très chaud\n".encode("cp1252"), "fr-FR")
Encoding(name='cp1252', how='guessed')
>>> detect_encoding("전화 번호를 알려 주세요\n".encode("cp949"), "ko-KR").label
'Korean (CP949)'
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from sttprep.corpora.numerals import base_language

__all__ = ["Encoding", "detect_encoding", "known_encoding"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins like the one of UTF-16LE
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LABELS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with byte-order mark",
    "utf-16": "UTF-16 with byte-order mark",
    "utf-16-le": "UTF-16LE",
    "utf-16-be": "UTF-16BE",
    "utf-32": "UTF-32 with byte-order mark",
    "latin-1": "Latin-1",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp932": "Japanese (Shift-JIS)",
    "euc_jp": "Japanese (EUC-JP)",
    "iso2022_jp": "Japanese (ISO-2022-JP)",
    "cp949": "Korean (CP949)",
    "gb18030": "Chinese (GB18030)",
    "big5": "Chinese (Big5)",
    "mac_roman": "Mac Roman",
}
# Encodings of several bytes a character, tried first for these languages: random bytes of another
# encoding hardly ever form text in them.
_WIDE = {
    "ja": ("iso2022_jp", "cp932", "euc_jp"),
    "ko": ("cp949",),
    "zh": ("gb18030", "big5"),
}
_WIDE_LETTERS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef]")
# What charset-normalizer may choose from; with all of Python's codecs it likes exotic ones.
_CANDIDATES = [
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp437", "cp850",
    "cp866", "koi8_r", "koi8_u", "iso8859_2", "iso8859_5", "iso8859_7", "mac_roman", "cp932",
    "euc_jp", "cp949", "gb18030", "big5",
]  # fmt: skip
_WESTERN = {"en", "fr", "es", "de", "it", "pt", "nl", "sv"}
_SAMPLE = 1 << 20
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding, and how it became known."""

    name: str
    """Python's name of the codec, e.g. ``utf-8``, ``cp1252``."""
    how: Literal["given", "byte-order mark", "valid", "guessed"] = "given"
    """``valid``: all bytes are UTF-8; ``guessed``: they are not, and this reading makes sense."""
    errors: str = field(default="strict", repr=False)
    """What Python's codec does with bytes it cannot read."""

    @property
    def label(self) -> str:
        """The name for people.

        >>> Encoding("cp1252").label
        'Windows-1252'
        """
        return _LABELS.get(self.name, self.name.replace("_", "-").upper())


def known_encoding(name: str) -> Encoding | None:
    """The encoding of a name as users write it; None if Python has no text codec of that name.

    ``mixed`` is UTF-8 in which every byte that is none is read as Windows-1252.

    >>> known_encoding("Latin1"), known_encoding("rot13")
    (Encoding(name='latin-1', how='given'), None)
    """
    if name.lower() == "mixed":
        return Encoding("utf-8", "given", _MIXED)
    try:
        codec = codecs.lookup(name)
        "".encode(codec.name)  # rot13 and zlib are codecs, but not of text
    except (LookupError, ValueError):
        return None
    return Encoding({"iso8859-1": "latin-1"}.get(codec.name, codec.name))


_MIXED = "sttprep.windows-1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """The bytes that are not UTF-8, one by one, in Windows-1252 (Latin-1 where it has none)."""
    assert isinstance(error, UnicodeDecodeError)
    bad = error.object[error.start : error.end]
    characters = [
        bytes([byte]).decode("cp1252", "ignore") or bytes([byte]).decode("latin-1") for byte in bad
    ]
    return "".join(characters), error.end


codecs.register_error(_MIXED, _as_windows)


def detect_encoding(data: bytes, language: str = "en-US") -> Encoding | None:
    """The encoding of a text's bytes; None where they make sense in none, or mix UTF-8 with others.

    UTF-8 is never guessed away: where UTF-8 and other bytes stand side by side, each of the others
    has to be looked at. Guesses rest on the language: Windows-1252 for the Western ones, if no sign
    stands where only letters make sense; the national encodings of several bytes; else what
    charset-normalizer finds most probable.

    Args:
        data: the bytes, or of a large file the part around the first byte that is not UTF-8.
        language: language tag of the text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Encoding(name, "byte-order mark")
    wide = _unmarked_utf16(data[:_SAMPLE])
    if wide:
        return Encoding(wide, "guessed")
    base = base_language(language)
    if base == "ja" and b"\x1b$" in data and _reads(data, "iso2022_jp"):  # it is ASCII, bytewise
        return Encoding("iso2022_jp", "guessed")
    if _reads(data, "utf-8"):
        return Encoding("utf-8", "valid")
    for name in _WIDE.get(base, ()):
        text = _decoded(data, name)
        if text is not None and _mostly_wide(text):
            return Encoding(name, "guessed")
    if _MULTIBYTE.search(data):
        return None
    if base in _WESTERN:
        for name in ("cp1252", "latin-1"):
            text = _decoded(data, name)
            if text is not None and _western(text):
                return Encoding(name, "guessed")
    return _most_probable(data[:_SAMPLE])


def _unmarked_utf16(head: bytes) -> str:
    """UTF-16 without a mark shows in zero bytes at every other place."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    for name, many, few in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if many > len(head) // 8 and few * 20 < many and _reads(head, name):
            return name
    return ""


def _decoded(data: bytes, name: str) -> str | None:
    """The text, if all bytes (but for a character cut at the end of a sample) can be read."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        return decoder.decode(data, len(data) < _SAMPLE)
    except UnicodeDecodeError:
        return None


def _reads(data: bytes, name: str) -> bool:
    return _decoded(data, name) is not None


def _mostly_wide(text: str) -> bool:
    others = len(re.findall(r"[^\x00-\x7f]", text))
    return others > 0 and len(_WIDE_LETTERS.findall(text)) * 10 >= others * 9


def _western(text: str) -> bool:
    """Whether accented letters, and signs only where signs can stand, are all beyond ASCII."""
    strange = 0
    marks = 0
    for match in re.finditer(r"[^\x00-\x7f]", text):
        marks += 1
        character = match[0]
        before = text[match.start() - 1 : match.start()]
        after = text[match.end() : match.end() + 1]
        if unicodedata.category(character) == "Cc":
            return False
        if character in "’'ªº·-­" or character.isalpha():
            # "BœUF" is fine, "cafÉ" in lower case is not: other encodings put capitals there.
            strange += character.isupper() and before.islower()
        elif before.isalpha() and after.isalpha() and character not in "–—…/":
            strange += 1
    return strange * 10 <= marks


def _most_probable(sample: bytes) -> Encoding | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    return None if best is None else Encoding(best.encoding, "guessed")
