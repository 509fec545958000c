"""Many spellings at once: the same answers as one by one, in any company and any process."""

from __future__ import annotations

import gc
import math
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joblib import parallel_config

from sttprep.errors import WordError
from sttprep.words import (
    ENGLISH_PHONES,
    Lexicon,
    Pronunciation,
    g2p,
    graphone_model,
    pronounce,
    pronounce_many,
)
from sttprep.words.g2p import (
    Calibration,
    GraphoneModel,
    evaluate_g2p,
    guess_many,
    held_out,
    load_g2p,
    train_g2p,
    training_pairs,
)

_NEW = ["zolgensma", "zolgenic", "metforminal", "phlemish", "knaggling", "bokkel", "quxation"]


@cache
def _part() -> Lexicon:
    stock = Lexicon.stock()
    return stock.subset(word for number, word in enumerate(stock) if number % 40 == 0)


@cache
def _model() -> GraphoneModel:
    return train_g2p(training_pairs(_part()))


def _loop(texts: list[str], n: int = 3, lexicon: Lexicon | None = None) -> dict[str, object]:
    found: dict[str, object] = {}
    for text in texts:
        try:
            found[text] = pronounce(text, "en-US", n, lexicon)
        except WordError:
            found[text] = []
    return found


@given(st.lists(st.text("abcehknoprstxyzéж", max_size=12), max_size=12), st.integers(1, 5))
@settings(max_examples=30, deadline=None)
def test_company_does_not_matter(spellings: list[str], n: int) -> None:
    """A fresh model asked for one spelling answers what a warm one answers for many, to the bit."""
    together = _model().pronounce_many(spellings, n)
    assert list(together) == list(dict.fromkeys(spellings))
    for spelling in spellings:
        assert GraphoneModel(_model().trie).pronounce(spelling, n) == together[spelling]


def test_forgetting_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered between words is limited, and changes nothing."""
    whole = _model().pronounce_many(_NEW)
    forgetful = GraphoneModel(_model().trie)
    monkeypatch.setattr(graphone_model, "_MOST_KEPT", 10)
    assert forgetful.pronounce_many(_NEW) == whole
    assert sum(map(len, forgetful._steps.values())) == 0


def test_scaling_changes_no_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Probabilities of long spellings are scaled by powers of two, which changes nothing."""
    exact = _model().pronounce_many(_NEW)
    monkeypatch.setattr(graphone_model, "_TINY", 2.0**-12)
    assert GraphoneModel(_model().trie).pronounce_many(_NEW) == exact


@pytest.mark.parametrize("part", ["q", "xzqj", "metformin", "aeiouy"])
def test_long_spellings(part: str) -> None:
    """A hundred letters are pronounced, however improbable; one more is refused by number."""
    spelling = (part * 100)[:100]
    guesses = load_g2p().pronounce(spelling)
    assert guesses
    for phones, score in guesses:
        assert set(phones) <= ENGLISH_PHONES
        assert math.isfinite(score)
        assert score <= 0
    for long in (spelling + "a", "a" * 10_000):
        with pytest.raises(WordError, match=f"has {len(long)} letters") as caught:
            load_g2p().pronounce(long)
        assert "at most 100 letters" in caught.value.hint
        with pytest.raises(WordError, match="letters"):
            pronounce(long)
    assert pronounce_many(["lip", "a" * 10_000])["a" * 10_000] == []


def test_collection_of_cycles_goes_on() -> None:
    """The collector is as it was, after an answer and after an error."""
    _model().pronounce("lip")
    assert gc.isenabled()
    gc.disable()
    try:
        _model().pronounce("lap")
        assert not gc.isenabled()
    finally:
        gc.enable()


_TEXTS = st.text("abkmnoABKZ019.-'’&%$ éß™Ж東", max_size=10) | st.sampled_from(
    ["lip", "N. C. A. A.", "NCAA", "MRIs", "zolgensma's", "zolgensma blorft", "B12", "O'Zolgen",
     "quxation-blorft", "75%", "Москва", "", "US", "Zolgensma", "BLORFTIN"]
)  # fmt: skip


