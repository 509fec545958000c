"""Statements: where they start and end, whatever is in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.grammars.documentation import Documentation
from sttprep.grammars.statements import ABNF, JSGF, Scan, cut
from sttprep.source import Source, Span


def scan(text: str, dialect=ABNF) -> Scan:
    """The statements of a text without header."""
    return cut(Source("x", text), 0, dialect)


def texts(text: str, dialect=ABNF) -> list[str]:
    """The statements of a text without problems, with single blanks."""
    found = scan(text, dialect)
    assert not found.problems
    return [" ".join(statement.text.split()) for statement in found.statements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$a = b; $c = d;", ["$a = b", "$c = d"]),
        ("$a\n=\nb\n;\r\n$c=d;", ["$a = b", "$c=d"]),
        ('$a = "x;y" z;', ['$a = "x;y" z']),
        ('$a = b {out = "x;y"; // z\n} c;', ['$a = b {out = "x;y"; // z } c']),
        ("$a = {!{ } ; }!} b;", ["$a = {!{ } ; }!} b"]),
        ("$a = {!x;} b;", ["$a = {!x;} b"]),
        ("$a = $<http://x/a;b//c> d;", ["$a = $<http://x/a;b//c> d"]),
        ("$a = b<2> | c<1-3 /0.5/>;", ["$a = b<2> | c<1-3 /0.5/>"]),
        ("$a = /2/ b | /.5/ c;", ["$a = /2/ b | /.5/ c"]),
        ("$a = b /* ; \n$x = y;\n*/ c; // $z = y;\n", ["$a = b c"]),
        ("meta 'a;b' is \"it's; so\"; root $r;", ["meta 'a;b' is \"it's; so\"", "root $r"]),
        ("$a = don't; $b = won't;", ["$a = don't", "$b = won't"]),
        ("$a = b = c;", ["$a = b = c"]),
        ("$a = {x = 1;\n  $y = 2} b;", ["$a = {x = 1; $y = 2} b"]),
        ("// only\n/* comments */", []),
        ("$metadata = x;", ["$metadata = x"]),
        ("public\n$a = b;\nprivate // x\n\n$c\n= d;", ["public $a = b", "private $c = d"]),
        (f"public // {'x' * 90}\n$a = b;", ["public $a = b"]),
        ("$a = b; public\r\n  $c = d;", ["$a = b", "public $c = d"]),
    ],
)
def test_abnf_is_cut_at_top_level_semicolons(text, expected):
    """Quotes, both tag forms, URIs and comments hide their semicolons."""
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("grammar a.b; public <r> = x;", ["grammar a.b", "public <r> = x"]),
        ('<r> = "a\\";b" c;', ['<r> = "a\\";b" c']),
        ("<r> = a {x \\} ; y} b;", ["<r> = a {x \\} ; y} b"]),
        ("<r> = a {!{ ; } b;", ["<r> = a {!{ ; } b"]),
        ("<a;b> = c; <d> = <a;b>;", ["<a;b> = c", "<d> = <a;b>"]),
        ("import <a.*>; <r> = don't;", ["import <a.*>", "<r> = don't"]),
        ("public\n<a> = b;\npublic /* x */\n<c> = d;", ["public <a> = b", "public <c> = d"]),
    ],
)
def test_jsgf_is_cut_at_top_level_semicolons(text, expected):
    """Backslashes keep quotes and tags open; semicolons may be part of a rule name."""
    assert texts(text, JSGF) == expected


@pytest.mark.parametrize(
    ("text", "dialect", "found", "kept"),
    [
        ("$a = b", ABNF, [("missing-semicolon", 6)], ["$a = b"]),
        ("$a = b \n", ABNF, [("missing-semicolon", 6)], ["$a = b"]),
        ("$a = b\n$c = d;", ABNF, [("missing-semicolon", 6)], ["$a = b", "$c = d"]),
        ("$a = b\r$c = d;", ABNF, [("missing-semicolon", 6)], ["$a = b", "$c = d"]),
        ("$a = b\n public $c = d;", ABNF, [("missing-semicolon", 6)], ["$a = b", "public $c = d"]),
        ("$a = b // c\n$c = d;", ABNF, [("missing-semicolon", 6)], ["$a = b", "$c = d"]),
        ("root $a\n$a = d;", ABNF, [("missing-semicolon", 7)], ["root $a", "$a = d"]),
        ("root $a\nmode voice;", ABNF, [("missing-semicolon", 7)], ["root $a", "mode voice"]),
        ("<a> = b\n<c> = d;", JSGF, [("missing-semicolon", 7)], ["<a> = b", "<c> = d"]),
        ("<a> = <b>\n <c> ;", JSGF, [], ["<a> = <b>\n <c> "]),
        ('$a = "b;\n$c = d;', ABNF, [("unclosed-quote", 5)], ["$a = ", "$c = d"]),
        ('$a = "b;\n$c = "d";', ABNF, [("unclosed-quote", 5)], ["$a = ", '$c = "d"']),
        ('$a = "b;\n$c : d;\n', ABNF, [("unclosed-quote", 5)], ["$a = ", "$c : d"]),
        ("meta 'a' is 'b;\nroot $a;", ABNF, [("unclosed-quote", 12)], ["meta 'a' is ", "root $a"]),
        ("$a = {b;\n$c = d;", ABNF, [("unclosed-tag", 5)], ["$a = ", "$c = d"]),
        ("$a = {b;\n$c = {d};", ABNF, [("unclosed-tag", 5)], ["$a = ", "$c = {d}"]),
        ("$a = {!{b};\n$c = {d};", ABNF, [("unclosed-tag", 5)], ["$a = ", "$c = {d}"]),
        ("<a> = {b\\};\n<c> = d;", JSGF, [("unclosed-tag", 6)], ["<a> = ", "<c> = d"]),
        ("$a = b; /* c\n$c = d;", ABNF, [("unclosed-comment", 8)], ["$a = b", "$c = d"]),
        ("$a = b /* c;\n$c = d;", ABNF, [("unclosed-comment", 7)], ["$a = b ", "$c = d"]),
        ("$a = b;; $c = d;", ABNF, [("empty-statement", 7)], ["$a = b", "$c = d"]),
        ("# hello\n$c = d;", ABNF, [("hash-line", 0)], ["$c = d"]),
        (
            "$a = b\n$c = d\n$e = {f;\n$g = {h;\n$i = {j} k\n",
            ABNF,
            [
                ("missing-semicolon", 6),
                ("missing-semicolon", 13),
                ("unclosed-tag", 19),
                ("unclosed-tag", 28),
                ("missing-semicolon", 42),
            ],
            ["$a = b", "$c = d", "$e = ", "$g = ", "$i = {j} k"],
        ),
    ],
)
def test_scanning_goes_on_after_a_problem(text, dialect, found, kept):
    """An opener without end is reported where it stands, and the next rule is read."""
    result = scan(text, dialect)
    assert [(p.code, p.span.start) for p in result.problems] == found
    assert [statement.text for statement in result.statements] == kept


def test_the_hint_repeats_the_text_of_the_user():
    """What to write is made from what was written."""
    (problem,) = scan("$a = hot\n tea // green\n$b = c;").problems
    assert (problem.line, problem.column) == (2, 5)
    assert 'Write "tea;".' in problem.hint
    (problem,) = scan("$a = hot；\n$b = c;").problems
    assert problem.hint == 'Write "$a = hot;".'
    (problem,) = scan("$a =\n$b = c;").problems
    assert problem.hint == 'Write "$a = tea | coffee;".'
    (problem,) = scan("$a = http://x.org;\n$b = c;").problems
    assert "after '//' all is a comment" in problem.message
    assert problem.hint.startswith('Write "$a = http:;", or put double quotes around')
    (problem,) = scan('$a = "New York;').problems
    assert 'Write "New York".' in problem.hint


def test_comments_stay_with_their_statement():
    """Comments before, inside, and behind on the same line belong to a statement."""
    result = scan("// a\n$b /* c */ = d; // e\n// f\n$g = h; /* i */ /* j */\n// k\n")
    assert [s.comments for s in result.statements] == [
        ("// a", "/* c */", "// e"),
        ("// f", "/* i */", "/* j */"),
    ]
    assert result.trailing_comments == ("// k",)
    assert [s.text for s in result.statements] == ["$b         = d", "$g = h"]


def test_documentation_is_split_from_examples():
    """Stars are taken away, ``@example`` lines stand apart, with their places."""
    text = "/**\n * A hot drink.\n *\n * Or a cold one.\r\n * @example  hot  tea \n **/ $r = x;"
    (statement,) = scan(text).statements
    documentation = statement.documentation
    assert documentation.text == "A hot drink.\n\nOr a cold one."
    assert documentation.examples == ("hot tea",)
    (span,) = documentation.spans
    assert text[statement.offset + span.start : statement.offset + span.end] == "hot  tea"
    assert statement.comments == ()


@pytest.mark.parametrize(
    ("text", "doc", "comments"),
    [
        ("/** a */ /* b */ $r = x;", "a", ("/* b */",)),
        ("/** a */ /** b */ $r = x;", "b", ("/** a */",)),
        ("/**/ $r = x;", "", ("/**/",)),
        ("/*** a ***/ $r = x;", "a", ()),
        ("$r = /** a */ x;", "", ("/** a */",)),
        ("/** @example @example */ $r = x;", "", ()),
    ],
)
def test_the_last_documentation_comment_before_a_statement_counts(text, doc, comments):
    """Only ``/** … */`` before a statement documents it."""
    (statement,) = scan(text).statements
    assert statement.documentation.text == doc
    assert statement.comments == comments


def test_an_example_may_be_empty():
    """``@example`` alone is the empty sentence."""
    (statement,) = scan("/** @example\n * @example a */ $r = [a];").statements
    assert statement.documentation == Documentation("", ("", "a"), (Span(-18, -18), Span(-5, -4)))


PIECES = [
    *["$a = ", "$b=", "<c> = ", "x", "\n", "\r", " ", ";", ";\n", '"', "'", "{", "}", "{!{", "}!}"],
    *["/*", "*/", "//", "/**", "<", ">", "root $a", "mode voice;", "meta ", "#", "\\", "=", "/"],
]


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from([ABNF, JSGF]))
def test_statements_are_pieces_of_the_text_in_order(pieces, dialect):
    """Whatever the text: statements do not overlap, and stand where they say."""
    text = "".join(pieces)
    result = scan(text, dialect)
    end = 0
    for statement in result.statements:
        assert statement.offset >= end
        end = statement.offset + len(statement.text)
        assert statement.text
        for ours, theirs in zip(statement.text, text[statement.offset : end], strict=True):
            assert ours in (theirs, " ")
    for problem in result.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)


@pytest.mark.parametrize(
    "line", ["$a = {x;\n", '$a = "x;\n', "$a = x\n", "$a = b /* c;\n", "$a = {!{x}\n", "$a={x\n;\n"]
)
def test_many_problems_are_all_found(line):
    """Twenty thousand rules with the same mistake are as many problems."""
    result = scan(line * 20_000)
    assert len(result.problems) == 20_000


def test_one_closer_far_away_closes_no_tag_of_another_rule():
    """Twenty thousand tags that are opened, and one '}' behind them all."""
    result = scan("$a = {x;\n" * 20_000 + "}")
    codes = [problem.code for problem in result.problems]
    assert codes == ["unclosed-tag"] * 19_999 + ["missing-semicolon"]
