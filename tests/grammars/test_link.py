"""References to other grammars are followed on this computer, and whatever is wrong is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sttprep.errors import GrammarError
from sttprep.grammars import check_grammar, read_grammar
from sttprep.grammars.expression import Reference
from sttprep.grammars.link import link

W3C = Path(os.environ.get("STTPREP_SHARED", "../shared")) / "cases" / "grammar" / "w3c"

ABNF = "#ABNF 1.0 UTF-8;\nlanguage en-US;\nroot $r;\n"
XML = (
    '<grammar version="1.0" xmlns="http://www.w3.org/2001/06/grammar" xml:lang="en-US" root="r">\n'
)


def jsgf(name, body):
    """A JSGF grammar of a full name."""
    return f"#JSGF V1.0;\ngrammar {name};\n{body}\n"


@pytest.fixture
def write(tmp_path):
    """Writes texts into files by their names; gives the path of the first."""

    def writer(**files):
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / next(iter(files)).replace("__", "/").replace("_", ".")

    return writer


def codes(path, profile="w3c"):
    """Severity and code of every finding."""
    return [(problem.severity, problem.code) for problem in check_grammar(path, profile=profile)]


CITY = ABNF.replace("$r;", "$city;") + "$city = Boston | $state;\npublic $state = Ohio;\n"

FOLLOWED = {
    "root rule": "$<city.abnf>",
    "by name": "$<city.abnf#state>",
    "in this folder": "$<./city.abnf#state>",
    "with its media type": "$<city.abnf#state>~<application/srgs>",
    "an unknown media type": "$<city.abnf#state>~<text/plain>",
    "escaped": "$<ci%74y.abnf#state>",
    "of itself": "$<main.abnf#state>",
}


@pytest.mark.parametrize("reference", FOLLOWED.values(), ids=FOLLOWED)
def test_srgs_references(write, reference):
    """The other file is read, and its rules belong to the language."""
    text = ABNF + f"$r = to {reference};\npublic $state = Ohio;\n"
    grammar = read_grammar(write(main_abnf=text, city_abnf=CITY))
    assert grammar.problems == ()
    assert grammar.accepts("to Ohio")
    assert not grammar.accepts("to Utah")


def test_references_between_the_two_forms(write):
    """ABNF uses XML and the other way round."""
    xml = XML + '<rule id="r" scope="public"><ruleref uri="city.abnf#state"/></rule></grammar>\n'
    path = write(main_abnf=ABNF + "$r = to $<middle.xml#r>;\n", middle_xml=xml, city_abnf=CITY)
    assert read_grammar(path).accepts("to Ohio")


BASES = [
    "sub/",
    "./sub/",
    "sub",
    "./sub/other.abnf",
    "file:sub/",
    "{folder}/sub/",
    "file://{folder}/sub/",
]


@pytest.mark.parametrize("base", BASES)
def test_base(write, tmp_path, base):
    """Addresses are relative to the base, if there is one."""
    base = base.format(folder=tmp_path)
    text = ABNF.replace("root", f"base <{base}>;\nroot") + "$r = to $<city.abnf#state>;\n"
    grammar = read_grammar(write(main_abnf=text, sub__city_abnf=CITY))
    assert grammar.problems == ()
    assert grammar.accepts("to Ohio")


def test_meta_base(write):
    """The base of drafts of SRGS counts, with a warning, where none is declared."""
    meta = ABNF.replace("root", 'meta "base" is "sub/";\nroot') + "$r = to $<city.abnf#state>;\n"
    grammar = read_grammar(write(main_abnf=meta, sub__city_abnf=CITY))
    assert [problem.code for problem in grammar.problems] == ["meta-base"]
    assert grammar.accepts("to Ohio")


NOT_LOADED = {
    "the net": "$<http://www.example.com/city.abnf#state>",
    "another computer": "$<//example.com/city.abnf#state>",
    "a file of another computer": "$<file://example.com/city.abnf#state>",
    "built in": "$<builtin:digits>",
    "not a name": "$<%00.abnf>",
    "not UTF-8": "$<%ff.abnf>",
}


@pytest.mark.parametrize("reference", NOT_LOADED.values(), ids=NOT_LOADED)
def test_only_local_files_are_read(write, reference):
    """Other addresses are a warning; what they match is not known."""
    grammar = read_grammar(write(main_abnf=ABNF + f"$r = to {reference};\n"))
    (problem,) = grammar.problems
    assert (problem.severity, problem.code, problem.line, problem.column) == (
        "warning", "not-loaded", 4, 9
    )  # fmt: skip
    rule = grammar.by_name["r"]
    assert grammar.linked.target((0, "r"), rule.body.references[0]) is None
    with pytest.raises(GrammarError) as caught:
        grammar.linked.follow((0, "r"), rule.body.references[0])
    (problem,) = caught.value.problems
    assert (problem.code, problem.line, problem.column) == ("external-rule", 4, 9)


def test_a_remote_base_makes_addresses_remote(write):
    """What is relative to it is not looked for beside the grammar."""
    text = ABNF.replace("root", "base <http://www.example.com/>;\nroot") + "$r = $<city.abnf>;\n"
    assert codes(write(main_abnf=text, city_abnf=CITY)) == [("warning", "not-loaded")]


def test_a_text_follows_nothing(write, monkeypatch, tmp_path):
    """A grammar that was not read from a file reads none."""
    write(city_abnf=CITY, polite_jsgf=jsgf("polite", "public <thanks> = thanks;"))
    monkeypatch.chdir(tmp_path)
    assert codes(ABNF + "$r = $<city.abnf>;\n") == [("warning", "not-loaded")]
    assert codes(ABNF + f"$r = $<{tmp_path}/city.abnf>;\n") == [("warning", "not-loaded")]
    text = jsgf("g", "import <polite.*>;\npublic <r> = <thanks> | <more>;")
    assert codes(text) == [("warning", "not-loaded")]


BROKEN = {
    "no such file": ("$<town.abnf>", "", "missing-grammar", "no grammar file town.abnf"),
    "a folder": ("$<.>", "", "missing-grammar", "no grammar file"),
    "no such rule": ("$<city.abnf#town>", CITY, "undefined-rule", "city.abnf has no rule $town"),
    "private": ("$<city.abnf#city>", CITY, "private-rule", "rule $city of city.abnf is private"),
    "no root": (
        "$<city.abnf>",
        CITY.replace("root $city;\n", ""),
        "no-root",
        "city.abnf declares no root rule",
    ),
    "broken": (
        "$<city.abnf>",
        CITY.replace("= Boston", "= (Boston"),
        "external-grammar",
        "city.abnf:4:9",
    ),
    "wrong inside": (
        "$<city.abnf>",
        CITY.replace("Ohio", "$ohio"),
        "external-grammar",
        "city.abnf:5:17: rule $ohio is used but not defined",
    ),
    "wrong behind": (
        "$<city.abnf>",
        CITY.replace("Ohio", "$<ohio.abnf>"),
        "external-grammar",
        "city.abnf:5:17: there is no grammar file ohio.abnf",
    ),
    "media type": (
        "$<city.abnf>~<application/srgs+xml>",
        CITY,
        "media-type-mismatch",
        "it is an ABNF grammar",
    ),
    "mode": (
        "$<city.abnf>",
        "#ABNF 1.0;\nmode dtmf;\nroot $city;\n$city = 1;\n",
        "mode-mismatch",
        "is a dtmf grammar",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_wrong_is_an_error_at_the_reference(write, case):
    """It names the other file, and what is wrong there."""
    reference, other, code, said = BROKEN[case]
    path = write(main_abnf=ABNF + f"$r = to {reference};\n", city_abnf=other)
    (problem,) = check_grammar(path)
    assert (problem.severity, problem.code, problem.line, problem.column) == ("error", code, 4, 9)
    assert said in problem.message
    assert problem.hint


def test_similar_files_and_local_rules_are_suggested(write):
    """A wrong name, and a rule of this grammar written like an address."""
    path = write(main_abnf=ABNF + "$r = $<citty.abnf>;\n", city_abnf=CITY)
    assert check_grammar(path)[0].hint.startswith("There is city.abnf")
    xml = (
        XML
        + '<rule id="r"><ruleref uri="d"/></rule><rule id="d" scope="public">a</rule></grammar>\n'
    )
    problems = check_grammar(write(main_xml=xml))
    assert any('write uri="#d"' in problem.hint for problem in problems)


def test_grammars_that_use_one_another(write):
    """A cycle of files is no problem; each is read once, and recursion is found across them."""
    a = ABNF.replace("$r;", "$a;") + "public $a = x $<b.abnf#b> | y;\n"
    b = ABNF.replace("$r;", "$b;") + "public $b = z $<./a.abnf>;\n"
    grammar = read_grammar(write(a_abnf=a, b_abnf=b))
    assert len(grammar.linked.grammars) == 2
    assert [problem.code for problem in grammar.problems] == ["right-recursion"]
    assert "$a → $b of " in grammar.problems[0].message
    assert grammar.accepts("x z x z y")
    assert not grammar.accepts("x z x")


def test_each_file_is_read_once(write):
    """However often and under whatever name it is used."""
    text = ABNF + "$r = $<city.abnf> $<./city.abnf> $<city.abnf#state> $s;\n$s = $<city.abnf>;\n"
    path = write(main_abnf=text, city_abnf=CITY)
    from sttprep.grammars.read import parse_grammar

    loaded = []

    def load(path, profile):
        loaded.append(path.name)
        return parse_grammar(path, None, profile)

    grammar, _ = parse_grammar(path)
    linked = link(grammar, load)
    assert loaded == ["city.abnf"]
    assert list(linked) == [(0, "r"), (0, "s"), (1, "city"), (1, "state")]
    assert linked.references((0, "r")) == ((1, "city"), (1, "state"), (0, "s"))
    assert linked.reachable(linked.roots()) == [(0, "r"), (1, "city"), (1, "state"), (0, "s")]


POLITE = jsgf("com.acme.polite", "public <thanks> = thanks | <more>;\n<more> = thank you;")

IMPORTS = {
    "one rule": ("import <com.acme.polite.thanks>;", "<thanks>"),
    "all rules": ("import <com.acme.polite.*>;", "<thanks>"),
    "by the grammar's short name": ("import <com.acme.polite.*>;", "<polite.thanks>"),
    "by the full name": ("import <com.acme.polite.thanks>;", "<com.acme.polite.thanks>"),
    "without an import": ("", "<com.acme.polite.thanks>"),
}
PLACES = ["polite_jsgf", "polite_gram", "polite_jgram", "com__acme__polite_jsgf"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("imports", "reference"), IMPORTS.values(), ids=IMPORTS)
def test_jsgf_imports(write, imports, reference, place):
    """A grammar is looked for beside the one that uses it, and in the folders of its package."""
    text = jsgf("g", f"{imports}\npublic <r> = please {reference};")
    grammar = read_grammar(write(**{"main_jsgf": text, place: POLITE}))
    assert grammar.problems == ()
    assert grammar.accepts("please thank you")


def test_jsgf_packages_lie_beside_one_another(write):
    """A grammar in the folders of its own package finds other packages."""
    text = jsgf("com.acme.menu", "import <org.polite.*>;\npublic <r> = please <thanks>;")
    polite = POLITE.replace("com.acme", "org")
    grammar = read_grammar(write(com__acme__menu_jsgf=text, org__polite_jsgf=polite))
    assert grammar.problems == ()
    assert grammar.accepts("please thanks")


def test_own_rules_come_before_imported_ones(write):
    """A simple name means the grammar's own rule."""
    text = jsgf("g", "import <com.acme.polite.*>;\npublic <r> = <thanks>;\n<thanks> = ta;")
    grammar = read_grammar(write(main_jsgf=text, polite_jsgf=POLITE))
    assert grammar.accepts("ta")
    assert not grammar.accepts("thanks")


