"""Bytes become text, or an error that says where, what and how to mend."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.corpora import read_corpus
from sttprep.corpora.reader import decode, read_bytes, undecodable
from sttprep.errors import CorpusError

# What a text file of words can hold: no surrogates, no control characters, no byte-order marks.
WRITTEN = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"))


@given(WRITTEN)
def test_utf8_text_survives(text: str) -> None:
    """UTF-8 reads back as it was written, with a byte-order mark or without."""
    assert decode(("x" + text).encode(), "a.txt") == "x" + text
    assert decode(codecs.BOM_UTF8 + text.encode(), "a.txt") == text


@given(WRITTEN)
def test_utf16_text_survives(text: str) -> None:
    """UTF-16 of either byte order is recognized by its byte-order mark."""
    assert decode(codecs.BOM_UTF16_LE + ("x" + text).encode("utf-16-le"), "a") == "x" + text
    assert decode(codecs.BOM_UTF16_BE + ("x" + text).encode("utf-16-be"), "a") == "x" + text


@pytest.mark.parametrize(
    ("data", "place", "byte", "mend"),
    [
        (b"a\ncaf\xe9 au lait\n", (2, 4), "0xE9", "iconv -f latin1 -t utf-8 c.txt > c-utf8.txt"),
        (b"a\r\nb\rc\xfc\n", (3, 2), "0xFC", "iconv -f latin1"),
        (b"say \x93hello\x94\n", (1, 5), "0x93", "iconv -f cp1252"),
        ("é à\n".encode() + b"caf\xe9 x\n", (2, 4), "0xE9", "rest of the file is UTF-8"),
        (codecs.BOM_UTF8 + b"\xff", (1, 1), "0xFF", "iconv"),
        ("wörd\ncafé".encode()[:-1], (2, 4), "0xC3", "rest of the file is UTF-8"),
    ],
)
def test_undecodable_byte_is_placed(
    data: bytes, place: tuple[int, int], byte: str, mend: str
) -> None:
    """A byte that is not UTF-8 is named with line, column, value and the command that converts."""
    with pytest.raises(CorpusError) as caught:
        decode(data, "c.txt")
    problem = caught.value.problems[0]
    assert (problem.line, problem.column) == place
    assert byte in problem.message
    assert mend in problem.hint
    assert f"c.txt:{place[0]}:{place[1]}" in str(caught.value)


def test_all_undecodable_places_up_to_twenty() -> None:
    """Every bad place is reported, in file order; a file in the wrong encoding stops at 20."""
    with pytest.raises(CorpusError) as caught:
        decode(b"caf\xe9 na\xefve\n\xe9t\xe9\n", "c.txt")
    places = [(problem.line, problem.column) for problem in caught.value.problems]
    assert places == [(1, 4), (1, 8), (2, 1), (2, 3)]
    with pytest.raises(CorpusError) as caught:
        decode(b"\xe9 \n" * 500, "c.txt")
    assert len(caught.value.problems) == 20


def test_cut_off_file() -> None:
    """A file that ends inside a three-byte character was cut off."""
    with pytest.raises(CorpusError, match=r"c\.txt:1:3: .*ends inside a character .bytes E2 82"):
        decode("5 €".encode()[:-1], "c.txt")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "RIFF"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"fLaC\x00", "FLAC"),
        (b"take\nit\x00 now\n", "zero byte at line 2, byte 3"),
        (bytes(range(1, 9)) * 20, "control bytes"),
        ("plain text\n".encode("utf-16-le"), "UTF-16LE text without a byte-order mark"),
        ("plain text\n".encode("utf-16-be"), "UTF-16BE text without a byte-order mark"),
        (codecs.BOM_UTF32_LE + "a".encode("utf-32-le"), "UTF-32"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "ends in the middle of a character"),
        (codecs.BOM_UTF16_LE + b"\x00\xdca\x00", "not UTF-16"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, message: str) -> None:
    """A binary file is refused with a guess of what it is."""
    with pytest.raises(CorpusError, match=r"c\.txt") as caught:
        decode(data, "c.txt")
    assert message in str(caught.value)
    assert caught.value.problems[0].hint


def test_a_stray_control_byte_is_still_text() -> None:
    """One control character in a page of text does not make it binary."""
    text = "A sentence of some words.\n" * 20 + "\x07\n"
    assert decode(text.encode(), "c.txt") == text


def test_missing_file_lists_what_is_there(tmp_path: Path) -> None:
    """A file that does not exist is answered with names like it."""
    (tmp_path / "corpus.txt").write_text("x\n")
    with pytest.raises(CorpusError, match=r"no file .*corpsu\.txt.*Its folder has: corpus\.txt"):
        read_bytes(tmp_path / "corpsu.txt")
    with pytest.raises(CorpusError, match="no folder"):
        read_bytes(tmp_path / "none" / "corpus.txt")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusError, match="folder is empty"):
        read_bytes(tmp_path / "empty" / "corpus.txt")


def test_folder_is_no_file(tmp_path: Path) -> None:
    """A folder in place of a file is told so."""
    with pytest.raises(CorpusError, match="is a folder"):
        read_bytes(tmp_path)


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without read permission is answered with the command that gives it."""

    def refuse(self: Path, mode: str) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(CorpusError, match="chmod u\\+r"):
        read_bytes(tmp_path / "corpus.txt")


def test_impossible_path() -> None:
    """A path no file system can hold is an error of ours, not of Python's."""
    with pytest.raises(CorpusError, match="cannot be read"):
        read_bytes("a\0b")
    with pytest.raises(CorpusError, match="cannot be read"):
        read_bytes("x" * 5000)


def test_half_characters_are_named() -> None:
    """A surrogate written as UTF-8 is one finding, not three letters of Windows-1252."""
    data = b"metformin \xed\xa0\x80 helps\nand \xff too\n"
    first, second = undecodable(data, "a.txt")
    assert (first.line, first.column) == (1, 11)
    assert "bytes ED A0 80 are half of a character (the surrogate U+D800)" in first.message
    assert first.hint == "Delete them, or write the whole character."
    assert (second.line, second.column) == (2, 5)


@pytest.mark.parametrize(
    ("path", "told"), [("", "name of the corpus file is empty"), ("a" * 5000, "cannot be read")]
)
def test_names_no_file_can_have(path: str, told: str) -> None:
    """An empty name is not the folder one stands in, and a long one is no traceback."""
    with pytest.raises(CorpusError, match=told):
        read_corpus(path)
