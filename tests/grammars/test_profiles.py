"""What IBM's service and pocketsphinx make of a grammar."""

from __future__ import annotations

import pytest

from sttprep.grammars import check_grammar, read_grammar

ABNF = "#ABNF 1.0 UTF-8;\nlanguage en-US;\nroot $r;\n"
JSGF = "#JSGF V1.0;\ngrammar g;\n"
IBM_XML = '<grammar version="1.0" xml:lang="en-US" root="r">\n'


def found(text, profile):
    """Severity and code of every finding, with the text under the caret."""
    return [
        (problem.severity, problem.code, text[problem.span.start : problem.span.end])
        for problem in check_grammar(text, profile=profile)
    ]


IBM = {
    "another grammar": (
        ABNF + "$r = a $<city.abnf#city>;\n",
        [("error", "unsupported-reference", "$<city.abnf#city>")],
    ),
    "special rules": (
        ABNF + "$r = a $NULL [$VOID] $GARBAGE;\n",
        [("error", "unsupported-special-rule", name) for name in ("$NULL", "$VOID", "$GARBAGE")],
    ),
    "tags": (ABNF + "$r = a {x};\n", [("error", "unsupported-tag", "{x}")]),
    "a tag format": (
        ABNF.replace("root", "tag-format <semantics/1.0>;\nroot") + "$r = a;\n",
        [("warning", "unsupported-tag", "semantics/1.0")],
    ),
    "a tag of the grammar": (
        ABNF.replace("root", "{x};\nroot") + "$r = a;\n",
        [("error", "unsupported-tag", "x")],
    ),
    "languages": (
        ABNF + "$r = oui!fr | (bien sur)!fr-CA;\n",
        [
            ("error", "unsupported-language", "oui!fr"),
            ("error", "unsupported-language", "(bien sur)!fr-CA"),
        ],
    ),
    "a quoted backslash": (ABNF + '$r = "a\\b";\n', [("error", "backslash", '"a\\b"')]),
    "right recursion": (ABNF + "$r = a $r | b;\n", [("error", "right-recursion", "$r")]),
    "left recursion": (ABNF + "$r = $r a | b;\n", [("error", "left-recursion", "$r")]),
    "centre recursion": (ABNF + "$r = a $r b | c;\n", [("error", "centre-recursion", "$r")]),
    "keys": (
        "#ABNF 1.0;\nmode dtmf;\nroot $r;\n$r = 1 2;\n",
        [("error", "unsupported-mode", "dtmf")],
    ),
    "another encoding": (
        ABNF.replace("UTF-8", "ISO-8859-1") + "$r = caf\u00e9;\n",
        [("warning", "ignored-encoding", "ISO-8859-1")],
    ),
    "a lexicon": (
        ABNF.replace("root", "lexicon <a.pls>;\nroot") + "$r = a;\n",
        [("warning", "ignored-lexicon", "a.pls")],
    ),
    "what the samples use": (
        ABNF.replace("root", "mode voice;\nroot")
        + '$r = [a] ("H." | $d<1->) b<0-1> | /2/ c;\n$d = one\n | two;\n',
        [],
    ),
    "JSGF": (
        JSGF + "import <x.*>;\npublic <r> = a <y> {t};\n",
        [("error", "format-not-taken", "#JSGF")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", IBM)
def test_ibm(case):
    """What its documentation excludes is an error; each message names the service and a way out."""
    text, expected = IBM[case]
    assert sorted(found(text, "ibm")) == sorted(expected)
    for problem in check_grammar(text, profile="ibm"):
        assert "IBM" in problem.message
        assert problem.hint


def test_ibm_says_what_the_service_will_say():
    """Recursion is refused there with the words "Cannot compile grammar"."""
    (problem,) = check_grammar(ABNF + "$r = a $r | b;\n", profile="ibm")
    assert "Cannot compile grammar" in problem.message
    assert problem.hint == 'Write a repeat: "$r = x<1->;".'


def test_ibm_names_the_right_declaration():
    """Each format has its own first line."""
    xml = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<grammar version="1.0" xml:lang="en"/>'
    (found,) = (p for p in check_grammar(xml, profile="ibm") if p.code == "ignored-encoding")
    assert 'declare that: <?xml version="1.0" encoding="UTF-8"?>.' in found.hint


def test_ibm_xml_without_namespace():
    """It is a warning there, and an error by the specification."""
    text = IBM_XML + '<rule id="r">a</rule></grammar>\n'
    assert [severity for severity, _, _ in found(text, "ibm")] == ["warning"]
    assert read_grammar(text, profile="ibm").accepts("a")
    assert "error" in [severity for severity, _, _ in found(text, "w3c")]


POCKETSPHINX = {
    "undefined": (
        JSGF + "public <r> = a | <s>;\n",
        [("warning", "undefined-rule", "<s>")],
    ),
    "defined twice": (
        JSGF + "public <r> = a;\n<r> = b;\n",
        [("warning", "duplicate-rule", "<r>")],
    ),
    "left recursion": (
        JSGF + "public <r> = <r> a | b;\n",
        [("error", "left-recursion", "<r>")],
    ),
    "right recursion": (JSGF + "public <r> = a <r> | b;\n", [("note", "right-recursion", "<r>")]),
    "quoted": (JSGF + 'public <r> = "New York";\n', [("warning", "quotes", '"New York"')]),
    "tags": (JSGF + "public <r> = a {x} | b {y};\n", [("note", "ignored-tag", "{x}")]),
    "some weights": (
        JSGF + "public <r> = /2/ a | b;\n",
        [("warning", "missing-weight", "b")],
    ),
    "VOID": (
        JSGF + "public <r> = a | b <VOID>;\n",
        [("warning", "void-rule", "<VOID>")],
    ),
    "ABNF": (ABNF + "$r = a;\n", [("warning", "format-not-taken", "#")]),
}


@pytest.mark.parametrize("case", POCKETSPHINX)
def test_pocketsphinx(case):
    """What it reads otherwise than JSGF means it is a warning; a wrong graph is an error."""
    text, expected = POCKETSPHINX[case]
    assert found(text, "pocketsphinx") == expected
    for problem in check_grammar(text, profile="pocketsphinx"):
        assert "pocketsphinx" in problem.message or problem.severity == "note"
        assert problem.hint


def test_pocketsphinx_keeps_the_first_of_two_rules():
    """As its reader does, and so does the grammar."""
    grammar = read_grammar(JSGF + "public <r> = a;\npublic <r> = b;\n", profile="pocketsphinx")
    assert grammar.accepts("a")
    assert not grammar.accepts("b")
