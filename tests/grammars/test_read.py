"""From a path, bytes or a text to a grammar, or to everything that is wrong with it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import sttprep as stt
from sttprep.errors import GrammarError, NotFoundError, SttprepError
from sttprep.grammars import check_grammar, read_grammar

ABNF = "#ABNF 1.0;\nlanguage en;\nroot $r;\n$r = yes | no;\n"
JSGF = "#JSGF V1.0;\ngrammar g;\npublic <r> = yes | no;\n"
GRXML = (
    '<?xml version="1.0"?>\n'
    '<grammar version="1.0" xmlns="http://www.w3.org/2001/06/grammar" xml:lang="en" root="r">'
    '<rule id="r"><one-of><item>yes</item><item>no</item></one-of></rule></grammar>\n'
)
TEXTS = {"abnf": ABNF, "jsgf": JSGF, "grxml": GRXML}


@pytest.mark.parametrize("format", TEXTS)
def test_all_ways_to_give_a_grammar(format, tmp_path):
    """Path, name of a path, bytes in any encoding and text give the same grammar."""
    text = TEXTS[format]
    path = tmp_path / "grammar"
    path.write_text(text, "utf-8")
    ways = [path, str(path), text.encode(), text.encode("utf-16"), "\ufeff" + text, text]
    grammars = [read_grammar(way) for way in ways]
    assert {grammar.format for grammar in grammars} == {format}
    assert all(grammar == grammars[0] for grammar in grammars)
    assert grammars[0].source.name == str(path)
    assert grammars[-1].source.text == text
    assert grammars[0] == read_grammar(text, format=format)


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("\n\n  #abnf 1.0;\n", "abnf"),
        ("$r = a;\n", "abnf"),
        ("public $r = a;\n", "abnf"),
        ("root $r;\n", "abnf"),
        ("mode voice;\n", "abnf"),
        ("\r\n#jsgf;\r\n", "jsgf"),
        ("grammar com.acme.g;\n", "jsgf"),
        ("import <a.b>;\n", "jsgf"),
        ("public <r> = a;\n", "jsgf"),
        ("<r> = a;\n", "jsgf"),
        ("\n<!-- x -->\n<grammar/>", "grxml"),
        ("<grammar>\n", "grxml"),
        ("<srgs:grammar x='='>\n", "grxml"),
    ],
)
def test_the_format_is_told_by_the_content(text, format):
    """Also where the first line is missing or wrong, so that its reader says so."""
    problems = check_grammar(text)
    assert "error" in {problem.severity for problem in problems}
    assert "unknown-format" not in {problem.code for problem in problems}
    assert problems == check_grammar(text, format=format)


@pytest.mark.parametrize(
    ("ending", "format"),
    [("abnf", "abnf"), ("gram", "abnf"), ("GRXML", "grxml"), ("xml", "grxml"), ("jsgf", "jsgf"),
     ("jgram", "jsgf")],
)  # fmt: skip
def test_else_by_the_ending_of_the_name(ending, format, tmp_path):
    """Where the text says nothing, the name of the file does."""
    path = tmp_path / f"menu.{ending}"
    path.write_text("yes or no\n")
    problems = check_grammar(path)
    assert problems == check_grammar(path, format=format)
    assert "unknown-format" not in {problem.code for problem in problems}


@pytest.mark.parametrize("text", ["yes or no\n", "\n", b"", b"\x00\x01", "{}\n"])
def test_else_the_three_first_lines_are_shown(text):
    """One problem says what a first line looks like in each format."""
    problems = [problem for problem in check_grammar(text) if problem.code == "unknown-format"]
    (problem,) = problems
    assert (problem.line, problem.column, problem.severity) == (1, 1, "error")
    for start in ("#ABNF 1.0", "#JSGF V1.0", "<grammar "):
        assert start in problem.hint
    with pytest.raises(GrammarError, match="neither an ABNF"):
        read_grammar(text)


@pytest.mark.parametrize("read", [read_grammar, check_grammar])
def test_unknown_formats_and_profiles_are_named(read):
    """The error lists those that exist."""
    with pytest.raises(GrammarError, match=r"no grammar format 'bnf'.*abnf, grxml, jsgf"):
        read(ABNF, format="bnf")
    with pytest.raises(GrammarError, match=r"no grammar profile 'w3'.*w3c, ibm, pocketsphinx"):
        read(ABNF, profile="w3")
    with pytest.raises(GrammarError, match=r"no grammar profile None"):
        read(ABNF, profile=None)


def test_nothing_is_a_text():
    """No text at all is a bad grammar, not the present folder."""
    assert [problem.code for problem in check_grammar("")] == ["unknown-format"]
    assert [problem.line for problem in check_grammar("", "abnf")] == [1, 1, 1]


@pytest.mark.parametrize("read", [read_grammar, check_grammar])
def test_files_that_cannot_be_read(read, tmp_path):
    """A missing file, a folder and an impossible name are errors that say what to do."""
    (tmp_path / "menu.abnf").write_text(ABNF)
    with pytest.raises(NotFoundError, match=r"no grammar file .*menue.abnf.*Available: menu.abnf"):
        read(tmp_path / "menue.abnf")
    with pytest.raises(NotFoundError):
        read(tmp_path / "folder" / "menu.abnf")
    with pytest.raises(GrammarError, match="is a folder"):
        read(tmp_path)
    with pytest.raises(SttprepError, match="end its first line with a line end"):
        read(ABNF.replace("\n", " "))
    with pytest.raises(SttprepError, match="end its first line with a line end"):
        read("#JSGF V1.0;" + "x" * 10_000)
    with pytest.raises(GrammarError, match="cannot be read"):
        read("a\0b")
    with pytest.raises(GrammarError, match="cannot be read"):
        read(None)


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights there")
def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    """The error says how to allow it."""
    path = tmp_path / "menu.abnf"
    path.write_text(ABNF)

    def refuse(self):
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(GrammarError, match="chmod"):
        read_grammar(path)


@pytest.mark.parametrize("format", TEXTS)
def test_errors_are_all_raised_at_once_in_order(format):
    """The exception has the list that check_grammar gives, sorted by place."""
    text = TEXTS[format].replace("yes", "yes\0").replace("no", "no\1")
    problems = check_grammar(text)
    assert [problem.code for problem in problems].count("control-character") == 2
    places = [(problem.line, problem.column) for problem in problems]
    assert places == sorted(places)
    with pytest.raises(GrammarError) as caught:
        read_grammar(text)
    assert list(caught.value.problems) == problems


def test_warnings_stay_with_the_grammar():
    """A grammar without errors has its warnings and notes."""
    grammar = read_grammar(JSGF.replace("yes | no", "/0/ yes | /1/ no"))
    assert [problem.code for problem in grammar.problems] == ["zero-weight"]
    assert list(grammar.problems) == check_grammar(grammar.source.text)


def test_problems_of_bytes_and_of_text_are_merged():
    """Findings of decoding, reading and checking are in one list."""
    data = b"#JSGF V1.0;\ngrammar g;\npublic <r> = caf\xe9 <x>;\n<y> = | a;\n"
    assert [(p.line, p.code) for p in check_grammar(data, profile="w3c") if p.line] == [
        (3, "encoding"), (3, "undefined-rule"), (4, "empty-alternative")
    ]  # fmt: skip


def test_the_profile_is_kept():
    """A grammar knows what it was checked by."""
    assert read_grammar(JSGF, profile="pocketsphinx").profile == "pocketsphinx"
    with pytest.raises(GrammarError) as caught:
        read_grammar(JSGF, profile="ibm")
    assert [problem.code for problem in caught.value.problems] == ["format-not-taken"]


def test_public_names():
    """The two functions are there for everyone."""
    assert stt.read_grammar is read_grammar
    assert stt.check_grammar is check_grammar


def test_reading_does_not_change_the_working_folder(tmp_path, monkeypatch):
    """A relative path is looked for where the program runs."""
    monkeypatch.chdir(tmp_path)
    Path("menu.jsgf").write_text(JSGF)
    assert read_grammar("menu.jsgf").source.name == "menu.jsgf"
    assert Path(os.getcwd()) == tmp_path


def test_an_address_without_hash_is_told_once():
    """That nothing was loaded from it follows from the missing sign."""
    text = (
        '<grammar version="1.0" xmlns="http://www.w3.org/2001/06/grammar" xml:lang="en-US"'
        ' root="r">\n<rule id="r">a <ruleref uri="d"/></rule>\n'
        '<rule id="d" scope="public">b</rule></grammar>\n'
    )
    assert [problem.code for problem in check_grammar(text)] == ["reference-without-hash"]
    assert "not-loaded" in [p.code for p in check_grammar(text.replace('"d"/', '"e.grxml"/'))]
