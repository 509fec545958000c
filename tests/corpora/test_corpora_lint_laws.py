"""Laws of the linter: pieces do not matter, filters lose nothing, fixes end."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sttprep.corpora import Corpus, lint_lines
from sttprep.corpora.fixes import apply_fixes, choose_fixes, fix_text
from sttprep.corpora.lint import lint
from sttprep.corpora.lint_lines import LineRules, split_lines
from sttprep.errors import CorpusError
from sttprep.source import Problem

FRAGMENTS = [
    "take", "it", "The", "end.", "Really?", "Dr.", "J.", "metformin", "METFORMIN", "Metformin",
    "Ann Lee,", "Bob Day", "www.example.com", "http://a.org/x.", "jo@a.org", "r.pdf", "<b>", "</b>",
    "b>", "</b", "<br/>", "&amp;", "**so**", "_it_", "`x`", "[a](b)", "[[a|b]]", "{{x}}", "== a ==",
    "# a", r"\emph{x}", r"\cite{y}", "$x^2$", "00:00:01,000 --> 00:00:02,000", "[00:12]", "DOCTOR:",
    "Q:", "----------a1b2c3d4", "Content-Type: text/plain", "y" * 45, "y" * 130, "\t", "|", "   ",
    "12.", "1985", "in 1985", "since 1905", "0.15", "3:05", "1/2", "2-3", "1.10.4", "448193", "B12",
    "(800) 555-0199", "1-800-555-0199", "5%", "$1.50", "cafÃ©", "donâ€™t", "Ð´Ð¾Ð¼", "a\ufffd",
    "\x07", "\u200b", "so\u00adft", "\u202e", "m\u0435t", "\U0001f44d", "\u2764\ufe0f", "это",
    "漢字",
    "Nehmen Sie die Pille nicht mit", "WHAT ARE THE RISKS", "ÉTÉ", "’", "(", ")", "“", ";", "²",
]  # fmt: skip
LINES = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=6).map(" ".join)
TEXTS = st.tuples(
    st.lists(LINES, min_size=1, max_size=8), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans()
).map(lambda made: made[1].join(made[0]) + (made[1] if made[2] else ""))


def corpus_of(text: str, language: str = "en-US") -> Corpus | None:
    """The corpus of a text; None for one without words."""
    try:
        return Corpus.from_text(text, "demo", language)
    except CorpusError:
        return None


@given(TEXTS, st.integers(1, 40), st.booleans())
def test_pieces_do_not_matter(text: str, size: int, every_place: bool) -> None:
    """Whatever the size of the pieces that are read, the findings are the same."""
    corpus = corpus_of(text)
    if corpus is None:
        return
    whole = lint(corpus, every_place=every_place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lint_lines, "CHUNK", size)
        patch.setattr(lint_lines, "_BATCH", size % 3)
        patch.setattr(lint_lines, "_STEP", 1 + size % 4)
        assert lint(corpus, every_place=every_place) == whole


@pytest.mark.parametrize(
    "language", ["en-US", "fr-FR", "de-DE", "ru-RU", "ja-JP", "cs-CZ", "ar-AR"]
)
@given(lines=st.lists(LINES, min_size=1, max_size=20))
@settings(max_examples=40)
def test_filters_lose_nothing(language: str, lines: list[str]) -> None:
    """A line about which a rule would say something passes the filters in polars."""
    rules = LineRules(language, None)
    rows = set(rules.suspicious(split_lines("\n".join(lines))).to_list())
    for row, line in enumerate(re.split(r"\r\n|\r|\n", "\n".join(lines))):
        everything = list(rules._judge(line, [True] * len(rules._rules)))
        if everything:
            assert row in rows
        assert list(rules(line)) == everything


@given(TEXTS)
def test_fixes_end(text: str) -> None:
    """After all fixes no finding has a fix, unless nothing at all would be left."""
    corpus = corpus_of(text)
    if corpus is None:
        return
    fixed = fix_text(text.removeprefix("\ufeff"))
    again = Corpus.from_text(fixed.text, "demo")
    open_fixes = [one for one in lint(again, near_duplicates=False, every_place=True) if one.fix]
    assert not open_fixes or corpus_of(apply_fixes(fixed.text, open_fixes)) is None


@given(TEXTS)
def test_outside_the_fixes_nothing_changes(text: str) -> None:
    """The text between the places of the fixes is there, byte for byte and in order."""
    text = text.removeprefix("\ufeff")
    corpus = corpus_of(text)
    if corpus is None:
        return
    found = lint(corpus, every_place=True)
    fixes, left = choose_fixes(found)
    assert len(fixes) + len(left) == len(found)
    fixed = apply_fixes(text, found)
    end = place = 0
    for fix in fixes:
        assert end <= fix.span.start <= fix.span.end <= len(text)
        kept = text[end : fix.span.start] + fix.text
        assert fixed[place : place + len(kept)] == kept
        place, end = place + len(kept), fix.span.end
    assert fixed[place:] == text[end:]
    assert apply_fixes(text, []) == text
    without = [Problem("note", "x", "No fix.", span=one.span) for one in found]
    assert apply_fixes(text, without) == text


@given(TEXTS)
def test_places_are_those_of_the_text(text: str) -> None:
    """Line, column, span and excerpt of a finding agree with the text."""
    corpus = corpus_of(text)
    if corpus is None:
        return
    for problem in lint(corpus, every_place=True):
        if problem.span is not None:
            assert corpus.source.position(problem.span.start) == (problem.line, problem.column)
            assert problem.excerpt == corpus.source.excerpt(problem.span)


@given(TEXTS)
def test_line_ends_stay(text: str) -> None:
    """A text whose lines all end in CR LF has no other line ends after its fixes."""
    corpus = corpus_of(text)
    if corpus is None:
        return
    text = re.sub(r"\r\n|\r|\n", "\r\n", text)
    fixed = fix_text(text).text
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", fixed) or "\n" not in text


def test_an_endless_line_is_called_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of many megabytes has one finding, quickly; where all are wanted it has all."""
    monkeypatch.setattr("sttprep.corpora.lint_lines._ENDLESS", 2000)
    corpus = Corpus.from_text("Take it. See <b>this</b>. " * 1000, "demo")
    (found,) = lint(corpus)
    assert found.code == "long-line"
    assert found.message.endswith("nothing else was looked for in it.")
    assert len(found.excerpt) < 300
    assert {"markup", "long-line"} < {one.code for one in lint(corpus, every_place=True)}
