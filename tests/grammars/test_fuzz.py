"""No text, however broken, big or deep, makes the readers fail in any way but with problems."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.data import shared_folder
from sttprep.errors import GrammarError, SttprepError
from sttprep.grammars import check_grammar, read_grammar
from sttprep.grammars.expression import walk
from sttprep.source import Problem

PROOF = bool(os.environ.get("STTPREP_PROOF"))
BIG = 50_000_000 if PROOF else 500_000  # characters
MANY = 100_000 if PROOF else 2_000  # rules, brackets, mistakes

ABNF = """#ABNF 1.0 UTF-8; // first line
language en-US; mode voice; root $order;
tag-format <semantics/1.0>; meta 'author' is "me"; lexicon <http://a.b/c.pls>;
{header tag};
/** What is ordered.
 * @example a small tea */
public $order = [a | an] $size<1-2 /0.5/> (/2/ tea | /1/ "iced coffee"!fr-FR) {out = 1;} $NULL;
private $size = small | large | {!{ tag } }!} $<other.abnf#rule>~<application/srgs> | () ; /* x */
$digit = one<2> two<0-> three<1-3> $GARBAGE;
"""
JSGF = """#JSGF V1.0 UTF-8 en; // first line
grammar com.acme.orders;
import <com.acme.polite.*>;
/** What is ordered.
 * @example a small tea */
