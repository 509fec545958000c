"""``sttprep corpus oov``: the listing, the review, the files."""

from __future__ import annotations

import csv
import json

import openpyxl
import pytest

from sttprep.cli import main

TEXT = "we take zorvadex at noon\nNIOSH asks for zorvadex\nzorvadexx helps\n" + 8 * "zorvadex\n"


def run(capsys, *arguments):
    """Exit code, standard output and standard error of one command."""
    code = main(["corpus", "oov", *(str(argument) for argument in arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def path(tmp_path):
    """A corpus with three unknown words, one of them a slip."""
    path = tmp_path / "visit.txt"
    path.write_text(TEXT)
    return path


def test_listing(capsys, path):
    """Count, word and first line, the most frequent first."""
    code, out, err = run(capsys, path)
    assert (code, err) == (0, "")
    assert out.splitlines()[0].split() == ["count", "word", "first", "context"]
    assert [line.split()[:2] for line in out.splitlines()[1:]] == [
        ["10", "zorvadex"], ["1", "NIOSH"], ["1", "zorvadexx"],
    ]  # fmt: skip


def test_a_word_of_ten_thousand_letters(capsys, tmp_path):
    """It does not widen the table; JSON has all of it."""
    path = tmp_path / "long.txt"
    path.write_text("x" * 10_000 + " zorvadex\n")
    _, out, _ = run(capsys, path)
    assert max(map(len, out.splitlines())) < 250
    _, out, _ = run(capsys, path, "--json")
    assert "x" * 10_000 in [row["word"] for row in json.loads(out)["words"]]


def test_json_of_the_listing(capsys, path):
    """Kind and corpora stand beside the old keys; totals count all words whatever --top says."""
    code, out, _ = run(capsys, path, "--json", "--top", 1, "--contexts", 1)
    document = json.loads(out)
    assert code == 0
    assert (document["total_words"], document["out_of_vocabulary_words"]) == (19, 3)
    assert document["rate"] == pytest.approx(12 / 19)
    [row] = document["words"]
    assert (row["word"], row["count"], row["kind"], row["sources"]) == (
        "zorvadex", 10, "word", ["visit"],
    )  # fmt: skip
    assert row["contexts"] == [
        {"text": "we take zorvadex at noon", "line": 1, "source": "visit", "file": str(path)}
    ]


def test_json_of_the_review(capsys, path):
    """All a linguist decides by."""
    code, out, _ = run(capsys, path, "--review", "--json")
    document = json.loads(out)
    rows = {row["word"]: row for row in document["words"]}
    assert code == 0
    assert document["out_of_vocabulary_words"] == len(rows) == 3
    assert rows["zorvadexx"]["typo_of"] == ["zorvadex"]
    assert rows["zorvadexx"]["action"] == "fix in corpus"
    assert rows["NIOSH"]["sounds_like"] == ["N. I. O. S. H.", "NIOSH"]
    assert len(rows["zorvadex"]["pronunciations"]) == 3
    assert {"risks", "neighbours", "confusability", "rank", "variants"} <= set(rows["zorvadex"])


def test_review_as_a_table(capsys, path):
    """What needs a look most comes first, and why."""
    code, out, _ = run(capsys, path, "--review", "--top", 1)
    assert code == 0
    [_, line] = out.splitlines()
    assert "zorvadexx" in line
    assert "fix in corpus" in line
    assert "Probably a typing error for 'zorvadex'" in line


@pytest.mark.parametrize("review", [(), ("--review",)])
def test_files(capsys, path, tmp_path, review):
    """The same words in each format."""
    for ending in (".csv", ".xlsx", ".json"):
        out_path = tmp_path / f"words{ending}"
        code, out, _ = run(capsys, path, *review, "--top", 2, "-o", out_path)
        assert (code, out) == (0, f"Written: {out_path} (2 words)\n")
    with open(tmp_path / "words.csv", encoding="utf-8-sig", newline="") as file:
        written = [row["word"] for row in csv.DictReader(file)]
    sheet = openpyxl.load_workbook(tmp_path / "words.xlsx").active
    document = json.loads((tmp_path / "words.json").read_text("utf-8"))
    assert written == [row["word"] for row in document["words"]]
    assert written == [cell.value for cell in sheet["A"]][1:]


def test_json_names_the_file_written(capsys, path, tmp_path):
    """One document on standard output even then."""
    _, out, _ = run(capsys, path, "--json", "-o", tmp_path / "words.csv")
    assert json.loads(out)["output"] == str(tmp_path / "words.csv")


def test_other_languages(capsys, tmp_path):
    """No English words are known in them; a list of words can be given."""
    path = tmp_path / "fr.txt"
    path.write_text("Le patient prend du Zorvadex\n", encoding="utf-8")
    code, out, err = run(capsys, path, "--language", "fr", "--json")
    assert code == 0
    assert "patient" in [row["word"] for row in json.loads(out)["words"]]
    assert "no base vocabulary of French" in err
    lexicon = tmp_path / "fr.dict"
    lexicon.write_text(";;; French\nle l @\nle(2) l\npatient p a\nprend\ndu\n", encoding="utf-8")
    arguments = (path, "--language", "fr", "--lexicon", lexicon, "--review", "--json")
    code, out, err = run(capsys, *arguments)
    assert (code, err) == (0, "")
    assert [row["word"] for row in json.loads(out)["words"]] == ["Zorvadex"]


def test_encoding(capsys, tmp_path):
    """What cannot be told from the bytes can be said."""
    path = tmp_path / "mixed.txt"
    path.write_bytes("café\n".encode() + "naïve\n".encode("latin-1"))
    code, _, err = run(capsys, path)
    assert code == 2
    assert "--encoding mixed" in err
    code, out, _ = run(capsys, path, "--encoding", "mixed")
    assert code == 0
    assert "naïve" in out


def test_no_unknown_words(capsys, tmp_path):
    """An empty list is an answer."""
    path = tmp_path / "plain.txt"
    path.write_text("we take it\n")
    _, out, _ = run(capsys, path, "--review", "--json")
    assert json.loads(out) == {
        "total_words": 3, "out_of_vocabulary_words": 0, "rate": 0.0, "words": [],
    }  # fmt: skip


def test_bad_output(capsys, path, tmp_path):
    """Another ending is refused before anything is read."""
    code, out, err = run(capsys, path, "-o", tmp_path / "words.pdf")
    assert (code, out) == (2, "")
    assert "words.csv" in err


@pytest.mark.parametrize("option", [("--top", "0"), ("--jobs", "0"), ("--contexts", "-1")])
def test_bad_numbers(capsys, path, option):
    """Usage errors are exit code 2 and say what is wanted."""
    with pytest.raises(SystemExit) as caught:
        run(capsys, path, *option)
    assert caught.value.code == 2
    assert f"argument {option[0]}: '{option[1]}'" in capsys.readouterr().err
