"""Lines become words: brackets ignored, punctuation removed by context, case kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.corpora import parse_line, tokenize
from sttprep.corpora.tokenize import drop_brackets
from sttprep.errors import CorpusError


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("If you're diagnosed, DON'T wait!", ["If", "you're", "diagnosed", "DON'T", "wait"]),
        ("don’t ʼtis", ["don't", "'tis"]),
        ("tell 'em 'silent' killers' names", ["tell", "'em", "silent", "killers", "names"]),
        ("seventy-five trainingdata.txt", ["seventy-five", "trainingdata.txt"]),
        ("in the U.S. and U.S.-based", ["in", "the", "U.S.", "and", "U.S.", "based"]),
        ("e.g., a Ph.D., vs. Dr. No", ["e.g.", "a", "Ph.D.", "vs", "Dr", "No"]),
        ("AT&T, R&D & C++", ["AT&T", "R&D", "and", "C"]),
        ("and/or; this:that—now…then", ["and", "or", "this", "that", "now", "then"]),
        ("abnormal tremor.The hands", ["abnormal", "tremor", "The", "hands"]),
        ("pre- and post-war -- yes", ["pre", "and", "post-war", "yes"]),
        ("see http://a.b/c. or www.cdc.gov/als.", ["see", "http://a.b/c", "or", "www.cdc.gov/als"]),
        ("mail me@x.org, now", ["mail", "me@x.org", "now"]),
        ("*bold* _x_ |a| ~b~ #tag", ["bold", "x", "a", "b", "tag"]),
        ("cafe\u0301 na\u00efve co\u00adop", ["cafe\u0301", "na\u00efve", "coop"]),
        ("ｚ z", ["ｚ", "z"]),
        ("... -- !", []),
    ],
)
def test_what_is_kept_and_what_goes(text: str, tokens: list[str]) -> None:
    """Apostrophes, hyphens and periods stay inside words only."""
    assert tokenize(text) == tokens


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("new (one) [two] {three} <four> guides", "new guides"),
        ("take (two [or <three>] of) them", "take them"),
        ("a (b c", "a b c"),
        ("a b) c", "a b c"),
        ("cross (a [b) c] d", "cross d"),
        ("word(s)and", "word and"),
        ("(all of it)", ""),
    ],
)
def test_bracketed_phrases_are_ignored(text: str, left: str) -> None:
    """A phrase in brackets goes with them; a bracket without partner goes alone."""
    assert parse_line(text) == left


def test_deep_nesting_is_no_problem() -> None:
    """A hundred thousand nested brackets are dropped without recursion."""
    deep = 100_000
    assert drop_brackets("a" + "(" * deep + "x" + ")" * deep + "b").split() == ["a", "b"]


@given(st.text(alphabet="ab ([{<>}])", max_size=30))
def test_brackets_against_an_oracle(text: str) -> None:
    """Where brackets pair up properly, removing innermost pairs again and again says the same."""
    import re

    pair = re.compile(r"\([^][(){}<>]*\)|\[[^][(){}<>]*\]|\{[^][(){}<>]*\}|<[^][(){}<>]*>")
    reduced = text
    while (shorter := pair.sub(" ", reduced)) != reduced:
        reduced = shorter
    if not any(bracket in reduced for bracket in "()[]{}<>"):
        assert drop_brackets(text).split() == reduced.split()


LANGUAGES = ("en-US", "fr-FR", "es-ES", "pt-BR", "de-DE", "it-IT", "nl-NL", "ja-JP", "ko-KR", "hi")


@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_gives_clean_tokens(text: str, language: str) -> None:
    """Whatever the text, tokens are not empty, hold no blanks, and come out the same again."""
    tokens = tokenize(text, language)
    assert all(token and token.split() == [token] for token in tokens)
    assert tokenize(text, language) == tokens


WORDS = st.lists(st.text(alphabet="abcXYZ'-.", min_size=1, max_size=6)).map(" ".join)


@given(WORDS)
def test_parsing_twice_changes_nothing(text: str) -> None:
    """Parsed text is a fixed point of parsing: a snapshot may be parsed again."""
    once = parse_line(text)
    assert parse_line(once) == once


def test_case_is_kept() -> None:
    """The words resource is case-sensitive, so tokens keep their case."""
    assert tokenize("NINDS and Ninds and ninds") == ["NINDS", "and", "Ninds", "and", "ninds"]


@pytest.mark.parametrize("language", ["", "english language", "e", "../en"])
def test_what_is_no_language(language: str) -> None:
    """A language is written as a tag."""
    with pytest.raises(CorpusError, match="is no language"):
        tokenize("a", language)
