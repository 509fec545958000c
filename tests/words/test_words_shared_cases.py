"""The shared cases of the words resource, made from the service's public documentation."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sttprep.data import shared_folder
from sttprep.words import (
    Word,
    WordList,
    acronym_readings,
    check_word,
    complete_word,
    display_pairs,
)

_FILE = shared_folder() / "cases" / "corpus" / "cases.json"
_KINDS = (
    "acronym",
    "count",
    "delete_corpus",
    "display_as",
    "reverse_sounds_like",
    "sounds_like",
    "sounds_like_length",
    "url_encoding",
    "word_default",
    "word_error",
    "word_name",
)

pytestmark = pytest.mark.skipif(
    not _FILE.exists(),
    reason=f"no acceptance cases at {_FILE}: export STTPREP_SHARED=/path/to/shared",
)


def _cases(kind: str) -> list[Any]:
    if not _FILE.exists():
        return []
    cases = json.loads(_FILE.read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["id"]) for case in cases if case["kind"] == kind]


def _worst(word: Word, language: str = "en-US", generation: str = "previous") -> str:
    found = {problem.severity for problem in check_word(word, language, generation)}
    return next((level for level in ("error", "warning", "note") if level in found), "ok")


def test_every_kind_has_cases() -> None:
    """A renamed kind must not empty a test silently."""
    assert [kind for kind in _KINDS if not _cases(kind)] == []


@pytest.mark.parametrize("case", _cases("sounds_like"))
def test_sounds_like(case: dict[str, Any]) -> None:
    """A sounds-like is refused exactly where the documentation refuses it."""
    given = case["given"]
    worst = _worst(Word("word", given["sounds_like"]), given["lang"], given["generation"])
    assert (worst != "error") is case["expect"]["valid"]


@pytest.mark.parametrize("case", _cases("sounds_like_length"))
def test_sounds_like_length(case: dict[str, Any]) -> None:
    """Past the recommended length there is a warning; past the enforced one an error."""
    given = case["given"]
    worst = _worst(Word("word", given["sounds_like"]), given["lang"], given["generation"])
    # A word the service turns into corpus text is no custom word any more: an error here.
    levels = {"word": case["expect"].get("level"), "corpus": "error"}
    assert worst == levels[case["expect"]["treated_as"]]


@pytest.mark.parametrize("case", _cases("word_name"))
def test_word_name(case: dict[str, Any]) -> None:
    """Names that need URL-encoding are warned of."""
    given = case["given"]
    worst = _worst(Word(given["word"]), given.get("lang", "en-US"), given["generation"])
    assert worst == case["expect"]["level"]


@pytest.mark.parametrize("case", _cases("word_default"))
def test_word_default(case: dict[str, Any]) -> None:
    """Fields left out are filled as documented."""
    given, expect = case["given"], case["expect"]
    word = complete_word(
        Word(given["word"], given.get("given_sounds_like", ()), given.get("given_display_as")),
        in_base=given.get("in_base_vocabulary", False),
        language=given.get("lang", "en-US"),
        generation=given["generation"],
    )
    if expect["sounds_like"] == "generated":
        assert word.sounds_like
    else:
        assert list(word.sounds_like) == expect["sounds_like"]
    assert (word.display_as or "") == expect.get("display_as", word.display_as or "")


@pytest.mark.parametrize("case", _cases("word_error"))
def test_word_error(case: dict[str, Any]) -> None:
    """A word with a bad sounds-like is stored with an error keyed by that sounds-like."""
    given = case["given"]
    words = WordList().with_word(
        Word(given["word"], given["sounds_like"], given["display_as"]),
        base=(),
        language=given["lang"],
        generation=given["generation"],
    )
    assert (given["word"] in words) is case["expect"]["stored"]
    assert [{key: text} for key, text in words[given["word"]].error] == case["expect"]["error"]


@pytest.mark.parametrize("case", _cases("display_as"))
def test_display_as(case: dict[str, Any]) -> None:
    """Any string can be displayed."""
    word = Word(case["given"]["word"], display_as=case["given"]["display_as"])
    assert (_worst(word) != "error") is case["expect"]["valid"]
    assert word.shown == case["expect"]["display"]


@pytest.mark.parametrize("case", _cases("count"))
def test_count(case: dict[str, Any]) -> None:
    """Counts add up over corpora, a word first added by hand starting at 1."""
    given, words = case["given"], WordList()
    if given.get("first") == "user":
        words = words.with_word(Word("NCAA"), base=())
    for corpus, count in given["corpora"].items():
        words = words.with_occurrences({"NCAA": count}, corpus)
    if given.get("then") == "user":
        words = words.with_word(Word("NCAA"), base=())
    assert words["NCAA"].count == case["expect"]["count"]
    assert set(words["NCAA"].source) == set(case["expect"]["source"])


@pytest.mark.parametrize("case", _cases("delete_corpus"))
def test_delete_corpus(case: dict[str, Any]) -> None:
    """Words only a deleted corpus supplied go; the others stay."""
    given = case["given"]
    words = WordList([Word("NCAA", source=given["word"]["sources"])])
    left = words.without_source(given["delete"])
    assert ("NCAA" in left) is case["expect"]["word_stays"]


@pytest.mark.parametrize("case", _cases("acronym"))
def test_acronym(case: dict[str, Any]) -> None:
    """Acronyms are read by letters, and as a word if they have a vowel."""
    readings = acronym_readings(case["given"]["word"])
    assert list(readings) == case["expect"]["readings"]
    assert bool(readings) is case["expect"]["acronym"]


@pytest.mark.parametrize("case", _cases("url_encoding"))
def test_url_encoding(case: dict[str, Any]) -> None:
    """A word in an address is percent-encoded UTF-8."""
    assert Word(case["given"]["word"]).url == case["expect"]["url"]


@pytest.mark.parametrize("case", _cases("reverse_sounds_like"))
def test_reverse_sounds_like(case: dict[str, Any]) -> None:
    """A sounds-like of the next generation works in both directions."""
    given = case["given"]
    pairs = display_pairs(Word(given["word"], given["sounds_like"]))
    assert [list(pair) for pair in pairs] == case["expect"]["pairs"]
