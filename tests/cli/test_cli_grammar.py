"""``sttprep grammar``: answers on standard output, the rest on standard error, exit codes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from sttprep.cli import main, parser

MENU = """#ABNF 1.0 UTF-8;
language en-US;
root $order;
public $order = [a] $size (tea | /2/ coffee) [please];
$size = small | large;
"""
WRONG = """#ABNF 1.0 UTF-8;
language en-US;
root $order;
public $order = (a $size coffee;
$late = $missing tea;
"""
JSGF = """#JSGF V1.0;
grammar menu;
public <order> = [a] <size> (tea | coffee) [please];
<size> = small | large | huge;
"""
ACTIONS = ("check", "match", "count", "sample", "convert", "diff", "draw")


@pytest.fixture
def files(tmp_path, monkeypatch):
    """The sample grammars, in the working folder."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("menu.abnf", MENU), ("wrong.abnf", WRONG), ("menu.jsgf", JSGF)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def grammar(capsys, monkeypatch, files):
    """Runs one action; answers exit code, standard output and standard error."""

    def run(*arguments, standard_input=""):
        monkeypatch.setattr(
            sys, "stdin", io.TextIOWrapper(io.BytesIO(standard_input.encode()), "utf-8")
        )
        code = main(["grammar", *map(str, arguments)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def document(grammar):
    """Runs one action with --json; answers exit code and the one JSON document."""

    def run(*arguments, **options):
        code, out, _ = grammar(*arguments, "--json", **options)
        return code, json.loads(out)

    return run


def test_check_shows_every_problem_with_its_line(grammar):
    """Place, message, the line and a caret, and a line that sums up each file."""
    code, out, err = grammar("check", "wrong.abnf", "menu.abnf")
    assert (code, err) == (1, "")
    assert "wrong.abnf:4:17: error: " in out
    assert "  4 | public $order = (a $size coffee;\n    |                 ^" in out
    assert "wrong.abnf:5:9: error: " in out
    assert "$missing" in out
    summary, fine = [line for line in out.splitlines() if line.count(":") == 1][-2:]
    assert summary.startswith("wrong.abnf: ")
    assert "error" in summary
    assert fine == "menu.abnf: no problems"


def test_check_of_a_good_file_is_exit_code_0(grammar):
    """Only its summary is printed."""
    assert grammar("check", "menu.abnf") == (0, "menu.abnf: no problems\n", "")


def test_check_as_json(document):
    """One document for all files, each with its problems."""
    code, found = document("check", "wrong.abnf", "menu.abnf")
    assert code == 1
    assert [row["file"] for row in found] == ["wrong.abnf", "menu.abnf"]
    assert found[1]["problems"] == []
    assert {"error"} <= {problem["severity"] for problem in found[0]["problems"]}
    assert (found[0]["problems"][0]["line"], found[0]["problems"][0]["column"]) == (4, 17)


def test_check_follows_a_profile(grammar, files):
    """What the specification allows may be refused elsewhere."""
    (files / "tags.abnf").write_text(MENU.replace("small |", "small {S} |"), encoding="utf-8")
    assert grammar("check", "tags.abnf")[0] == 0
    code, out, _ = grammar("check", "tags.abnf", "--profile", "ibm")
    assert code == 1
    assert "tags.abnf:5:15: " in out


def test_standard_input_is_a_file_too(grammar):
    """Its name is a hyphen."""
    assert grammar("check", "-", standard_input=MENU) == (0, "-: no problems\n", "")
    assert grammar("count", "-", standard_input=MENU)[1] == "16\n"


def test_match_says_what_is_accepted(grammar):
    """And for the rest which accepted sentence is nearest; exit code 1 then."""
    assert grammar("match", "menu.abnf", "a small tea") == (0, "accepted      a small tea\n", "")
    code, out, err = grammar("match", "menu.abnf", "a small tea", "a smal tea")
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        "accepted      a small tea",
        "not accepted  a smal tea",
        '              at "smal": expected large, small',
        "     nearest  a small tea  (1 word differs)",
    ]


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("", "at the end: expected a, large, small"),
        ("a small", "at the end: expected coffee, tea"),
        ("small tea today", 'at "today": expected please'),
        ("small tea please now", 'at "now": expected the end of the sentence'),
    ],
)
def test_match_says_where_a_sentence_goes_wrong(grammar, sentence, place):
    """And what could stand there."""
    assert grammar("match", "menu.abnf", sentence)[1].splitlines()[1].strip() == place


