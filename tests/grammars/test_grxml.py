"""SRGS XML text becomes the tree it means, every node and rule at its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.grammars.expression import (
    Alternative,
    Alternatives,
    Expression,
    InLanguage,
    Reference,
    Repeat,
    Run,
    Sequence,
    Special,
    Tag,
    Token,
    walk,
)
from sttprep.grammars.grammar import Grammar, Meta
from sttprep.grammars.grxml import read_grxml
from sttprep.source import Problem, Source

OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<grammar xmlns="http://www.w3.org/2001/06/grammar" version="1.0" xml:lang="en-US" root="r">\n'
)
A, B, C = Token("a"), Token("b"), Token("c")


def read(text: str) -> tuple[Grammar, list[Problem]]:
    """What is read under the strict profile."""
    return read_grxml(Source("g.grxml", text), "w3c")


def grammar(rules: str) -> Grammar:
    """The grammar of some rules, in which nothing is wrong."""
    found, problems = read(f"{OPENING}{rules}\n</grammar>")
    assert [str(problem) for problem in problems] == []
    return found


def tree(body: str) -> Expression:
    """What a rule with this content matches."""
    return grammar(f'<rule id="r">{body}</rule>').rules[0].expression


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a", A),
        (" a\n b ", Sequence((A, B))),
        ("AT&amp;T &#233;&#x41;", Sequence((Token("AT&T"), Token("éA")))),
        ("<![CDATA[a < b]]>", Sequence((A, Token("<"), B))),
        ('"New \n York" c', Sequence((Token("New York", quoted=True), C))),
        ("a<!-- between -->b", Token("ab")),
        ("<token> New\n York </token>", Token("New York")),
        ('<token xml:lang="fr">a</token>', InLanguage(A, "fr")),
        ("<item>a</item>", Sequence((A,))),
        ("<item/>", Sequence(())),
        ("<item> </item>", Sequence(())),
        ("a <item>b c</item>", Sequence((A, Sequence((B, C))))),
        ('<item repeat="2">a</item>', Repeat(A, 2, 2)),
        ('<item repeat="0-1">a b</item>', Repeat(Sequence((A, B)), 0, 1)),
        ('<item repeat="3-"><item>a</item></item>', Repeat(Sequence((A,)), 3, None)),
        ('<item repeat="1-2" repeat-prob=".5">a</item>', Repeat(A, 1, 2, 0.5)),
        ('<item repeat="0-1"/>', Repeat(Sequence(()), 0, 1)),
        ('<item xml:lang="fr">a b</item>', InLanguage(Sequence((A, B)), "fr")),
        ('<item repeat="2" xml:lang="fr">a</item>', Repeat(InLanguage(A, "fr"), 2, 2)),
        ('<ruleref uri="#s"/>', Reference("s")),
        ('<ruleref uri="b.grxml#s" type="text/x"/>', Reference("s", "b.grxml", "text/x")),
        ('<ruleref uri="http://e.org/b"/>', Reference(None, "http://e.org/b")),
        ('<ruleref special="GARBAGE"/>', Special("GARBAGE")),
        ("a <tag> x = 1; </tag>", Sequence((A, Tag(" x = 1; ")))),
        ("<tag/>", Tag("")),
        ("<tag><![CDATA[a < b]]> &amp; c</tag>", Tag("a < b & c")),
        (
            "<one-of><item>a</item><item>b c</item></one-of>",
            Alternatives((Alternative(A), Alternative(Sequence((B, C))))),
        ),
        (
            'a <one-of xml:lang="fr"><item>b</item></one-of>',
            Sequence((A, InLanguage(Alternatives((Alternative(B),)), "fr"))),
        ),
        (
            '<one-of><item weight="2.">a</item><item weight=".5" repeat="0-">b</item>'
            "<item/></one-of>",
            Alternatives(
                (
                    Alternative(A, 2.0),
                    Alternative(Repeat(B, 0, None), 0.5),
                    Alternative(Sequence(())),
                )
            ),
        ),
        ("<example>a b</example>a<example>c</example>", A),
    ],
)
def test_tree(body: str, expected: Expression) -> None:
    """Each element is the node it stands for."""
    assert tree(body) == expected


def test_header() -> None:
    """Attributes and elements before the rules make the header."""
    found, problems = read(
        '<?xml version="1.0" encoding="UTF-16"?>\n<!-- Who. -->\n\n<!-- A menu. -->\n'
        '<g:grammar xmlns:g="http://www.w3.org/2001/06/grammar" xmlns:x="urn:x" version="1.0"\n'
        ' mode="dtmf" root="r" tag-format="semantics/1.0" xml:base="http://e.org/">\n'
        '<g:lexicon uri="a.pls"/><g:lexicon uri="b" type="t"/>\n'
        '<g:meta name="author" content="me"/><g:meta http-equiv="Expires" content="0"/>\n'
        "<g:metadata><x:about/></g:metadata><g:tag>var x;</g:tag>\n"
        '<g:rule id="r">1</g:rule> <!-- one --></g:grammar><!-- last -->'
    )
    header = found.header
    assert problems == []
    assert (header.language, header.mode, header.root) == (None, "dtmf", "r")
    assert (header.encoding, header.tag_format) == ("UTF-16", "semantics/1.0")
    assert header.base == "http://e.org/"
    assert header.lexicons == (("a.pls", None), ("b", "t"))
    assert header.metas == (Meta("author", "me"), Meta("Expires", "0", http_equiv=True))
    assert header.metadata == ('<g:metadata xmlns:g="http://www.w3.org/2001/06/grammar"'
                               ' xmlns:x="urn:x"><x:about/></g:metadata>',)  # fmt: skip
    assert header.tags == ("var x;",)
    assert (header.documentation, header.comments) == ("A menu.", ("<!-- Who. -->",))
    assert found.rules[0].comments == ("<!-- one -->",)
    assert found.trailing_comments == ("<!-- last -->",)


def test_comments_and_examples() -> None:
    """The comment directly before a rule documents it; others are kept as they are."""
    rules = grammar(
        '<!-- not this one -->\n<!--\n  What is ordered.\n   Two lines.\n-->\n<rule id="r">'
        "<example> a \n b </example><!-- inside -->a<example/></rule>\n"
        '<!-- far away -->\n\n<rule id="s" scope="public">b</rule>\n'
    ).rules
    assert rules[0].documentation == "What is ordered.\nTwo lines."
    assert rules[0].comments == ("<!-- not this one -->", "<!-- inside -->")
    assert rules[0].examples == ("a b", "")
    assert (rules[0].scope, rules[1].scope) == (None, "public")
    assert (rules[1].documentation, rules[1].comments) == ("", ("<!-- far away -->",))


@pytest.mark.parametrize("word", ["a", "größe", "東京", "𝄞𝄞"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_places(word: str, line_end: str) -> None:
    """Every node's span is its piece of the text, whatever the script and the line ends."""
    name = word.replace("𝄞", "é")
    body = (
        f'<!-- {word} --><rule id="{name}">\n<item repeat="2">{word}</item>'
        f'\n "{word} {word}" &lt;{word} <token>{word}</token><ruleref uri="#r"/>\n'
        f'<one-of>\n<item>x{word}</item>\n<item weight="2">y{word}</item></one-of></rule>'
    ).replace("\n", line_end)
    found, _ = read(f'{OPENING}<rule id="r">{word}</rule>{body}</grammar>')
    text, rule = found.source.text, found.rules[1]

    def piece(node: Expression) -> str:
        place = rule.place(node.span)
        return text[place.start : place.end]

    place = rule.place(rule.name_span)
    assert text[place.start : place.end] == rule.name == name
    nodes = list(walk(rule.expression))
    assert [piece(node) for node in nodes if isinstance(node, Token)] == [
        word, f'"{word} {word}"', f"&lt;{word}", word, f"x{word}", f"y{word}",
    ]  # fmt: skip
    assert [piece(node) for node in nodes if isinstance(node, Reference)] == ['<ruleref uri="#r"/>']
    assert [piece(node) for node in nodes if isinstance(node, Repeat)] == [
        f'<item repeat="2">{word}</item>'
    ]
    whole = rule.place(rule.expression.span)
    assert text[whole.start :].startswith("<rule id=")
    assert text[: whole.end].endswith("</rule>")