def test_own_rules_by_their_full_name(write):
    """Also where the grammar was not read from a file."""
    for name in ("g", "com.acme.g"):
        grammar = read_grammar(jsgf("com.acme.g", f"public <r> = <{name}.s> <s>;\n<s> = a;"))
        assert grammar.problems == ()
        assert grammar.accepts("a a")
    (problem,) = check_grammar(jsgf("g", "public <r> = <g.x>;"))
    assert (problem.code, problem.column) == ("undefined-rule", 14)


BROKEN_IMPORTS = {
    "no such grammar": ("import <com.acme.rude.*>;", "<thanks>", "missing-grammar", 3),
    "no such rule": ("import <com.acme.polite.please>;", "<please>", "undefined-rule", 3),
    "private": ("import <com.acme.polite.more>;", "<more>", "private-rule", 3),
    "private by full name": ("", "<com.acme.polite.more>", "private-rule", 4),
    "not imported": ("import <com.acme.polite.thanks>;", "<more>", "undefined-rule", 4),
    "not public": ("import <com.acme.polite.*>;", "<more>", "undefined-rule", 4),
    "two rules": (
        "import <com.acme.polite.*>; import <org.polite.*>;",
        "<thanks>",
        "ambiguous-name",
        4,
    ),
    "two grammars": (
        "import <com.acme.polite.*>; import <org.polite.*>;",
        "<polite.thanks>",
        "ambiguous-name",
        4,
    ),
}