def test_long_lists_of_expected_words_are_shortened(grammar, document, files):
    """Text names five of them, JSON a hundred, and how many there are."""
    words = " | ".join(f"w{number}" for number in range(1000, 3000))
    (files / "long.abnf").write_text(MENU.replace("small | large", words))
    line = grammar("match", "long.abnf", "tea")[1].splitlines()[1].strip()
    assert line == 'at "tea": expected a, w1000, w1001, w1002, w1003 or 1,996 others'
    [row] = document("match", "long.abnf", "tea")[1]
    assert (len(row["expected"]), row["expected_total"]) == (100, 2001)


def test_match_reads_sentences_from_files_and_standard_input(grammar, files):
    """One a line; empty lines are passed over."""
    (files / "said.txt").write_text("small tea\n\nlarge coffee please\n", encoding="utf-8")
    from_file = grammar("match", "menu.abnf", "--sentences", "said.txt")
    assert from_file[0] == 0
    assert from_file[1].count("accepted") == 2
    text = (files / "said.txt").read_text()
    assert grammar("match", "menu.abnf", standard_input=text) == from_file


def test_match_shows_the_parse(grammar):
    """Rules and words, indented."""
    code, out, _ = grammar("match", "menu.abnf", "small tea", "--parse")
    assert code == 0
    assert out.splitlines()[1:] == ["    $order", "      $size", "        small", "      tea"]


def test_match_as_json(document):
    """Every sentence with its answer."""
    code, rows = document("match", "menu.abnf", "small tea", "small beer", "--parse")
    assert code == 1
    assert [row["accepted"] for row in rows] == [True, False]
    assert rows[0]["parse"]["rule"] == "order"
    assert rows[1]["nearest"] in ("small tea", "small coffee")


def test_sentences_that_are_no_text(grammar, files):
    """On the command line a strange byte is a strange word; in a file it is bad input."""
    code, out, _ = grammar("match", "menu.abnf", "small \udcff")
    assert code == 1
    assert out.splitlines()[0] == "not accepted  small \ufffd"
    (files / "said.txt").write_bytes(b"small tea\nt\xe9\n")
    code, _, err = grammar("match", "menu.abnf", "--sentences", "said.txt")
    assert code == 2
    assert "said.txt: the file is not UTF-8 (byte 11)." in err


def test_where_nothing_is_accepted_nothing_is_expected(grammar, files):
    """No place, no nearest sentence."""
    (files / "void.jsgf").write_text("#JSGF V1.0;\ngrammar g;\npublic <r> = a <VOID>;\n")
    code, out, _ = grammar("match", "void.jsgf", "a")
    assert (code, out) == (1, "not accepted  a\n")


def test_match_from_another_rule(grammar):
    """--root takes the name with or without its sign."""
    for name in ("size", "$size"):
        assert grammar("match", "menu.abnf", "large", "--root", name)[0] == 0


def test_the_empty_sentence_has_a_name(grammar, files):
    """A blank line would be overlooked."""
    (files / "may.jsgf").write_text("#JSGF V1.0;\ngrammar g;\npublic <r> = [a];\n")
    assert grammar("match", "may.jsgf", "")[1] == "accepted      (the empty sentence)\n"
    assert grammar("sample", "may.jsgf", "--all")[1] == "\na\n"


