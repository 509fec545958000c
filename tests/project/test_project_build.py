"""A build: everything checked first, nothing done twice, nothing half-done."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sttprep import Instance
from sttprep.errors import ProjectError
from sttprep.project.build import build

PROJECT = """name = "tiny"
corpora = ["orders.txt"]
words = "words.csv"
audio = ["test.csv"]
grammars = ["dose.abnf"]
test_set = "test.csv"
"""


@pytest.fixture
def project(tmp_path, sample):
    """Three recordings of the sample, a few sentences of its corpus and its words."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    rows = (sample / "test" / "manifest.csv").read_text(encoding="utf-8").splitlines()
    chosen = [row for row in rows[1:] if "clean" in row][:3]
    for row in chosen:
        name = row.split(",")[0]
        shutil.copy(sample / "test" / name, folder / name)
    (folder / "test.csv").write_text("\n".join([rows[0], *chosen]) + "\n", encoding="utf-8")
    corpus = (sample / "corpora" / "orders.txt").read_text(encoding="utf-8").splitlines()
    (folder / "orders.txt").write_text("\n".join(corpus[:400]) + "\n", encoding="utf-8")
    shutil.copy(sample / "words.csv", folder / "words.csv")
    shutil.copy(sample / "grammars" / "dose.abnf", folder / "dose.abnf")
    (folder / "project.toml").write_text(PROJECT, encoding="utf-8")
    return folder


