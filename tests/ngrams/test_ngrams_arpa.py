"""ARPA files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from ngrams_oracle import ORDERS, SENTENCES, SMOOTHINGS, histories, slow_tables, zipf_text

from sttprep.errors import LanguageModelError
from sttprep.ngrams import NgramModel, arpa, read_arpa, read_model, train_ngram

GOOD = """\
\\data\\
ngram 1=4
ngram 2=3

\\1-grams:
-99\t<s>\t-0.5
-0.7\t</s>
-0.6\ta\t-0.25
-0.5\tb\t0.1

\\2-grams:
-0.3\t<s> a
-0.2\ta b
-0.1\tb </s>

\\end\\
"""


def write(tmp_path: Path, text: str | bytes) -> Path:
    """The text as a file."""
    path = tmp_path / "model.arpa"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@given(sentences=SENTENCES, order=ORDERS, smoothing=SMOOTHINGS)
@settings(deadline=None, max_examples=50)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    sentences: list[list[str]],
    order: int,
    smoothing: Any,
) -> None:
    """Same words, n-grams and (to seven decimals) values; writing again gives the same bytes."""
    folder = tmp_path_factory.mktemp("arpa")
    model = train_ngram(sentences, order, smoothing, vocabulary=["z"])
    model.write_arpa(folder / "one.arpa")
    again = read_arpa(folder / "one.arpa")
    again.write_arpa(folder / "two.arpa")
    assert (folder / "one.arpa").read_bytes() == (folder / "two.arpa").read_bytes()
    assert again.words == model.words
    for own, other in zip(model.tables, again.tables, strict=True):
        assert own.suffix.tolist() == other.suffix.tolist()
        assert own.first.tolist() == other.first.tolist()
        assert own.log_prob == pytest.approx(other.log_prob, abs=6e-8)
        assert own.log_backoff == pytest.approx(other.log_backoff, abs=6e-8)


def test_the_layout_suits_the_strictest_readers(tmp_path: Path) -> None:
    """\\data\\ on the first line, a tab after the probability, no weight on the highest order."""
    path = tmp_path / "model.arpa"
    train_ngram([["a"]], 2, "witten-bell").write_arpa(path)
    lines = path.read_text().split("\n")
    assert lines[:4] == ["\\data\\", "ngram 1=4", "ngram 2=2", ""]
    assert lines[4] == "\\1-grams:"
    assert lines[6].startswith("-99.0000000\t<s>\t-0.")
    assert [line.count("\t") for line in lines[5:9]] == [2, 2, 2, 2]
    assert [line.count("\t") for line in lines[11:13]] == [1, 1]
    assert lines[-3:] == ["\\end\\", ""] or lines[-2:] == ["\\end\\", ""]
    assert b"\r" not in path.read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\t", " "),
        "Made by hand\n\n" + GOOD,
        "\ufeff" + GOOD,
        GOOD.replace("\n\n", "\n"),
        GOOD.replace("ngram 1=4", "ngram  1 = 4"),
        GOOD.replace("-0.7\t</s>", "-0.7\t</s>\t0"),
        GOOD.replace("-0.2\ta b", "\n -0.2  a   b "),
        GOOD.replace("-99", "-inf"),
        GOOD.rstrip("\n"),
        GOOD.replace("ngram 2=3", "ngram 2=3\nngram 3=0").replace(
            "\\end\\", "\\3-grams:\n\n\\end\\"
        ),
    ],
    ids=[
        "plain", "crlf", "spaces", "heading", "bom", "no blank lines", "spaced count",
        "weight 0", "loose line", "-inf", "no last newline", "empty order",
    ],
)  # fmt: skip
def test_variants_of_the_format_are_read_alike(tmp_path: Path, text: str) -> None:
    """White space, line ends, headings and missing back-off weights do not matter."""
    model = read_model(write(tmp_path, text))
    assert model.order == 2
    assert slow_tables(model) == {
        ("<s>",): (-99, -0.5), ("</s>",): (-0.7, 0), ("a",): (-0.6, -0.25), ("b",): (-0.5, 0.1),
        ("<s>", "a"): (-0.3, 0), ("a", "b"): (-0.2, 0), ("b", "</s>"): (-0.1, 0),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("ngram 1=4", "ngram 1=5", 11, "'\\\\2-grams:' stands after 4 1-grams; the header prom"),
        ("ngram 1=4", "ngram 1=3", 9, "where \\2-grams: is expected. The header may promise too"),
        ("ngram 2=3", "ngram 2=4", 16, "'\\\\end\\\\' stands after 3 2-grams; the header promises"),
        ("ngram 2=3", "ngram 2=2", 14, "this line stands where \\end\\ is expected after 2 2-gr"),
        ("ngram 2=3", "ngram 3=3", 3, "the count of 3-grams stands where that of 2-grams is exp"),
        ("ngram 1=4\nngram 2=3\n", "", 3, "the header promises no unigrams"),
        ("\\data\\", "data", 1, "it has no line \\data\\"),
        ("\\2-grams:", "\\3-grams:", 11, "'\\\\3-grams:' stands where \\2-grams: is expected"),
        ("\n\\end\\\n", "", 15, "the file ends where \\end\\ is expected"),
        ("-0.1\tb </s>\n\n\\end\\\n", "", 14, "the file ends after 2 2-grams; the header pro"),
        ("-0.2\ta b", "-0.2\ta c", 13, "the word 'c' is no unigram"),
        ("-0.2\ta b", "-0.2\ta", 13, "'-0.2\\ta' is not a 2-gram. It looks like this: -1.5 a b"),
        ("-0.2\ta b", "-0.2\ta b b b", 13, "is not a 2-gram"),
        ("-0.2\ta b", "-0.2\ta b -1", 13, "is not a 2-gram"),
        ("-0.2\ta b", "x\ta b", 13, "'x' is not a log10 probability"),
        ("-0.2\ta b", "nan\ta b", 13, "'nan' is not a log10 probability"),
        ("-0.2\ta b", "0.2\ta b", 13, "'0.2' is not a log10 probability"),
        ("-0.2\ta b", "-0.2\t<s> a", 13, "the n-gram '-0.2\\t<s> a' is given twice"),
        ("-0.5\tb\t0.1", "-0.5\ta\t0.1", 9, "the word 'a' is given twice"),
        ("-0.25", "high", 8, "'high' is not a log10 probability"),
    ],
)
def test_each_fault_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    """A damaged file names file, line, and what is expected."""
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(LanguageModelError) as caught:
        read_arpa(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert told in str(caught.value)


def test_names_must_be_utf8(tmp_path: Path) -> None:
    """Latin-1 is told with its line; UTF-8 is kept."""
    with pytest.raises(LanguageModelError, match=r":9: the word .* is not UTF-8"):
        read_arpa(write(tmp_path, GOOD.replace("b", "\xe9").encode("latin-1")))
    assert "é" in read_arpa(write(tmp_path, GOOD.replace("b", "é"))).vocabulary


def test_a_cut_file_is_never_read_as_a_model(tmp_path: Path) -> None:
    """Wherever the file is cut before its end mark, reading fails in the promised way."""
    for size in range(len(GOOD) - 2):
        with pytest.raises(LanguageModelError):
            read_arpa(write(tmp_path, GOOD[:size]))


def test_a_missing_ending_is_added_without_changing_any_probability(tmp_path: Path) -> None:
    """Pruned files have w1 w2 w3 without w2 w3; its backed-off value is filled in."""
    text = GOOD.replace("ngram 2=3", "ngram 2=3\nngram 3=1").replace(
        "\\end\\", "\\3-grams:\n-0.05\t<s> b a\n\n\\end\\"
    )
    model = read_arpa(write(tmp_path, text))
    assert model.notes == ("1 n-grams added that only stood inside longer ones.",)
    assert model.score("a", ["<s>", "b"]) == -0.05
    assert slow_tables(model)[("b", "a")] == pytest.approx((0.1 - 0.6, 0))
    assert model.score("a", ["b"]) == pytest.approx(0.1 - 0.6)


def test_orders_above_packed_keys_are_read(tmp_path: Path) -> None:
    """A 5-gram model of many words does not fit one packed key and is sorted otherwise."""
    text = zipf_text(60)
    model = train_ngram(text, 5, vocabulary=[f"x{number}" for number in range(8000)])
    model.write_arpa(tmp_path / "model.arpa")
    again = read_arpa(tmp_path / "model.arpa")
    for order in range(1, 6):
        assert (model.ngrams(order) == again.ngrams(order)).all()
    for history in histories(model)[::50]:
        assert again.score("w1", history) == pytest.approx(model.score("w1", history), abs=1e-6)


def test_many_chunks_read_like_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading and writing in pieces makes no difference."""
    model = train_ngram(zipf_text(50), 3)
    model.write_arpa(tmp_path / "one.arpa")
    monkeypatch.setattr(arpa, "_LINES", 7)
    model.write_arpa(tmp_path / "two.arpa")
    assert (tmp_path / "one.arpa").read_bytes() == (tmp_path / "two.arpa").read_bytes()
    again = read_arpa(tmp_path / "two.arpa")
    assert all(
        np.allclose(own.log_prob, other.log_prob, atol=1e-6)
        for own, other in zip(model.tables, again.tables, strict=True)
    )


def test_files_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    """A missing file or folder is a LanguageModelError that names the path."""
    with pytest.raises(LanguageModelError, match=r"none\.arpa.*cannot be read"):
        read_model(tmp_path / "none.arpa")
    with pytest.raises(LanguageModelError, match="cannot be read"):
        read_arpa(tmp_path)
    model: NgramModel = train_ngram([["a"]])
    with pytest.raises(LanguageModelError, match="cannot be written"):
        model.write_arpa(tmp_path / "no" / "model.arpa")
    with pytest.raises(LanguageModelError, match="cannot be written"):
        model.write_arpa(tmp_path)
    assert list(tmp_path.iterdir()) == []