def test_count(grammar, document, files):
    """Exact, with thousands separators in text; JSON has a number, or infinite."""
    assert grammar("count", "menu.abnf") == (0, "16\n", "")
    assert document("count", "menu.abnf", "--root", "size") == (0, {"count": 2})
    (files / "many.abnf").write_text(MENU.replace("small |", "(one | two)<40> |"))
    assert grammar("count", "many.abnf")[1] == f"{(2**40 + 1) * 8:,}\n"
    (files / "endless.abnf").write_text(MENU.replace("small |", "very<1-> small |"))
    assert grammar("count", "endless.abnf")[1] == "infinite\n"
    assert document("count", "endless.abnf") == (0, {"count": "infinite"})


def test_very_long_numbers_are_rounded(grammar, document, files):
    """More digits than Python writes out: text in JSON too."""
    (files / "long.abnf").write_text(MENU.replace("small |", "(one | two)<20000> |"))
    code, out, _ = grammar("count", "long.abnf")
    assert (code, out) == (0, "about 3.18 × 10^6021\n")
    assert document("count", "long.abnf")[1] == {"count": "about 3.18 × 10^6021"}
    code, found = document("diff", "long.abnf", "menu.abnf")
    assert (code, found["count_only_left"]) == (1, "about 3.18 × 10^6021")


def test_sample(grammar, document):
    """As many as asked for, the same for the same seed, all of them accepted."""
    code, out, err = grammar("sample", "menu.abnf", "-n", "5", "--seed", "3")
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 5
    assert grammar("sample", "menu.abnf", "-n", "5", "--seed", "3")[1] == out
    assert grammar("match", "menu.abnf", *out.splitlines())[0] == 0
    assert len(grammar("sample", "menu.abnf", "--weighted")[1].splitlines()) == 10
    assert document("sample", "menu.abnf", "-n", "0") == (0, {"sentences": []})


def test_sample_all(grammar, document, files):
    """Every sentence once, the shortest first; where there are more, that is said."""
    code, out, err = grammar("sample", "menu.abnf", "--all")
    assert (code, err) == (0, "")
    assert len(set(out.splitlines())) == 16
    assert out.startswith("large coffee\n")
    code, out, err = grammar("sample", "menu.abnf", "--all", "-n", "3")
    assert len(out.splitlines()) == 3
    assert err == "These are 3 of 16 sentences; -n N gives more.\n"
    (files / "endless.abnf").write_text(MENU.replace("small |", "very<1-> small |"))
    code, found = document("sample", "endless.abnf", "--all")
    assert (len(found["sentences"]), found["complete"]) == (1000, False)


def test_sample_cover(grammar):
    """Few sentences that use everything."""
    code, out, _ = grammar("sample", "menu.abnf", "--cover")
    assert code == 0
    assert len(out.splitlines()) <= 4
    assert {"a", "small", "large", "tea", "coffee", "please"} == set(out.split())


@pytest.mark.parametrize("to", ["abnf", "grxml", "jsgf", "same"])
def test_convert_keeps_the_sentences(grammar, files, to):
    """What is written can be read, and accepts the same."""
    code, out, err = grammar("convert", "menu.abnf", "--to", to)
    assert (code, err) == (0, "")
    (files / "again.gram").write_text(out, encoding="utf-8")
    assert grammar("diff", "menu.abnf", "again.gram")[0] == 0


@pytest.mark.parametrize(("to", "part"), [("fsg", "FSG_BEGIN"), ("dot", "digraph")])
def test_convert_to_graphs(grammar, document, files, to, part):
    """For recognizers and Graphviz; to a file or standard output."""
    code, out, err = grammar("convert", "menu.abnf", "--to", to)
    assert (code, err) == (0, "")
    assert part in out
    written = grammar("convert", "menu.abnf", "--to", to, "-o", "out.txt")
    assert written == (0, "", "out.txt is written.\n")
    assert (files / "out.txt").read_text(encoding="utf-8") == out
    assert document("convert", "menu.abnf", "--to", to) == (0, {"format": to, "text": out})