def command(*arguments, **options):
    """The command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "sttprep", *map(str, arguments)],
        capture_output=True,
        text=True,
        **options,
    )


class Page(HTMLParser):
    """Collects what an HTML page refers to."""

    def __init__(self):
        super().__init__()
        self.references = []
        self.text = []

    def handle_starttag(self, tag, attrs):
        """Collect references; a script has no place in a report."""
        self.references += [v for k, v in attrs if k in ("src", "href", "data") and v]
        assert tag != "script"

    def handle_data(self, data):
        """Collect text."""
        self.text.append(data)


def test_a_build_from_files_to_report(project):
    """JSON on standard output, progress elsewhere; the page stands alone; a second run is quick."""
    done = command("build", project, "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert 0 <= result["custom_wer"] < result["base_wer"] <= 2
    assert result["words"] > 2000
    assert result["oov_words"] > 20
    assert result["not_used_yet"] == ["3 files of adaptation audio (checked to decode)"]
    assert result["grammars"] == [{"name": "dose", "sentences": 17_928_960, "in_test_set": 0}]
    assert Path(result["report"]) == project / "build" / "report.html"
    page = Page()
    page.feed(Path(result["report"]).read_text(encoding="utf-8"))
    assert all(ref.startswith(("data:", "#")) for ref in page.references)
    text = " ".join(page.text)
    assert "tiny: base against custom model" in text
    assert "Words learnt" in text
    assert "dose: 17,928,960 sentences, 0 of the test set" in text

    before = {p: p.stat().st_mtime_ns for p in (project / "build" / "trained").rglob("*")}
    again = json.loads(command("build", project, "--json").stdout)
    for key in ("base_wer", "custom_wer", "words", "oov_words", "customization_id"):
        assert again[key] == result[key]
    assert {p: p.stat().st_mtime_ns for p in (project / "build" / "trained").rglob("*")} == before


def test_only_what_changed_is_done_again(project):
    """A new weight retrains nothing; a new word trains; a removed corpus is forgotten."""
    first = build(project, bars=False)
    text = (project / "project.toml").read_text()
    (project / "project.toml").write_text(text + "customization_weight = 0.8\n")
    second = build(project, bars=False)
    assert second.training.key == first.training.key
    assert second.base.to_json() == first.base.to_json()
    with Instance.open(project / "build") as instance:
        assert instance.language_model(first.customization_id).info.customization_weight == 0.8
    with (project / "words.csv").open("a") as file:
        file.write("quelipride,quell uh pride,quelipride\n")
    third = build(project, bars=False)
    assert third.training.key != first.training.key
    assert "quelipride" in {row.spoken for row in third.training.words}
    (project / "project.toml").write_text(text.replace("orders.txt", "few.txt"))
    (project / "few.txt").write_text("I need my quelipride refill\n")
    fourth = build(project, bars=False)
    assert fourth.training.sentences == 1
    assert fourth.customization_id == first.customization_id


def test_two_builds_are_equal(project, tmp_path):
    """Two stores, the same result and the same bytes of training and report."""
    results = [build(project, tmp_path / name, bars=False, clock=lambda: 0.0) for name in "ab"]
    first, second = ({**r.to_json(), "report": "", "customization_id": ""} for r in results)
    assert first == second
    trained = [
        {p.name: p.read_bytes() for p in r.training.folder.iterdir()} for r in results
    ]  # fmt: skip
    assert trained[0] == trained[1]
    assert results[0].report.read_bytes() == results[1].report.read_bytes()


def spoil_corpus(project):
    """An empty corpus."""
    (project / "orders.txt").write_text("\n \n")


def spoil_corpus_binary(project):
    """A recording as corpus."""
    shutil.copy(next(project.glob("*.flac")), project / "orders.txt")


def spoil_audio_missing(project):
    """A recording that is gone."""
    next(project.glob("*.flac")).unlink()


def spoil_audio_content(project):
    """A recording that is none."""
    next(project.glob("*.flac")).write_text("this is no audio")


def spoil_words(project):
    """Digits in a sounds-like."""
    with (project / "words.csv").open("a") as file:
        file.write("bad,75 dollars,bad\n")


def spoil_manifest(project):
    """A recording without a text."""
    with (project / "test.csv").open("a") as file:
        file.write("x.flac\n")


def spoil_corpus_name(project):
    """A corpus whose name the service keeps for itself."""
    (project / "orders.txt").rename(project / "user.txt")
    text = (project / "project.toml").read_text()
    (project / "project.toml").write_text(text.replace("orders.txt", "user.txt"))


def spoil_grammar(project):
    """A grammar with an unclosed group and an undefined rule."""
    path = project / "dose.abnf"
    path.write_text(path.read_text().replace("[$lead]", "($lead", 1) + "$last = $gone;\n")


def spoil_grammar_name(project):
    """A grammar with the name of a corpus."""
    (project / "dose.abnf").rename(project / "orders.abnf")
    text = (project / "project.toml").read_text()
    (project / "project.toml").write_text(text.replace("dose.abnf", "orders.abnf"))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (spoil_corpus, "orders.txt"),
        (spoil_corpus_binary, "orders.txt"),
        (spoil_corpus_name, "The name 'user' is reserved."),
        (spoil_audio_missing, ".flac"),
        (spoil_audio_content, ".flac: this cannot be decoded as audio"),
        (spoil_words, "words.csv:"),
        (spoil_words, "You can try for example 'seventy five dollars'."),
        (spoil_manifest, "audio and text do not match in number"),
        (spoil_grammar, "dose.abnf:10:16: error"),
        (spoil_grammar, "rule $gone is used but not defined"),
        (spoil_grammar_name, "has a corpus or grammar 'orders' already"),
    ],
)
def test_bad_input_changes_nothing(project, spoil, words):
    """Exit code 2, the file and the mend named, no traceback, no store."""
    spoil(project)
    done = command("build", project)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not (project / "build").exists()


def test_all_problems_come_at_once(project):
    """Those of different files in one message."""
    for spoil in (spoil_corpus, spoil_words, spoil_grammar, spoil_audio_content):
        spoil(project)
    with pytest.raises(ProjectError) as caught:
        build(project, bars=False)
    names = {os.path.basename(problem.name) for problem in caught.value.problems}
    assert {"orders.txt", "words.csv", "dose.abnf", "test.csv"} <= names


def test_test_sentences_in_the_corpus_are_told(project):
    """A warning, not an error: the error rate flatters."""
    line = (project / "test.csv").read_text().splitlines()[1]
    with (project / "orders.txt").open("a") as file:
        file.write(line.split(",")[1] + "\n")
    result = build(project, bars=False)
    assert [p.code for p in result.warnings] == ["test-in-corpus"]
    assert "1 of 3 test sentences" in result.warnings[0].message


def test_a_store_that_cannot_be_written(project):
    """A file in its place: exit code 2 and another way named."""
    (project / "build").write_text("in the way")
    done = command("build", project)
    assert done.returncode == 2
    assert "cannot be used" in done.stderr
    assert "--store DIR" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_in_the_middle(project):
    """Exit code 2, one sentence, nothing half-written; the next run finishes."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sttprep", "build", str(project)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    for line in process.stderr:
        if "evaluate the base" in line:
            break
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 2
    assert out == ""
    assert "Traceback" not in err
    assert "Interrupted. Nothing is half-written" in err
    assert not [p for p in (project / "build").rglob("*") if re.match(r"\.new-|tmp", p.name)]
    assert not (project / "build" / "report.html").exists()
    done = command("build", project, "--json")
    assert json.loads(done.stdout)["custom_wer"] is not None