@given(st.lists(_TEXTS, max_size=12), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_bulk_is_the_loop(texts: list[str], n: int) -> None:
    """Many texts are pronounced as each of them is; what cannot be said has no pronunciation."""
    assert pronounce_many(texts, "en-US", n) == _loop(texts, n)


def test_bulk_with_a_dictionary_of_ones_own() -> None:
    """The dictionary given is used in bulk too, in any English."""
    lexicon = Lexicon({"zolgensma": ["Z OW L"]})
    texts = ["zolgensma", "Zolgensma's blorft", "lip"]
    assert pronounce_many(texts, "en-US", 2, lexicon) == _loop(texts, 2, lexicon)
    assert str(pronounce_many(["Z."], "en-GB")["Z."][0]) == "Z EH D"


@pytest.mark.parametrize("n_jobs", [2, -1])
def test_processes_change_nothing(n_jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any number of processes gives the same answers, in the order of the texts."""
    alone = pronounce_many(_NEW)
    monkeypatch.setattr(g2p, "_WORTH_PROCESSES", 1)
    monkeypatch.setattr(g2p, "_PART", 3)
    shared = pronounce_many(_NEW, n_jobs=n_jobs)
    assert shared == alone
    assert list(shared) == _NEW


def test_threads_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads share one model and its memory."""
    alone = guess_many(_NEW)
    monkeypatch.setattr(g2p, "_WORTH_PROCESSES", 1)
    monkeypatch.setattr(g2p, "_PART", 1)
    with parallel_config(backend="threading"):
        assert guess_many(_NEW, n_jobs=4) == alone


def test_dask_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a Dask cluster the answers are the same."""
    distributed = pytest.importorskip("distributed", reason="pip install 'sttprep[dask]'")
    alone = pronounce_many(_NEW)
    monkeypatch.setattr(g2p, "_WORTH_PROCESSES", 1)
    monkeypatch.setattr(g2p, "_PART", 3)
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster),
        parallel_config(backend="dask"),
    ):
        assert pronounce_many(_NEW, n_jobs=-1) == alone


def test_no_processes() -> None:
    """Nobody to do the work is an error, before any work."""
    for call in (lambda: pronounce_many(["lip"], n_jobs=0), lambda: guess_many([], n_jobs=0)):
        with pytest.raises(WordError, match="n_jobs=0") as caught:
            call()
        assert "n_jobs=1" in caught.value.hint


def test_training_at_the_same_time(tmp_path: Path) -> None:
    """Two processes that train the same model at once leave one whole file and agree."""
    code = (
        "from sttprep.words import Lexicon\n"
        "from sttprep.words.g2p import load_g2p\n"
        "words = {'phone': ['F OW N'], 'fan': ['F AE N'], 'ban': ['B AE N'], 'box': ['B AA K S']}\n"
        "print(load_g2p(Lexicon(words)).pronounce('phan'))\n"
    )
    environment = {**os.environ, "STTPREP_CACHE": str(tmp_path)}
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment, text=True
        )
        for _ in range(2)
    ]
    one, other = (process.communicate()[0] for process in both)
    assert one == other
    assert "'F'" in one
    [kept] = (tmp_path / "g2p").iterdir()
    assert GraphoneModel.read(kept).pronounce("phan")


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("knabbing", "N AE B IH NG"),  # silent first letters
        ("wrimble", "R IH M B AH L"),
        ("pneumoflex", "N UW M OW F L EH K S"),
        ("psyllogram", "S IH L AH G R AE M"),
        ("phlemish", "F L EH M IH SH"),
        ("rubble-lamb", "R AH B AH L L AE M"),
        ("blapper", "B L AE P ER"),  # a double letter is one sound
        ("Hendricksen", "HH EH N D R IH K S AH N"),  # names
        ("Schmeltzer", "SH M EH L T Z ER"),
        ("Petrovsky", "P IH T R AA V S K IY"),
        ("Müllerstein", "M AH L ER S T IY N"),  # accents are taken off
        ("O'Blapper", "OW B L AE P ER"),
        ("blapper’s", "B L AE P ER Z"),
        ("blapper-wrimble", "B L AE P ER R IH M B AH L"),
    ],
)
def test_readings_of_unknown_words(text: str, phones: str) -> None:
    """Silent and double letters, names, accents, apostrophes and hyphens are read as English."""
    assert str(pronounce(text)[0]) == phones


def test_accents_change_nothing() -> None:
    """Accents, full-width forms, soft hyphens and zero-width marks leave a reading as it is."""
    plain = pronounce("zolgensma")
    for text in (
        "zolgénsma", "zolge\u0301nsma", "ｚｏｌｇｅｎｓｍａ", "zol\u00adgensma", "zolgensma\u200b",
    ):  # fmt: skip
        assert pronounce(text) == plain


def test_letters_or_word() -> None:
    """Capitals are letters first and, with a vowel, a word after them."""
    origins = [found.origin for found in pronounce_many(["BLORFTIN"])["BLORFTIN"]]
    assert origins == ["letters", "spelling", "spelling"]


def test_calibration() -> None:
    """Each held-out word is in one bin, and the bins' right words are those not in error."""
    result = evaluate_g2p(_part(), 150)
    assert sum(one.words for one in result.calibration) == result.words == 150
    assert sum(one.right for one in result.calibration) == 150 - result.word_errors
    for one in result.calibration:
        assert one.low * one.words <= one.share <= one.high * one.words + 1e-9
    gaps = [abs(one.share - one.right) for one in result.calibration]
    assert result.calibration_error == pytest.approx(sum(gaps) / 150)
    assert "right 95.0%" in str(Calibration(0.9, 1.0, 200, 190, 191.0))


def test_a_share_is_worth_something() -> None:
    """Of the surest half of held-out words more are right than of the others."""
    references = held_out(_part(), 300)
    model = train_g2p(one for one in training_pairs(_part()) if one[0] not in references)
    guesses = {word: found[0] for word, found in model.pronounce_many(references, 1).items()}
    surest = sorted(guesses, key=lambda word: guesses[word][1], reverse=True)
    right = [guesses[word][0] in references[word] for word in surest]
    assert sum(right[:150]) > 1.3 * sum(right[150:])


def test_main_prints_the_evaluation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command prints errors and calibration, and keeps the model anew."""
    monkeypatch.setenv("STTPREP_CACHE", str(tmp_path))
    part = _part()
    monkeypatch.setattr(Lexicon, "stock", classmethod(lambda cls: part))
    assert g2p.main() == 0
    out = capsys.readouterr().out
    assert "word error" in out
    assert "share 0.9 to 1.0" in out
    [kept] = (tmp_path / "g2p").iterdir()
    assert kept.name in out
    assert kept.read_bytes() == _model().to_bytes()


def test_pronunciations_are_plain_values() -> None:
    """Answers from other processes are what they are here."""
    [found] = pronounce_many(["lip"], n_jobs=2)["lip"]
    assert found == Pronunciation(("L", "IH", "P"), "dictionary")