def test_convert_to_openfst(grammar, document, files):
    """The symbol table is written beside it."""
    code, out, err = grammar("convert", "menu.abnf", "--to", "openfst")
    assert code == 0
    assert "OUT.syms" in err
    code, nothing, err = grammar("convert", "menu.abnf", "--to", "openfst", "-o", "out.txt")
    assert (code, nothing) == (0, "")
    assert "out.txt.syms is written" in err
    symbols = (files / "out.txt.syms").read_text(encoding="utf-8")
    words = {line.split("\t")[0] for line in symbols.splitlines()}
    assert words >= {"small", "large", "tea", "coffee", "a", "please"}
    said = {line.split("\t")[2] for line in out.splitlines() if line.count("\t") > 1}
    assert said <= words
    found = document("convert", "menu.abnf", "--to", "openfst")[1]
    assert (found["text"], found["symbols"]) == (out, symbols)


def test_convert_refuses_by_name_what_cannot_be_said(grammar, files):
    """One message, exit code 2."""
    (files / "fr.abnf").write_text(MENU.replace("small |", "petit!fr |"), encoding="utf-8")
    code, out, err = grammar("convert", "fr.abnf", "--to", "jsgf")
    assert (code, out) == (2, "")
    assert "language" in err


def test_diff(grammar, document):
    """Equivalent is exit code 0; otherwise a shortest sentence of each side."""
    assert grammar("diff", "menu.abnf", "menu.abnf") == (
        0,
        "menu.abnf and menu.abnf accept the same sentences.\n",
        "",
    )
    code, out, _ = grammar("diff", "menu.abnf", "menu.jsgf")
    assert (code, out.splitlines()[:3]) == (
        1,
        ["only menu.jsgf accepts 8 sentences, the shortest:", "  huge coffee", "  huge tea"],
    )
    code, found = document("diff", "menu.jsgf", "menu.abnf")
    assert code == 1
    assert not found["equivalent"]
    assert (found["count_only_left"], found["count_only_right"]) == (8, 0)
    assert found["only_left"][0] == "huge coffee"


def test_a_diff_that_is_not_exact_says_so(grammar, files):
    """Recursion inside a rule can only be compared up to some length."""
    text = "#ABNF 1.0;\nlanguage en;\nroot $r;\n$r = a $r b | a b;\n"
    (files / "one.abnf").write_text(text)
    (files / "two.abnf").write_text(text.replace("a $r b | a b", "a b | a $r b"))
    code, out, err = grammar("diff", "one.abnf", "two.abnf")
    assert code == 0
    assert out == "one.abnf and two.abnf accept the same sentences, as far as compared.\n"
    assert "Only shorter sentences were compared" in err


def test_draw_as_svg(grammar, document):
    """All rules, the root first, or those named."""
    code, out, err = grammar("draw", "menu.abnf")
    assert (code, err) == (0, "")
    assert "Railroad diagrams of 2 rules" in out
    ET.fromstring(out)
    code, found = document("draw", "menu.abnf", "--rule", "$size")
    assert (found["format"], found["rules"]) == ("svg", ["size"])
    assert "small" in found["text"]
    assert "coffee" not in found["text"]
    assert document("draw", "menu.abnf", "--root", "size")[1]["rules"] == ["size", "order"]


def test_draw_as_a_page(grammar, files):
    """The ending of the file says what is written."""
    assert grammar("draw", "menu.abnf", "-o", "menu.html") == (0, "", "menu.html is written.\n")
    page = (files / "menu.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<svg") == 2
    code, _, err = grammar("draw", "menu.abnf", "-o", "menu.png")
    assert code == 2
    assert "menu.png: only .svg and .html files can be drawn." in err