public <order> = [a | an] <size>+ (/2/ tea | /1/ "iced \\" coffee") {out = 1; \\} } <NULL>;
<size> = small | large {x}{y} | <com.acme.polite.please>* | <VOID>; /* x */
<digit> = one two three;
"""
GRXML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE grammar PUBLIC "-//W3C//DTD GRAMMAR 1.0//EN" "http://www.w3.org/TR/g/grammar.dtd">
<grammar xmlns="http://www.w3.org/2001/06/grammar" version="1.0" xml:lang="en-US" mode="voice"
 root="order" tag-format="semantics/1.0"><meta name="author" content="me"/><tag>header</tag>
<!-- What is ordered. -->
<rule id="order" scope="public"><example>a small tea</example>
<item repeat="0-1"><one-of><item>a</item><item>an</item></one-of></item>
<item repeat="1-2" repeat-prob="0.5"><ruleref uri="#size"/></item>
<one-of><item weight="2">tea</item><item weight="1"><token xml:lang="fr">iced coffee</token></item>
</one-of><tag><![CDATA[out = 1;]]></tag><ruleref special="NULL"/></rule>
<rule id="size"><one-of><item>small &amp; large</item><item>"very small"</item></one-of></rule>
</grammar>
"""
SAMPLES = {"abnf": ABNF, "jsgf": JSGF, "grxml": GRXML}
SIGNS = [
    *";|()[]{}<>/*+=$#!\"'\\&-.~@:,", "\0", "\x1b", "\ufeff", "\ufffe", "\x85", "\u2028", "\u3000",
    "\n", "\r", "\r\n", "\t", " ", "//", "/*", "*/", "/**", "@example x", "{!{", "}!}", "<!--",
    "-->", "<![CDATA[", "]]>", "&lt;", "&#0;", "&#x110000;", "&a;", "<?", "?>", "</", "/>",
    '<!DOCTYPE g [<!ENTITY a "b">]>', "<0->", "<2-1>", "<99999999999999999999>", "<1 /2/>",
    "/1e3/", "/-1/", "/0/", "/x/", "$$", "$<", "!fr", "![", "#ABNF 1.0;", "#JSGF V1.0;",
    "public", "private", "grammar g;", "import <a.b>;", "root $a;", "<NULL>", "$NULL", "$a = b;",
    "<a> = b;", "<item>", "</item>", "<rule id='x'>", "</rule>", "repeat='1-0'", 'id="order"',
    "xmlns:x='y'", "é", "東京", "हि", "\U0001d4b3", "0", "9" * 400,
]  # fmt: skip
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp037"]
PROFILES = st.sampled_from(["w3c", "ibm", "pocketsphinx"])


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A sample grammar with pieces cut, doubled, swapped, inserted."""
    text = draw(st.sampled_from(sorted(SAMPLES.values())))
    for _ in range(draw(st.integers(1, 4))):
        first, second = sorted(draw(st.integers(0, len(text))) for _ in range(2))
        near = min(second, first + 12)
        text = draw(
            st.sampled_from(
                [
                    text[:first] + text[near:],
                    text[:first],
                    text[first:] + text[:first],
                    text[:near] + text[first:near] + text[near:],
                    text[:first] + text[second:] + text[first:second],
                    text[:first] + draw(st.sampled_from(SIGNS)) + text[first:],
                    text[:first] + draw(st.sampled_from(SIGNS)) + text[near:],
                ]
            )
        )
    return text + "\n"


def judge(given_: str | bytes, profile: str, format: str | None = None) -> list[Problem]:
    """Check and read; the two agree, and every finding is whole."""
    problems = check_grammar(given_, format, profile)
    for problem in problems:
        assert problem.message.strip()
        assert problem.hint or problem.severity == "note" or problem.code
        assert problem.line is None or problem.line >= 1
        assert problem.render()
    if any(problem.severity == "error" for problem in problems):
        with pytest.raises(GrammarError) as caught:
            read_grammar(given_, format, profile)
        assert list(caught.value.problems) == problems
        return problems
    grammar = read_grammar(given_, format, profile)
    assert list(grammar.problems) == problems
    for rule in grammar.rules:
        assert not rule.broken
        for node in walk(rule.expression):
            assert 0 <= rule.place(node.span).start <= rule.place(node.span).end
    return problems


@given(mutated(), PROFILES, st.sampled_from([None, None, "abnf", "jsgf", "grxml"]))
def test_mutated_texts(text, profile, format):
    """A damaged grammar has problems or is a grammar: never anything else."""
    judge(text, profile, format)


@given(mutated(), PROFILES, st.sampled_from(ENCODINGS), st.binary(max_size=4), st.integers(0, 400))
def test_mutated_bytes(text, profile, encoding, noise, at):
    """The same for damaged bytes in any encoding."""
    data = text.encode(encoding, "replace")
    judge(data[:at] + noise + data[at:], profile)


@given(st.text(max_size=300), st.sampled_from(["#ABNF 1.0;\n$r =", "#JSGF V1.0;\ngrammar g;<r>="]))
def test_any_text_behind_a_first_line(text, head):
    """Random characters are problems or words."""
    judge(head + text + ";\n", "w3c")


@given(st.text(st.sampled_from(list('ab|()[]*+<>{}/"\\=; \n')), max_size=40))
def test_any_mixture_of_signs(text):
    """Signs in any order give problems or a grammar, in both text formats."""
    judge(f"#JSGF V1.0;\ngrammar g;\npublic <r> = {text};\n", "w3c")
    judge(f"#ABNF 1.0;\nroot $r;\n$r = {text.replace('<', '$')};\n", "w3c")


CASES = [
    pytest.param(case, id=case["name"])
    for name in ("abnf", "grxml", "jsgf")
    for case in json.loads((shared_folder() / f"cases/grammar/{name}.json").read_text("utf-8"))
]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("profile", ["w3c", "ibm", "pocketsphinx"])
def test_shared_cases_in_every_profile(case, profile):
    """All written cases are judged without failing, also cut short anywhere."""
    text = case["text"] + "\n"
    pick = random.Random(case["name"])
    for cut in (len(text), pick.randrange(len(text))):
        judge(text[:cut] + "\n", profile, case["format"])


def grow(text: str, size: int) -> str:
    """The text again and again, up to a size."""
    return text * (size // len(text) + 1)


def big_abnf() -> Iterator[str]:
    """Big ABNF rules of different kinds."""
    head = "#ABNF 1.0;\nlanguage en;\nroot $r;\n"
    yield head + "$r = " + grow("some words | ", BIG) + "end;\n"
    yield head + "$r = a;\n" + grow("// a comment\n", BIG)
    yield head + "$r = " + "x" * BIG + ";\n"
    yield head + "$r = a" + " " * BIG + "b;\n"
    yield head + "$r = a;\n" + "\r" * BIG
    yield head + '$r = "' + grow("never closed | ", BIG) + ";\n"
    yield head + "$r = " + "{" * BIG + ";\n"
    yield head + "\0" * BIG


def big_jsgf() -> Iterator[str]:
    """The same in JSGF."""
    for text in big_abnf():
        yield text.replace("#ABNF 1.0;\nlanguage en;\nroot $r;", "#JSGF V1.0;\ngrammar g;").replace(
            "$r", "public <r>", 1
        )


def big_grxml() -> Iterator[str]:
    """Big XML of different kinds."""
    head = (
        '<grammar version="1.0" xmlns="http://www.w3.org/2001/06/grammar" xml:lang="en" root="r">'
        '<rule id="r">\n'
    )
    tail = "</rule></grammar>\n"
    yield head + "<one-of>" + grow("<item>some words</item>\n", BIG) + "</one-of>" + tail
    yield head + grow("words and words ", BIG // 10) + tail
    yield head + "<!--" + grow("comment ", BIG) + "-->a" + tail
    yield head + "x" * BIG + tail
    yield head + "<!--" + grow("never closed ", BIG)
    yield head + "<a " * (BIG // 10)
    yield head + "\0" * BIG


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        pytest.param(kind, number, id=f"{kind.__name__}-{number}")
        for kind, count in ((big_abnf, 8), (big_jsgf, 8), (big_grxml, 7))
        for number in range(count)
    ],
)
def test_big_grammars(kind: Callable[[], Iterator[str]], number: int):
    """Megabytes of rules, blanks, comments, or of one mistake, are read to the end."""
    text = list(kind())[number]
    problems = check_grammar(text.encode())
    assert bool([p for p in problems if p.severity == "error"]) is (
        "never closed" in text[:200] or "{{" in text[:200] or "<a <a" in text[:200]
        or "\0" in text[:200]
    )  # fmt: skip
    assert len(problems) < 100


DEEP = {
    "abnf": "#ABNF 1.0;\nlanguage en;\nroot $r;\n$r = {};\n",
    "jsgf": "#JSGF V1.0;\ngrammar g;\npublic <r> = {};\n",
}


@pytest.mark.parametrize("format", DEEP)
@pytest.mark.parametrize(
    ("opener", "closer", "wrong"),
    [
        ("(", ")", True), ("[", "]", True), ("(a [", "])", True), ("(a | ", ")", True),
        ("(", "", True), ("", ")", True), ("[(", ")", True), ("a | (b) ", "", False),
    ],
)  # fmt: skip
def test_many_brackets(format, opener, closer, wrong):
    """Brackets nested too deeply, or never closed, are problems at an opener, not a crash."""
    text = DEEP[format].format(f"{opener * MANY} a {closer * MANY}")
    problems = [problem for problem in judge(text, "w3c") if problem.severity == "error"]
    assert bool(problems) is wrong
    assert len(problems) < 2000


def test_many_elements_in_each_other():
    """The same in XML."""
    text = GRXML.replace('<item repeat="0-1">', "<item>" * MANY + "a" + "</item>" * MANY + "<item>")
    (problem,) = [problem for problem in judge(text, "w3c") if problem.severity == "error"]
    assert "deep" in problem.message


CHAINS = {
    "abnf": ("#ABNF 1.0;\nlanguage en;\nroot $r0;\n", "$r{} = a $r{};\n", "$r{} = a;\n"),
    "jsgf": ("#JSGF V1.0;\ngrammar g;\npublic <x> = <r0>;\n", "<r{}> = a <r{}>;\n", "<r{}> = a;\n"),
    "grxml": (
        '<grammar version="1.0" xmlns="http://www.w3.org/2001/06/grammar" xml:lang="en" '
        'root="r0">\n',
        '<rule id="r{}">a <ruleref uri="#r{}"/></rule>\n',
        '<rule id="r{}">a</rule></grammar>\n',
    ),
}


@pytest.mark.parametrize("format", CHAINS)
def test_long_chains_of_rules(format):
    """Rules that use each other in a long line are no problem."""
    head, link, last = CHAINS[format]
    rules = "".join(link.format(n, n + 1) for n in range(MANY))
    assert judge(head + rules + last.format(MANY), "w3c") == []


@pytest.mark.parametrize("format", CHAINS)
def test_long_circles_of_rules(format):
    """Rules that use each other in a circle without end are a problem, not a hang."""
    head, link, last = CHAINS[format]
    count = MANY // 10
    rules = "".join(link.format(n, (n + 1) % count) for n in range(count))
    assert judge(head + rules + last.format("x"), "w3c")


@pytest.mark.parametrize(
    ("format", "rule"),
    [
        ("abnf", "$r{} = (a | ;\n"),
        ("abnf", "$r{} = a | | b;\n"),
        ("abnf", "$r{} a b;\n"),
        ("abnf", "$r{} = a\n"),
        ("abnf", '$r{} = "a;\n'),
        ("abnf", "$r{} = /* a;\n"),
        ("abnf", "$same = a{};\n"),
        ("abnf", "$r{} = $undefined;\n"),
        ("jsgf", "<r{}> = (a | ;\n"),
        ("jsgf", "<r{}> = a | | b;\n"),
        ("jsgf", "<r{}> a b;\n"),
        ("jsgf", "<r{}> = a\n"),
        ("jsgf", '<r{}> = "a;\n'),
        ("jsgf", "<same> = a{};\n"),
        ("grxml", '<rule id="r{}"><item repeat="x"/></rule>\n'),
        ("grxml", '<rule id="same{}"><ruleref uri="#no"/></rule>\n'),
    ],
)
def test_many_mistakes(format, rule):
    """Thousands of broken statements are reported and counted in bounded time and memory."""
    head, _, last = CHAINS[format]
    text = head + "".join(rule.format(n) for n in range(MANY)) + last.format(0)
    problems = check_grammar(text)
    assert 1 <= len([p for p in problems if p.severity == "error"]) <= 2 * MANY + 10


BOMBS = [
    '<!DOCTYPE g [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]><grammar>&j;</grammar>\n",
    f'<!DOCTYPE g [<!ENTITY a "{"a" * 100_000}">]><grammar>{"&a;" * 100_000}</grammar>\n',
    '<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><grammar>&x;</grammar>\n',
    '<!DOCTYPE g [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><grammar/>\n',
    '<!DOCTYPE g [<!ENTITY a "&b;"><!ENTITY b "&a;">]><grammar>&a;</grammar>\n',
]


@pytest.mark.parametrize("bomb", BOMBS, ids=range(len(BOMBS)))
def test_entity_bombs(bomb):
    """Entities that grow without end, or read files, are refused before they do."""
    problems = [problem for problem in judge(bomb, "w3c") if problem.severity == "error"]
    assert problems
    assert "root:" not in str(problems)


NAMES = ["size", "größe", "Größe", "размер", "サイズ", "尺寸", "크기", "μέγεθος", "גודל", "حجم"]
NAMES += ["आकार", "ขนาด", "ზომა", "չափ"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("encoding", "line_end"),
    [("utf-8", "\n"), ("utf-16", "\r\n"), ("utf-16-le", "\r"), ("utf-16-be", "\n")],
)
def test_rule_names_in_many_scripts(name, encoding, line_end):
    """Rules may be named in any script, in any encoding, with any line ends."""
    texts = [
        f"#ABNF 1.0;\nlanguage en;\nroot ${name};\n\n${name} = a;\n",
        f"#JSGF V1.0;\ngrammar g;\npublic <{name}> = a;\n",
        '<grammar version="1.0" xmlns="http://www.w3.org/2001/06/grammar" xml:lang="en"\n'
        f' root="{name}">\n<rule id="{name}">a</rule>\n</grammar>\n',
    ]
    for text in texts:
        data = text.replace("\n", line_end).encode(encoding)
        assert check_grammar(data) == []
        assert [rule.name for rule in read_grammar(data).rules] == [name]


@pytest.mark.parametrize("format", SAMPLES)
def test_line_ends_may_be_mixed(format):
    """Each kind of line end counts once: problems have the same line with any of them."""
    lines = (
        SAMPLES[format].replace("one two three", "one ( two").replace("</one-of>", "").split("\n")
    )
    lines = [line.replace("one<2>", "(one<2>") for line in lines]
    ends = ["\n", "\r\n", "\r"]
    plain = [(p.line, p.column, p.code) for p in check_grammar("\n".join(lines))]
    mixed = "".join(line + ends[number % 3] for number, line in enumerate(lines))
    assert [(p.line, p.column, p.code) for p in check_grammar(mixed)] == plain
    assert plain


@given(st.binary(max_size=300), PROFILES)
def test_any_bytes(data, profile):
    """Bytes that are nothing at all raise only the errors of this package."""
    judge(data, profile)
    for format in SAMPLES:
        try:
            read_grammar(data, format)
        except SttprepError:
            continue
