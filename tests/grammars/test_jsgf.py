"""JSGF text becomes the grammar its Note means."""

from __future__ import annotations

import json
import random

import pytest

from sttprep.data import shared_folder
from sttprep.grammars.expression import (
    Alternative,
    Alternatives,
    Reference,
    Repeat,
    Run,
    Sequence,
    Special,
    Tag,
    Token,
    walk,
)
from sttprep.grammars.grammar import Grammar, Import
from sttprep.grammars.jsgf import read_jsgf
from sttprep.grammars.jsgf_body import parse_body
from sttprep.grammars.jsgf_names import is_grammar_name, is_rule_name
from sttprep.grammars.jsgf_plain import read_plain
from sttprep.source import Source

CASES = json.loads((shared_folder() / "cases/grammar/jsgf.json").read_text("utf-8"))
HEAD = "#JSGF V1.0;\ngrammar g;\n"
a, b, c = Token("a"), Token("b"), Token("c")


def read(text: str, profile="w3c") -> Grammar:
    """A grammar without errors."""
    grammar, problems = read_jsgf(Source("", text), profile)
    assert not [problem.render() for problem in problems if problem.severity == "error"]
    return grammar


def expression(body: str, profile="w3c"):
    """What the right side of a rule means."""
    return read(f"{HEAD}<r> = {body};", profile).rules[0].expression


def way(expression, weight=None):
    """An alternative."""
    return Alternative(expression, weight)


def words(text):
    """Plain words one after the other."""
    return Sequence(tuple(map(Token, text.split())))


@pytest.mark.parametrize(
    ("body", "meaning"),
    [
        ("a", a),
        ("a b", Sequence((a, b))),
        ("a | b", Alternatives((way(a), way(b)))),
        ("a b | c", Alternatives((way(Sequence((a, b))), way(c)))),
        ("a | b <x> | c", Alternatives((way(a), way(Sequence((b, Reference("x")))), way(c)))),
        ("(a)", Sequence((a,))),
        ("(a b)", Sequence((a, b))),
        ("(a b) c", Sequence((Sequence((a, b)), c))),
        ("((a b))", Sequence((Sequence((a, b)),))),
        ("((a)* b)", Sequence((Repeat(Sequence((a,)), 0, None), b))),
        ("(a | b)", Sequence((Alternatives((way(a), way(b))),))),
        ("(<x>)", Sequence((Reference("x"),))),
        ("([a])", Sequence((Repeat(a, 0, 1),))),
        ("[a]", Repeat(a, 0, 1)),
        ("[a b]", Repeat(Sequence((a, b)), 0, 1)),
        ("[(a)]", Repeat(Sequence((a,)), 0, 1)),
        ("[a | b] c", Sequence((Repeat(Alternatives((way(a), way(b))), 0, 1), c))),
        ("a*", Repeat(a, 0, None)),
        ("a +", Repeat(a, 1, None)),
        ("a b*", Sequence((a, Repeat(b, 0, None)))),
        ("<x>+", Repeat(Reference("x"), 1, None)),
        ("[a]+", Repeat(Repeat(a, 0, 1), 1, None)),
        ("(a b)*", Repeat(Sequence((a, b)), 0, None)),
        ("a {x}", Sequence((a, Tag("x")))),
        ("a {x} {y} b", Sequence((a, Tag("x"), Tag("y"), b))),
        ("(a {x})", Sequence((a, Tag("x")))),
        ("<NULL>{}", Sequence((Special("NULL"), Tag("")))),
        (r"a {x \} \{ \\ \n ;}", Sequence((a, Tag(r"x } { \ \n ;")))),
        ("a { out = {b; }", Sequence((a, Tag(" out = {b; ")))),
        ('"New York" a', Sequence((Token("New York"), a))),
        ('"New \n  York"', Token("New York")),
        (r'"say \"a\" \\ c;"', Token(r'say "a" \ c;')),
        ('a"b"c', Sequence((a, b, c))),
        ("/2/ a | /0.5/ b", Alternatives((way(a, 2.0), way(b, 0.5)))),
        ("/ 3.14e3 / a | /8f/ b", Alternatives((way(a, 3140.0), way(b, 8.0)))),
        ("/1.d/ a | /.5E-1/ b", Alternatives((way(a, 1.0), way(b, 0.05)))),
        ("/5/ a", Alternatives((way(a, 5.0),))),
        ("(/1/ a | /2/ b c)", Sequence((Alternatives((way(a, 1.0), way(Sequence((b, c)), 2.0))),))),
        ("<NULL> | <VOID>", Alternatives((way(Special("NULL")), way(Special("VOID"))))),
        ("<g.x> <x>", Sequence((Reference("x"), Reference("x")))),
        ("<other.x>", Reference("x", "other")),
        ("<com.acme.other.x>", Reference("x", "com.acme.other")),
        ("don't a.m. and/or C# 5$ !?", words("don't a.m. and/or C# 5$ !?")),
        ("größe 東京 да ไทย हिन्दी", words("größe 東京 да ไทย हिन्दी")),
        ("public grammar import", Sequence((Token("public"), Token("grammar"), Token("import")))),
        (r"a\b", Token(r"a\b")),
        ("a // ;|\n | b /* ) */ c", Alternatives((way(a), way(Sequence((b, c)))))),
        ("a/* x */b", Sequence((a, b))),
        ("\r\n a\r|\tb\n", Alternatives((way(a), way(b)))),
    ],
)  # fmt: skip
def test_right_sides(body, meaning):
    """Each construct of the Note gives its tree."""
    assert expression(body) == meaning