BAD = [
    ["check", "nowhere.abnf"],
    ["check", "."],
    ["count", "wrong.abnf"],
    ["match", "menu.abnf", "a", "--sentences", "nowhere.txt"],
    ["match", "menu.abnf", "--sentences", "nowhere.txt"],
    ["match", "-"],
    ["match", "menu.abnf", "a", "--root", "nope"],
    ["count", "menu.abnf", "--root", "nope"],
    ["sample", "menu.abnf", "--root", "nope"],
    ["convert", "menu.abnf", "--to", "jsgf", "--root", "size"],
    ["convert", "menu.abnf", "--to", "jsgf", "-o", "no/such/folder.jsgf"],
    ["diff", "-", "-"],
    ["diff", "menu.abnf", "wrong.abnf"],
    ["draw", "menu.abnf", "--rule", "nope"],
    ["draw", "menu.abnf", "--root", "nope"],
    ["draw", "menu.abnf", "-o", "x.png"],
    ["count", "menu.abnf", "--format", "jsgf"],
]


@pytest.mark.parametrize("arguments", BAD, ids=" ".join)
def test_bad_input_is_exit_code_2(grammar, document, arguments):
    """A message on standard error, never a traceback; with --json also a document."""
    code, out, err = grammar(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("sttprep: ")
    code, found = document(*arguments)
    assert code == 2
    assert found["error"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["nope"],
        ["count", "menu.abnf", "--profile", "nope"],
        ["sample", "menu.abnf", "-n", "-1"],
        ["sample", "menu.abnf", "-n", "many"],
        ["sample", "menu.abnf", "--all", "--cover"],
        ["convert", "menu.abnf"],
        ["convert", "menu.abnf", "--to", "docx"],
    ],
    ids=" ".join,
)
def test_bad_usage_is_exit_code_2(grammar, arguments, capsys):
    """argparse explains it."""
    with pytest.raises(SystemExit) as caught:
        grammar(*arguments)
    assert caught.value.code == 2
    assert "usage: sttprep grammar" in capsys.readouterr().err


def test_a_number_that_is_none_is_said_in_words(grammar, capsys):
    """Not with the name of a function."""
    with pytest.raises(SystemExit):
        grammar("sample", "menu.abnf", "-n", "many")
    assert "argument -n: 'many' is no whole number\n" in capsys.readouterr().err


def test_warnings_are_told_where_they_would_be_overlooked(grammar, files):
    """On standard error: standard output holds the answer alone."""
    (files / "warn.abnf").write_text(MENU + "$unused = x;\n", encoding="utf-8")
    code, out, err = grammar("count", "warn.abnf")
    assert (code, out) == (0, "16\n")
    assert err == "warn.abnf: 1 warning (see: sttprep grammar check warn.abnf)\n"


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_has_help(action, capsys):
    """A full sentence, and a word on every option."""
    with pytest.raises(SystemExit) as caught:
        main(["grammar", action, "--help"])
    assert caught.value.code == 0
    out = capsys.readouterr().out
    assert f"usage: sttprep grammar {action}" in out
    description = out.split("\n\n")[1]
    assert description[0].isupper()
    assert description.rstrip().endswith(".")


def test_every_option_has_help():
    """None is left to be guessed."""
    actions = parser()
    for name in ("grammar", None):
        [choices] = [a.choices for a in actions._actions if isinstance(a.choices, dict)]
        if name:
            actions = choices[name]
    assert tuple(choices) == ACTIONS
    for action, sub in choices.items():
        options = {option for a in sub._actions for option in a.option_strings}
        assert options >= {"--json", "--profile", "--format"}
        for a in sub._actions:
            assert a.help, (action, a.dest)


def test_all_actions_are_listed(capsys):
    """``sttprep grammar --help`` names them with one line each."""
    with pytest.raises(SystemExit):
        main(["grammar", "--help"])
    out = capsys.readouterr().out
    for action in ACTIONS:
        assert f"\n    {action} " in out


def test_help_loads_nothing_of_grammars():
    """The command line answers at once."""
    code = (
        "import sys\nfrom sttprep.cli import main\n"
        "try:\n    main(['grammar', 'check', '--help'])\nexcept SystemExit:\n    pass\n"
        "loaded = [n for n in sys.modules if n.startswith(('sttprep.grammars', 'lark'))]\n"
        "print(loaded)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")