def test_example_places() -> None:
    """Examples stand where they stand."""
    rule = grammar('<rule id="s">a</rule><rule id="r">é<example> a\n b </example></rule>').rules[1]
    assert rule.place(rule.example_spans[0]).start - rule.offset == 24
    assert rule.example_spans[0].end - rule.example_spans[0].start == len("a\n b")


WORDS = st.lists(
    st.lists(st.sampled_from(["a", "é", "x:y", "c++", "東京"]), min_size=1, max_size=3),
    min_size=1,
    max_size=5,
)


@given(WORDS, st.sampled_from(["", "\n  ", " "]), st.sampled_from(["", " ", "\n"]))
def test_a_run_is_its_alternatives(words: list[list[str]], between: str, inside: str) -> None:
    """A list of plain items, read as one run, has the words and places of single items."""
    items = between.join(f"<item>{inside}{' '.join(phrase)}{inside}</item>" for phrase in words)
    plain = tree(f"<one-of>{between}{items}{between}</one-of>")
    single = tree(f"<one-of><!-- x -->{between}{items}{between}</one-of>")
    assert isinstance(plain, Alternatives)
    assert isinstance(single, Alternatives)
    assert [type(part) for part in plain.parts] == [Run]
    assert not any(isinstance(part, Run) for part in single.parts)
    assert plain == single

    def places(node: Expression, shift: int) -> list[tuple[int, int]]:
        tokens = (token for token in walk(node) if isinstance(token, Token))
        return [(token.span.start - shift, token.span.end - shift) for token in tokens]

    assert places(plain, 0) == places(single, len("<!-- x -->"))