@pytest.mark.parametrize(
    ("body", "meaning"),
    [
        ("/2/ a | b", Alternatives((way(a, 2.0), way(b)))),
        ("a /2/ b", Sequence((a, b))),
        ("(a)* {x}", Sequence((Repeat(Sequence((a,)), 0, None), Tag("x")))),
        ("a*+", Repeat(a, 0, None)),
        ("a++", Repeat(a, 1, None)),
        ('"a b', Sequence((a, b))),
        ('a "b', Sequence((a, b))),
    ],
)
def test_pocketsphinx_takes_more(body, meaning):
    """What only pocketsphinx takes is read under its profile, and an error under the Note."""
    assert expression(body, "pocketsphinx") == meaning
    source = Source("", f"{HEAD}<r> = {body};")
    strict, lenient = read_jsgf(source, "w3c")[1], read_jsgf(source, "pocketsphinx")[1]
    assert "error" in [problem.severity for problem in strict]
    assert [problem.severity for problem in lenient] == ["warning"]
    assert "pocketsphinx" in lenient[0].message


def test_places_are_those_of_the_text():
    """Each node's span, seen from its rule, is the text it was made of."""
    text = (
        HEAD + '/** doc */ public <r> = /2/ a <x> [b /* ! */ c]+ | /1/ ("New York" {t})*;\r\n'
        "<x> = one | two three\n | four ;\r<y> = [(five)] six;"
    )
    grammar = read(text)
    seen = set()
    for rule in grammar.rules:
        assert text[slice_of(rule.place(rule.name_span))] == f"<{rule.name}>"
        for node in walk(rule.expression):
            shown = text[slice_of(rule.place(node.span))]
            seen.add(shown)
            if isinstance(node, Token):
                assert shown.strip('"') == node.text
            elif isinstance(node, Reference):
                assert shown == f"<{node.rule}>"
            elif isinstance(node, Tag):
                assert shown == f"{{{node.text}}}"
            elif isinstance(node, Alternatives):
                for item in node.items:
                    assert item.span.start >= node.span.start
                    assert item.span.end <= node.span.end
    assert {"[b /* ! */ c]+", "[b /* ! */ c]", "b /* ! */ c", "two three", "(five)"} <= seen
    assert {'("New York" {t})*', '("New York" {t})', "one | two three\n | four"} <= seen


def slice_of(span):
    """A span as a slice."""
    return slice(span.start, span.end)


def test_long_lists_are_kept_as_text():
    """Alternatives of plain words are one run, equal to alternatives made one by one."""
    phrases = [f"w{number} x" for number in range(1000)]
    listed = expression(" | ".join(phrases))
    assert [type(part) for part in listed.parts] == [Run]
    assert listed == Alternatives(tuple(way(words(phrase)) for phrase in phrases))


def test_header():
    """The first line, the name, the imports and their comments are kept."""
    grammar = read(
        "#JSGF V1.0 ISO8859-1 pt_BR; // first\n"
        "/** All the orders.\n * Of the bar. */ // name\n"
        "grammar com.acme.orders;\n"
        "import <com.acme.numbers.digit>; // digits\n"
        "import <politeness.*>;\n"
        "/* before */ public <r> = a; // behind\n"
        "// last\n"
    )
    header = grammar.header
    assert (header.encoding, header.language) == ("ISO8859-1", "pt-BR")
    assert (header.name, header.documentation) == (
        "com.acme.orders",
        "All the orders.\nOf the bar.",
    )
    assert header.imports == (Import("com.acme.numbers", "digit"), Import("politeness", "*"))
    assert sorted(header.comments) == ["// digits", "// first", "// name"]
    assert grammar.rules[0].comments == ("/* before */", "// behind")
    assert grammar.trailing_comments == ("// last",)
    assert header.root is None


