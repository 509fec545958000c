"""Reading of SRGS ABNF: headers, declarations, rules, comments, rules kept for next time."""

from __future__ import annotations

import pytest

from sttprep.grammars.abnf import read_abnf
from sttprep.grammars.abnf_rules import read_rule
from sttprep.grammars.expression import Reference, Special, Token
from sttprep.grammars.grammar import Grammar, Header, Meta
from sttprep.source import Source, Span

START = "#ABNF 1.0;\nlanguage en;\n"


def read(text: str) -> Grammar:
    """The grammar of a text without problems."""
    grammar, problems = read_abnf(Source("", text), "w3c")
    assert problems == []
    return grammar


@pytest.mark.parametrize(
    ("line", "encoding"),
    [
        ("#ABNF 1.0;", None),
        ("#ABNF 1.0 UTF-8;", "UTF-8"),
        ("#ABNF 1.0 ISO-8859-1;", "ISO-8859-1"),
        ("\ufeff#ABNF 1.0 UTF-16;", "UTF-16"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_header(line, encoding, end):
    """The first line names the format, its version, and perhaps the encoding."""
    assert read(f"{line}{end}language en;").header.encoding == encoding


def test_declarations():
    """Every declaration arrives in the header."""
    text = START + (
        "mode dtmf;\nroot $r;\ntag-format <semantics/1.0>;\nbase <http://a/b;c//d>;\n"
        "lexicon <http://a/l.pls>;\nlexicon <l2>~<application/pls+xml>;\n"
        "meta 'a;b' is \"it's\"; meta \"c\"is'd';\nhttp-equiv \"Expires\" is '0';\n"
        "{var x = 1;};\n{!{ if (x) {} }!};\n"
    )
    assert read(text).header == Header(
        "en",
        "dtmf",
        "r",
        tag_format="semantics/1.0",
        base="http://a/b;c//d",
        lexicons=(("http://a/l.pls", None), ("l2", "application/pls+xml")),
        metas=(Meta("a;b", "it's"), Meta("c", "d"), Meta("Expires", "0", True)),
        tags=("var x = 1;", " if (x) {} "),
    )


def test_the_place_of_the_root():
    """The root's place is that of its name, with the prefix."""
    text = START + "root  $order;\n$order = a;"
    span = read(text).header.root_span
    assert span is not None
    assert text[span.start : span.end] == "$order"


def test_rules():
    """Rules have a name, a scope, and places that count from their statement."""
    text = START + "public $a = $b c;private $größe='x' ;\n".replace("'", '"') + "\n $b\n=\nd;"
    a, size, b = read(text).rules
    assert [(rule.name, rule.scope, rule.is_public) for rule in (a, size, b)] == [
        ("a", "public", True),
        ("größe", "private", False),
        ("b", None, False),
    ]
    for rule, name in ((a, "$a"), (size, "$größe"), (b, "$b")):
        place = rule.place(rule.name_span)
        assert text[place.start : place.end] == name
    (reference,) = a.body.references
    place = a.place(reference.span)
    assert text[place.start : place.end] == "$b"


def test_keywords_are_words_of_rules():
    """Words of declarations are ordinary words in a rule, and parts of rule names."""
    grammar = read(
        START + "$root = language mode | public root;\n$meta = is $language;\n$language = x;"
    )
    assert [rule.name for rule in grammar.rules] == ["root", "meta", "language"]
    assert grammar.rules[0].body.words == {"language", "mode", "public", "root"}


def test_comments_inside_a_rule_do_not_count():
    """A comment is white space, also within plain alternatives."""
    rule, same = read(START + "$a = x /* ; | ( */ | y // z;\n | w;\n$b = x | y | w;").rules
    assert rule.expression == same.expression
    assert rule.comments == ("/* ; | ( */", "// z;")


def test_comments_and_documentation():
    """The first documentation comment is the grammar's, the others are of their rules."""
    grammar = read(
        "#ABNF 1.0;\n/* licence */\n/** Orders. */\nlanguage en; // English\n"
        "/** not of a rule */\nroot $a;\n// before\n/** An order.\n * @example x\n */\n"
        "$a = x; // behind\n/* last */"
    )
    header = grammar.header
    assert header.documentation == "Orders."
    assert header.comments == ("/* licence */", "// English", "/** not of a rule */")
    (rule,) = grammar.rules
    assert (rule.documentation, rule.examples) == ("An order.", ("x",))
    assert rule.comments == ("// before", "// behind")
    assert grammar.trailing_comments == ("/* last */",)
    place = rule.place(rule.example_spans[0])
    assert grammar.source.text[place.start : place.end] == "x"


def test_the_documentation_of_the_first_rule_is_not_the_grammars():
    """Without declarations before it, a documentation comment is of the rule."""
    grammar, _ = read_abnf(Source("", "#ABNF 1.0;\n/** A. */ $a = x;"), "w3c")
    assert grammar.header.documentation == ""
    assert grammar.rules[0].documentation == "A."


def test_a_rule_that_cannot_be_read_is_defined():
    """Its name is known, and nothing is said about its words."""
    text = START + '$a = (x;\n$b = $a "y;\n$c : z;\nd = w;\nmy $e = v;\n$NULL = u;\n$f = t;'
    grammar, _ = read_abnf(Source("", text), "w3c")
    assert [(rule.name, rule.broken) for rule in grammar.rules] == [
        *((name, True) for name in "abcde"),
        ("f", False),
    ]
    assert all(rule.expression == Special("VOID") for rule in grammar.rules if rule.broken)


def test_an_edited_rule_is_the_only_one_read_again():
    """Rules are remembered by their text: the others keep their bodies, wherever they move."""
    text = START + "$a = x;\n$b = $a | y;\n"
    first = read(text)
    second = read(text.replace("$a = x", "$a = more words"))
    assert second.rules[1].body is first.rules[1].body
    assert second.rules[1].offset == first.rules[1].offset + len("more words") - 1
    assert second.rules[0].body is not first.rules[0].body


def test_large_rules_are_read_again():
    """What is remembered has a limit: rules of megabytes are not kept."""
    text = "$a = " + "word | " * 700_000 + "end"
    one, two = read_rule(text), read_rule(text)
    assert one is not None
    assert two is not None
    assert one is not two
    assert one.body.expression.parts == two.body.expression.parts


@pytest.mark.parametrize(
    "name", ["größe", "東京", "имя", "_x1", "नाम", "ชื่อ", "x\u0301", "\U00020000"]
)
def test_names_and_words_in_every_script(name):
    """Letters, digits and combining marks of every script make names and words."""
    (rule,) = read(START + f"${name} = {name} | ${name} {name};").rules
    assert rule.name == name
    assert rule.body.words == {name}
    assert rule.body.references == (Reference(name),)


def test_places_after_wide_characters():
    """Columns count characters, also beyond the first plane."""
    text = START + "$a = \U00020000's | 😀 don't;"
    _, problems = read_abnf(Source("", text), "w3c")
    assert [(problem.line, problem.column) for problem in problems] == [(3, 6), (3, 14)]


def test_lines_may_end_in_any_way():
    """Line ends of three kinds in one text count as one each."""
    _, problems = read_abnf(Source("", "#ABNF 1.0;\rlanguage en;\r\n\n$a = x\r | +;\n"), "w3c")
    assert [(problem.line, problem.column) for problem in problems] == [(5, 4)]


def test_the_tree_has_places():
    """A token's place counts from the start of its statement."""
    (rule,) = read(START + "  public $a = hello;").rules
    assert isinstance(rule.expression, Token)
    assert rule.expression.span == Span(12, 17)


def test_a_large_list_stays_one_piece():
    """A hundred thousand plain alternatives are read without making each of them."""
    text = START + "$a = " + "\n | ".join(f"word number{n}" for n in range(100_000)) + ";"
    (rule,) = read(text).rules
    assert len(rule.expression.parts) == 1
    assert len(rule.expression.parts[0].phrases()) == 100_000


def test_long_chains_and_many_rules():
    """Ten thousand rules, each using the next."""
    text = START + "".join(f"$r{n} = word $r{n + 1};\n" for n in range(10_000))
    grammar = read(text)
    assert len(grammar.rules) == 10_000
    assert grammar.rules[-1].body.references == (Reference("r10000"),)
