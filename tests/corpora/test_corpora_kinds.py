"""What a token looks like, with and without its contexts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.corpora import Corpus, find_oov
from sttprep.corpora.foreign import LetterModel
from sttprep.corpora.kinds import KINDS, inflection_bases, kind_of, kinds_of
from sttprep.corpora.names import capital_evidence
from sttprep.data import stock_words

KNOWN = {"provider", "aneurysm", "swat", "palsy", "debride", "abscess", "gravi", "use", "play"}


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        ("kg", "acronym"), ("mmHg", "acronym"), ("fMRI", "acronym"), ("NIH's", "acronym"),
        ("VIII", "number"), ("ii", "number"), ("I", "word"), ("MCI", "acronym"),
        ("aneurysms", "inflection"), ("Palsies", "inflection"), ("swatting", "inflection"),
        ("debriding", "inflection"), ("abscesses", "inflection"), ("gravis", "word"),
        ("ah-RITH-me-ah", "respelling"), ("AZ-ma", "respelling"), ("broo-E", "respelling"),
        ("BMI-for-age", "compound"), ("non-CNS", "compound"), ("NIH-funded", "compound"),
        ("t-MDS", "compound"), ("anti-TNF", "compound"),
        ("nbsp", "markup"), ("href", "markup"), ("R&amp", "markup"), ("x00a0", "markup"),
        ("WebKitFormBoundary7MA4YWxkTrZu0gW", "markup"), ("Content-Disposition", "markup"),
        ("0123456789abcdef0123", "markup"), ("AT&T", "word"),
        ("naïf", "foreign"), ("nai\u0308f", "foreign"),
        ("Москва", "foreign"), ("Straße", "foreign"), ("東京", "foreign"),
    ],
)  # fmt: skip
def test_kinds(token: str, kind: str) -> None:
    """Each kind has its signs, and its near misses are something else."""
    assert kind_of(token, KNOWN) == kind


@given(st.text(min_size=1, max_size=12))
def test_any_token_has_a_kind(token: str) -> None:
    """No token is too odd: the kind is one that is explained."""
    assert kind_of(token, KNOWN) in KINDS


WORDS = st.from_regex(r"[A-Za-z][a-z]{2,6}(?:s|ed|ing)?|[a-z]+-[A-Z]{2}", fullmatch=True)


@pytest.mark.parametrize("language", ["en-US", "de-DE"])
def test_many_tokens_have_the_kinds_of_each(language: str) -> None:
    """Judging many at once is a matter of speed only."""

    @given(st.lists(WORDS | st.sampled_from(["tbody", "Tbody", "playing", "uses", "XIV"])))
    def check(tokens: list[str]) -> None:
        assert kinds_of(tokens, KNOWN, language) == [
            kind_of(token, KNOWN, language) for token in tokens
        ]

    check()


@given(st.sampled_from(["stent", "vaccinate", "palsy", "swat", "abscess", "debride"]))
def test_inflections_of_an_oracle(base: str) -> None:
    """Endings put on by the spelling rules are taken off again."""
    stem = base.removesuffix("e")
    doubled = f"{base}t" if base == "swat" else stem
    plural = f"{base[:-1]}ies" if base.endswith("y") else base + ("es" if base[-1] == "s" else "s")
    for form in (
        plural,
        f"{doubled}ing",
        f"{doubled.removesuffix('y')}{'i' * base.endswith('y')}ed",
    ):
        assert base in inflection_bases(form, {base}), form


def oov_kinds(text: str, lexicon: set[str]) -> dict[str, str]:
    """The detailed kinds of the unknown words of a text."""
    report = find_oov([Corpus.from_text(text, "demo")], lexicon)
    return {word.word: word.kind for word in report.details().words}


PROSE = {"was", "first", "seen", "by", "the", "a", "of", "is", "what", "in", "and", "rare"}


def test_a_capital_inside_a_sentence_makes_a_name() -> None:
    """Inside prose only names have capitals; in headings and at beginnings every word may."""
    assert oov_kinds("It was first seen by Lafora.", {*PROSE, "it"})["Lafora"] == "name"
    assert oov_kinds("What Is Lafora?\nLafora is rare.", PROSE)["Lafora"] == "word"
    assert oov_kinds("Chordoma Chordoma is rare.", PROSE)["Chordoma"] == "word"


def test_a_name_is_hardly_ever_in_lower_case() -> None:
    """The same spelling in lower case makes it a word, unless that is a slip."""
    line = "It was first seen by Lafora.\n"
    assert oov_kinds(f"{line}a rare lafora", {*PROSE, "it"})["Lafora"] == "word"
    assert oov_kinds(f"{30 * line}a rare lafora", {*PROSE, "it"})["Lafora"] == "name"


def test_lines_beyond_the_contexts_are_read() -> None:
    """A word whose first lines are headings is judged by those that follow."""
    text = 5 * "What Is Lafora?\n" + "It was first seen by Lafora in a rare.\n"
    assert oov_kinds(text, {*PROSE, "it"})["Lafora"] == "name"


def test_the_ending_of_ordinary_words() -> None:
    """Where the corpus writes an ending small, one capital is not enough for a name."""
    small = "a rare adenocarcinoma and carcinoma and neurocarcinoma of the\n"
    once = "It was the rare Choriocarcinoma of the and in.\n"
    assert oov_kinds(small + once, {*PROSE, "it"})["Choriocarcinoma"] == "word"
    assert oov_kinds(once, {*PROSE, "it"})["Choriocarcinoma"] == "name"


def test_evidence_is_counted() -> None:
    """Each capital inside the sentence counts, none after a colon, a quote or a bullet."""
    assert capital_evidence("By Rett and after Rett it was so.", "Rett") == 2
    for line in ("It was so: Rett was it.", 'It was "Rett" of old.', "- Rett was of old."):
        assert capital_evidence(line, "Rett") == 0


def test_a_line_of_another_language() -> None:
    """Words of lines that are unknown nearly throughout are foreign."""
    text = "das ist eine ganz andere sprache\nand a stent of the\n"
    kinds = oov_kinds(text, {*PROSE, "stents"})
    assert kinds["andere"] == kinds["sprache"] == "foreign"
    assert kinds["stent"] == "word"


def test_letters_unlike_the_lexicon() -> None:
    """Letter sequences the lexicon does not have are surprising, and more so the more there are."""
    model = LetterModel(stock_words())
    assert model.surprise("motion") < model.surprise("mrdkv")
    assert model.outliers(["motions", "xqzkv", "vcjd"]) == {"xqzkv", "vcjd"}
    assert LetterModel(["few", "words"]).outliers(["xqzkv"]) == frozenset()


@pytest.mark.parametrize(
    ("token", "language", "kind"),
    [
        ("parlés", "fr-FR", "word"), ("Москва", "de-DE", "foreign"), ("東京", "ja-JP", "word"),
        ("krk", "cs-CZ", "word"), ("aneurysms", "nl-NL", "word"), ("MVD", "es-ES", "acronym"),
        ("Größe", "de-DE", "word"), ("서울", "ko-KR", "word"),
    ],
)  # fmt: skip
def test_kinds_of_other_languages(token: str, language: str, kind: str) -> None:
    """Endings and vowels are judged for English only; no language finds its own letters foreign."""
    assert kind_of(token, KNOWN, language) == kind


def test_german_nouns_are_no_names() -> None:
    """Where every noun has a capital, a capital tells nothing."""
    text = "das wurde von der Zebrule in der alten Zeit gesehen.\n"
    known = {"das", "wurde", "von", "der", "in", "alten", "zeit", "gesehen"}
    for language, kind in (("de-DE", "word"), ("nl-NL", "name")):
        [row] = find_oov([Corpus.from_text(text, "demo", language)], known).details().words
        assert (row.word, row.kind) == ("Zebrule", kind)