def test_everything_on_one_line():
    """Line ends are blanks like others, also behind the first line's ';'."""
    grammar = read("#JSGF V1.0; grammar g; public <r> = a | b; <s> = c;")
    assert [(rule.name, rule.scope) for rule in grammar.rules] == [("r", "public"), ("s", None)]


def test_names_of_this_grammar():
    """A rule of the grammar itself may be named with the grammar, in short or in full."""
    text = "#JSGF V1.0;\ngrammar com.acme.g;\n<r> = <g.x> <com.acme.g.x> <acme.g.x>;"
    assert read(text).rules[0].body.references == (
        Reference("x"),
        Reference("x"),
        Reference("x", "acme.g"),
    )


def test_documentation_comments():
    """A comment /** … */ before a rule is its documentation; @example lines are sentences."""
    (rule,) = read(f"""{HEAD}/* other */
/**
 * What is ordered.
 * @example  small   tea
 * @example coffee
 */
public <r> = [small] (tea | coffee);""").rules
    assert rule.documentation == "What is ordered."
    assert rule.examples == ("small tea", "coffee")
    assert rule.comments == ("/* other */",)


@pytest.mark.parametrize(
    "name",
    ["r", "R2-D2", "größe", "東京", "да", "हिन्दी", "สวัสดี", "ª", "a+b", "1", "$", "_",
     r"+-:;,=|/\()[]@#%!^&~", "x:y", "a=b;c|d", "नमस्ते-1", "𝒳"],
)  # fmt: skip
def test_rule_names_in_every_script(name):
    """A rule name has letters of any script, digits, and the signs the Note lists (2.2)."""
    assert is_rule_name(name)
    grammar = read(f"{HEAD}public <{name}> = a <{name}>;")
    assert grammar.rules[0].name == name
    assert grammar.rules[0].body.references == (Reference(name),)


@pytest.mark.parametrize("name", ["", "a b", "a.b", "*", "a{", '"', "?", "€?", "a\tb", "☃"])
def test_other_rule_names_are_refused(name):
    """Blanks, dots, and signs not listed are in no simple rule name."""
    assert not is_rule_name(name)


@pytest.mark.parametrize(
    ("name", "legal"),
    [("g", True), ("com.acme.g", True), ("größe.東京", True), ("_1.$x", True), ("हिन्दी", True),
     ("", False), ("1g", False), ("a-b", False), ("a..b", False), (".a", False), ("a.", False)],
)  # fmt: skip
def test_grammar_names(name, legal):
    """A grammar is named like a Java class with its package (2.1)."""
    assert is_grammar_name(name) is legal


def test_broken_rules_are_kept():
    """A rule that cannot be read is still defined, and the others are whole."""
    grammar, problems = read_jsgf(
        Source("", HEAD + "<r> = (a | b;\n<s> = a;\n<t> = | ;\n<u> = <s>;"), "w3c"
    )
    assert [(rule.name, rule.broken) for rule in grammar.rules] == [
        ("r", True), ("s", False), ("t", True), ("u", False)
    ]  # fmt: skip
    assert grammar.by_name["r"].expression == Special("VOID")
    assert {problem.line for problem in problems} == {3, 5}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_shared_cases(case):
    """The form of each shared case is judged right, at the right line."""
    _, problems = read_jsgf(Source("", case["text"].lstrip("\ufeff")), "w3c")
    errors = [problem for problem in problems if problem.severity == "error"]
    if "recursion" in case["name"]:
        assert not errors  # a matter of the rule graph, not of form
        return
    assert bool(errors) is not case["valid"]
    if "error_line" in case:
        assert case["error_line"] in [problem.line for problem in errors]


def test_brackets_nested_deeply():
    """Groups nested deeper than 200 levels are one problem, at the opener that is too much."""
    deep = "(" * 200 + "a" + ")" * 200
    assert not parse_body(deep, 0).findings
    (finding,) = parse_body(f"[{deep}]", 0).findings
    assert (finding.code, finding.span.start) == ("too-deep", 200)


