"""``sttprep corpus lint``: findings, fixes, diffs."""

from __future__ import annotations

import io
import json
import sys

import pytest

from sttprep.cli import main


def run(capsys, *arguments):
    """Exit code, standard output and standard error of one command."""
    code = main(["corpus", "lint", *(str(argument) for argument in arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def path(tmp_path):
    """A corpus with two sentences on a line and mark-up, its lines ending in CR LF."""
    path = tmp_path / "visit.txt"
    path.write_bytes(b"Take <b>it</b>. Rest.\r\nSleep well.\r\n")
    return path


def test_diff_prints_the_diff_only(capsys, path):
    """Exit code 1 says that there is something to change; the file stays as it is."""
    before = path.read_bytes()
    code, out, err = run(capsys, path, "--diff")
    assert (code, err) == (1, "")
    assert out.startswith(f"--- {path}\n+++ {path} (fixed)\n")
    assert "+Take it.\r\n+Rest.\r\n" in out
    assert path.read_bytes() == before


def test_fix_writes_the_file(capsys, path):
    """What was changed is told on standard error; a second time there is nothing to do."""
    code, out, err = run(capsys, path, "--fix")
    assert (code, out) == (0, "")
    assert err == f"{path}: 3 fixes: markup (2), several-sentences-on-a-line (1)\n"
    assert path.read_bytes() == b"Take it.\r\nRest.\r\nSleep well.\r\n"
    assert run(capsys, path, "--fix") == (0, "", "")
    assert run(capsys, path, "--diff") == (0, "", "")
    assert run(capsys, path) == (0, "", "")


def test_only_some_kinds(capsys, path):
    """``--only`` chooses findings and fixes by code."""
    code, out, _ = run(capsys, path, "--only", "markup", "--json")
    assert code == 1
    findings = json.loads(out)
    assert [finding["code"] for finding in findings] == ["markup", "markup"]
    assert findings[0]["fix"] == {
        "span": {"start": 5, "end": 8},
        "text": "",
        "title": "Delete the tag",
    }
    run(capsys, path, "--only", "markup", "--fix")
    assert path.read_bytes() == b"Take it. Rest.\r\nSleep well.\r\n"


def test_json_of_changes(capsys, path):
    """One document with the diff, or with the number of fixes of each kind."""
    code, out, _ = run(capsys, path, "--diff", "--json")
    assert code == 1
    assert json.loads(out)[0]["diff"].startswith("---")
    code, out, _ = run(capsys, path, "--fix", "--json")
    assert code == 0
    assert json.loads(out) == [
        {"file": str(path), "fixes": {"markup": 2, "several-sentences-on-a-line": 1}}
    ]


def test_standard_input_is_fixed_to_standard_output(capsys, monkeypatch):
    """``-`` reads standard input; the fixed text is printed."""
    stdin = io.TextIOWrapper(io.BytesIO(b"Take it. Rest.\n"))
    monkeypatch.setattr(sys, "stdin", stdin)
    code, out, err = run(capsys, "-", "--fix")
    assert (code, out) == (0, "Take it.\nRest.\n")
    assert "standard input: 1 fix: several" in err


def test_all_files_of_a_folder(capsys, path):
    """Each file is fixed by itself."""
    other = path.parent / "more.txt"
    other.write_text("Go. Now.\n")
    assert run(capsys, path.parent, "--fix")[0] == 0
    assert other.read_text() == "Go.\nNow.\n"
    assert path.read_bytes().startswith(b"Take it.\r\n")


def test_near_duplicates_can_be_left_out(capsys, tmp_path):
    """They are notes: exit code 0."""
    path = tmp_path / "a.txt"
    path.write_text(
        "we take it with a glass of water at noon\nwe take it with a glass of cold water at noon\n"
    )
    code, out, _ = run(capsys, path)
    assert code == 0
    assert "almost the same as line 1: added 'cold'" in out
    assert run(capsys, path, "--no-near-duplicates") == (0, "", "")


def test_bad_input_is_exit_code_2(capsys, tmp_path):
    """A file that is not there is one sentence."""
    code, out, err = run(capsys, tmp_path / "nowhere.txt", "--fix")
    assert (code, out) == (2, "")
    assert err.startswith("sttprep: There is no file")


def test_kinds_of_findings_that_there_are_not(capsys, path):
    """A mistyped kind is told with the nearest one, before any file is read."""
    code, out, err = run(capsys, "--only", "mark-up", path.with_name("missing.txt"))
    assert (code, out) == (2, "")
    assert err == "sttprep: 'mark-up' is no kind of finding. Did you mean markup?\n"
    with pytest.raises(SystemExit):
        run(capsys, "--help")
    assert "  duplicate-line               a line that stands there already\n" in (
        capsys.readouterr().out
    )
