"""What each format's text looks like, and what a format refuses to say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sttprep.errors import GrammarError
from sttprep.grammars.abnf import read_abnf
from sttprep.grammars.expression import MAX_DEPTH, Repeat, Sequence, Tag, Token
from sttprep.grammars.grammar import Body, Grammar, GrammarFormat, Header, Rule
from sttprep.grammars.grxml import read_grxml
from sttprep.grammars.jsgf import read_jsgf
from sttprep.grammars.write import write
from sttprep.grammars.write_layout import WIDTH
from sttprep.source import Source

ABNF = "#ABNF 1.0 UTF-8;\nlanguage en-US;\nmode voice;\nroot $r;\n"
JSGF = "#JSGF V1.0 UTF-8 en;\ngrammar g;\n"


def abnf(rules: str) -> Grammar:
    """A grammar of ABNF rules with the root $r."""
    return read_abnf(Source("menu.abnf", ABNF + rules), "w3c")[0]


def jsgf(rules: str) -> Grammar:
    """A grammar of JSGF rules."""
    return read_jsgf(Source("menu.jsgf", JSGF + rules), "w3c")[0]


def grxml(rules: str) -> Grammar:
    """A grammar of XML rules with the root r."""
    opening = '<grammar xmlns="http://www.w3.org/2001/06/grammar" version="1.0" '
    text = f'{opening}xml:lang="en-US" root="r">\n{rules}</grammar>'
    return read_grxml(Source("menu.grxml", text), "w3c")[0]


def body(grammar: Grammar, format: GrammarFormat) -> str:
    """The last rule as the format writes it, without what is around its right side."""
    text = write(grammar, format)
    if format == "grxml":
        return text[text.rindex("<rule id=") :].partition(">")[2].rpartition("</rule>")[0].strip()
    return text.rpartition("\n\n")[2].partition(" = ")[2].removesuffix(";\n")


@pytest.mark.parametrize(
    ("source", "as_jsgf", "as_xml"),
    [
        ("a b", "a b", "a b"),
        ('"New York" don', '"New York" don', '"New York" don'),
        ('"a;b" | "x/y"', '"a;b" | "x/y"', None),
        ("[a]", "[a]", '<item repeat="0-1">a</item>'),
        ("[a | b]", "[a | b]", None),
        ("a<0-1>", "[a]", '<item repeat="0-1">a</item>'),
        ("a<0->", "a*", '<item repeat="0-">a</item>'),
        ("(a b)<1->", "(a b)+", '<item repeat="1-">a b</item>'),
        ("a<3>", "a a a", '<item repeat="3">a</item>'),
        ("a<3->", "a a a+", '<item repeat="3-">a</item>'),
        ("a<1-3>", "a [a [a]]", '<item repeat="1-3">a</item>'),
        ("a<0-2> {x}", "[a [a]] {x}", '<item repeat="0-2">a</item> <tag>x</tag>'),
        ("a<0> b", "<NULL> b", '<item repeat="0">a</item> b'),
        ("(a | b)<2>", "(a | b) (a | b)", None),
        ("(a)<2> (b)", "a a b", '<item repeat="2">a</item> b'),
        ("{x} a", "<NULL> {x} a", "<tag>x</tag> a"),
        ("a<0-> {x}", "(a*) {x}", '<item repeat="0-">a</item> <tag>x</tag>'),
        ("a {!{if (x) {y}}!}", r"a {if (x) \{y\}}", "a <tag>if (x) {y}</tag>"),
        ("a {b & c < d}", "a {b & c < d}", "a <tag><![CDATA[b & c < d]]></tag>"),
        ("/2/ a | b", "/2/ a | /1/ b", None),
        ("$VOID | $NULL", "<VOID> | <NULL>", None),
        ("()", "<NULL>", "<item/>"),
        ("[a]!fr", None, '<item xml:lang="fr"><item repeat="0-1">a</item></item>'),
        ("(a | b)!fr", None, None),
        ("$GARBAGE", None, '<ruleref special="GARBAGE"/>'),
        ("$<b.gram#s>~<t>", None, '<ruleref uri="b.gram#s" type="t"/>'),
    ],
)
def test_abnf_elsewhere(source: str, as_jsgf: str | None, as_xml: str | None) -> None:
    """How ABNF is said in JSGF and in XML."""
    grammar = abnf(f"public $r = {source};\n")
    assert body(grammar, "abnf") == source
    if as_jsgf is not None:
        assert body(grammar, "jsgf") == as_jsgf
    if as_xml is not None:
        assert body(grammar, "grxml") == as_xml


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a <item>b</item>", "a b"),
        ("a <item>b c</item>", "a (b c)"),
        ("a <one-of><item>b</item><item>c d</item></one-of>", "a (b | c d)"),
        ('<item repeat="2-5" repeat-prob="0.25">a</item>', "a<2-5 /0.25/>"),
        ('<item repeat="2">a <tag>x</tag></item>', "(a {x})<2>"),
        ('<item xml:lang="fr"><ruleref uri="#r"/></item>', "($r)!fr"),
        ('<item xml:lang="fr"/>', "(())!fr"),
        ('<item repeat="2"><tag>x</tag></item>', "({x})<2>"),
        ("<one-of><item>a</item></one-of> b", "a b"),
        ("<token>C++</token> C#", '"C++" "C#"'),
        ("<tag>}</tag>", "{!{}}!}"),
        ('<ruleref uri="b.grxml"/>', "$<b.grxml>"),
    ],
)
def test_xml_in_abnf(source: str, expected: str) -> None:
    """How XML is said in ABNF."""
    assert body(grxml(f'<rule id="r">{source}</rule>'), "abnf") == expected


SOURCE = """<?xml version="1.0"?>
<!-- Licence -->

