"""Every finding about the form of a JSGF text, proven by an example and by its mend."""

from __future__ import annotations

import os
import random
import re
import tempfile
from pathlib import Path

import pytest

import sttprep.grammars.jsgf as reader
from sttprep.grammars.jsgf import read_jsgf
from sttprep.source import Source

HEAD = "#JSGF V1.0;\ngrammar g;\n"


def errors(text: str, profile="w3c"):
    """Place, code and the rest of each error."""
    _, problems = read_jsgf(Source("m.jsgf", text), profile)
    return [problem for problem in problems if problem.severity == "error"]


# Right side of a rule, where in it the problem is (from 0), its code, words of its message and
# hint, the right side mended.
BODIES = [
    ("", -2, "empty-rule", "nothing after its '='", "<NULL>"),
    ("a |", 2, "empty-alternative", "nothing after this '|'", "[a]"),
    ("| a", 0, "empty-alternative", "nothing before this '|'", "<NULL> | a"),
    ("a | | b", 4, "empty-alternative", "between this '|' and the one before", "a | b"),
    ("(a | )", 3, "empty-alternative", "nothing after this '|'", "(a | b)"),
    ("/2/ | /1/ b", 0, "empty-alternative", "nothing behind this weight", "/2/ a | /1/ b"),
    ("a ()", 2, "empty-group", "nothing between '(' and ')'", "a (<NULL>)"),
    ("[ ] a", 0, "empty-group", "nothing between '[' and ']'", "[b] a"),
    ('a ""', 2, "empty-quote", "no words between the quotes", 'a "New York"'),
    ("(a b", 0, "unclosed-group", "closing ')' is missing. Write e.g. \"(a b)\"", "(a b)"),
    ("a [b", 2, "unclosed-group", "closing ']' is missing. Write e.g. \"[b]\"", "a [b]"),
    ("(a [b)", 3, "unclosed-group", "closing ']' is missing", "(a [b])"),
    ("a) b", 1, "unexpected-character", "no '(' for this ')'", "(a) b"),
    ("a] b", 1, "unexpected-character", "no '[' for this ']'", "[a] b"),
    ("a > b", 2, "unexpected-character", "no '<' for this '>'", "<a> b"),
    ("a } b", 2, "unexpected-character", "no '{' for this '}'", "a {} b"),
    ("a = b", 2, "unexpected-character", "cannot be a '=' here", 'a "=" b'),
    ("a / b", 2, "unexpected-character", "neither a weight nor part of a word", 'a "/" b'),
    ("a <b", 2, "unclosed-rule-name", "closing '>' is missing", "a <b>"),
    ("a {b", 2, "unclosed-tag", "closing '}' is missing. Write {b}", "a {b}"),
    ('a "b', 2, "unclosed-quote", "closing '\"' is missing", 'a "b"'),
    ("a /* b", 2, "unclosed-comment", "closing '*/' is missing", "a /* b */"),
    ("a <b c>", 2, "bad-rule-name", 'has a blank in it. Write e.g. "<b-c>"', "a <b-c>"),
    ("a < b >", 2, "bad-rule-name", 'no blanks around it. Write "<b>"', "a <b>"),
    ("a <>", 2, "bad-rule-name", "no rule name between", "a <b>"),
    ("a <b?>", 2, "bad-rule-name", "'?' cannot be in a rule name", "a <b>"),
    ("a <.b>", 2, "bad-rule-name", "a dot with no name beside it", "a <g.b>"),
    ("a <b-c.d>", 2, "bad-rule-name", "'b-c.d' is no legal rule name", "a <b_c.d>"),
    ("* a", 0, "misplaced-operator", "nothing before this '*' to repeat", "a*"),
    ("a | + b", 4, "misplaced-operator", "nothing before this '+' to repeat", "a | b+"),
    ("a {x}*", 5, "misplaced-operator", 'Put what it repeats in brackets: "(a {x})*"', "(a {x})*"),
    ("a*+", 2, "second-operator", "can stand behind something; here is '*+'", "a*"),
    ("(a b)++", 6, "second-operator", 'Write "(a b)+"', "(a b)+"),
    ("{x} a", 0, "misplaced-tag", 'A tag follows what it belongs to: "tea {x}"', "a {x}"),
    ("(a)* {x} b", 5, "misplaced-tag", 'what it belongs to: "((a)*) {x}"', "((a)*) {x} b"),
    ("a /2/ b | c", 2, "misplaced-weight", "only stand at the start", "(/2/ a b | /1/ c)"),
    ("/1/ /2/ a", 4, "misplaced-weight", "one weight, not two", "/2/ a"),
    ("/1/ a | b", 8, "missing-weight", 'others beside it have one. Write "/1/ b"', "/1/ a | /1/ b"),
    ("b c | d | /1/ a", 0, "missing-weight", 'Write "/1/ b c"', "/1/ b c | /1/ d | /1/ a"),
    ("/x/ a | /1/ b", 0, "bad-weight", "'x' is no weight", "/2/ a | /1/ b"),
    ("/-1/ a", 0, "bad-weight", "'-1' is no weight", "/1/ a"),
    ("/ / a", 0, "bad-weight", "there is no weight here", "/1/ a"),
    ("/1e999/ a", 0, "bad-weight", "'1e999' is no weight", "/1e9/ a"),
    ("/٣/ a", 0, "bad-weight", "'٣' is no weight", "/3/ a"),
    ("/0/ a | /0/ b", 0, "bad-weight", "all alternatives have weight 0", "/1/ a | /1/ b"),
    ("(" * 201 + "a" + ")" * 201, 200, "too-deep", "deeper than 200 levels", "(a)"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "at", "code", "words", "mended"), BODIES)
