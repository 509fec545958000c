"""What the README shows is what happens."""

from __future__ import annotations

import doctest
import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def project_folder(tmp_path, monkeypatch):
    """A folder like the repository's, where examples may leave files."""
    shutil.copytree(ROOT / "sample_data" / "pharmacy", tmp_path / "sample_data" / "pharmacy")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("project_folder")
def test_the_sessions_give_what_they_show():
    """The examples, one after the other, output included."""
    session = "".join(re.findall(r"```pycon\n(.*?)```", README, re.S))
    test = doctest.DocTestParser().get_doctest(session, {}, "README", "README.md", 0)
    messages: list[str] = []
    result = doctest.DocTestRunner().run(test, out=messages.append)
    assert result.failed == 0, "".join(messages)


def test_the_doubtful_cases_hold():
    """Every assertion in the README."""
    [code] = re.findall(r"```python\n(.*?)```", README, re.S)
    assert code.count("assert") >= 6
    exec(compile(code, "README.md", "exec"), {})


def test_every_command_it_names_exists():
    """The table of commands and the parser agree."""
    from sttprep.cli import parser

    usage = parser().format_help()
    named = set(re.findall(r"`(?:sttprep )(\w+)", README))
    assert named
    for command in named:
        assert re.search(rf"^\s+{command}\b", usage, re.M), command


def test_every_link_to_a_file_leads_somewhere():
    """No dead link in the repository."""
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    for link in links:
        assert (ROOT / link).exists(), link