<!-- The menu. -->
<grammar xmlns="http://www.w3.org/2001/06/grammar" version="1.0" xml:lang="en-GB" root="r"
  tag-format="semantics/1.0">
<lexicon uri="a.pls" type="t"/><meta name="in" content='say "tea"'/>
<metadata><x xmlns="urn:x"/></metadata><tag>var x;</tag>
<!-- Of drinks -->
<!-- What they say. -->
<rule id="r"><example>a tea</example><item repeat="0-1" repeat-prob="0.5">a</item>
<ruleref uri="#s"/></rule>
<rule id="s" scope="public">tea</rule> <!-- only -->
</grammar>
<!-- end -->
"""


def full() -> Grammar:
    """A grammar with all that can be said around rules."""
    return read_grxml(Source("menu.grxml", SOURCE), "w3c")[0]


def test_a_whole_grammar_in_xml() -> None:
    """One style, whatever the author's."""
    assert (
        write(full(), "grxml")
        == """<?xml version="1.0" encoding="UTF-8"?>
<!-- Licence -->
<!-- The menu. -->
<grammar xmlns="http://www.w3.org/2001/06/grammar" version="1.0" xml:lang="en-GB"
         mode="voice" root="r" tag-format="semantics/1.0">
  <lexicon uri="a.pls" type="t"/>
  <meta name="in" content="say &quot;tea&quot;"/>
  <metadata><x xmlns="urn:x"/></metadata>
  <tag>var x;</tag>

  <!-- Of drinks -->
  <!-- What they say. -->
  <rule id="r">
    <example>a tea</example>
    <item repeat="0-1" repeat-prob="0.5">a</item> <ruleref uri="#s"/>
  </rule>

  <!-- only -->

  <rule id="s" scope="public">tea</rule>
</grammar>
<!-- end -->
"""
    )


def test_a_whole_grammar_in_abnf() -> None:
    """Declarations ABNF does not have become comments."""
    assert (
        write(full(), "abnf")
        == """#ABNF 1.0 UTF-8;
// Licence
// <metadata><x xmlns="urn:x"/></metadata>
/** The menu. */
language en-GB;
mode voice;
root $r;
tag-format <semantics/1.0>;
lexicon <a.pls>~<t>;
meta "in" is 'say "tea"';
{var x;};

// Of drinks
/**
 * What they say.
 * @example a tea
 */
$r = a<0-1 /0.5/> $s;

// only
public $s = tea;

// end
"""
    )


