"""The recognizer's binary format, against the recognizer itself."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pocketsphinx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ngrams_oracle import ORDERS, SENTENCES, slow_tables, zipf_text

from sttprep.data import stock_model
from sttprep.errors import LanguageModelError
from sttprep.ngrams import (
    NgramModel,
    binary,
    binary_vocabulary,
    read_arpa,
    read_binary,
    read_model,
    train_ngram,
)
from sttprep.ngrams.bits import pack_bits, unpack_bits
from sttprep.ngrams.quantize import TABLE_SIZE, quantize

# The recognizer adds logarithms to the base 1.0001 up and cuts the sum to a whole number.
ROUNDING = float(np.log10(1.0001)) * 1.01


@pytest.fixture(scope="module")
def stock() -> NgramModel:
    """The English model of the recognizer."""
    return read_binary(stock_model().language_model)


def ask_recognizer(path: Path) -> Any:
    """A function (words → log10 p of the last one) of the recognizer's own reader."""
    config = pocketsphinx.Config(hmm=None, lm=None, dict=None)
    model = pocketsphinx.NGramModel(config, pocketsphinx.LogMath(), str(path))
    return lambda words: model.prob(words[::-1]) * float(np.log10(1.0001))


def compare(model: NgramModel, path: Path, tries: int, seed: int = 0) -> None:
    """The recognizer's probabilities equal ours: n-grams of the model, broken ones, random ones."""
    ask, rng = ask_recognizer(path), random.Random(seed)
    longest = min(3, model.order)  # what the recognizer's search asks for
    listed = [model.ngrams(order) for order in range(1, longest + 1)]
    for _ in range(tries):
        some = rng.choice(listed)
        ids = some[rng.randrange(len(some))].tolist()
        if rng.random() < 0.3:
            ids = [*ids[1:], rng.randrange(len(model.words))]
        if rng.random() < 0.2:
            ids = [rng.randrange(len(model.words)) for _ in range(longest)]
        words = [model.words[number] for number in ids]
        expected = model.score(words[-1], words[:-1])
        if expected > -90:
            assert ask(words) == pytest.approx(expected, abs=ROUNDING), words


@pytest.mark.parametrize("order", [1, 2, 3, 4, 5])
def test_the_recognizer_reads_what_is_written(tmp_path: Path, order: int) -> None:
    """Probabilities and back-off weights arrive, on every order the format has."""
    path = tmp_path / "model.lm.bin"
    model = train_ngram(zipf_text(150), order, vocabulary=["unseen", "words"])
    model.write_binary(path)
    compare(model, path, 2000)
    assert ask_recognizer(path)(["unseen"]) == pytest.approx(model.score("unseen"), abs=ROUNDING)


@pytest.mark.parametrize("order", [1, 2, 3])
@pytest.mark.parametrize(
    ("sentences", "vocabulary"),
    [([["a"]], []), ([], ["only", "words"]), ([["a", "a", "a"]], ["x"]), ([["a", "b"]] * 9, [])],
)
def test_the_recognizer_reads_tiny_models(
    tmp_path: Path, sentences: list[list[str]], vocabulary: list[str], order: int
) -> None:
    """One word, words without text, one n-gram: all are read."""
    model = train_ngram(sentences, order, vocabulary=vocabulary)
    model.write_binary(tmp_path / "model.lm.bin")
    compare(model, tmp_path / "model.lm.bin", 50)


def test_the_recognizer_reads_pruned_models(tmp_path: Path) -> None:
    """An ending that only stands inside a longer n-gram is reachable in the trie too."""
    (tmp_path / "pruned.arpa").write_text(
        "\\data\\\nngram 1=5\nngram 2=1\nngram 3=2\n\n\\1-grams:\n-99 <s> -0.1\n-1 </s>\n"
        "-0.5 a -0.2\n-0.6 b -0.3\n-0.7 c -0.4\n\n\\2-grams:\n-0.25 a b -0.15\n\n"
        "\\3-grams:\n-0.11 b c a\n-0.12 a b c\n\n\\end\\\n"
    )
    model = read_arpa(tmp_path / "pruned.arpa")
    model.write_binary(tmp_path / "model.lm.bin")
    compare(model, tmp_path / "model.lm.bin", 300)
    ask = ask_recognizer(tmp_path / "model.lm.bin")
    assert ask(["b", "c", "a"]) == pytest.approx(-0.11, abs=ROUNDING)
    assert ask(["c", "a"]) == pytest.approx(-0.4 - 0.5, abs=ROUNDING)


def test_the_stock_model_is_read_as_the_recognizer_reads_it(stock: NgramModel) -> None:
    """72,545 words, two million bigrams (six fewer than its header says), and its own values."""
    assert [len(table) for table in stock.tables] == [72_547, 2_051_541, 1_669_625]
    compare(stock, stock_model().language_model, 3000)


def test_the_stock_model_survives_rewriting(tmp_path: Path, stock: NgramModel) -> None:
    """Reading and writing keeps every value, exactly; the same model gives the same bytes."""
    path = tmp_path / "stock.lm.bin"
    stock.write_binary(path)
    again = read_binary(path)
    assert again.words == stock.words
    for own, other in zip(stock.tables, again.tables, strict=True):
        for field in ("suffix", "first", "log_prob", "log_backoff"):
            assert np.array_equal(getattr(own, field), getattr(other, field))
    written = path.read_bytes()
    again.write_binary(path)
    assert path.read_bytes() == written