@pytest.mark.parametrize("case", BROKEN_IMPORTS)
def test_broken_imports(write, case):
    """The error is at the import, or where the reference is the mistake, there."""
    imports, reference, code, line = BROKEN_IMPORTS[case]
    text = jsgf("g", f"{imports}\npublic <r> = please {reference};")
    path = write(
        main_jsgf=text,
        com__acme__polite_jsgf=POLITE,
        org__polite_jsgf=POLITE.replace("com.acme", "org"),
    )
    errors = [problem for problem in check_grammar(path) if problem.severity == "error"]
    assert [(problem.code, problem.line) for problem in errors] == [(code, line)]
    assert errors[0].hint


def test_imports_in_a_circle(write):
    """a imports b imports a."""
    a = jsgf("a", "import <b.*>;\npublic <x> = one <y> | end;")
    b = jsgf("b", "import <a.*>;\npublic <y> = two <x>;")
    grammar = read_grammar(write(a_jsgf=a, b_jsgf=b))
    assert [problem.code for problem in grammar.problems] == ["right-recursion"]
    assert grammar.accepts("one two one two end")


def test_a_grammar_keeps_its_links(write):
    """Reading does not follow references twice, also where there are findings."""
    text = ABNF + "$r = to $<city.abnf>;\n$unused = a;\n"
    grammar = read_grammar(write(main_abnf=text, city_abnf=CITY))
    assert grammar.problems
    assert grammar.linked.grammars[0] is grammar
    assert "linked" in vars(grammar)