def test_a_whole_grammar_in_jsgf() -> None:
    """Only the root is public, so that the same sentences are accepted; the rest is a comment."""
    assert (
        write(full(), "jsgf")
        == """#JSGF V1.0 UTF-8 en-GB;
// Licence
// tag-format <semantics/1.0>;
// lexicon <a.pls>~<t>;
// meta "in" is 'say "tea"';
// {var x;};
// <metadata><x xmlns="urn:x"/></metadata>
// Public as well, for use by other grammars: <s>
/** The menu. */
grammar menu;

// Of drinks
// repeat probability left out: 0.5
/**
 * What they say.
 * @example a tea
 */
public <r> = [a] <s>;

// only
<s> = tea;

// end
"""
    )


def test_long_rules_are_broken() -> None:
    """Long rules have a line for each alternative, and no line is longer than need be."""
    words = ["small", "medium", "large", "extra-large", "family-size"]
    choice = " | ".join(f"{word} {other}" for word in words for other in words[:2])
    grammar = abnf(f"$r = I want ({choice}) please " + "now " * 30 + ";\n$s = " + choice + ";")
    for format in ("abnf", "grxml", "jsgf"):
        lines = write(grammar, format).splitlines()
        assert max(map(len, lines)) <= WIDTH
        assert all(line == line.rstrip() for line in lines)
    assert write(grammar, "abnf").partition("$r =")[2].splitlines()[:6] == [
        "",
        "    I want (",
        "        small small",
        "      | small medium",
        "      | medium small",
        "      | medium medium",
    ]
    assert "\n    I want\n    <one-of>\n      <item>small small</item>\n" in write(grammar, "grxml")


def test_public_rules_of_jsgf() -> None:
    """One public rule becomes the root; several stay public, and there is no root."""
    one = "public <a> = x <b>; <b> = y;"
    assert "root $a;" in write(jsgf(one), "abnf")
    assert 'root="a"' in write(jsgf(one), "grxml")
    several = write(jsgf(one.replace("<b> =", "public <b> =")), "abnf")
    assert "root" not in several
    assert "public $a" in several
    assert "public $b" in several


def test_own_names_and_a_guess() -> None:
    """A rule named with its own grammar is local; a language that is not said is a guess."""
    source = Source("", "#JSGF V1.0;\ngrammar a.g;\nimport <x.y>;\npublic <r> = <a.g.s>; <s> = b;")
    text = write(read_jsgf(source, "w3c")[0], "abnf")
    assert "$r = $s;" in text
    assert "// The language was not said; en-US is a guess.\n// import <x.y>;\n" in text


def _made(*items: Token | Tag, format: GrammarFormat = "abnf", name: str = "r") -> Grammar:
    rule = Rule(name, Body(Sequence(items)), scope="public")
    return Grammar(format, Header(language="en", name="g", root=None), (rule,))


