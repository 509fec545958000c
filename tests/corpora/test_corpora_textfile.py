"""Texts are read whole or in pieces, packed or not, and nothing changes unnoticed."""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.corpora import Corpus, counts, read_corpus, textfile
from sttprep.corpora.encodings import Encoding
from sttprep.corpora.textfile import TextPart
from sttprep.errors import CorpusError

TEXT = "Ask about MVD.\r\nÉlodie’s café\rlast line\n\nend"
LINES = st.lists(st.text(st.sampled_from("ab é"), max_size=6), max_size=8)


@pytest.fixture
def streaming(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is kept in memory, and files are read a few bytes at a time."""
    monkeypatch.setattr(textfile, "KEPT", 0)
    monkeypatch.setattr(textfile, "_BLOCK", 7)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.integers(1, 30))
def test_pieces_make_the_text(lines: list[str], end: str, size: int) -> None:
    """However large the pieces: together they are the text, and their positions are true."""
    text = end.join(lines)
    chunks = list(TextPart.of_text(text, "x").chunks(size))
    assert "".join(chunk.text for chunk in chunks) == text
    for chunk in chunks:
        assert text[chunk.offset :].startswith(chunk.text)
        assert chunk.line == 1 + text[: chunk.offset].count(end)


@pytest.mark.usefixtures("streaming")
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le"])
@pytest.mark.parametrize("packed", [False, True])
def test_streamed_files_read_as_kept_ones(tmp_path: Path, codec: str, packed: bool) -> None:
    """A file that is not kept gives the same text, lines and tokens."""
    data = TEXT.encode(codec)
    path = tmp_path / ("a.txt.gz" if packed else "a.txt")
    path.write_bytes(gzip.compress(data) if packed else data)
    corpus = read_corpus(path, "fr-FR", encoding=None if codec != "utf-16-le" else codec)
    assert not corpus.in_memory
    kept = Corpus.from_text(TEXT, "a", "fr-FR")
    assert corpus.name == "a"
    assert corpus.text == TEXT
    assert [(one.line, one.tokens) for one in corpus.sentences] == [
        (one.line, one.tokens) for one in kept.sentences
    ]
    assert repr(corpus).endswith("MB on disk)")


@pytest.mark.usefixtures("streaming")
def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    """What was counted and what is read later must be the same text."""
    path = tmp_path / "a.txt"
    path.write_text("one two\n")
    corpus = read_corpus(path)
    path.write_text("one two three\n")
    with pytest.raises(CorpusError, match=r"changed while it was in use.*read_corpus\("):
        _ = corpus.total_words
    path.unlink()
    with pytest.raises(CorpusError, match="no file"):
        _ = corpus.text


@pytest.mark.usefixtures("streaming")
def test_bad_bytes_deep_in_a_large_file(tmp_path: Path) -> None:
    """They are told when the file is opened, with their places."""
    path = tmp_path / "a.txt"
    path.write_bytes("café\n".encode() * 9 + b"th\xe9\n")
    with pytest.raises(CorpusError, match=r"a\.txt:10:3: .*0xE9"):
        read_corpus(path)
    path.write_bytes(b"plain ascii\n" * 9 + b"un th\xe9 vert\n")
    corpus = read_corpus(path, "fr-FR")
    assert corpus.encodings == (Encoding("cp1252", "guessed"),)
    assert corpus.sentences[-1].tokens == ("un", "thé", "vert")


def test_latin_text_is_read_and_reported(tmp_path: Path) -> None:
    """A Windows-1252 file is read as such, and the corpus says so."""
    path = tmp_path / "a.txt"
    path.write_bytes("Le café est déjà prêt\n".encode("cp1252"))
    corpus = read_corpus(path, "fr-FR")
    assert corpus.sentences[0].tokens == ("Le", "café", "est", "déjà", "prêt")
    assert corpus.encodings[0].label == "Windows-1252"


def test_mixed_encodings(tmp_path: Path) -> None:
    """Each bad place is named; read as ``mixed`` nothing is lost."""
    path = tmp_path / "a.txt"
    path.write_bytes("café\n".encode() + b"th\xe9\nna\xefve\n")
    with pytest.raises(CorpusError) as caught:
        read_corpus(path)
    assert [(one.line, one.column) for one in caught.value.problems] == [(2, 3), (3, 3)]
    assert 'encoding="mixed"' in caught.value.problems[0].hint
    corpus = read_corpus(path, encoding="mixed")
    assert corpus.tokens() == [["café"], ["thé"], ["naïve"]]


def test_wrong_encoding_given(tmp_path: Path) -> None:
    """An encoding that does not exist, or does not read the file, is told."""
    path = tmp_path / "a.txt"
    path.write_bytes("thé vert\n".encode("cp1252"))
    with pytest.raises(CorpusError, match="no encoding 'utf-9'.*utf-8"):
        read_corpus(path, encoding="utf-9")
    with pytest.raises(CorpusError, match=r"a\.txt:1:3: .*E9 .*not Japanese"):
        read_corpus(path, encoding="euc_jp")


def test_folder(tmp_path: Path) -> None:
    """A folder is one corpus of all its text files, in the order of their paths."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "z.txt").write_text("from z\n\nsecond\n")
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"from a\n"))
    (tmp_path / "notes.md").write_text("not read\n")
    (tmp_path / ".hidden.txt").write_text("not read\n")
    corpus = read_corpus(tmp_path)
    assert corpus.name == tmp_path.name
    assert [(one.text, one.line, one.file) for one in corpus.sentences] == [
        ("from a", 1, str(tmp_path / "a.txt.gz")),
        ("from z", 1, str(tmp_path / "b" / "z.txt")),
        ("second", 3, str(tmp_path / "b" / "z.txt")),
    ]
    (tmp_path / "none").mkdir()
    with pytest.raises(CorpusError, match=r"has no text files.*\.txt"):
        read_corpus(tmp_path / "none")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """``-`` reads standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"from a pipe\n")))
    corpus = read_corpus("-")
    assert (corpus.name, corpus.sentences[0].file) == ("stdin", "standard input")


def test_damaged_gzip(tmp_path: Path) -> None:
    """A packed file that was cut off is told as such."""
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"some text\n" * 50)[:-9])
    with pytest.raises(CorpusError, match=r"a\.txt\.gz: the gzip file is damaged"):
        read_corpus(path)


@pytest.mark.usefixtures("streaming")
def test_damaged_large_gzip(tmp_path: Path) -> None:
    """The same for one that is not kept in memory."""
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"some text\n" * 50)[:-9])
    with pytest.raises(CorpusError, match=r"a\.txt\.gz: the gzip file is damaged"):
        read_corpus(path)


def test_odd_texts_are_read(tmp_path: Path) -> None:
    """Right-to-left text, emoji, very long words and lines: read, counted, placed."""
    long = "a" * 10_000
    path = tmp_path / "a.txt"
    path.write_text(f"שלום עולם\n👩‍⚕️ took 💊 pills\n{long}\n", encoding="utf-8")
    corpus = read_corpus(path, "en-US")
    assert corpus.sentences[0].tokens == ("שלום", "עולם")
    assert corpus.sentences[1].tokens == ("took", "pills")
    assert corpus.oov().words[-1].word in {"שלום", "עולם", long}
    path.write_text("many words on one line " * 100_000, encoding="utf-8")
    corpus = read_corpus(path)
    assert (corpus.total_words, corpus.counts["line"]) == (500_000, 100_000)


@pytest.mark.usefixtures("streaming")
def test_mixed_encodings_of_a_large_file_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes that are not UTF-8 never reach the reader that takes only UTF-8."""
    monkeypatch.setattr(counts, "LARGE", 0)
    path = tmp_path / "a.txt"
    path.write_bytes("café\n".encode() + b"th\xe9 vert\n")
    corpus = read_corpus(path, "fr-FR", encoding="mixed")
    assert corpus.counts == {"café": 1, "thé": 1, "vert": 1}
    assert [row.word for row in corpus.oov({"vert"}).words] == ["café", "thé"]
    assert [one.code for one in corpus.lint({"vert", "café", "thé"})] == ["not-utf-8"]


def test_a_packed_file_that_lies_about_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is kept in memory only if it is small once unpacked, whatever its last bytes say."""
    monkeypatch.setattr(textfile, "KEPT", 1000)
    path = tmp_path / "a.txt.gz"
    # Two members: the size at the end is the second one's alone.
    path.write_bytes(gzip.compress(b"one two\n" * 500) + gzip.compress(b"three\n"))
    corpus = read_corpus(path)
    assert not corpus.in_memory
    assert corpus.total_words == 1001