def test_names_without_a_namespace() -> None:
    """The service's own samples have no namespace and no declaration: a warning, not an error."""
    text = '<grammar version="1.0" xml:lang="en-US" root="r"><rule id="r">a</rule></grammar>'
    found, problems = read_grxml(Source("", text), "ibm")
    assert [(problem.severity, problem.code) for problem in problems] == [
        ("warning", "missing-namespace")
    ]
    assert found.rules[0].expression == A
    _, problems = read_grxml(Source("", text), "w3c")
    assert [problem.severity for problem in problems] == ["error"]


def test_references_may_be_percent_encoded() -> None:
    """A URI writes signs outside of ASCII as bytes; what names no rule stays as it is."""
    found, _ = read(
        OPENING
        + '<rule id="r"><ruleref uri="#gr%C3%B6%C3%9Fe"/><ruleref uri="#a%20b"/></rule>'
        + '<rule id="größe">a</rule></grammar>'
    )
    assert [use.rule for use in found.rules[0].body.references] == ["größe", "a%20b"]


def test_foreign_elements_are_passed_over() -> None:
    """Elements and attributes of other namespaces are noted and change nothing."""
    found, problems = read(
        OPENING.replace("root=", 'xmlns:x="urn:x" root=')
        + '<rule id="r"><x:y><item>no</item> no</x:y>a<item x:weight="3">b</item></rule></grammar>'
    )
    assert found.rules[0].expression == Sequence((A, Sequence((B,))))
    assert [(problem.severity, problem.code) for problem in problems] == [
        ("note", "foreign-element"),
        ("note", "foreign-attribute"),
    ]


def test_a_document_type_is_legal() -> None:
    """A DOCTYPE is no problem, and the file it names is not looked for."""
    doctype = '<!DOCTYPE grammar PUBLIC "-//W3C//DTD GRAMMAR 1.0//EN" "http://nowhere.invalid/g">\n'
    found, problems = read(
        OPENING.replace("<grammar", doctype + "<grammar") + '<rule id="r">a</rule></grammar>'
    )
    assert (found.rules[0].expression, problems) == (A, [])


def test_large_texts() -> None:
    """Long lists, many comments and many references cost no more than their length."""
    items = "".join(f'<item weight="2">größe{index} &amp;</item>' for index in range(5_000))
    comments = "<!-- c -->" * 20_000
    found = grammar(f'<rule id="r"><one-of>{items}</one-of>{"a&amp;" * 20_000}</rule>{comments}')
    assert sum(isinstance(node, Token) for node in walk(found.rules[0].expression)) == 10_001
    assert len(found.rules[0].comments) == 20_000