@pytest.mark.parametrize(
    ("make", "target", "message", "place"),
    [
        (lambda: abnf("$r = a | oui!fr;"), "jsgf", "cannot change the language (to fr)", "oui!fr"),
        (lambda: abnf("$r = a $GARBAGE;"), "jsgf", "no rule for any words", "$GARBAGE"),
        (lambda: abnf("$r = $<b.gram#s> a;"), "jsgf", "by its URI, b.gram#s", "$<b.gram#s>"),
        (lambda: abnf("$r = a<200> b;"), "jsgf", "too long to be spelled out", "a<200>"),
        (lambda: abnf("$r = ((a<100>)<100>)<100> b;"), "jsgf", "too long", None),
        (lambda: jsgf("public <r> = <x.y.z> a;"), "abnf", "cannot import <x.y.z>", "<x.y.z>"),
        (lambda: jsgf("import <x.y.*>; public <r> = <z> a;"), "grxml", "<x.y.z>", "<z>"),
        (lambda: jsgf("public <a-b> = c;"), "abnf", "this name of a rule (rule 'a-b')", "<a-b>"),
        (lambda: jsgf("public <GARBAGE> = c;"), "grxml", "meaning of its own", "<GARBAGE>"),
        (lambda: abnf("$r = $r a | b;"), "jsgf", "only as its last part (rule 'r')", "$r"),
        (lambda: abnf("$r = a $s b | c; $s = $r;"), "jsgf", "only as its last part", None),
        (lambda: _made(Token('5"'), Token("a")), "abnf", "no quote mark inside a word", None),
        (lambda: _made(Token("a"), Tag("x }!} y")), "abnf", "'}!}' inside a tag", None),
        (lambda: _made(Token("a"), Tag("\x01")), "grxml", "the character U+0001", None),
        (lambda: _made(Token("\ud800"), Token("a")), "grxml", "the character U+D800", None),
    ],
)  # fmt: skip
def test_refusals(
    make: Callable[[], Grammar], target: GrammarFormat, message: str, place: str | None
) -> None:
    """What a format has no words for is refused by name, at its place, with a way to mend it."""
    grammar = make()
    with pytest.raises(GrammarError) as caught:
        write(grammar, target)
    problem = caught.value.problems[0]
    assert message in problem.message
    assert problem.hint
    if place is not None:
        assert problem.span is not None
        assert grammar.source.text[problem.span.start : problem.span.end] == place


def test_all_refusals_at_once() -> None:
    """Every place is named, in the order of the text."""
    grammar = abnf("$r = a!fr $s;\n$s = $GARBAGE b!de;\n")
    with pytest.raises(GrammarError) as caught:
        write(grammar, "jsgf")
    assert [problem.line for problem in caught.value.problems] == [5, 6, 6]


def test_telephone_keys_are_not_jsgf() -> None:
    """JSGF is for speech."""
    text = "#ABNF 1.0;\nmode dtmf;\nroot $r;\n$r = 1;\n"
    grammar = read_abnf(Source("", text), "w3c")[0]
    assert write(grammar, "abnf").startswith("#ABNF 1.0 UTF-8;\nmode dtmf;\nroot $r;\n")
    with pytest.raises(GrammarError, match="no telephone keys"):
        write(grammar, "jsgf")


@pytest.mark.parametrize("target", ["abnf", "grxml", "jsgf"])
def test_deep_trees_are_written(target: GrammarFormat) -> None:
    """As deep as a reader takes them."""
    expression: Token | Sequence | Repeat = Token("a")
    for _ in range(MAX_DEPTH):
        expression = Repeat(Sequence((expression, Token("b"))), 0, None)
    rule = Rule("r", Body(expression), scope="public")
    assert (
        write(Grammar("abnf", Header(language="en", root="r"), (rule,)), target).count("b")
        >= MAX_DEPTH
    )


def test_comments_change_their_signs() -> None:
    """A comment stays a comment in each format, and no other comment becomes documentation."""
    grammar = abnf("// one -- two\n/* three\n   four */\n$r = a; // five\n$s = /** six */ b;\n")
    assert "\n// one -- two\n/* three\n   four */\n// five\n$r = a;\n" in write(grammar, "abnf")
    assert "/* six */\n$s = b;" in write(grammar, "abnf")
    text = write(grammar, "grxml")
    assert "  <!-- one - - two -->\n  <!-- three\nfour -->\n  <!-- five -->\n\n  <rule" in text
    again = read_grxml(Source("", text), "w3c")[0]
    assert [rule.documentation for rule in again.rules] == ["", ""]
    assert [len(rule.comments) for rule in again.rules] == [3, 1]


def test_names_of_jsgf_grammars() -> None:
    """A grammar without a name is called by its file, or by its root."""
    text = ABNF + "$r = a;\n"
    for name, expected in (("menu-2.abnf", "menu_2"), ("", "r"), ("7.abnf", "g_7")):
        grammar = read_abnf(Source(name, text), "w3c")[0]
        assert f"grammar {expected};" in write(grammar, "jsgf")