@given(sentences=SENTENCES, order=ORDERS)
@settings(deadline=None, max_examples=25)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, sentences: list[list[str]], order: int
) -> None:
    """Few distinct values are not quantised: all come back to float precision."""
    path = tmp_path_factory.mktemp("binary") / "model.lm.bin"
    model = train_ngram(sentences, order, vocabulary=["z", "Ärzte"])
    model.write_binary(path)
    again = read_model(path)
    assert again.words == model.words
    assert binary_vocabulary(path) == model.vocabulary
    expected = slow_tables(model)
    assert slow_tables(again) == {
        ngram: pytest.approx(values, rel=1e-6, abs=1e-9) for ngram, values in expected.items()
    }


def test_the_vocabulary_is_listed_without_reading_all(
    stock: NgramModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only header and names are looked at; the marks are not words."""
    monkeypatch.setattr(binary, "unpack_bits", None)
    words = binary_vocabulary(stock_model().language_model)
    assert words == stock.vocabulary
    assert len(words) == 72_545
    assert not {"<s>", "</s>"} & set(words)


def test_records_out_of_order_are_sorted(tmp_path: Path, stock: NgramModel) -> None:
    """The stock file has two trigrams that the recognizer's search may miss; here none is."""
    for keys in stock.keys:
        assert (np.diff(keys) > 0).all()
    assert stock.score("jerri", ["coach", "and"]) == pytest.approx(-2.7364, abs=1e-4)


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    """Cut short anywhere, a file is refused with its name; any flipped byte is survived."""
    path = tmp_path / "model.lm.bin"
    train_ngram([["a", "b", "c"], ["b", "c"]], 3).write_binary(path)
    good, rng = path.read_bytes(), random.Random(1)
    for size in [*range(60), *rng.sample(range(len(good)), 40), len(good) - 1]:
        path.write_bytes(good[:size])
        with pytest.raises(LanguageModelError, match=r"model\.lm\.bin: "):
            read_binary(path)
    books = range(36, 36 + 4 * 3 * TABLE_SIZE)
    places = [at for at in range(len(good)) if at not in books]
    outcomes: set[type] = set()
    for at in places:
        path.write_bytes(good[:at] + bytes([good[at] ^ rng.randrange(1, 256)]) + good[at + 1 :])
        try:
            outcomes.add(type(read_binary(path)))
        except LanguageModelError as error:
            outcomes.add(type(error))
    assert outcomes == {NgramModel, LanguageModelError}


@pytest.mark.parametrize("reader", [read_binary, binary_vocabulary])
def test_other_files_are_refused(tmp_path: Path, reader: Any) -> None:
    """A file of another kind, an empty and a missing one."""
    for content in (b"", b"\\data\\\n", b"Trie Language Model", b"Trie Language Model\x09"):
        (tmp_path / "x.bin").write_bytes(content)
        with pytest.raises(LanguageModelError, match=r"x\.bin: "):
            reader(tmp_path / "x.bin")
    with pytest.raises(LanguageModelError, match="cannot be read"):
        reader(tmp_path / "none.bin")


def test_limits_of_the_format_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Order 6 and too many n-grams do not fit; nothing is written."""
    with pytest.raises(LanguageModelError, match="orders 1 to 5, this model has order 6"):
        train_ngram([list("abcdefgh")], 6).write_binary(tmp_path / "x.bin")
    monkeypatch.setattr(binary, "_MAX_ROWS", 5)
    with pytest.raises(LanguageModelError, match="holds 5 2-grams, this model has 6"):
        train_ngram([["a", "b"], ["b", "a"], ["a"]], 2).write_binary(tmp_path / "x.bin")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new file replaces the old one whole or not at all, and leaves nothing beside it."""
    path = tmp_path / "model.lm.bin"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sttprep.files.os.replace", fail)
    with pytest.raises(LanguageModelError, match="No space left on device"):
        train_ngram([["a"]]).write_binary(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@given(
    st.lists(st.integers(0, 25), min_size=1, max_size=4),
    st.integers(1, 30),
    st.integers(0, 2**32 - 1),
)
def test_bits_are_read_as_written(widths: list[int], count: int, seed: int) -> None:
    """Fields of any widths come back, and are the bits of one long little-endian number."""
    widths = [*widths, 16]
    rng = np.random.default_rng(seed)
    fields = [rng.integers(0, 1 << width, count) for width in widths]
    packed = pack_bits(fields, widths).tobytes()
    number, shift = 0, 0
    for record in zip(*fields, strict=True):
        for value, width in zip(record, widths, strict=True):
            number |= int(value) << shift
            shift += width
    assert int.from_bytes(packed, "little") == number
    for place, field in enumerate(fields):
        assert unpack_bits(packed, 0, count, widths, place).tolist() == field.tolist()


@given(st.lists(st.floats(-20, 2, width=32), max_size=50))
def test_few_values_are_kept_exactly(values: list[float]) -> None:
    """Up to 65,536 distinct values need no rounding."""
    exact = np.array(values, np.float32)
    book, codes = quantize(exact)
    assert len(book) == TABLE_SIZE
    assert (book[codes] == exact).all()


def test_many_values_are_rounded_a_little() -> None:
    """A lone −99 neither suffers nor makes the others coarse; order is kept."""
    rng = np.random.default_rng(3)
    values = np.append(-rng.gamma(3, 9000, 300_000), -99 / np.log10(1.0001)).astype(np.float32)
    book, codes = quantize(values)
    error = np.abs(book[codes] - values)
    assert error[-1] == 0
    assert error.mean() < 1  # one unit is 4.3e-5 in log10, what the recognizer rounds to
    assert error.max() < 10
    order = np.argsort(values)
    assert (np.diff(codes[order]) >= 0).all()
    assert (np.diff(book) >= 0).all()
