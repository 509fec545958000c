"""The sample project keeps the promises of its README."""

from __future__ import annotations

import csv
import importlib.util
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from sttprep import check_grammar, read_grammar
from sttprep.data import stock_model

SAMPLE = Path(__file__).parents[1] / "sample_data"
PHARMACY = SAMPLE / "pharmacy"
CORPORA = ("orders", "questions", "staff")
CONDITIONS = {"clean", "noisy", "telephone"}


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """The module that writes the texts, loaded by its path."""
    spec = importlib.util.spec_from_file_location("pharmacy_text", SAMPLE / "pharmacy_text.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up by name
    spec.loader.exec_module(module)
    return module


def rows(path: str) -> list[dict[str, str]]:
    """The rows of a table of the project."""
    with open(PHARMACY / path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sentences(corpus: str) -> list[str]:
    """The lines of a corpus."""
    return (PHARMACY / "corpora" / f"{corpus}.txt").read_text(encoding="utf-8").splitlines()


def plain(text: str) -> str:
    """Words only, lower case."""
    return " ".join(re.findall(r"[a-z0-9$%']+", text.lower()))


@pytest.fixture(scope="module")
def stock_words() -> set[str]:
    """All words of the stock lexicon."""
    with open(stock_model().lexicon, encoding="utf-8") as file:
        return {re.sub(r"\(\d+\)$", "", line.split()[0]) for line in file}


@pytest.mark.parametrize(
    ("corpus", "least"), [("orders", 1800), ("questions", 1000), ("staff", 400)]
)
def test_corpus_is_large_and_says_nothing_twice(corpus: str, least: int) -> None:
    """Every corpus has its promised number of different sentences, one a line, none blank."""
    found = sentences(corpus)
    assert len({plain(text) for text in found}) == len(found) >= least
    assert all(text == text.strip() and plain(text) for text in found)


def test_corpora_are_varied() -> None:
    """No opening of three words makes up more than one sentence in twenty five."""
    found = [text for corpus in CORPORA for text in sentences(corpus)]
    openings = Counter(tuple(plain(text).split()[:3]) for text in found)
    opening, count = openings.most_common(1)[0]
    assert count < len(found) / 25, opening


def test_corpora_show_numbers_in_words_digits_percent_and_dollars() -> None:
    """Most numbers are words, and there are digits, percentages and amounts to verbalize."""
    found = [text for corpus in CORPORA for text in sentences(corpus)]
    for pattern in (r"\$\d", r"\d%", r"\d milligrams"):
        assert sum(bool(re.search(pattern, text)) for text in found) >= 5, pattern
    in_digits = sum(bool(re.search(r"\d", text)) for text in found)
    in_words = sum("hundred" in text or "twenty" in text for text in found)
    assert in_digits < in_words


def test_every_medicine_is_in_every_corpus(generator: ModuleType) -> None:
    """The 77 medicines are spread over all three corpora, the rarest one still in each."""
    names = {medicine.word for medicine in generator.medicines()}
    assert len(names) == 77
    for corpus in CORPORA:
        said = Counter(word for text in sentences(corpus) for word in re.findall(r"\w+", text))
        assert not [name for name in names if said[name] < 2], corpus


def test_words_are_all_used_and_unknown_to_the_stock_lexicon(stock_words: set[str]) -> None:
    """words.csv holds only words that the corpora use and the stock lexicon lacks."""
    text = " ".join(text for corpus in CORPORA for text in sentences(corpus))
    used = set(re.findall(r"[A-Za-z]+", text))
    words = [row["word"] for row in rows("words.csv")]
    assert len(words) == len(set(words)) >= 100
    assert not [word for word in words if word.lower() in stock_words or word not in used]


def test_only_possessives_of_names_remain_unknown(stock_words: set[str]) -> None:
    """Beside words.csv the corpora have no unknown words but a few like "Okafor's"."""
    known = stock_words | {row["word"].lower() for row in rows("words.csv")}
    unknown = {
        word
        for corpus in CORPORA
        for text in sentences(corpus)
        for word in re.findall(r"[A-Za-z]+(?:['-][A-Za-z]+)*", text)
        if word.lower() not in known
    }
    assert unknown
    assert all(re.fullmatch(r"[A-Z][a-z]+'s", word) for word in unknown), unknown


def test_sounds_likes_obey_the_rules_of_the_previous_generation() -> None:
    """Letters, blanks, and single letters with a period; five at most, forty characters each."""
    part = r"(?:[a-z]{2,}|[A-Z]\.)"
    for row in rows("words.csv"):
        given = row["sounds_like"].split("|")
        assert 1 <= len(given) <= 5, row
        for text in given:
            assert re.fullmatch(rf"{part}(?: {part})*", text), row
            assert len(text.replace(" ", "")) <= 40, row
        assert row["display_as"], row


def test_each_word_has_a_sounds_like_of_dictionary_words(stock_words: set[str]) -> None:
    """One sounds-like of every word needs no guessing: the stock lexicon has all its parts."""
    for row in rows("words.csv"):
        assert any(
            all(part.lower() in stock_words for part in text.split())
            for text in row["sounds_like"].split("|")
        ), row


def test_project_names_files_that_exist() -> None:
    """Every path in project.toml leads to a file."""
    project = tomllib.loads((PHARMACY / "project.toml").read_text(encoding="utf-8"))
    assert project["base_model"] == "en-US_BroadbandModel"
    paths = [*project["corpora"], *project["grammars"], *project["audio"]]
    paths += [project["words"], project["test_set"]]
    assert not [path for path in paths if not (PHARMACY / path).is_file()]


def test_grammars_say_what_they_are() -> None:
    """Both are what IBM's service takes, without a warning; ABNF names UTF-8 and its root."""
    grammars = [PHARMACY / "grammars" / name for name in ("dose.abnf", "confirm.grxml")]
    assert not [problem for path in grammars for problem in check_grammar(path, profile="ibm")]
    abnf = (PHARMACY / "grammars/dose.abnf").read_text(encoding="utf-8")
    assert abnf.startswith("#ABNF 1.0 UTF-8;\n")
    root = re.search(r"^root \$(\w+);$", abnf, re.MULTILINE)
    assert root is not None
    defined = set(re.findall(r"^(?:public )?\$(\w+) =", abnf, re.MULTILINE))
    assert root[1] in defined
    assert set(re.findall(r"\$(\w+)", abnf)) == defined


def test_answers_are_sentences_of_the_grammars() -> None:
    """Two thirds of the recorded answers are doses, the others belong to the other grammar."""
    dose, confirm = (
        read_grammar(PHARMACY / "grammars" / name) for name in ("dose.abnf", "confirm.grxml")
    )
    texts = [row["text"] for row in rows("answers/manifest.csv")]
    assert all(dose.accepts(text) for text in texts[:16])
    assert all(confirm.accepts(text) for text in texts[16:])


@pytest.mark.parametrize(
    ("folder", "count", "minutes"), [("test", 64, 4.0), ("audio", 150, 12.5), ("answers", 24, 0.9)]
)
def test_recordings_are_flac_of_16_khz_mono(folder: str, count: int, minutes: float) -> None:
    """Every recording of a manifest exists, is 16 bit FLAC at 16 kHz, and none is left out."""
    import soundfile

    manifest = rows(f"{folder}/manifest.csv")
    assert len(manifest) >= count
    seconds = 0.0
    for row in manifest:
        found = soundfile.info(PHARMACY / folder / row["audio"])
        assert (found.format, found.subtype) == ("FLAC", "PCM_16"), row
        assert (found.samplerate, found.channels) == (16_000, 1), row
        assert (1 if folder == "answers" else 2) < found.duration < 9, row
        if folder == "audio":
            assert float(row["seconds"]) == pytest.approx(found.duration, abs=0.01), row
        seconds += found.duration
    assert seconds / 60 >= minutes
    named = {row["audio"] for row in manifest}
    assert named == {path.name for path in (PHARMACY / folder).glob("*.flac")}


def test_recordings_are_not_silent_or_clipped() -> None:
    """Speech stands out of its pauses and stays below full scale."""
    import numpy as np
    import soundfile

    for folder in ("test", "audio", "answers"):
        for path in sorted((PHARMACY / folder).glob("*.flac")):
            samples, _ = soundfile.read(path)
            frames = samples[: samples.size // 320 * 320].reshape(-1, 320)
            level = 10 * np.log10((frames**2).mean(axis=1) + 1e-12)
            assert np.abs(samples).max() < 0.9, path.name
            assert np.percentile(level, 90) - np.percentile(level, 2) > 15, path.name


def test_voices_and_conditions() -> None:
    """Both sets have all conditions; the voice kal16 is heard in the test alone."""
    for folder, voices in (("test", 4), ("audio", 3)):
        manifest = rows(f"{folder}/manifest.csv")
        assert len({row["speaker"] for row in manifest}) == voices
        assert {row["condition"] for row in manifest} == CONDITIONS
    assert "kal16" not in {row["speaker"] for row in rows("audio/manifest.csv")}


def test_manifest_texts_are_spoken_words() -> None:
    """Texts have no digits or punctuation, and capitals only in custom words."""
    cased = {row["word"] for row in rows("words.csv")}
    for folder in ("test", "audio"):
        for row in rows(f"{folder}/manifest.csv"):
            assert re.fullmatch(r"[A-Za-z'-]+(?: [A-Za-z'-]+)*", row["text"]), row
            assert all(word in cased or word.islower() for word in row["text"].split()), row


def test_test_sentences_are_new() -> None:
    """No test sentence is in a corpus or in the adaptation audio, or twice in the test."""
    test = [plain(row["text"]) for row in rows("test/manifest.csv")]
    assert len(set(test)) == len(test)
    seen = {plain(text) for corpus in CORPORA for text in sentences(corpus)}
    seen |= {plain(row["text"]) for row in rows("audio/manifest.csv")}
    assert not seen & set(test)


def test_half_of_the_test_needs_custom_words() -> None:
    """Test sentences with and without custom words are both there to be scored."""
    cased = {row["word"] for row in rows("words.csv")}
    test = [set(row["text"].split()) for row in rows("test/manifest.csv")]
    needing = sum(bool(words & cased) for words in test)
    assert len(test) * 0.5 <= needing <= len(test) * 0.75


def test_size_stays_small() -> None:
    """All sample data together is smaller than 20 MB."""
    files = [path for path in SAMPLE.rglob("*") if path.is_file()]
    built = SAMPLE / "pharmacy" / "build"  # what make demo leaves there is not sample data
    size = sum(path.stat().st_size for path in files if not path.is_relative_to(built))
    assert size < 20_000_000


def test_generator_makes_the_same_bytes(generator: ModuleType) -> None:
    """Corpora and words.csv are exactly what the generator writes."""
    made = dict(generator.text_files())
    assert len(made) == 4
    for path, content in made.items():
        assert (PHARMACY / path).read_bytes() == content.encode(), path


def test_manifests_say_what_the_generator_chose(generator: ModuleType) -> None:
    """Texts of both manifests follow from the sources, without making the audio again."""
    cased = generator.cased_words()
    spoken = [generator.spoken(text, cased) for text in generator.test_sentences()]
    assert [row["text"] for row in rows("test/manifest.csv")] == spoken
    corpora = [generator.corpus(name) for name in CORPORA]
    chosen = generator.adaptation_sentences(corpora)
    texts = [generator.spoken(text, cased) for text in chosen]
    assert [row["text"] for row in rows("audio/manifest.csv")] == texts


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0", "zero"),
        ("0.4", "zero point four"),
        ("17", "seventeen"),
        ("75", "seventy five"),
        ("100", "one hundred"),
        ("850", "eight hundred fifty"),
        ("1000", "one thousand"),
        ("12.5", "twelve point five"),
    ],
)
def test_strengths_in_words(generator: ModuleType, number: str, words: str) -> None:
    """Strengths are read as people read them."""
    assert generator.in_words(number) == words


def test_numbers_are_not_accepted_where_words_are_spoken(generator: ModuleType) -> None:
    """A sentence to be spoken with digits in it is refused, its text in the message."""
    with pytest.raises(ValueError, match="10 tablets"):
        generator.spoken("Give me 10 tablets.", frozenset())