def naive(signs: list[str]) -> list[list[object]]:
    """The items of each alternative up to a closing bracket, which is taken off, too."""
    ways: list[list[object]] = [[]]
    while signs:
        sign = signs.pop(0)
        if sign in ")]":
            break
        if sign == "|":
            ways.append([])
        elif sign == "(":
            inner = naive(signs)
            ways[-1].append(Sequence(tuple(inner[0]) if len(inner) == 1 else (plain(inner),)))
        elif sign == "[":
            ways[-1].append(Repeat(plain(naive(signs)), 0, 1))
        elif sign in "*+":
            ways[-1][-1] = Repeat(ways[-1][-1], "*+".index(sign), None)
        else:
            ways[-1].append(Token(sign))
    return ways


def plain(ways):
    """Alternatives without brackets around them."""
    bodies = [items[0] if len(items) == 1 else Sequence(tuple(items)) for items in ways]
    return bodies[0] if len(bodies) == 1 else Alternatives(tuple(map(way, bodies)))


def random_body(pick: random.Random, depth: int = 0) -> list[str]:
    """Words, brackets, bars and operators in a legal order."""
    signs: list[str] = []
    for _ in range(pick.randint(1, 3)):
        if signs:
            signs.append("|")
        for _ in range(pick.randint(1, 3)):
            opener = pick.choice(["", "", "", "(", "["]) if depth < 4 else ""
            if opener:
                inner = random_body(pick, depth + 1)
                signs += [opener, *inner, ")" if opener == "(" else "]"]
            else:
                signs.append(pick.choice("abc"))
            signs += pick.choice([[], [], ["*"], ["+"]])
    return signs


def test_random_bodies_against_a_naive_parser():
    """Words, brackets, bars and operators in any legal order give what a naive parser gives."""
    pick = random.Random(1)
    for _ in range(200):
        signs = random_body(pick)
        parsed = parse_body(pick.choice([" ", "  ", "\n"]).join(signs), 0)
        assert not parsed.findings
        assert parsed.expression == plain(naive(signs)), signs


def with_places(node):
    """A tree with all it says, places included."""
    if isinstance(node, Alternatives):
        inner = [(i.weight, i.span, with_places(i.expression)) for i in node.items]
    elif isinstance(node, Sequence):
        inner = [with_places(item) for item in node.items]
    elif isinstance(node, Repeat):
        inner = [node.least, node.most, node.brackets, with_places(node.body)]
    else:
        inner = [repr(node)]
    return type(node), node.span, inner


def test_the_fast_path_gives_what_the_parser_gives():
    """Where the fast path has an answer, the parser has no complaint and the same tree."""
    pick = random.Random(3)
    signs = [
        "a",
        "b c",
        "größe",
        "<x>",
        "<NULL>",
        "|",
        "(",
        ")",
        "[",
        "]",
        "*",
        "+",
        "{t}",
        "{}",
        "/2/",
        "/ .5 /",
        "/0/",
        '"q  r"',
        '""',
        "/",
        "km/h",
        "<a.b>",
        "don't",
        "=",
        "\\",
        "\n",
    ]
    balanced = [
        ["(", "a", ")"],
        ["[", "b", "|", "c", "]"],
        ["a", "|", "b"],
        ["/1/", "a", "|", "/3/"],
    ]
    answers = 0
    for _ in range(1500):
        parts: list[str] = []
        for _ in range(pick.randint(1, 6)):
            parts += pick.choice(balanced) if pick.random() < 0.5 else [pick.choice(signs)]
        text = "<r> = " + pick.choice(["", " "]).join(parts)
        start = 6 + len(text[6:]) - len(text[6:].lstrip())
        for profile in ("w3c", "pocketsphinx"):
            fast = read_plain(text, start, profile == "pocketsphinx")
            slow = parse_body(text, start, profile)
            if fast is None:
                continue
            answers += 1
            assert slow.findings == [], text
            assert with_places(fast) == with_places(slow.expression), text
    assert answers > 500


def test_the_fast_path_takes_the_common_rules():
    """Rules with words, brackets, references, operators, tags, quotes and weights take it."""
    for body in ("a", "a | b", "[a] (<b> | c)+ d*", 'a {x} {y} "New York"', "/2/ a | /0.1/ <b>"):
        assert read_plain(body, 0) is not None
    for body in ("", "a |", "()", "a**", "{x} a", "/1/ a | b", "/0/ a", "<a b>", "(a"):
        assert read_plain(body, 0) is None
