"""A new project builds at once, and its notebook is a regression test."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sttprep.errors import ConflictError, InputError, StoreError
from sttprep.project import read_project
from sttprep.project.build import build
from sttprep.project.new import new_project


def test_the_files_of_a_new_project(tmp_path):
    """Everything the brief of a project names."""
    made = {str(path) for path in new_project(tmp_path / "pharmacy")}
    assert made == {
        ".github/workflows/notebooks.yml",
        ".gitignore",
        "README.md",
        "ci.sh",
        "corpora/example.txt",
        "notebooks/01_start.ipynb",
        "notebooks/nbval_sanitize.cfg",
        "project.toml",
        "test/manifest.csv",
        "words.csv",
    }
    assert read_project(tmp_path / "pharmacy").name == "pharmacy"


def test_a_new_project_builds(tmp_path):
    """Without a test set it is trained and says what is missing to judge it."""
    new_project(tmp_path / "pharmacy")
    result = build(tmp_path / "pharmacy", bars=False)
    assert {row.spoken for row in result.training.words} == {"metformin", "otc"}
    assert result.base is None
    assert "Add a test_set" in str(result)
    assert result.to_json()["custom_wer"] is None


def test_its_ci_recipe_passes_and_notices_a_change(tmp_path):
    """The starter notebook is green under nbval, and red when the data change."""
    folder = tmp_path / "pharmacy"
    new_project(folder)
    environment = {"PATH": f"{sys.exec_prefix}/bin:/usr/bin:/bin"}
    recipe = ["sh", str(folder / "ci.sh")]
    done = subprocess.run(recipe, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    with (folder / "corpora" / "example.txt").open("a") as file:
        file.write("a box of quelipride\n")
    done = subprocess.run(recipe, capture_output=True, text=True, env=environment)
    assert done.returncode == 1, done.stdout + done.stderr


def test_an_existing_folder_is_left_alone(tmp_path):
    """Nothing is overwritten; an empty folder is used."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "mine.txt").write_text("x")
    with pytest.raises(ConflictError, match="exists already and is not empty"):
        new_project(tmp_path / "a")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["mine.txt"]
    (tmp_path / "b").mkdir()
    assert new_project(tmp_path / "b")


@pytest.mark.parametrize("name", ["_", ".hidden", "a$b"])
def test_names_that_cannot_be(tmp_path, name):
    """The rule and an example."""
    with pytest.raises(InputError, match="sttprep new pharmacy"):
        new_project(tmp_path / name)


def test_a_folder_that_cannot_be_made(tmp_path):
    """A file in the way is named."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be written"):
        new_project(tmp_path / "file" / "project")