def test_right_sides(body, at, code, words, mended):
    """Each mistake in a right side is found at its place; mended, nothing is left."""
    text = f"{HEAD}public <r> = {body};\n<s> = a;\n"
    (problem,) = errors(text)
    assert (problem.line, problem.column) == (3, 14 + at)
    assert problem.code == code
    assert words in f"{problem.message} {problem.hint}"
    assert problem.message.endswith((".", '"'))
    assert problem.hint
    assert errors(f"{HEAD}public <r> = {mended};\n<s> = a;\n") == []
    grammar, _ = read_jsgf(Source("", text), "w3c")
    assert [(rule.name, rule.broken) for rule in grammar.rules] == [("r", True), ("s", False)]


# Whole text, line and column, code, words of message and hint, whole text mended.
TEXTS = [
    ("", (1, 1), "missing-header", "first line of a JSGF grammar is missing", HEAD),
    ("grammar g;\n<r> = a;", (1, 1), "missing-header", "as the first line", HEAD + "<r> = a;"),
    ("\n#JSGF V1.0;\ngrammar g;", (2, 1), "bad-header", "very first thing in the text", HEAD),
    ("// x\n#JSGF V1.0;\ngrammar g;", (2, 1), "bad-header", "blanks and comments", HEAD),
    ("#jsgf V1.0;\ngrammar g;", (1, 1), "bad-header", "in capitals", HEAD),
    ("#JSGF;\ngrammar g;", (1, 1), "bad-header", "version is missing", HEAD),
    ("#JSGF 1.0;\ngrammar g;", (1, 7), "bad-header", 'Write "#JSGF V1.0;"', HEAD),
    ("#JSGF V2.0 UTF-8;\ngrammar g;", (1, 7), "bad-header", 'Write "#JSGF V1.0 UTF-8;"', HEAD),
    ("#JSGF V1.0 UTF-8\ngrammar g;", (1, 17), "bad-header", 'Write "#JSGF V1.0 UTF-8;"', HEAD),
    ("#JSGF V1.0 UTF-8 en 7;\ngrammar g;", (1, 21), "bad-header", "and no more", HEAD),
    ("#JSGF V1.0 UTF-8 1;\ngrammar g;", (1, 18), "bad-header", "'1' is no language", HEAD),
    ("#JSGF V1.0;\n", (1, 12), "missing-grammar-name", 'Write e.g. "grammar orders;"', HEAD),
    ("#JSGF V1.0;\n<r> = a;", (2, 1), "missing-grammar-name", "before everything else", HEAD),
    ("#JSGF V1.0;\ngrammar;", (2, 1), "bad-grammar-name", "no legal name of a grammar", HEAD),
    ("#JSGF V1.0;\ngrammar a b;", (2, 1), "bad-grammar-name", "no legal name", HEAD),
    ("#JSGF V1.0;\ngrammar a-b;", (2, 1), "bad-grammar-name", "com.acme.orders", HEAD),
    (HEAD + "grammar h;", (3, 1), "misplaced-grammar-name", "given once, first", HEAD),
    (HEAD + "import a.b;", (3, 1), "bad-import", "between '<' and '>'", HEAD + "import <a.b>;"),
    (HEAD + "import <b>;", (3, 9), "bad-import", "which grammar", HEAD + "import <a.b>;"),
    (HEAD + "import <*>;", (3, 9), "bad-import", "politeness.*", HEAD + "import <a.*>;"),
    (HEAD + "import <a..b>;", (3, 9), "bad-import", "a dot with no name", HEAD + "import <a.b>;"),
    (HEAD + "<r> = a;\nimport <a.b>;", (4, 1), "misplaced-import", "before the rules",
     HEAD + "import <a.b>;\n<r> = a;"),
    (HEAD + "<r> = a\n<s> = b;", (3, 8), "missing-semicolon", 'Write "<r> = a;"',
     HEAD + "<r> = a;\n<s> = b;"),
    (HEAD + "<r> = a", (3, 8), "missing-semicolon", "a ';' is missing", HEAD + "<r> = a;"),
    (HEAD + "<r> = a;;", (3, 9), "empty-statement", "nothing between the ';'", HEAD + "<r> = a;"),
    (HEAD + "# note\n<r> = a;", (3, 1), "hash-line", '"// note"', HEAD + "// note\n<r> = a;"),
    (HEAD + "<r> a;", (3, 1), "missing-equals", 'Write e.g. "<r> = tea', HEAD + "<r> = a;"),
    (HEAD + "public <r>;", (3, 8), "missing-equals", "public <r> = tea", HEAD + "<r> = a;"),
    (HEAD + "r = a;", (3, 1), "bad-rule-name", "'r' needs '<' and '>'", HEAD + "<r> = a;"),
    (HEAD + "public $r = a;", (3, 9), "bad-rule-name", "public <r>", HEAD + "public <r> = a;"),
    (HEAD + "<r s> = a;", (3, 1), "bad-rule-name", "has a blank", HEAD + "<r-s> = a;"),
    (HEAD + "<g.r> = a;", (3, 1), "qualified-rule-name", 'Write "<r> = ..."', HEAD + "<r> = a;"),
    (HEAD + "<NULL> = a;", (3, 1), "special-rule", "my-null", HEAD + "<my-null> = a;"),
    (HEAD + "public <VOID> = a;", (3, 8), "special-rule", "fixed meaning", HEAD),
    (HEAD + "language en;", (3, 1), "bad-statement", "belongs to ABNF", HEAD),
    (HEAD + "private <r> = a;", (3, 1), "bad-statement", "without \"public\" is private",
     HEAD + "<r> = a;"),
    (HEAD + "tea | coffee;", (3, 1), "bad-statement", "neither a rule nor an import", HEAD),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "code", "words", "mended"), TEXTS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_texts(text, place, code, words, mended, line_end):
    """Each mistake between the rules is found at its place; mended, nothing is left."""
    (problem,) = errors(text.replace("\n", line_end))
    assert (problem.line, problem.column) == place
    assert problem.code == code
    assert words in f"{problem.message} {problem.hint}"
    assert problem.hint
    assert errors(mended.replace("\n", line_end)) == []


