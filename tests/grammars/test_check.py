"""Every finding about rule names and about what rules match, proven by an example."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sttprep.grammars import check_grammar, read_grammar

SHARED = Path(os.environ.get("STTPREP_SHARED", "../shared")) / "cases" / "grammar"

ABNF = "#ABNF 1.0 UTF-8;\nlanguage en-US;\nroot $r;\n"
JSGF = "#JSGF V1.0;\ngrammar g;\n"
GRXML = (
    '<grammar version="1.0" xmlns="http://www.w3.org/2001/06/grammar" xml:lang="en-US" root="r">\n'
)


def found(text, profile="w3c"):
    """Severity, code, and the text under the caret, of every finding."""
    return [
        (problem.severity, problem.code, text[problem.span.start : problem.span.end])
        for problem in check_grammar(text, profile=profile)
    ]


TABLE = {
    # names
    "undefined": (ABNF + "$r = a $s;\n", [("error", "undefined-rule", "$s")]),
    "each use of an undefined rule": (
        JSGF + "public <r> = <s> | b <s>;\n",
        [("error", "undefined-rule", "<s>")] * 2,
    ),
    "capital letters differ": (
        ABNF + "$r = $City;\n$city = x;\n",
        [("error", "undefined-rule", "$City")],
    ),
    "undefined in XML": (
        GRXML + '<rule id="r"><ruleref uri="#s"/></rule></grammar>\n',
        [("error", "undefined-rule", '<ruleref uri="#s"/>')],
    ),
    "root undefined": (
        ABNF + "public $s = a;\n",
        [("error", "undefined-root", "$r")],
    ),
    "defined twice": (
        ABNF + "$r = a;\n$r = b;\n",
        [("error", "duplicate-rule", "$r")],
    ),
    "special": (
        ABNF + "$r = $NULL;\n$NULL = a;\n",
        [("error", "special-rule", "$NULL")],
    ),
    "special in XML": (
        GRXML + '<rule id="r">a</rule><rule id="VOID">b</rule></grammar>\n',
        [("error", "special-rule", "VOID")],
    ),
    "a rule GARBAGE is allowed in JSGF": (
        JSGF + "public <r> = <GARBAGE>;\n<GARBAGE> = a;\n",
        [],
    ),
    "no rules": (ABNF.replace("root $r;\n", ""), [("note", "no-rules", "#")]),
    "no start": (
        ABNF.replace("root $r;\n", "") + "$r = a $s;\n$s = b;\n",
        [("warning", "no-start", "$r")],
    ),
    "no public rule": (JSGF + "<r> = a;\n", [("warning", "no-start", "<r>")]),
    "public rules are a start": (ABNF.replace("root $r;\n", "") + "public $r = a;\n", []),
    "unused": (ABNF + "$r = a;\n$s = b;\n", [("warning", "unused-rule", "$s")]),
    "used by itself only": (
        ABNF + "$r = a;\n$s = b | c $s;\n",
        [("note", "right-recursion", "$s"), ("warning", "unused-rule", "$s")],
    ),
    "public is used elsewhere": (ABNF + "$r = a;\npublic $s = b;\n", []),
    "unreachable": (
        ABNF + "$r = a;\n$s = $t;\n$t = b;\n",
        [("warning", "unused-rule", "$s"), ("warning", "unreachable-rule", "$t")],
    ),
    # nothing at all
    "unproductive": (
        ABNF + "$r = a | $s;\n$s = x $s;\n",
        [("warning", "unproductive-rule", "$s"), ("note", "right-recursion", "$s")],
    ),
    "unproductive by VOID": (
        ABNF + "$r = a | $s;\n$s = x $VOID | ($VOID)<2>;\n",
        [("warning", "unproductive-rule", "$s")],
    ),
    "VOID that may be left out": (ABNF + "$r = a [$VOID] $VOID<0-3>;\n", []),
    # recursion
    "right": (ABNF + "$r = a $r | b;\n", [("note", "right-recursion", "$r")]),
    "right, something silent behind": (
        ABNF + "$r = a $r {x} $s | b;\n$s = $NULL;\n",
        [("note", "right-recursion", "$r")],
    ),
    "left": (ABNF + "$r = $r a | b;\n", [("note", "left-recursion", "$r")]),
    "left, through others": (
        ABNF + "$r = $s a | b;\n$s = $r c;\n",
        [("note", "left-recursion", "$r")],
    ),
    "alone": (ABNF + "$r = $r | a;\n", [("warning", "left-recursion", "$r")]),
    "right, everything else may be left out": (
        ABNF + "$r = [a] $r | b;\n",
        [("warning", "right-recursion", "$r")],
    ),
    "centre": (ABNF + "$r = a $r b | c;\n", [("warning", "centre-recursion", "$r")]),
    "centre, something behind that may be left out": (
        ABNF + "$r = a $r [b] | c;\n",
        [("warning", "centre-recursion", "$r")],
    ),
    "first here, last there": (
        ABNF + "$r = $r a | b $r | c;\n",
        [("warning", "centre-recursion", "$r")],
    ),
    "in a repeat": (
        ABNF + "$r = (a $r)<1-> | b;\n",
        [("warning", "centre-recursion", "$r")],
    ),
    "in a repeat of one at most": (ABNF + "$r = a [$r];\n", [("note", "right-recursion", "$r")]),
    "never taken": (
        ABNF + "$r = a ($r b)<0>;\n",
        [("note", "never-repeated", "($r b)<0>")],
    ),
    "beside VOID": (ABNF + "$r = a | b $r c $VOID;\n", []),
    "JSGF right": (JSGF + "public <r> = a <r> | b;\n", [("note", "right-recursion", "<r>")]),
    "JSGF left": (JSGF + "public <r> = <r> a | b;\n", [("error", "left-recursion", "<r>")]),
    "JSGF alone": (JSGF + "public <r> = <r> | b;\n", [("error", "left-recursion", "<r>")]),
    "JSGF centre": (
        JSGF + "public <r> = a <s> | b;\n<s> = <r> c;\n",
        [("error", "centre-recursion", "<r>")],
    ),
    # repeats
    "empty loop": (ABNF + "$r = a ([b])<0->;\n", [("warning", "empty-loop", "([b])<0->")]),
    "empty loop through a rule": (
        ABNF + "$r = a $s<1->;\n$s = [b] [c];\n",
        [("warning", "empty-loop", "$s<1->")],
    ),
    "empty loop in JSGF": (
        JSGF + "public <r> = a ([b])+;\n",
        [("warning", "empty-loop", "([b])+")],
    ),
    "a repeat with an end": (ABNF + "$r = a ([b])<0-3>;\n", []),
    "repeated no times": (ABNF + "$r = a b<0>;\n", [("note", "never-repeated", "b<0>")]),
    # weights
    "some weights in SRGS": (ABNF + "$r = /2/ a | b;\n", []),
    "some weights in JSGF": (
        JSGF + "public <r> = /2/ a | b;\n",
        [("error", "missing-weight", "b")],
    ),
    "weight 0": (ABNF + "$r = /0/ a | /1/ b;\n", [("note", "zero-weight", "/0/ a")]),
    "weight 0 in XML": (
        GRXML + '<rule id="r"><one-of><item weight="0">a</item><item>b</item></one-of></rule>'
        "</grammar>\n",
        [("note", "zero-weight", '<item weight="0">a</item>')],
    ),
    "only weights 0": (ABNF + "$r = /0/ a | /0/ b;\n", [("warning", "zero-weight", "/0/ a")]),
    # alternatives
    "twice": (ABNF + "$r = a | b | a;\n", [("note", "duplicate-alternative", "a")]),
    "twice, several words": (
        ABNF + "$r = c | a  b | a\n b;\n",
        [("note", "duplicate-alternative", "a\n b")],
    ),
    "twice, with rules and repeats": (
        ABNF + "$r = c $s<2> [d] | c $s<2> [d];\n$s = b;\n",
        [("note", "duplicate-alternative", "c $s<2> [d]")],
    ),
    "not twice": (ABNF + "$r = a b | a (b) c | a {x} | a {y} | a<2> | a<3> | [a];\n", []),
    # examples
    "a bad example": (
        "#ABNF 1.0;\nlanguage en;\nroot $r;\n/** Drinks.\n * @example milk\n * @example tea */\n"
        "$r = tea | coffee;\n",
        [("warning", "bad-example", "milk")],
    ),
    "a bad example in XML": (
        GRXML + '<rule id="r"><example>milk</example>tea</rule></grammar>\n',
        [("warning", "bad-example", "milk")],
    ),
    "an example of a rule that needs a broken one": (
        "#ABNF 1.0;\nlanguage en;\nroot $r;\n/** @example milk */\n$r = $s;\n$s = (milk;\n",
        [("error", "unclosed-group", "(")],
    ),
    "an example with quotes": (
        '#JSGF V1.0;\ngrammar g;\n/** @example in "New York" */\npublic <r> = in "New York";\n',
        [],
    ),
}


@pytest.mark.parametrize("case", TABLE)
def test_findings(case):
    """Each example has exactly the findings promised, in place, and each says how to mend it."""
    text, expected = TABLE[case]
    assert sorted(found(text)) == sorted(expected)
    for problem in check_grammar(text):
        assert problem.message.endswith(".")
        assert problem.hint.endswith(".") or problem.code == "more-problems"


@pytest.mark.parametrize("profile", ["w3c", "pocketsphinx"])
def test_a_grammar_without_errors_is_made(profile):
    """Warnings and notes do not stop reading; the grammar carries them."""
    for text, expected in TABLE.values():
        if not any(severity == "error" for severity, _, _ in expected):
            grammar = read_grammar(text, profile=profile)
            assert list(grammar.problems) == check_grammar(text, profile=profile)


MESSAGES = {
    ABNF + "$r = a $citty;\n$city = x;\n": (
        "4:8: error: rule $citty is used but not defined. Similar: $city. "
        'Write "$city", or add "$citty = small | large;".'
    ),
    ABNF + "$r = a $City;\n$city = x;\n": (
        "4:8: error: rule $City is used but not defined. There is $city: capital and small "
        'letters differ. Write "$city", or add "$City = small | large;".'
    ),
    ABNF + "$r = a $x;\n": (
        '4:8: error: rule $x is used but not defined. Defined: $r. Add "$x = small | large;".'
    ),
    ABNF + "$r = a;\n\n$r = b;\n": (
        "6:1: error: rule $r is defined already, on line 4. "
        'Rename or delete one, or join them: "$r = … | …;".'
    ),
    ABNF + "$r = x | a $s;\n$s = $t;\n$t = b $r c;\n": (
        "6:1: warning: rule $t uses itself between words: $t → $r → $s → $t. Sentences are "
        "matched, but a recognizer cannot follow it (it is not regular). "
        'Use the rule last, "$t = x $t | x;", or write out how deep it may go.'
    ),
    JSGF + "public <r> = <r> a | b;\n": (
        "3:8: error: rule <r> uses itself as its first part: <r> → <r>. JSGF lets a rule use "
        'itself as its last part only. Use the rule last, "<r> = x <r> | x;", '
        'or a repeat: "<r> = x+;".'
    ),
    ABNF + "$r = a $r;\n": (
        "4:1: warning: no sentence of rule $r can ever be completed: each way through it needs "
        "the rule itself again. As it is the root, the grammar accepts nothing. "
        'Add an alternative that comes to an end: "$r = x $r | x;".'
    ),
    "#ABNF 1.0;\nlanguage en;\nroot $r;\n/** @example green tea */\n$r = black (tea | coffee);\n": (
        "4:14: warning: rule $r does not accept its example 'green tea'. "
        'Mend the rule or the example; the nearest sentence it accepts is "black tea".'
    ),
}


@pytest.mark.parametrize("text", MESSAGES)
def test_messages_in_full(text):
    """What is wrong, where, what there is, and a correct example."""
    rendered = [str(problem).removeprefix("line:") for problem in check_grammar(text)]
    assert MESSAGES[text] in rendered


def test_a_rule_that_cannot_be_read_has_no_follow_up_findings():
    """It counts as defined, as able to match, and as using whatever else is there."""
    text = ABNF + "$r = $a $b<0->;\n$a = (x | y;\n$b = good $missing;\n$unused = z;\n$c = ;\n"
    problems = [(problem.line, problem.severity) for problem in check_grammar(text)]
    assert sorted(set(problems)) == [(5, "error"), (6, "error"), (8, "error")]


def test_an_undefined_rule_has_no_follow_up_findings():
    """What uses it is not called unproductive, what was probably meant is not called unused."""
    assert found(ABNF + "$r = $Size;\n$size = a;\n") == [("error", "undefined-rule", "$Size")]


def test_findings_of_a_kind_are_limited():
    """The first thousand, and a note that there are more."""
    text = ABNF + "$r = a;\n" + "".join(f"$s{number} = a;\n" for number in range(2000))
    problems = check_grammar(text)
    assert len(problems) == 1001
    assert problems[0].code == "more-problems"


def test_a_chain_of_many_rules():
    """Thousands of rules, one using the next, are checked; a cycle is printed in short."""
    many = 5000
    rules = [f"$r{number} = x $r{number + 1};\n" for number in range(many)]
    head = ABNF.replace("$r;", "$r0;")
    assert found(head + "".join(rules) + f"$r{many} = x;\n") == []
    (problem,) = check_grammar(head + "".join(rules) + f"$r{many} = $r0 | x;\n")
    assert problem.code == "right-recursion"
    assert "$r0 → $r1 → $r2 → $r3 → $r4 → $r5 → … → $r5000 → $r0" in problem.message


def test_the_order_of_findings_does_not_depend_on_chance():
    """The list is the same each time, and its places are in the order of the text."""
    text = "".join(text for text, _ in TABLE.values() if text.startswith(ABNF))
    text = ABNF + text.replace(ABNF, "")
    first = check_grammar(text)
    assert first == check_grammar(text)
    places = [(problem.line, problem.column) for problem in first if problem.line]
    assert places == sorted(places)


@pytest.mark.skipif(
    not SHARED.exists(), reason="no acceptance cases: export STTPREP_SHARED=/path/to/shared"
)
@pytest.mark.parametrize("format", ["abnf", "grxml", "jsgf"])
def test_shared_cases(format):
    """Valid grammars have no error; others have one on the line given; recursion is told right."""
    cases = json.loads((SHARED / f"{format}.json").read_text(encoding="utf-8"))
    for case in cases if isinstance(cases, list) else cases["cases"]:
        problems = check_grammar(case["text"], format=format)
        lines = {problem.line for problem in problems if problem.severity == "error"}
        assert bool(lines) is not case["valid"], case["name"]
        assert case.get("error_line") in (None, *lines), case["name"]
        if "error_lines" in case:
            assert lines == set(case["error_lines"]), case["name"]
        recursion = [problem.code for problem in problems if "recursion" in problem.code]
        if case["valid"]:
            kind = case.get("recursion")
            assert recursion == ([f"{kind}-recursion"] if kind else []), case["name"]


@pytest.mark.parametrize("opener", ["(", "(x | y ", "[x | y z ", "(x | (y z)<2> "])
@pytest.mark.parametrize("inner", ["a", "$s", "a $r b"])
def test_groups_as_deep_as_readers_allow(opener, inner):
    """No check fails for depth, also when it is called deep inside a program."""
    closer = "]<0-1>" if opener[0] == "[" else ")!fr<0-1>"
    text = ABNF + f"$r = z {opener * 195}{inner}{closer * 195};\npublic $s = $r | b;\n"

    def deep(frames):
        return deep(frames - 1) if frames else check_grammar(text)

    assert not [problem for problem in deep(150) if problem.severity == "error"]
