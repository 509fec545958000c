"""Everything that can be wrong with an XML grammar is said, at its place, with a way to mend it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.grammars import check_grammar
from sttprep.grammars.expression import MAX_DEPTH, Sequence, Token
from sttprep.grammars.grammar import Grammar
from sttprep.grammars.grxml import read_grxml
from sttprep.source import Problem, Source

OPENING = '<grammar xmlns="http://www.w3.org/2001/06/grammar" version="1.0" xml:lang="en-US">\n'


def read(text: str) -> tuple[Grammar, list[Problem]]:
    """What is read under the strict profile."""
    return read_grxml(Source("", text), "w3c")


def marked(problem: Problem, text: str) -> str:
    """The piece of text a problem is about."""
    assert problem.span is not None
    return text[problem.span.start : problem.span.end]


@pytest.mark.parametrize(
    ("rule", "code", "place", "message", "hint"),
    [
        ("<rule>a</rule>", "missing-rule-name", "<rule", "no name", '<rule id="size">'),
        ('<rule id="">a</rule>', "bad-rule-name", "", "empty name", 'id="size"'),
        ('<rule id="a-b">a</rule>', "bad-rule-name", "a-b", "no '-' in it", '"a_b"'),
        ('<rule id="$a">a</rule>', "bad-rule-name", "$a", "no '$' before it", '"a"'),
        ('<rule id="7">a</rule>', "bad-rule-name", "7", "cannot start with '7'", '"r_7"'),
        ('<rule id="r" scope="all">a</rule>', "bad-scope", "all", "scope 'all'", "public"),
        ('<rule id="r"> </rule>', "empty-rule", "<rule", "the rule is empty", "<item/>"),
        ('<rule id="r" scop="public">a</rule>', "unknown-attribute", "scop", "'scop'", "'scope'"),
        ('<rule id="r" lang="fr">a</rule>', "unknown-attribute", "lang", "'lang'", "'id', 'scope'"),
        ('<rule id="r"><itme>a</itme></rule>', "unknown-element", "<itme", "'<itme>'", "'<item>'"),
        ('<rule id="r"><Item>a</Item></rule>', "unknown-element", "<Item", "'<Item>'", "'<item>'"),
        ('<rule id="r">a<xyz/></rule>', "unknown-element", "<xyz", "'<xyz>'", "<one-of>"),
        ('<rule id="r">a<meta name="a" content="b"/></rule>', "misplaced-element", "<meta",
         "directly in '<rule>'", "start of the grammar"),
        ("<item>a</item>", "misplaced-element", "<item", "in '<grammar>'", "Put it into a rule"),
        ("a b", "misplaced-text", "a", "in '<grammar>'", "Put it into a rule"),
        ('<rule id="r">a</rule><meta name="a" content="b"/>', "late-declaration", "<meta",
         "after a rule", "before the first rule"),
        ('<rule id="r">a<rule id="s">b</rule></rule>', "nested-rule", "<rule",
         "inside another one", "</rule>"),
        ('<rule id="r"><one-of/></rule>', "empty-choice", "<one-of", "nothing to choose", "<item>"),
        ('<rule id="r"><one-of><item>a</item>or so</one-of></rule>', "misplaced-text", "or",
         "in '<one-of>'", "Put it into an item"),
        ('<rule id="r"><one-of><tag>a</tag></one-of></rule>', "misplaced-element", "<tag",
         "in '<one-of>'", "<item><tag>"),
        ('<rule id="r"><token>a <item/></token></rule>', "misplaced-element", "<item",
         "in '<token>'", "End '<token>'"),
        ('<rule id="r"><ruleref uri="#s">a</ruleref></rule>', "misplaced-text", "a",
         "in '<ruleref>'", "Take it away"),
        ('<rule id="r"><token> </token></rule>', "empty-token", "<token", "no word", "New York"),
        ('<rule id="r"><token>"a b"</token></rule>', "quote-in-token", "<token", "part of the word",
         "<token>a b</token>"),
        ('<rule id="r">a "b c</rule>', "unclosed-quote", '"', "no partner", '"New York"'),
        ('<rule id="r">a "  " b</rule>', "empty-quote", '"  "', "nothing between", "Take them"),
        ('<rule id="r"><item repeat="1-2-3">a</item></rule>', "bad-repeat", "1-2-3",
         "how often", 'repeat="2-5"'),
        ('<rule id="r"><item repeat="-2">a</item></rule>', "bad-repeat", "-2", "'-2'", "0-1"),
        ('<rule id="r"><item repeat="many">a</item></rule>', "bad-repeat", "many", "'many'", "1-"),
        ('<rule id="r"><item repeat="">a</item></rule>', "bad-repeat", "", "''", "repeat="),
        ('<rule id="r"><item repeat="3-2">a</item></rule>', "bad-repeat", "3-2",
         "larger number first", 'repeat="2-3"'),
        (f'<rule id="r"><item repeat="{"9" * 5000}">a</item></rule>', "bad-repeat", "9" * 5000,
         "too large", "0-"),
        ('<rule id="r"><item repeat="2" repeat-prob="1.5">a</item></rule>', "bad-probability",
         "1.5", "from 0 to 1", "0.25"),
        ('<rule id="r"><item repeat-prob="0.5">a</item></rule>', "useless-probability",
         "repeat-prob", "no meaning without", 'repeat="0-1"'),
        ('<rule id="r"><one-of><item weight="1e3">a</item></one-of></rule>', "bad-weight", "1e3",
         "not a positive number", 'weight="2"'),
        ('<rule id="r"><one-of><item weight="-1">a</item></one-of></rule>', "bad-weight", "-1",
         "'-1'", "0.5"),
        ('<rule id="r"><item weight="2">a</item></rule>', "useless-weight", "weight",
         "only for an item of '<one-of>'", "Take it away"),
        ('<rule id="r"><item xml:lang="en_US">a</item></rule>', "bad-language", "en_US",
         "does not name a language", 'xml:lang="en-US"'),
        ('<rule id="r"><ruleref/></rule>', "bad-reference", "<ruleref", "which rule", "#size"),
        ('<rule id="r"><ruleref uri="#"/></rule>', "bad-reference", "#", "which rule", "#size"),
        ('<rule id="r"><ruleref uri="#a" special="NULL"/></rule>', "bad-reference", "NULL",
         "both 'uri' and 'special'", "Take one"),
        ('<rule id="r"><ruleref special="null"/></rule>', "bad-special", "null", "'null'",
         'special="NULL"'),
        ('<rule id="r"><ruleref uri="#a" xml:lang="fr"/></rule>', "unknown-attribute", "xml:lang",
         "no attribute 'xml:lang'", '<item xml:lang="fr">'),
        ('<rule id="r"><ruleref uri="s"/></rule><rule id="s">b</rule>', "reference-without-hash",
         "s", "The rule 's' of this grammar is not used here", 'uri="#s"'),
        ('<lexicon/><rule id="r">a</rule>', "missing-attribute", "<lexicon", "'uri'", "uri="),
        ('<meta content="b"/><rule id="r">a</rule>', "missing-attribute", "<meta", "'name'", "na"),
        ('<meta name="b"/><rule id="r">a</rule>', "missing-attribute", "<meta", "'content'", "con"),
        ('<meta name="b" http-equiv="c" content="d"/><rule id="r">a</rule>', "bad-meta", "<meta",
         "both", "Take one"),
    ],
)  # fmt: skip
def test_content(rule: str, code: str, place: str, message: str, hint: str) -> None:
    """What is wrong inside the grammar."""
    text = f"{OPENING}{rule}\n</grammar>"
    _, problems = read(text)
    assert [problem.code for problem in problems] == [code]
    assert marked(problems[0], text) == place
    assert problems[0].line == 2
    assert message in problems[0].message
    assert hint in problems[0].hint


@pytest.mark.parametrize(
    ("attributes", "code", "place", "hint"),
    [
        ('version="1.0" xml:lang="en"', "missing-namespace", "<grammar", "xmlns="),
        ('xmlns="urn:x" version="1.0" xml:lang="en"', "bad-namespace", "urn:x", "2001/06/grammar"),
        ('xmlns="NS" xml:lang="en"', "missing-version", "<grammar", 'version="1.0"'),
        ('xmlns="NS" version="2.0" xml:lang="en"', "bad-version", "2.0", 'version="1.0"'),
        ('xmlns="NS" version="1.0"', "missing-language", "<grammar", 'xml:lang="en-US"'),
        ('xmlns="NS" version="1.0" xml:lang=""', "bad-language", "", 'xml:lang="en-US"'),
        ('xmlns="NS" version="1.0" xml:lang="en" mode="text"', "bad-mode", "text", "voice"),
        ('xmlns="NS" version="1.0" xml:lang="en" root="#r"', "bad-root", "#r", 'root="r"'),
        ('xmlns="NS" version="1.0" xml:lang="en" rot="r"', "unknown-attribute", "rot", "'root'"),
    ],
)
def test_grammar_tag(attributes: str, code: str, place: str, hint: str) -> None:
    """What is wrong in the first tag."""
    attributes = attributes.replace("NS", "http://www.w3.org/2001/06/grammar")
    text = f'<grammar {attributes}><rule id="r">a</rule></grammar>'
    found, problems = read(text)
    assert [(problem.code, marked(problem, text)) for problem in problems] == [(code, place)]
    assert hint in problems[0].hint
    assert found.rules[0].expression == Token("a")


@pytest.mark.parametrize(
    ("rule", "code", "place", "message"),
    [
        ('<rule id="r"><item>a</rule>', "unclosed-element", "<item", "before '</rule>' on line 2"),
        (
            '<rule id="r">a',
            "unclosed-element",
            "<rule",
            "'<rule>' is not closed before '</grammar>",
        ),
        ('<rule id="r">a</itm></rule>', "unopened-element", "</itm>", "open is '<rule>'"),
        ('<rule id="r"><item>a</itme></rule>', "unopened-element", "</itme>", "closes nothing"),
        ('<rule id="r">AT&T</rule>', "bare-ampersand", "&", "begins the name of a character"),
        ('<rule id="r">a & b</rule>', "bare-ampersand", "&", "begins the name"),
        ('<rule id="r">a < b</rule>', "bare-less-than", "<", "begins a tag"),
        ('<rule id="r">&nbsp;</rule>', "unknown-entity", "&nbsp;", "not known"),
        ('<rule id="r">&#0;</rule>', "bad-character", "&", "no character with this number"),
        ('<rule id="r">a\x00b</rule>', "bad-character", "\x00", "U+0000"),
        ('<rule id="r">a\x1b</rule>', "bad-character", "\x1b", "U+001B"),
        ('<rule id="r">\ud800</rule>', "bad-character", "\ud800", "U+D800"),
        ('<rule id="r">a ]]> b</rule>', "bad-character", ">", "']]>' cannot stand"),
        ('<rule id="r"><item repeat=2>a</item></rule>', "unquoted-value", "2", "'repeat'"),
        ('<rule id="r"><item repeat="2>a</item></rule>', "unclosed-tag", "<item", "not closed"),
        ('<rule id="r"><item a="1"b="2">a</item></rule>', "bad-tag", "b", "part of a tag"),
        ('<rule id="r"><item a="1" a="2">a</item></rule>', "duplicate-attribute", "a", "twice"),
        ('<rule id="r"><x:item>a</x:item></rule>', "unknown-prefix", "<x:item", "'x:'"),
        ('<rule id="r">a<!-- b -- c --></rule>', "bad-comment", "--", "cannot contain '--'"),
    ],
)
def test_not_xml(rule: str, code: str, place: str, message: str) -> None:
    """What keeps a text from being XML is said once; the next rule is read all the same."""
    text = f'{OPENING}{rule}\n<rule id="s">b <item repeat="x">c</item></rule>\n</grammar>\n'
    found, problems = read(text)
    assert [problem.code for problem in problems] == [code, "bad-repeat"]
    assert marked(problems[0], text) == place
    assert (problems[0].line, problems[1].line) == (2, 3)
    assert message in problems[0].message
    assert problems[0].hint
    assert [(rule.name, rule.broken) for rule in found.rules] == [("r", True), ("s", True)]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "no-grammar", 1),
        ("  \n", "no-grammar", 1),
        ("hello", "not-xml", 1),
        ("#ABNF 1.0;\n$a = b;", "not-xml", 1),
        ('\n<?xml version="1.0"?><grammar/>', "misplaced-declaration", 2),
        (f'{OPENING}<rule id="r">a</rule>', "unclosed-element", 1),
        (f'{OPENING}<rule id="r">a</rule>\n<!-- x', "unclosed-comment", 3),
        (f'{OPENING}<rule id="r">\n<![CDATA[ x', "unclosed-text", 3),
        (f'{OPENING}<rule id="r">a</rule>\n</grammar', "unclosed-tag", 3),
        (f'{OPENING}<rule id="r">a</rule></grammar>\nx', "text-after-end", 3),
        (f'{OPENING}<meta name="a" content="b">\n<rule id="r">a</rule></grammar>',
         "unclosed-element", 2),
        (f'{OPENING}</item>\n<rule id="r">a</rule></grammar>', "unopened-element", 2),
        ('<grammer xmlns="http://www.w3.org/2001/06/grammar" version="1.0" xml:lang="en"/>',
         "not-a-grammar", 1),
    ],
)  # fmt: skip
def test_document(text: str, code: str, line: int) -> None:
    """What is wrong with the document as a whole."""
    _, problems = read(text)
    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]
    assert problems[0].hint


def test_entities_are_refused() -> None:
    """Entity declarations, which can make a text grow without end or read files, are refused."""
    bomb = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">\n' for i in range(1, 10))
    text = f'<!DOCTYPE grammar [\n<!ENTITY l0 "ha">\n{bomb}]>\n{OPENING}'
    text += '<rule id="r">&l9;</rule></grammar>'
    found, problems = read(text)
    assert (problems[0].code, problems[0].line) == ("entity-declaration", 2)
    assert [problem.severity for problem in problems] == ["error", "note"]
    assert "'&l0;'" in problems[0].message
    assert [(rule.name, rule.broken) for rule in found.rules] == [("r", True)]
    text = '<!DOCTYPE grammar [<!ENTITY x SYSTEM "file:///etc/passwd">]><grammar>&x;</grammar>'
    assert [problem.code for problem in read(text)[1]] == ["entity-declaration"]
    text = f'<!DOCTYPE grammar SYSTEM "x.dtd">{OPENING}<rule id="r">&nbsp;</rule></grammar>'
    assert [problem.code for problem in read(text)[1]] == ["unknown-entity"]


def test_all_problems_at_once() -> None:
    """Each of many mistakes is reported, in the order of the text, and the rest is read."""
    text = (
        f'{OPENING}<rule id="a"><item>x</rule>\n<rule id="b">y &amp z</rule>\n'
        '<rule id="c"><item repeat="z"/></rule>\n<rule id="d">w\n<rule id="e">v</rule>\n'
        '<rule id="f"><one-of>u</one-of> <item weigth="2"/></rule></grammar>\n'
    )
    found, problems = read(text)
    assert [(problem.line, problem.code) for problem in problems] == [
        (2, "unclosed-element"),
        (3, "bare-ampersand"),
        (4, "bad-repeat"),
        (5, "unclosed-element"),
        (7, "misplaced-text"),
        (7, "unknown-attribute"),
    ]
    assert [rule.name for rule in found.rules if rule.broken] == ["a", "b", "c", "d", "f"]
    assert [rule.expression for rule in found.rules if not rule.broken] == [Token("v")]


def test_problems_before_a_fault_are_kept() -> None:
    """What is wrong earlier in a rule that is not XML is reported, too."""
    text = f'{OPENING}<rule id="r"><item repeat="x">a</item> <item>b</rule></grammar>'
    assert [problem.code for problem in read(text)[1]] == ["bad-repeat", "unclosed-element"]


def test_depth_has_a_limit() -> None:
    """Elements nested too deep are one problem, however deep they are."""
    for depth, wrong in ((MAX_DEPTH, []), (MAX_DEPTH + 1, ["too-deep"]), (100_000, ["too-deep"])):
        body = "<item>" * depth + "a" + "</item>" * depth
        found, problems = read(f'{OPENING}<rule id="r">{body}</rule></grammar>')
        assert [problem.code for problem in problems] == wrong
        assert found.rules[0].broken == bool(wrong)
    unclosed = f'{OPENING}<rule id="r">{"<item>" * 100_000}</rule></grammar>'
    assert len(read(unclosed)[1]) == 2


@pytest.mark.parametrize(
    ("rules", "lines"),
    [
        ('<rule id="z">z</rule>\n<rule id="a">&x;</rule>\n<meta name="a" content="b"/>', [3, 4]),
        ('<rule id="a">\n<item>a</rule> <!-- <b> -->\n<item>b</item>\ntext', [3, 4, 5]),
        ('<rule id="a">R&B</rule>\n<rul id="b">b</rul>', [2, 3]),
        # An element that ends too late is one mistake.
        ('<rule id="a">\n<item>a</rule>\n</item>\n</rule>\n<rule id="b">b</rule>', [3]),
        ('<rule id="a">R&B\n<rule id="b">b</rule>\n<one-of>', [2, 4]),
    ],
)
def test_what_follows_a_broken_rule_is_read(rules: str, lines: list[int]) -> None:
    """Up to the next rule, too."""
    _, problems = read(f"{OPENING}{rules}\n</grammar>")
    assert sorted({p.line or 0 for p in problems if p.severity == "error"}) == lines


def test_broken_rules_are_defined() -> None:
    """Where reading has to end, the rules that follow are still known by name."""
    text = f'{OPENING}<rule id="r">a</rule>\na & b <rule id="s">c</rule></grammar>'
    found, problems = read(text)
    assert [problem.code for problem in problems] == ["bare-ampersand", "not-read"]
    assert "1 rule is not looked at" in problems[1].message
    assert problems[1].hint
    assert [(rule.name, rule.broken) for rule in found.rules] == [("r", False), ("s", True)]


def test_rules_before_the_end_are_kept() -> None:
    """A grammar that is not closed has the rules that were read."""
    found, _ = read(f'{OPENING}<rule id="r">a</rule><rule id="s">b')
    assert [(rule.name, rule.broken) for rule in found.rules] == [("r", False), ("s", True)]


def test_many_problems_are_counted() -> None:
    """Five hundred problems are listed, and how many there are besides."""
    rules = '<rule id="r"><item repeat="x"/></rule>' * 502
    problems = read(f"{OPENING}{rules}</grammar>")[1]
    assert len(problems) == 501
    assert problems[-1].message == "there are 2 more problems; they are not listed."


def test_nested_rules_are_read() -> None:
    """A rule inside another one is reported, and defined."""
    found, _ = read(
        f'{OPENING}<rule id="r">a <rule id="s">b <item>c</item></rule></rule></grammar>'
    )
    assert [(rule.name, rule.broken) for rule in found.rules] == [("r", True), ("s", False)]
    assert found.rules[1].expression == Sequence((Token("b"), Sequence((Token("c"),))))


PIECES = st.lists(
    st.sampled_from(
        ["<rule id='r'>", "</rule>", "<item>", "</item>", "<one-of>", "</one-of>", "a", "&", "<",
         '"', "<!--", "-->", "<item repeat='", "'>", "\x00", "é", "<tag>", "</tag>", "]]>",
         "<![CDATA[", "</grammar>", "<ruleref uri='#r'/>", "<x:y>", "\ud800", "&amp;", "<?p", "?>"]
    ),
    max_size=12,
)  # fmt: skip


@given(PIECES, st.booleans())
def test_any_text_has_an_answer(pieces: list[str], closed: bool) -> None:
    """Whatever the text, there is a grammar, and every problem has a place and full words."""
    text = OPENING + "".join(pieces) + "</grammar>" * closed
    found, problems = read(text)
    assert found.format == "grxml"
    for problem in problems:
        assert problem.span is not None
        assert 0 <= problem.span.start <= problem.span.end <= len(text) + 1
        assert problem.message[-1] == "."
        assert problem.severity == "note" or problem.hint
    places = [problem.span.start for problem in problems if problem.span]
    assert places == sorted(places)


def test_every_finding_says_how_to_mend_it():
    """Also where an element has no attributes, or stands there for another program."""
    text = (
        '<grammar version="1.0" xmlns="http://www.w3.org/2001/06/grammar" xmlns:f="f" '
        'xml:lang="en" root="r">\n<rule id="r"><f:x f:y="1"/><item f:y="1">a</item>'
        '<example lang="x">a</example><tag x="1">t</tag>a</rule></grammar>\n'
    )
    found = check_grammar(text)
    codes = {problem.code for problem in found}
    assert codes >= {"unknown-attribute", "foreign-element", "foreign-attribute"}
    assert all(problem.hint for problem in found)
