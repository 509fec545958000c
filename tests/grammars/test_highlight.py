"""Pygments colours grammars: every valid text, without losing a character."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from pygments.token import (
    Comment,
    Error,
    Keyword,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Text,
)

from sttprep.data import shared_folder
from sttprep.grammars.highlight import JsgfLexer, SrgsAbnfLexer

ROOT = Path(__file__).parents[2]
CASES = shared_folder() / "cases" / "grammar"
needs_cases = pytest.mark.skipif(
    not CASES.exists(),
    reason=f"no grammar cases at {CASES}: export STTPREP_SHARED=/path/to/shared",
)
LEXERS = {"abnf": SrgsAbnfLexer, "jsgf": JsgfLexer}


def tokens(text, lexer=SrgsAbnfLexer):
    """Kind and text of everything that is not blank."""
    found = [(kind, part) for _, kind, part in lexer().get_tokens_unprocessed(text)]
    return [(kind, part) for kind, part in found if part.strip()]


def decoded(data):
    """The text of a file in one of the encodings of the W3C set."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


ABNF = [
    ("#ABNF 1.0 UTF-8;", [(Comment.Preproc, "#ABNF 1.0 UTF-8"), (Punctuation, ";")]),
    ("language en-US;", [(Keyword.Reserved, "language"), (Name.Constant, "en-US"),
                         (Punctuation, ";")]),
    ("root $order;", [(Keyword.Reserved, "root"), (Name.Function, "$order"), (Punctuation, ";")]),
    ("lexicon <x.pls>~<application/pls+xml>;",
     [(Keyword.Reserved, "lexicon"), (String.Other, "<x.pls>"), (Operator, "~"),
      (String.Other, "<application/pls+xml>"), (Punctuation, ";")]),
    ('meta "author" is "me";',
     [(Keyword.Reserved, "meta"), (String.Double, '"author"'), (Keyword.Reserved, "is"),
      (String.Double, '"me"'), (Punctuation, ";")]),
    ("public $r = language;",
     [(Keyword.Declaration, "public"), (Name.Function, "$r"), (Operator, "="),
      (Text, "language"), (Punctuation, ";")]),
    ("$r = $NULL $size;",
     [(Name.Function, "$r"), (Operator, "="), (Name.Builtin, "$NULL"), (Name.Variable, "$size"),
      (Punctuation, ";")]),
    ("$r = $<x.gram#a>~<application/srgs>;",
     [(Name.Function, "$r"), (Operator, "="), (Name.Variable, "$"), (String.Other, "<x.gram#a>"),
      (Operator, "~"), (String.Other, "<application/srgs>"), (Punctuation, ";")]),
    ("$r = /0.5/ a | b;",
     [(Name.Function, "$r"), (Operator, "="), (Number.Float, "/0.5/"), (Text, "a"),
      (Operator, "|"), (Text, "b"), (Punctuation, ";")]),
    ("$r = a<0-1 /0.5/>;",
     [(Name.Function, "$r"), (Operator, "="), (Text, "a"), (Punctuation, "<"),
      (Number.Integer, "0"), (Operator, "-"), (Number.Integer, "1"), (Number.Float, "/0.5/"),
      (Punctuation, ">"), (Punctuation, ";")]),
    ("$r = [oui!fr] \"New York\";",
     [(Name.Function, "$r"), (Operator, "="), (Punctuation, "["), (Text, "oui"),
      (Name.Decorator, "!fr"), (Punctuation, "]"), (String.Double, '"New York"'),
      (Punctuation, ";")]),
    ("$r = a {x;} b {!{ if (a) { b } }!};",
     [(Name.Function, "$r"), (Operator, "="), (Text, "a"), (String.Interpol, "{x;}"),
      (Text, "b"), (String.Interpol, "{!{ if (a) { b } }!}"), (Punctuation, ";")]),
    ("/** what */ /* why */ // where",
     [(String.Doc, "/** what */"), (Comment.Multiline, "/* why */"),
      (Comment.Single, "// where")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ABNF, ids=[text for text, _ in ABNF])
def test_what_abnf_is_made_of(text, expected):
    """Each construct has its own kind."""
    assert tokens(text) == expected


def test_what_jsgf_is_made_of():
    """Header, declarations, rules, words, weights and tags."""
    text = "#JSGF V1.0;\ngrammar com.x;\npublic <r> = /2/ tea {t} | <size> milk;\n"
    found = tokens(text, JsgfLexer)
    assert (Comment.Preproc, "#JSGF V1.0") in found
    assert (Keyword.Reserved, "public") in found
    assert (Number.Float, "/2/") in found
    assert (Name.Constant, "size") in found


@needs_cases
@pytest.mark.parametrize("format", LEXERS)
def test_shared_cases(format):
    """No valid grammar has a character of unknown kind, and none loses a character."""
    cases = json.loads((CASES / f"{format}.json").read_text(encoding="utf-8"))
    checked = 0
    for case in cases:
        found = list(LEXERS[format]().get_tokens_unprocessed(case["text"]))
        assert "".join(part for _, _, part in found) == case["text"]
        if case["valid"]:
            checked += 1
            assert Error not in {kind for _, kind, _ in found}, case["name"]
    assert checked > 10


@needs_cases
def test_w3c_files():
    """Of the 128 ABNF files of the W3C set only those made to be wrong have errors."""
    wrong = set()
    for path in sorted((CASES / "w3c").glob("*.gram")):
        if Error in {kind for kind, _ in tokens(decoded(path.read_bytes()))}:
            wrong.add(path.name)
    assert wrong == {
        "dtmf-star-no-quotes.gram", "no-abnf-sih-header.gram", "unrecognized-header.gram",
        "wrong-repeat-abnf-symbols.gram", "wrong-tag-delimit-1.gram", "wrong-tag-delimit-2.gram",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("#ABNF 1.0 UTF-8;\n", SrgsAbnfLexer),
        ("\ufeff#ABNF 1.0;\n", SrgsAbnfLexer),
        ("#JSGF V1.0;\n", JsgfLexer),
        ("rule = 1*DIGIT ; RFC 5234\n", None),
        ("#ABNFS", None),
    ],
)
def test_a_text_is_known_by_its_first_line(text, certain):
    """And no other text is claimed."""
    for lexer in LEXERS.values():
        assert lexer.analyse_text(text) == (lexer is certain)


def test_pygments_is_told_where_they_are():
    """The entry points name classes that exist."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        points = tomllib.load(file)["project"]["entry-points"]["pygments.lexers"]
    classes = set()
    for target in points.values():
        module, name = target.split(":")
        classes.add(getattr(import_module(module), name))
    assert classes == set(LEXERS.values())


def test_files_of_another_abnf_are_left_alone():
    """``*.abnf`` and the name ``abnf`` belong to the lexer of RFC 5234."""
    assert "abnf" not in SrgsAbnfLexer.aliases
    assert "*.abnf" not in SrgsAbnfLexer.filenames


def test_grammars_do_not_load_pygments():
    """It is loaded when something is coloured."""
    code = (
        "import sys, sttprep.grammars.html, sttprep.cli\n"
        "print([name for name in sys.modules if name.startswith('pygments')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