def test_the_tables_are_complete():
    """No error of the reader's own modules is without its example."""
    sources = sorted(Path(reader.__file__).parent.glob("jsgf*.py"))
    written = "".join(path.read_text("utf-8") for path in sources)
    codes = set(
        re.findall(r'"((?:bad|empty|mis|missing|misplaced|second|too|un)[a-z]*-[a-z-]+)"', written)
    )
    assert len(codes) > 20
    assert codes - {"unclosed-rule"} <= {row[2] for row in (*BODIES, *TEXTS)}


def test_messages_use_no_words_of_the_trade():
    """A linguist can read them: no names of parser symbols."""
    for text, *_ in TEXTS:
        for problem in errors(text):
            assert not re.search(r"token|terminal|LALR|lexer|parser|regex", str(problem), re.I)


def test_all_problems_at_once():
    """Mistakes in several rules, and several in one, are reported together, in order."""
    problems = errors(HEAD + "<a> = * b | (c;\n<b> = * b | c | ;\n<c> = {t} d*+ /1/ e;\n<d> = x;")
    assert [(p.line, p.code) for p in problems] == [
        (3, "unclosed-group"),
        (4, "misplaced-operator"), (4, "empty-alternative"),
        (5, "misplaced-tag"), (5, "second-operator"), (5, "misplaced-weight"),
    ]  # fmt: skip


def test_a_zero_weight_is_a_warning():
    """The Note allows weight 0 beside others; it is said what it means."""
    _, problems = read_jsgf(Source("", HEAD + "<r> = /0/ a | /1/ b;"), "w3c")
    assert [(p.severity, p.code, p.column) for p in problems] == [("warning", "zero-weight", 7)]


def test_ibm_takes_no_jsgf():
    """One error, at the first line, says what to do."""
    grammar, problems = read_jsgf(Source("", HEAD + "<r> = (a;\n<s> = b;"), "ibm")
    (problem,) = problems
    assert (problem.line, problem.column, problem.severity) == (1, 1, "error")
    assert "sttprep grammar convert --to abnf" in problem.hint
    assert [rule.name for rule in grammar.rules] == ["r", "s"]


