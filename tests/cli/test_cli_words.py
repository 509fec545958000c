"""``sttprep words``: findings, merges, differences and sound on the command line."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import wave
from dataclasses import dataclass

import numpy as np
import pytest

import sttprep.notebook.voice
from sttprep.cli import main
from sttprep.errors import MissingProgramError, NotFoundError
from sttprep.words import Word, WordList

_BASE = WordList([Word("IEEE", ["I. triple E."]), Word("NCAA", ["N. C. A. A."]), Word("old")])
_OURS = WordList([Word("IEEE", ["I. triple E."], "IEEE®"), Word("NCAA", ["N. C. A. A."], "N")])
_THEIRS = WordList([
    Word("IEEE", ["I. triple E.", "I. E. E. E."]), Word("NCAA", ["N. C. A. A."], "NCAA™"),
    Word("old"), Word("hhonors", ["H. honors"]),
])  # fmt: skip


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """Run a command in an empty folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        code = main(["words", *map(str, arguments)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def lists(tmp_path):
    """Three files of three kinds."""
    _BASE.write(tmp_path / "base.csv")
    _OURS.write(tmp_path / "ours.xlsx")
    _THEIRS.write(tmp_path / "theirs.json")
    return "base.csv", "ours.xlsx", "theirs.json"


def test_check_names_cells_of_workbooks(run, tmp_path):
    """The finding stands at file, sheet and cell."""
    WordList([Word("cash", ["75 dollars"])]).write(tmp_path / "w.xlsx")
    code, out, err = run("check", "w.xlsx")
    assert (code, err) == (1, "")
    assert out.startswith("w.xlsx:words!B2: error: 'cash': Numbers are not allowed")
    code, out, _ = run("check", "w.xlsx", "--json")
    assert [problem["code"] for problem in json.loads(out)] == ["sounds-like-number"]


def test_check_judges_what_it_can_read(run, tmp_path):
    """A file that cannot be read is bad input; the findings of the others are printed."""
    (tmp_path / "w.csv").write_text("word,sounds_like\nx,75\n")
    code, out, err = run("check", "w.csv", "nowhere.csv", "--json")
    assert code == 2
    assert [p["code"] for p in json.loads(out)] == ["sounds-like-number", "words-file"]
    assert err == (
        "sttprep: nowhere.csv: The file cannot be read: No such file or directory. "
        "Check the path.\n"
    )
    code, out, err = run("check", "nowhere.csv", "never.xlsx", "--json")
    assert code == 2
    assert json.loads(out)["error"].count("\n") == 1


def test_merge_with_conflicts(run, lists, tmp_path):
    """Conflicts are printed with both versions, our version is written, the code is 1."""
    code, out, err = run("merge", *lists, "-o", "out.csv")
    assert code == 1
    assert out == (
        "3 words, 1 conflict. The list keeps our version where the two disagree.\n"
        "! NCAA: display_as\n"
        "    base:   none\n"
        "    ours:   N\n"
        "    theirs: NCAA™\n"
        "Written: out.csv\n"
    )
    assert "--prefer" in err
    assert WordList.read(tmp_path / "out.csv") == WordList([
        Word("IEEE", ["I. triple E.", "I. E. E. E."], "IEEE®"),
        Word("NCAA", ["N. C. A. A."], "N"),
        Word("hhonors", ["H. honors"]),
    ])  # fmt: skip
    code, out, _ = run("merge", *lists, "-o", "out.csv", "--json")
    assert code == 1
    found = json.loads(out)
    assert found["output"] == "out.csv"
    assert [(c["word"], c["theirs"]["display_as"]) for c in found["conflicts"]] == [
        ("NCAA", "NCAA™")
    ]


def test_merge_decided(run, lists, tmp_path):
    """With --prefer nothing is left to decide, and what was decided is said."""
    code, out, err = run("merge", *lists, "-o", "base.csv", "--prefer", "theirs")
    assert (code, err) == (0, "")
    assert out.startswith("3 words, 0 conflicts. 1 conflict decided.\n! NCAA: display_as\n")
    assert WordList.read(tmp_path / "base.csv")["NCAA"].display_as == "NCAA™"


def test_merge_says_what_a_workbook_hides(run, lists, tmp_path):
    """Doubts about a file go to standard error: nothing is dropped silently."""
    import openpyxl

    book = openpyxl.load_workbook(tmp_path / "ours.xlsx")
    book.create_sheet("Notes").append(["ask Ann"])
    book.save(tmp_path / "ours.xlsx")
    code, _, err = run("merge", "base.csv", "ours.xlsx", "base.csv", "-o", "out.json")
    assert code == 0
    assert "ours.xlsx:Notes!A1: warning: The sheet 'Notes' is not read" in err


def test_diff(run, lists):
    """One line a difference, exit code 1; none, exit code 0."""
    code, out, err = run("diff", "base.csv", "theirs.json")
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        "~ IEEE: sounds_like: I. triple E. → I. triple E. | I. E. E. E.",
        "~ NCAA: display_as: none → NCAA™",
        "+ hhonors: H. honors",
    ]
    code, out, _ = run("diff", "base.csv", "theirs.json", "--json")
    assert code == 1
    assert [word["word"] for word in json.loads(out)["added"]] == ["hhonors"]
    assert run("diff", "base.csv", "base.csv") == (0, "No differences.\n", "")


@dataclass
class _Speech:
    """What the synthesis returns."""

    samples: np.ndarray
    rate: int
    voice: str

    def wav(self):
        buffer = io.BytesIO()
        with wave.open(buffer, "wb") as file:
            file.setparams((1, 2, self.rate, 0, "NONE", ""))
            file.writeframes((self.samples * 32767).astype("<i2").tobytes())
        return buffer.getvalue()


@pytest.fixture
def voice(monkeypatch):
    """A synthesis that needs no program; the calls it got."""
    calls = []

    def speak(text, *, phones=None, voice=None):
        calls.append((text, voice))
        return _Speech(np.full(1000, 0.5, "float32"), 8000, voice or "flite:slt")

    monkeypatch.setattr(sttprep.notebook.voice, "speak", speak)
    return calls


@pytest.fixture
def programs(monkeypatch, tmp_path):
    """A search path with only the programs a test makes."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def make(name, *lines):
        path = folder / name
        path.write_text("\n".join([f"#!{sys.executable}", "import sys", *lines, ""]))
        path.chmod(0o755)

    return make


def test_say_writes_a_file(run, voice, tmp_path):
    """Several texts stand in one file, with pauses between them."""
    code, out, err = run("say", "IEEE", "I. triple E.", "-o", "x.wav", "--voice", "flite:rms")
    assert (code, out, err) == (0, "Written: x.wav (0.7 s, flite:rms)\n", "")
    assert voice == [("IEEE", "flite:rms"), ("I. triple E.", "flite:rms")]
    with wave.open(str(tmp_path / "x.wav")) as file:
        assert (file.getframerate(), file.getnframes()) == (8000, 1000 + 3200 + 1000)
        samples = np.frombuffer(file.readframes(5200), "<i2")
    assert samples[999] == samples[4200] > 0
    assert not samples[1000:4200].any()
    code, out, _ = run("say", "IEEE", "-o", "x.wav", "--json")
    assert json.loads(out) == {
        "texts": ["IEEE"], "voice": "flite:slt", "rate": 8000, "seconds": 0.125,
        "output": "x.wav", "player": None,
    }  # fmt: skip


def test_say_plays(run, voice, programs, tmp_path):
    """The first player that works gets a WAV file; nothing else is printed."""
    programs("aplay", "sys.exit('no sound card')")
    programs("play", f"import shutil; shutil.copy(sys.argv[-1], {str(tmp_path / 'heard')!r})")
    code, out, _ = run("say", "IEEE", "--json")
    assert code == 0
    assert json.loads(out)["player"] == "play"
    with wave.open(str(tmp_path / "heard")) as file:
        assert file.getnframes() == 1000
    assert run("say", "IEEE") == (0, "", "")


def test_say_without_a_player(run, voice, programs):
    """What is missing is said before anything is synthesized, with the line that needs nothing."""
    code, out, err = run("say", "I. triple E.")
    assert (code, out, voice) == (2, "", [])
    assert err == (
        "sttprep: No program that plays sound is installed (aplay, paplay, play, ffplay, afplay). "
        "Install one, for instance with: apt-get install alsa-utils. Or write a file: "
        "sttprep words say 'I. triple E.' -o i-triple-e.wav\n"
    )


def test_say_without_a_sound_card(run, voice, programs):
    """Players that fail are named with their last line."""
    programs("aplay", "sys.exit('audio open error')")
    programs("play", "sys.exit(3)")
    code, _, err = run("say", "IEEE")
    assert code == 2
    assert "cannot be played here (aplay: audio open error; play: exit code 3)." in err
    assert err.endswith("Write a file instead: sttprep words say IEEE -o ieee.wav\n")


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (MissingProgramError("Neither.", hint="apt-get install flite"), "apt-get install flite"),
        (NotFoundError("voice", "x", ["flite:slt"]), "There is no voice 'x'."),
    ],
)
def test_say_passes_on_what_the_synthesis_says(run, monkeypatch, error, message):
    """No program, no such voice: one message, exit code 2."""

    def speak(*_, **__):
        raise error

    monkeypatch.setattr(sttprep.notebook.voice, "speak", speak)
    code, out, err = run("say", "IEEE", "-o", "x.wav", "--voice", "x")
    assert (code, out) == (2, "")
    assert message in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["say", "IEEE", "-o", "x.mp3"],
        ["say", "IEEE", "-o", "nowhere/x.wav"],
        ["merge", "base.csv", "nowhere.csv", "base.csv", "-o", "out.csv"],
        ["merge", "base.csv", "base.csv", "base.csv", "-o", "out.doc"],
        ["merge", "base.csv", "base.csv", "base.csv", "-o", "nowhere/out.csv"],
        ["diff", "base.csv", "bad.csv"],
        ["diff", "base.csv", "old.xls"],
        ["check", "base.csv", "--language", "english"],
        ["pronounce", "IEEE", "-n", "0"],
    ],
    ids=" ".join,
)
def test_bad_input(arguments, run, lists, voice, tmp_path):
    """Exit code 2, one message, with --json as a document; no file is left."""
    (tmp_path / "bad.csv").write_text("wrd\nx\n")
    before = sorted(tmp_path.iterdir())
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("sttprep: ")
    code, out, _ = run(*arguments, "--json")
    assert code == 2
    assert json.loads(out)["error"]
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("action", ["check", "merge", "diff", "say", "pronounce"])
def test_usage(action, capsys):
    """Without arguments a command says what it wants."""
    with pytest.raises(SystemExit) as caught:
        main(["words", action])
    assert caught.value.code == 2
    assert "required" in capsys.readouterr().err


def test_a_real_voice(tmp_path):
    """The installed program itself, from the outside; without one the hint says what to install."""
    done = subprocess.run(
        [sys.executable, "-m", "sttprep", "words", "say", "N. C. A. A.", "-o", "x.wav", "--json"],
        cwd=tmp_path, capture_output=True, text=True, env={**os.environ},
    )  # fmt: skip
    if sttprep.notebook.voice.voices():
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["seconds"] > 0.5
        with wave.open(str(tmp_path / "x.wav")) as file:
            assert file.getnchannels() == 1
    else:
        assert done.returncode == 2
        assert "apt-get install" in done.stderr
