"""Large texts are counted piece by piece, and the counts are those of reading line by line."""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sttprep.corpora import Context, Corpus, counts, find_oov, pieces, read_corpus, scan
from sttprep.corpora.scan import _DIGIT_LEADS, ISLAND, SIMPLE
from sttprep.corpora.tokenize import tokenizer
from sttprep.data import shared_folder

LEXICON = {"take", "the", "two", "of", "in", "and", "dollars", "million", "life", "threatening"}

WRITTEN = (
    "take Take the MVD life-threatening Alport-like (of) [two and <b> 5 2009 $5 million $ 100 € 5% "
    "% & a&b x@y.org www.cdc.gov/a(b) 3:30 140/90 20th 1960s June 3, 2021 12/25/2024 -5 #3 # 7 "
    "H5N1 B12 U.S. e.g. don’t 'tis café naïve\u00a0the a\tb \ufeffword soft\u00adhyphen … 1,985.5 "
    "0.15 .5 10-20 1/2 ½ ² mg 5mg 5 mg °C 37 ° 555-1234 +1 (555) 123 }{ )( ١٢٣ 日本 語"
)
PIECES = st.sampled_from(WRITTEN.split(" "))
LINES = st.lists(st.lists(PIECES, max_size=14).map(" ".join), min_size=1, max_size=12)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text is large, and its pieces are small."""
    monkeypatch.setattr(counts, "LARGE", 0)
    monkeypatch.setattr(pieces, "PIECE", 40)


def line_by_line(corpus: Corpus) -> dict[str, int]:
    """The counts, as they are defined."""
    return dict(Counter(token for one in corpus.iter_sentences() for token in one.tokens))


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(
    "language", ["en-US", "fr-FR", "es-LA", "de-DE", "pt-BR", "it-IT", "nl-NL"]
)
def test_counts_are_those_of_the_lines(language: str) -> None:
    """However the text is cut, each token is counted as often as the lines hold it."""

    @settings(max_examples=60)
    @given(LINES, ENDS)
    def check(lines: list[str], end: str) -> None:
        corpus = Corpus.from_text(end.join(["take it", *lines]), "demo", language)
        assert corpus.counts == line_by_line(corpus)
        assert corpus.total_words == sum(len(one.tokens) for one in corpus.sentences)

    check()


@pytest.mark.usefixtures("large")
@settings(max_examples=60)
@given(LINES, ENDS, st.integers(1, 3))
def test_reports_are_those_of_small_texts(lines: list[str], end: str, wanted: int) -> None:
    """Words, counts, contexts and their lines do not depend on how the text was read."""
    text = end.join(["MVD", *lines])
    report = find_oov([Corpus.from_text(text, "demo")], LEXICON, wanted)
    small = Corpus.from_text(text, "demo")
    expected = {
        token: times
        for token, times in line_by_line(small).items()
        if token.lower() not in LEXICON and token != "life-threatening"
    }
    lines: dict[str, list[Context]] = {token: [] for token in expected}
    for one in small.sentences:
        for token in expected.keys() & set(one.tokens):
            lines[token].append(Context(one.text, one.line, "demo", "demo"))
    assert {row.word: row.count for row in report.words} == expected
    assert {row.word: list(row.contexts) for row in report.words} == {
        token: contexts[:wanted] for token, contexts in lines.items()
    }


@pytest.mark.usefixtures("large")
def test_any_number_of_processes_gives_the_same(tmp_path: Path) -> None:
    """Two processes, two files, one of them packed: the same report as one process gives."""
    text = "".join(f"Take {number} MVD of kaf{number % 7}ine\n" for number in range(40))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(text.upper().encode()))
    alone = read_corpus(tmp_path).oov(LEXICON)
    assert alone.words == read_corpus(tmp_path).oov(LEXICON, n_jobs=2).words
    assert [context.file for context in alone.words[0].contexts] == [str(tmp_path / "a.txt")] * 3


def test_islands_hold_a_number_and_its_neighbours() -> None:
    """Numbers close to each other are one island; far apart they are two."""
    assert [m[0] for m in re.finditer(ISLAND, "a b c d e 5 f g h i j")] == ["e 5 f g"]
    assert [m[0] for m in re.finditer(ISLAND, "1 a b c d 2")] == ["1 a b", "d 2"]
    assert [m[0] for m in re.finditer(ISLAND, "1 a b c 2")] == ["1 a b c 2"]


@given(st.from_regex(SIMPLE.replace("$", r"\Z")))
def test_simple_pieces_are_tokens(text: str) -> None:
    """What large texts count without the token rules is one token by these rules, too."""
    for language in ("en-US", "fr-FR", "de-DE"):
        assert all(tokenizer(language)(text + end) == (text,) for end in ("", "?!.", ",", ".\r"))


def test_digits_of_other_scripts_are_seen() -> None:
    """Every character that is a digit to the patterns begins with a byte that marks its line."""
    digits = [chr(code) for code in range(128, sys.maxunicode + 1) if chr(code).isdecimal()]
    assert {digit.encode()[0] for digit in digits} <= {*_DIGIT_LEADS}


@pytest.mark.usefixtures("large")
def test_endless_texts_are_summed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts are summed now and then; words, counts and lines stay."""
    text = "".join(f"a{number % 5}b MVD (MVD) {number}\nMVD MVD, kafine\n" for number in range(60))
    corpus = Corpus.from_text(text, "demo")
    whole = find_oov([corpus], LEXICON, 2)
    monkeypatch.setattr(scan, "_MOST_ROWS", 20)
    again = Corpus.from_text(text, "demo")
    assert find_oov([again], LEXICON, 2).words == whole.words
    assert again.counts == corpus.counts == line_by_line(corpus)


def test_real_text() -> None:
    """The public health corpus is counted as its lines are."""
    path = shared_folder() / "data" / "healthcare" / "healthcare.txt"
    if not path.is_file():
        pytest.skip(f"no text at {path}: export STTPREP_SHARED=/path/to/shared")
    corpus = read_corpus(path)
    small = line_by_line(corpus)
    text = "\n".join([path.read_text("utf-8")] * 2)
    large = Corpus.from_text(text, "twice")
    assert counts.is_large(large)
    assert large.counts == {token: 2 * times for token, times in small.items()}
