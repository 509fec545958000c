"""Every diagnostic of the ABNF reader, proven by an example of the mistake."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.grammars.abnf import read_abnf
from sttprep.source import Problem, Source

# fmt: off
RULES = [
    # text, place (from its first line) and code, of the message, of the hint
    ("$r = don't;", "1:6 unquoted-word", "an apostrophe cannot stand", 'Write "don\'t" in double'),
    ("$r = yes | C++;", "1:12 unquoted-word", "'+' cannot stand in a", 'Write "C++" in double'),
    ("$r = a\\b;", "1:7 backslash", "a backslash cannot stand in a", 'Write "a\\b" in double'),
    ("$r = many*;", "1:6 repeat-sign", "'*' does not repeat anything", "Write many<0-> for any"),
    ("$r = many+;", "1:6 repeat-sign", "'+' does not repeat anything", "Write many<1-> for once"),
    ("$r = any?;", "1:6 repeat-sign", "'?' does not repeat anything", "Write [any] for once or"),
    ("$r = (a b)*;", "1:11 repeat-sign", "'*' does not repeat", "Write ( … )<0-> for any"),
    ("$r = 'New York';", "1:6 single-quotes", "a quoted phrase in a rule", 'Write "New York".'),
    ("$r = “New York”;", "1:6 single-quotes", "a quoted phrase in a rule", 'Write "New York".'),
    ("$r = a, b;", "1:6 unquoted-word", "a comma cannot stand in a word", 'Write "a" without it.'),
    ("$r = AT&T;", "1:6 unquoted-word", "'&' cannot stand in a word", 'Write "AT&T" in double'),
    ("$r = a\xa0b;", "1:7 bad-character", "no-break space (U+00A0)", "Write an ordinary blank."),
    ("$r = a\x00b;", "1:7 bad-character", "a control character (U+0000) cannot", "Take it away."),
    ("$r = rock # roll;", "1:11 unquoted-word", "'#' cannot stand in a", 'Write "#" in double'),
    ("$r = /1e3/ a | b;", "1:6 bad-weight", "/1e3/ is no weight: digits with at", "Write /1000/."),
    ("$r = /-1/ a;", "1:6 bad-weight", "/-1/ is no weight: digits with at most one", "Write /1/."),
    ("$r = / 2 / a;", "1:6 bad-weight", "/ 2 / is no weight: digits with at most", "Write /2/."),
    ("$r = /x/ a;", "1:6 bad-weight", "/x/ is no weight: digits with", "Write for example /2/ or"),
    ("$r = /2/ /3/ a;", "1:10 double-weight", "this alternative has a", "Write one of them: /2/"),
    ("$r = a /2/ b | c;", "1:8 misplaced-weight", "a weight stands only at the", "Write /2/ a."),
    ("$r = /2/;", "1:6 empty-alternative", "an alternative must follow", "Write for example /2/"),
    ("$r = a | /2/ | b;", "1:10 empty-alternative", "an alternative must", "Write for example"),
    ("$r = and / or;", "1:10 stray-character", "a single '/' has no", "Write for example /2/"),
    ("$r = and/or;", "1:9 stray-character", "a single '/' has no", "Write for example /2/"),
    ("$r = a<2 - 3>;", "1:7 bad-repeat", "<2 - 3> is no repeat: no blanks stand", "Write <2-3>."),
    ("$r = a<-2>;", "1:7 bad-repeat", "<-2> is no repeat: the", "Write <0-2> for at most 2"),
    ("$r = a<many>;", "1:7 bad-repeat", "<many> is no repeat: a number", "Write for example <2>,"),
    ("$r = a<1-2-3>;", "1:7 bad-repeat", "<1-2-3> is no repeat: a", "Write for example <2>,"),
    ("$r = a<3-2>;", "1:7 bad-repeat", "the smaller number of times comes first,", "Write <2-3>."),
    ("$r = a<>;", "1:7 bad-repeat", "<> is no repeat: a number of", "Write for example <2>,"),
    ("$r = a<1–3>;", "1:7 bad-repeat", "<1–3> is no repeat: '-' stands between", "Write <1-3>."),
    ("$r = a<1,3>;", "1:7 bad-repeat", "<1,3> is no repeat: '-' stands between", "Write <1-3>."),
    ("$r = a<0-1 /1.5/>;", "1:12 bad-probability", "a probability is", "Write for example"),
    ("$r = a<0-1 / 0.5 />;", "1:7 bad-repeat", "<0-1 / 0.5 /> is no repeat:", "Write <0-1/0.5/>."),
    ("$r = a<2><3>;", "1:10 double-repeat", "one repeat cannot follow", "Write a group around"),
    ("$r = <2> a;", "1:6 misplaced-repeat", "there is nothing before", "A repeat stands behind"),
    ("$r = (<2> a);", "1:7 misplaced-repeat", "there is nothing before", "A repeat stands behind"),
    ("$r = a<2;", "1:7 stray-character", "this '<' is never closed.", "Write for example <2>"),
    ("$r = a > b;", "1:8 stray-character", "there is no '<' before", "Write for example <2>."),
    ("$r = a<99999999999>;", "1:7 bad-repeat", "<99999999999> has a number", "Write <1-> for any"),
    ("$r = ;", "1:4 empty-rule", "the right side of this rule is", "Write words behind '=', or"),
    ("$r = a | ;", "1:8 empty-alternative", "words are expected after", "Take the '|' away, or"),
    ("$r = | a;", "1:6 empty-alternative", "words are expected before", "Take the '|' away, or"),
    ("$r = a || b;", "1:9 empty-alternative", "words are expected", "Take the '|' away, or"),
    ("$r = (a |);", "1:9 empty-alternative", "words are expected after", "Take the '|' away, or"),
    ("$r = (| a);", "1:7 empty-alternative", "words are expected before", "Take the '|' away, or"),
    ("$r = a [] b;", "1:8 empty-optional", "there is nothing between [", "Write what may be left"),
    ("$r = (a | b;", "1:6 unclosed-group", "this '(' is never closed: a", "Write (a | b)."),
    ("$r = [a (b;", "1:9 unclosed-group", "this '(' is never closed: a closing ')'", "Write (b)."),
    ("$r = a);", "1:7 unopened-group", "there is no '(' before this", "Take it away, or write"),
    ("$r = (a | b];", "1:12 unclosed-group", "']' cannot close the group that", "Write (a | b)."),
    ("$r = (a [b);", "1:9 unclosed-group", "this '[' is never closed: a closing", "Write [b]."),
    ("$r = a } b;", "1:8 stray-character", "this '}' closes no tag: a", "Write {!{ … }!} around"),
    ("$r = {a {b} c} d;", "1:14 stray-character", "this '}' closes no tag: a", "Write {!{ … }!}"),
    ("$r = {x;", "1:6 unclosed-tag", "this tag is never closed: a closing '}' is", "Write {x}."),
    ("$r = {!{x};", "1:6 unclosed-tag", "this tag is never closed: a closing", "Write {!{x}}!}."),
    ('$r = "New York;', "1:6 unclosed-quote", "this quotation is never", 'Write "New York".'),
    ('$r = "";', "1:6 empty-quote", "there is no word between the", "Write () where nothing is"),
    ("$r = a /* b;", "1:8 unclosed-comment", "this comment is never closed: a", "Write /* b */."),
    ("$r = $ x;", "1:6 bad-rule-name", "the name of a rule must", "Write for example $size,"),
    ("$r = $my.rule;", "1:6 bad-rule-name", "$my.rule is no name of a rule:", "Write $my_rule,"),
    ("$r = $1;", "1:6 bad-rule-name", "$1 is no name of a rule: it", "Write $r1, wherever the"),
    ("$r = $<a b>;", "1:6 bad-reference", "there are no blanks in an address", "Write $<ab>."),
    ("$r = $<>;", "1:6 bad-reference", "the address of a grammar is missing", "Write for example"),
    ("$r = $<g.gram>~<>;", "1:15 bad-reference", "the media type is missing after '~'.", "Write"),
    ("$r = $<g.gram;", "1:6 stray-character", "the address of a grammar is", "Write for example"),
    ("$r = $x!fr;", "1:8 misplaced-language", "a language cannot be given", "Write $x alone, and"),
    ("$r = a<2>!fr;", "1:10 misplaced-language", "a language stands before the", "Write a!fr<2>."),
    ("$r = a! fr;", "1:7 bad-language", "! names no language: a code like en or", "Write !fr-CA."),
    ("$r = a!fr!en;", "1:10 misplaced-language", "a language is given", "Write one of them:"),
    ("$r = {x}!fr;", "1:9 misplaced-language", "!fr stands behind no word,", "Write for example"),
    ("$r = !fr a;", "1:6 misplaced-language", "!fr stands behind no word,", "Write for example"),
    ("$r = a!f_r;", "1:7 bad-language", "!f_r names no language: a code like en", "Write !f-r."),
    ("$r = ()!fr;", "1:8 misplaced-language", "!fr stands behind no word,", "Write for example"),
    ("$my.rule = a;", "1:1 bad-rule-name", "$my.rule is no name of a rule: it", "Write $my_rule,"),
    ("$my-rule = a;", "1:1 bad-rule-name", "$my-rule is no name of a rule: it", "Write $my_rule,"),
    ("$1 = a;", "1:1 bad-rule-name", "$1 is no name of a rule: it", "Write $r1, wherever the"),
    ("$ r = a;", "1:1 bad-rule-name", "the name of a rule must follow '$' at", "Write $r = … ;"),
    ("$NULL = a;", "1:1 special-rule", "$NULL has its meaning and", "Give the rule another"),
    ("$r a;", "1:3 missing-equals", "'=' is missing between the name of this", "Write $r = a;"),
    ("$r : a;", "1:4 missing-equals", "'=' is expected between the name of a", "Write $r = a;"),
    ("$r := a;", "1:4 missing-equals", "'=' is expected between the name of a", "Write $r = a;"),
    ("$r == a;", "1:4 missing-equals", "'=' is expected between the name of a", "Write $r = a;"),
    ("$r -> a;", "1:4 missing-equals", "'=' is expected between the name of a", "Write $r = a;"),
    ("r = a;", "1:1 missing-dollar", "'$' is missing before the name of the", "Write $r = a;"),
    ("<r> = a;", "1:1 bad-rule-name", "<r> is the name of a rule in JSGF; in", "Write $r = … ;"),
    ("protected $r = a;", "1:1 unknown-scope", "'protected' is no", "Write private $r = … ;"),
    ("Public $r = a;", "1:1 unknown-scope", "'Public' is no scope: a", "Write public $r = … ;"),
    ("public r = a;", "1:8 missing-dollar", "'$' is missing before the", "Write public $r = a;"),
    ("$r = a = b;", "1:8 unexpected-equals", "'=' stands once in a rule,", "Take it away, or end"),
    ("$r = a $s = b;", "1:7 missing-semicolon", "a ';' is missing before $s,", 'Write "$r = a;".'),
    ("$r = a\n$s = b;", "1:7 missing-semicolon", "a ';' is missing at the", 'Write "$r = a;".'),
    ("$r = a", "1:7 missing-semicolon", "a ';' is missing at the end of this", 'Write "$r = a;".'),
    ("$r = a;;", "1:8 empty-statement", "there is nothing between the", "Take one of them away."),
    ("# comment\n$r = a;", "1:1 hash-line", "a line cannot start with", "A comment starts with"),
    ("hello;", "1:1 unknown-declaration", "a declaration or a rule is", "Declarations start with"),
    ("= a;", "1:1 unknown-declaration", "a declaration or a rule is", "Declarations start with"),
    ("$;", "1:1 bad-rule-name", "the name of a rule must follow '$' at once.", "Write $size = … ;"),
    ("grammar x;", "1:1 unknown-declaration", "a declaration or a rule is", "Declarations start"),
    ("$r = a /* x /* y */ z */;", "1:23 stray-character", "this '*/' ends no", "Take it away, or"),
]
DECLARATIONS = [
    ("langage en;", "1:1 unknown-declaration", "'langage' starts no", "Write language en;"),
    ("language;", "1:9 bad-declaration", "'language' must be followed", "Write language en-US;"),
    ("language en_US;", "1:10 bad-declaration", "'language' must be", "Write language en-US;"),
    ("language = en;", "1:10 bad-declaration", "'language' must be", "Write language en;"),
    ('language "en";', "1:10 bad-declaration", "'language' must be", "Write language en;"),
    ("mode speech;", "1:6 bad-declaration", "'mode' must be followed by", "Write mode voice;"),
    ("mode Voice;", "1:6 bad-declaration", "'mode' must be followed by", "Write mode voice;"),
    ("Mode voice;", "1:1 unknown-declaration", "'Mode' starts no", "Write mode voice;"),
    ("root r;", "1:6 bad-declaration", "'root' must be followed by the name of", "Write root $r;"),
    ("root = $r;", "1:6 bad-declaration", "'root' must be followed by the name", "Write root $r;"),
    ("root $r.x;", "1:6 bad-declaration", "'root' must be followed by the", "Write root $r_x;"),
    ("rot $r;", "1:1 unknown-declaration", "'rot' starts no declaration.", "Write root $r;"),
    ('tag-format "semantics/1.0";', "1:12 bad-declaration", "'tag-format'", "Write tag-format"),
    ("tag-format semantics/1.0;", "1:12 bad-declaration", "'tag-format' must", "Write tag-format"),
    ('lexicon "http://x";', "1:9 bad-declaration", "'lexicon' must be followed", "Write lexicon"),
    ("lexicon <a> ~ <b/c>;", "1:9 bad-declaration", "'lexicon' must", "Write lexicon <a>~<b/c>;"),
    ('meta "author" "x";', "1:6 bad-declaration", "'meta' must be", 'Write meta "author"'),
    ("meta author is x;", "1:6 bad-declaration", "'meta' must be followed", 'Write meta "author"'),
    ('meta "author" is x;', "1:6 bad-declaration", "'meta' must be", 'Write meta "author"'),
    ("http-equiv 'a' is;", "1:12 bad-declaration", "'http-equiv' must be", "Write http-equiv"),
    ("{tag} x;", "1:7 bad-declaration", "a tag of the whole grammar ends with", "Write {tag};"),
    ("import <a>;", "1:1 unknown-declaration", "a declaration or a rule is", "Declarations start"),
    ('meta "a" is "b', "1:13 unclosed-quote", "this quotation is never closed: a", 'Write "b".'),
]
HEADERS = [
    ("#ABNF 1.0", "1:1 bad-header", "the first line", 'Write "#ABNF 1.0'),
    ("#ABNF 1.0 UTF-8", "1:1 bad-header", "the", 'Write "#ABNF 1.0'),
    ("#abnf 1.0;", "1:1 bad-header", "the first", 'Write "#ABNF 1.0'),
    ("#ABNF;", "1:1 bad-header", "the version is", 'Write "#ABNF 1.0'),
    ("#ABNF 2.0;", "1:1 bad-header", "the version", 'Write "#ABNF 1.0'),
    ("#ABNF  1.0;", "1:1 bad-header", "the first", 'Write "#ABNF 1.0'),
    ("#ABNF 1.0 ;", "1:1 bad-header", "the first", 'Write "#ABNF 1.0'),
    ("#ABNF V1.0;", "1:1 bad-header", "the version", 'Write "#ABNF 1.0'),
    ("# ABNF 1.0;", "1:1 bad-header", "the first", 'Write "#ABNF 1.0'),
    ("#JSGF V1.0;", "1:1 bad-header", "the first", 'Write "#ABNF 1.0'),
    ("#ABNF 1.0; language fr;", "1:11 bad-header", "a", 'Write "#ABNF'),
    ("#ABNF 1.0; ", "1:11 header-blank", "the first", "Take the blank"),
    ("\n#ABNF 1.0;", "1:1 bad-header", "the header must", 'Write "#ABNF'),
    ("// x\n#ABNF 1.0;", "1:1 bad-header", "the header", 'Write "#ABNF'),
    ("#GRAMMAR;", "1:1 bad-header", "the first line", 'Write "#ABNF 1.0'),
    ("#ABNF 1.0 UTF-8; // x", "1:17 bad-header", "a", 'Write "#ABNF 1.0'),
    ("", "1:1 bad-header", "the first line of an", 'Write "#ABNF 1.0'),
]
# fmt: on


def problems(text: str) -> list[Problem]:
    """What is wrong with a text, in its order."""
    found = read_abnf(Source("", text), "w3c")[1]
    return sorted(found, key=lambda problem: (problem.line, problem.column))


def check(found: Problem, line: int, expected: str, message: str, hint: str) -> None:
    """One problem is the one expected, where the text starts at a line."""
    assert f"{found.line - line + 1}:{found.column} {found.code}" == expected
    assert message in found.message
    assert hint in found.hint


@pytest.mark.parametrize(("text", "expected", "message", "hint"), RULES)
def test_rules(text, expected, message, hint):
    """A mistake in a rule: its place, what it is, and how to mend it; and nothing else."""
    (found,) = problems(f"#ABNF 1.0;\nlanguage en;\n{text}")
    check(found, 3, expected, message, hint)


@pytest.mark.parametrize(("text", "expected", "message", "hint"), DECLARATIONS)
def test_declarations(text, expected, message, hint):
    """A mistake in a declaration: its place, what it is, and how to mend it; and nothing else."""
    language = "" if "lang" in text else "language en;"
    (found,) = problems(f"#ABNF 1.0;\n{language}\n{text}")
    check(found, 3, expected, message, hint)


@pytest.mark.parametrize(("header", "expected", "message", "hint"), HEADERS)
def test_headers(header, expected, message, hint):
    """A mistake in the first line is said with the line to write; the rest is read."""
    text = f"{header}\nlanguage en;\n$r = a;\n"
    check(problems(text)[0], 1, expected, message, hint)
    grammar, _ = read_abnf(Source("", text), "w3c")
    assert [rule.name for rule in grammar.rules] == ["r"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("$r = don't | a\\b | (c;", ["unquoted-word", "backslash", "unclosed-group"]),
        ("$r = (((a))", ["unclosed-group", "missing-semicolon"]),
        ("$r = a; mode voice;", ["late-declaration"]),
        ("mode voice; mode dtmf;", ["duplicate-declaration"]),
        ("root $r; root $s;", ["duplicate-declaration"]),
        ("base http://x/;", ["bad-declaration", "missing-semicolon"]),
        ("$a = (x;\n$b = ;\n$c = y +;\n$d = z;", ["unclosed-group", "empty-rule", "unquoted-word"]),
        ("meta 'a' is 'b\n$r = a;", ["unclosed-quote"]),
        ("$r = a /* b\n$s = (c;\n", ["unclosed-comment", "unclosed-group"]),
        ("$r = a <2><3> <4><5>;", ["double-repeat"]),
        ("$r = " + "(" * 100_000, ["nesting-too-deep", "missing-semicolon"]),
    ],
)
def test_all_problems_are_found(text, codes):
    """Several mistakes are several problems, wherever they are."""
    found = problems(f"#ABNF 1.0;\nlanguage en;\n{text}")
    assert [problem.code for problem in found] == codes


def test_a_missing_language_is_an_error_of_voice_grammars():
    """The language must be declared, but for keys of a telephone."""
    (problem,) = problems("#ABNF 1.0;\n$r = a;\n")
    assert (problem.code, problem.line) == ("missing-language", 1)
    assert 'Write "language en-US;"' in problem.hint
    assert problems("#ABNF 1.0;\nmode dtmf;\n$r = 1;\n") == []


def test_messages_are_for_linguists():
    """No message has names of tokens or jargon, and each is a sentence."""
    texts = [f"#ABNF 1.0;\nlanguage en;\n{row[0]}" for row in (*RULES, *DECLARATIONS)]
    texts += [f"{row[0]}\nlanguage en;\n" for row in HEADERS]
    for found in (problem for text in texts for problem in problems(text)):
        for word in ("LPAR", "token", "parse", "lark", "terminal", "EOF", "None", "regex"):
            assert word not in found.message + found.hint
        assert found.message.endswith(".")
        assert found.hint.endswith((".", ";", "$<", ">"))


def test_a_grammar_of_mistakes_is_read_in_the_end():
    """Ten thousand rules with mistakes are ten thousand problems."""
    text = "#ABNF 1.0;\nlanguage en;\n" + "$r = don't (;\n" * 5_000
    assert len(problems(text)) == 10_000


PIECES = (
    *("$a = ", "$b", "b", " ", "\n", "\r\n", ";", ";\n", "|", "(", ")", "[", "]", "<1->", "<", ">"),
    *('"', "'", "{", "}", "{!{", "}!}", "/2/", "/", "!fr", "!", "$", "$<u#r>", "~<t>", "/*", "*/"),
    *("//", "/** @example x */", "language en;", "mode ", "root $a;", "meta ", "#ABNF 1.0;", "é"),
    *("public ", "=", "\\", "\x00", "́", "\ufeff", "東京", "#", "is"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.booleans())
def test_any_text_is_read(pieces, headed):
    """Whatever the text: a grammar and problems with places, never an exception."""
    text = ("#ABNF 1.0;\n" if headed else "") + "".join(pieces)
    grammar, found = read_abnf(Source("", text), "ibm")
    for problem in found:
        assert problem.span is not None
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert problem.message
        assert problem.hint
    for rule in grammar.rules:
        place = rule.place(rule.name_span)
        assert rule.name in text[place.start : place.end]
        if not rule.broken:
            span = rule.place(rule.expression.span)
            assert rule.offset < span.start < span.end <= len(text)
