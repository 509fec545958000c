"""Grammars written in each format: the same tree back, the same language in the others."""

from __future__ import annotations

import pytest
from hypothesis import given, note, reject, settings
from strategies import grammars, language

from sttprep.errors import GrammarError
from sttprep.grammars.abnf import read_abnf
from sttprep.grammars.grammar import Grammar, GrammarFormat
from sttprep.grammars.grxml import read_grxml
from sttprep.grammars.jsgf import read_jsgf
from sttprep.grammars.write import write
from sttprep.source import Problem, Source

READERS = {"abnf": read_abnf, "grxml": read_grxml, "jsgf": read_jsgf}
FORMATS: tuple[GrammarFormat, ...] = ("abnf", "grxml", "jsgf")


def read(text: str, format: GrammarFormat) -> tuple[Grammar, list[Problem]]:
    """The grammar in a text, and its problems apart from notes."""
    grammar, problems = READERS[format](Source("", text), "w3c")
    return grammar, [problem for problem in problems if problem.severity != "note"]


def test_a_format_that_is_not_there() -> None:
    """The formats there are, said in an error of the toolkit."""
    grammar, _ = read("#ABNF 1.0;\nlanguage en;\nroot $r;\n$r = a;\n", "abnf")
    with pytest.raises(GrammarError, match="no grammar format 'srgs'. There are: abnf, grxml"):
        grammar.to("srgs")  # type: ignore[arg-type]


@pytest.mark.parametrize("zero", ["/0/ a | /1/ b", "/0/ a | /0.5/ b"])
@pytest.mark.parametrize("format", FORMATS)
def test_a_weight_of_zero_can_be_read_again(zero: str, format: GrammarFormat) -> None:
    """What one reader takes, the others take from what is written."""
    grammar, _ = read(f"#ABNF 1.0;\nlanguage en;\nroot $r;\npublic $r = {zero};\n", "abnf")
    _, problems = read(write(grammar, format), format)
    assert not [problem for problem in problems if problem.severity == "error"]


@pytest.mark.parametrize("format", FORMATS)
def test_same_format_keeps_the_tree(format: GrammarFormat) -> None:
    """What is written reads back as the same grammar, without a problem, in the same text."""

    @given(grammars(format, recursive=True))
    def check(grammar: Grammar) -> None:
        text = write(grammar, format)
        note(text)
        again, problems = read(text, format)
        assert [str(problem) for problem in problems if "quote" not in problem.code] == []
        assert again.header == grammar.header
        for rule, written in zip(again.rules, grammar.rules, strict=True):
            assert rule.expression == written.expression
        assert again.rules == grammar.rules
        assert again.header.comments == grammar.header.comments
        assert again.trailing_comments == grammar.trailing_comments
        for rule, written in zip(again.rules, grammar.rules, strict=True):
            assert rule.comments == written.comments
        assert write(again, format) == text
        assert text.endswith("\n")

    check()


@pytest.mark.parametrize("target", FORMATS)
@pytest.mark.parametrize("format", FORMATS)
def test_other_formats_keep_the_language(format: GrammarFormat, target: GrammarFormat) -> None:
    """A grammar accepts the same sentences in every format that can say it."""

    sayable = target != "jsgf" or format == "jsgf"
    options = dict.fromkeys(["languages", "specials", "recursive"], sayable)

    @settings(max_examples=settings.default.max_examples // 4)
    @given(grammars(format, **options))
    def check(grammar: Grammar) -> None:
        try:
            text = write(grammar, target)
        except GrammarError:
            reject()
        note(text)
        again, problems = read(text, target)
        assert [str(problem) for problem in problems if "quote" not in problem.code] == []
        assert language(again) == language(grammar)
        assert write(again, target) == text

    check()
