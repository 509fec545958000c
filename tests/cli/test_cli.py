"""The command line: JSON on standard output, exit codes, no tracebacks."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from sttprep import Instance
from sttprep.cli import main


def run(capsys, *arguments):
    """Exit code, standard output and standard error of one command."""
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def corpus(tmp_path):
    """A corpus file with a new word and a URL."""
    path = tmp_path / "orders.txt"
    path.write_text("two boxes of zorvadex\nsee www.example.com for $100 zorvadex\n")
    return path


def test_no_command_prints_help(capsys):
    """Exit code 2: nothing was asked for."""
    code, out, _ = run(capsys)
    assert code == 2
    assert "build" in out


def test_models_list(capsys):
    """All base models and what is missing."""
    code, out, _ = run(capsys, "models", "list")
    assert code == 0
    assert "en-US_BroadbandModel" in out
    assert "no local engine" in out
    code, out, _ = run(capsys, "models", "list", "--json")
    rows = {row["name"]: row for row in json.loads(out)}
    assert rows["en-US_BroadbandModel"]["missing"] == ""
    assert rows["en-US_BroadbandModel"]["phones"] == 42
    assert rows["fr-FR_BroadbandModel"]["missing"] == "no local engine"


def test_models_add(capsys, tmp_path, monkeypatch):
    """A registered model is listed; a bad one is refused with exit code 2."""
    from sttprep.data import stock_model

    monkeypatch.setenv("STTPREP_MODELS", str(tmp_path / "models.toml"))
    stock = stock_model()
    arguments = [
        "models", "add", "en-GB_Test", "--lexicon", stock.lexicon, "--language", "en-GB",
        "--language-model", stock.language_model, "--rate", "16000", "--acoustic-model",
    ]  # fmt: skip
    code, _, err = run(capsys, *arguments, tmp_path)
    assert code == 2
    assert "cannot be registered: missing files" in err
    code, out, _ = run(capsys, *arguments, stock.acoustic_model)
    assert code == 0
    assert out.startswith("en-GB_Test is registered as en-GB_Test.v")
    assert "en-GB_Test" in run(capsys, "models", "list")[1]


def test_corpus_oov(capsys, corpus):
    """Words the base vocabulary lacks with counts and contexts."""
    code, out, _ = run(capsys, "corpus", "oov", corpus, "--json")
    assert code == 0
    rows = {row["word"]: row for row in json.loads(out)["words"]}
    assert rows["zorvadex"]["count"] == 2
    assert rows["zorvadex"]["contexts"][0]["line"] == 1
    assert "zorvadex" in run(capsys, "corpus", "oov", corpus)[1]


def test_corpus_lint(capsys, corpus, tmp_path):
    """Findings give exit code 1, clean text 0."""
    code, out, _ = run(capsys, "corpus", "lint", corpus)
    assert code == 1
    assert "orders.txt:2:5" in out
    clean = tmp_path / "clean.txt"
    clean.write_text("two boxes please\n")
    assert run(capsys, "corpus", "lint", clean) == (0, "", "")


def test_corpus_parse(capsys, corpus):
    """The text as it will be learnt."""
    code, out, _ = run(capsys, "corpus", "parse", corpus)
    assert code == 0
    assert "one hundred dollars" in out


def test_words_check(capsys, tmp_path):
    """A digit in sounds-like is a finding with its line and a correct example."""
    path = tmp_path / "words.csv"
    path.write_text("word,sounds_like,display_as\nfine,fine,fine\nbad,75 dollars,bad\n")
    code, out, _ = run(capsys, "words", "check", path)
    assert code == 1
    assert "words.csv:3:" in out
    assert "You can try for example 'seventy five dollars'." in out
    path.write_text("word,sounds_like,display_as\nfine,fine,fine\n")
    assert run(capsys, "words", "check", path)[0] == 0


def test_words_pronounce(capsys):
    """Dictionary words and sounds-likes."""
    code, out, _ = run(capsys, "words", "pronounce", "lip", "N. C. double A.", "--json")
    assert code == 0
    found = json.loads(out)
    assert found["lip"][0] == {"phones": "L IH P", "origin": "dictionary", "score": 0.0}
    assert found["N. C. double A."][0]["phones"] == "EH N S IY D AH B AH L EY"


def test_score(capsys, tmp_path):
    """Error rates of two text files; numbers that differ are an input error."""
    references, hypotheses = tmp_path / "ref.txt", tmp_path / "hyp.txt"
    references.write_text("a b c d\ne f\n")
    hypotheses.write_text("a x c d\ne f\n")
    code, out, _ = run(capsys, "score", references, hypotheses, "--json")
    assert code == 0
    assert json.loads(out)["wer"] == pytest.approx(1 / 6)
    hypotheses.write_text("a x c d\n")
    code, out, err = run(capsys, "score", references, hypotheses, "--json")
    assert code == 2
    assert "has 2 lines" in json.loads(out)["error"]
    assert "has 1." in err


def test_transcribe(capsys, clip):
    """Text of one file; JSON has word times."""
    code, out, _ = run(capsys, "transcribe", clip(0), "--json")
    assert code == 0
    [transcript] = json.loads(out)
    assert transcript["text"]
    assert len(transcript["words"][0]) == 4
    code, out, _ = run(capsys, "transcribe", clip(0))
    assert out.strip() == transcript["text"]


def test_transcribe_with_a_grammar(capsys, sample, tmp_path):
    """A file, or a grammar of a custom model by its name; only its sentences are heard."""
    grammar = sample / "grammars" / "confirm.grxml"
    audio = sample / "answers" / "020-kal16-clean.flac"
    assert run(capsys, "transcribe", audio, "--grammar", grammar)[:2] == (
        0,
        "no that's not right\n",
    )
    with Instance.open(tmp_path / "store") as instance:
        model = instance.create_language_model("answers")
        model.add_grammar("confirm", grammar)
        model.train()
    options = ["--store", tmp_path / "store", "--custom", model.id]
    code, out, _ = run(capsys, "transcribe", audio, *options, "--grammar-name", "confirm")
    assert (code, out) == (0, "no that's not right\n")
    code, _, err = run(capsys, "transcribe", audio, *options, "--grammar-name", "dose")
    assert (code, "Available: confirm" in err) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["transcribe", "x.wav", "--grammar", "nowhere.abnf"],
        ["transcribe", "x.wav", "--grammar", "a.abnf", "--grammar-name", "b"],
        ["transcribe", "x.wav", "--grammar-name", "b"],
        ["build", "nowhere"],
        ["corpus", "oov", "nowhere.txt"],
        ["words", "check", "nowhere.csv"],
        ["transcribe", "nowhere.wav"],
        ["transcribe", "x.wav", "--custom", "id"],
        ["transcribe", "x.wav", "--base-model", "nope"],
        ["score", "nowhere", "nowhere"],
        ["lab", "nowhere"],
        ["new", "_"],
    ],
    ids=" ".join,
)
def test_bad_input_is_exit_code_2_and_no_traceback(arguments, capsys, tmp_path, monkeypatch):
    """One message on standard error that names the thing."""
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert out == ""
    assert err.startswith("sttprep: ")
    assert "Traceback" not in err


def test_unknown_options_are_exit_code_2(capsys):
    """argparse's own code for bad usage is ours."""
    with pytest.raises(SystemExit) as caught:
        main(["build", "--no-such-option"])
    assert caught.value.code == 2


def test_interrupt_is_a_sentence(capsys, monkeypatch, tmp_path):
    """Ctrl-C gives exit code 2 and says that nothing is half-written."""
    import sttprep.cli.lab

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(sttprep.cli.lab.subprocess, "call", interrupt)
    code, _, err = run(capsys, "lab", tmp_path)
    assert code == 2
    assert "Interrupted. Nothing is half-written" in err


def test_a_closed_pipe_is_no_error(corpus):
    """``sttprep … | head`` ends quietly."""
    corpus.write_text("two boxes please\n" * 50_000)
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(
        [sys.executable, "-m", "sttprep", "corpus", "parse", str(corpus)],
        stdout=write_end,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(write_end)
    assert (done.returncode, done.stderr) == (0, "")