def test_a_rule_that_is_missing_without_an_error(write):
    """pocketsphinx takes an undefined rule: it matches nothing; one not loaded is an error."""
    text = jsgf("g", "public <r> = a | <s>;")
    linked = read_grammar(text, profile="pocketsphinx").linked
    assert linked.follow((0, "r"), Reference("s")) is None
    linked = read_grammar(jsgf("g", "import <x.*>;\npublic <r> = a | <s>;")).linked
    with pytest.raises(GrammarError, match="not loaded"):
        linked.follow((0, "r"), Reference("s"))


@pytest.mark.skipif(
    not W3C.exists(), reason="no W3C test set: export STTPREP_SHARED=/path/to/shared"
)
@pytest.mark.parametrize("ending", ["gram", "grxml"])
def test_w3c_files(ending):
    """References of the W3C test set are followed or refused as its report says."""
    refused = {
        "ruleref-ext-private-rule": "private-rule",
        "ruleref-mismatch-mediatype": "media-type-mismatch",
        "ruleref-mismatch-modes": "mode-mismatch",
        "uri-ref-undefined-root-referring": "no-root",
        "undefined-root": "undefined-root",
        "ruleref-nonexistent-local": "undefined-rule",
    }
    names = [
        "ruleref-ext-root", "ruleref-ext-rule", "ruleref-ext-root-mediatype",
        "ruleref-ext-rule-mediatype", "ruleref-ext-private-root", "base-declaration",
        "base-metabase", "metabase-declaration", "conformance-3", "conformance-4",
        "example-1", "example-2-booking", "uri-ref-undefined-root-referenced", *refused,
    ]  # fmt: skip
    for name in names:
        problems = check_grammar(W3C / f"{name}.{ending}")
        errors = {problem.code for problem in problems if problem.severity == "error"}
        assert errors == ({refused[name]} if name in refused else set()), name
