"""A corpus: sentences with line numbers, tokens and totals."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from sttprep.corpora import Corpus, read_corpus
from sttprep.errors import CorpusError


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    """All three line ends are understood; blank lines count as lines, not as sentences."""
    path = tmp_path / "my notes.txt"
    path.write_bytes(end.join(["One.", "", "  ", "...", "Two words", ""]).encode())
    corpus = read_corpus(path, "en-GB")
    assert (corpus.name, corpus.path, corpus.language) == ("my notes", path, "en-GB")
    assert [(one.line, one.text, one.tokens) for one in corpus.sentences] == [
        (1, "One.", ("One",)), (5, "Two words", ("Two", "words")),
    ]  # fmt: skip
    assert corpus.total_words == 3
    assert corpus.tokens() == [["One"], ["Two", "words"]]


def test_form_feeds_and_unicode_separators_end_no_line() -> None:
    """Only the three line ends end a line, so line numbers agree with an editor's."""
    corpus = Corpus.from_text("a\x0cb\u2028c\x85d\ne", "demo")
    assert [(one.line, one.tokens) for one in corpus.sentences] == [
        (1, ("a", "b", "c", "d")), (2, ("e",)),
    ]  # fmt: skip


def test_byte_order_mark_is_no_word(tmp_path: Path) -> None:
    """A byte-order mark belongs to the file, not to its first word."""
    path = tmp_path / "bom.txt"
    path.write_bytes(b"\xef\xbb\xbfmetformin helps\n")
    assert read_corpus(path).tokens() == [["metformin", "helps"]]
    assert Corpus.from_text("\ufeffmetformin", "demo").tokens() == [["metformin"]]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\n \r\n\t\n", "blank lines only"),
        (b"... (x)\n", "no words are left"),
    ],
)
def test_no_words(tmp_path: Path, data: bytes, message: str) -> None:
    """A file without words is refused by name."""
    path = tmp_path / "none.txt"
    path.write_bytes(data)
    with pytest.raises(CorpusError, match=rf"none\.txt: .*{message}"):
        read_corpus(path)


def test_half_a_character() -> None:
    """Text with a lone surrogate cannot be stored and is refused."""
    with pytest.raises(CorpusError, match=r"demo: .*U\+DC80"):
        Corpus.from_text("a \udc80", "demo")


def test_oov_of_another_language_needs_its_lexicon() -> None:
    """The English lexicon is not silently used for French."""
    corpus = Corpus.from_text("bonjour", "demo", "fr-FR")
    with pytest.raises(CorpusError, match="stock lexicon is English"):
        corpus.oov()
    assert [word.word for word in corpus.oov({"au"}).words] == ["bonjour"]


def test_value() -> None:
    """Corpora of the same text are equal, show themselves in a line and travel to processes."""
    corpus = Corpus.from_text("a b\nc", "demo")
    assert corpus == Corpus.from_text("a b\nc", "demo")
    assert corpus != Corpus.from_text("a b\nd", "demo")
    assert repr(corpus) == "Corpus('demo', en-US, 2 sentences, 3 words)"
    assert pickle.loads(pickle.dumps(corpus)).tokens() == corpus.tokens()


def test_import_is_light() -> None:
    """Importing the room and reading text loads no data library."""
    code = (
        "import sys; from sttprep.corpora import Corpus; Corpus.from_text('a 5', 'x').oov();"
        "print([m for m in ('pandas', 'polars', 'numpy', 'nltk', 'matplotlib', 'IPython')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