def test_problems_are_capped():
    """Very many mistakes are listed up to a thousand, and counted."""
    _, problems = read_jsgf(Source("", HEAD + "<r> = | ;\n" * 5000), "w3c")
    assert len(problems) == 1001
    assert problems[-1].severity == "note"
    assert "4000 more" in problems[-1].message


SPHINX = [
    ('"New York"', "warning", "takes the quotes as part of the word"),
    ('""', "warning", 'makes "" a word'),
    ('"New York', "warning", "pocketsphinx makes it part of the word"),
    ("/2/ a | b", "warning", "pocketsphinx counts it as /1/"),
    ("a /2/ b", "warning", "likelier or less likely"),
    ("a /2/", "error", "only stand at the start"),
    ("(a)* {x}", "warning", "pocketsphinx takes it"),
    ("a {x}*", "error", "cannot stand behind a tag"),
    ("a*+", "warning", "pocketsphinx repeats twice"),
    ("a <b c>", "warning", "pocketsphinx takes it"),
    ("/8f/ a", "error", "cannot read the weight '8f'. Write plain digits: \"/8/\""),
    ("/3.14e3/ a", "error", '"/3140/"'),
    ("/ 10 / a", "error", '"/10/"'),
    ("/5./ a", "error", '"/5/"'),
    ("/0/ a | /0/ b", "warning", "all alternatives have weight 0"),
    ("and/or", "error", "cannot read '/' in the word 'and/or'"),
    ("a | and/or b | c", "error", "cannot read '/' in the word 'and/or'"),
]


def taken_by_pocketsphinx(text: str) -> bool:
    """Whether its own parser takes a text."""
    pocketsphinx = pytest.importorskip("pocketsphinx")
    pocketsphinx.set_loglevel("FATAL")
    with tempfile.NamedTemporaryFile("w", suffix=".gram", encoding="utf-8", delete=False) as file:
        file.write(text)
    try:
        pocketsphinx.Jsgf(file.name)
    except ValueError:
        return False
    finally:
        os.unlink(file.name)
    return True


@pytest.mark.parametrize(("body", "severity", "words"), SPHINX)
def test_pocketsphinx_profile(body, severity, words):
    """What pocketsphinx does is said; it is an error exactly where pocketsphinx refuses."""
    text = f"{HEAD}public <r> = {body};\n"
    _, problems = read_jsgf(Source("", text), "pocketsphinx")
    assert [problem.severity for problem in problems] == [severity]
    assert words in f"{problems[0].message} {problems[0].hint}"
    assert taken_by_pocketsphinx(text) is (severity == "warning")


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("#JSGF 1.0;\ngrammar g;\n", "warning"),
        ("#JSGF;\ngrammar g;\n", "warning"),
        ("\n// x\n#JSGF V1.0;\ngrammar g;\n", "warning"),
        (HEAD + "<NULL> = a;\n", "warning"),
        ("#JSGF V1.0\ngrammar g;\n", "error"),
        ("#JSGF V1.0;\n<r> = a;\n", "error"),
        (HEAD + "<r> = a;\nimport <a.b>;\n", "error"),
        (HEAD + "import a.b;\n", "error"),
    ],
)
def test_pocketsphinx_profile_between_rules(text, severity):
    """The same holds for the first line and the declarations."""
    _, problems = read_jsgf(Source("", text), "pocketsphinx")
    assert {problem.severity for problem in problems} == {severity}
    assert taken_by_pocketsphinx(text) is (severity == "warning")


def test_random_right_sides_are_judged_as_pocketsphinx_does():
    """Over random mixtures of signs, errors are found exactly where pocketsphinx refuses."""
    pick = random.Random(7)
    signs = ["a", "b", "<x>", "|", "(", ")", "[", "]", "*", "+", "{t}", "/2/", '"q r"', "<NULL>"]
    balanced = [["(", "a", ")"], ["[", "b", "]"], ["a", "|", "b"], ["(", "/1/", "a", "|", "b", ")"]]
    taken = 0
    for _ in range(300):
        parts: list[str] = []
        for _ in range(pick.randint(1, 6)):
            parts += pick.choice(balanced) if pick.random() < 0.4 else [pick.choice(signs)]
        text = f"{HEAD}public <r> = {' '.join(parts)};\n<x> = c;\n"
        judged = not errors(text, "pocketsphinx")
        assert judged is taken_by_pocketsphinx(text), text
        taken += judged
    assert 30 < taken < 270
