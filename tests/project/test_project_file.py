"""Project files: every mistake at once, where it stands."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.errors import ProjectError
from sttprep.project import read_project
from sttprep.project.positions import positions

GOOD = """# a comment
name = "pharmacy"
corpora = ["orders.txt"]  # texts
words = "words.csv"
customization_weight = 0.5
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with the files the good project names."""
    (tmp_path / "orders.txt").write_text("a sentence\n")
    (tmp_path / "words.csv").write_text("word,sounds_like,display_as\n")
    return tmp_path


def problems(folder, text):
    """``(line, column, code)`` of every problem, and the whole message."""
    (folder / "project.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        read_project(folder / "project.toml")
    return [(p.line, p.column, p.code) for p in caught.value.problems], str(caught.value)


def test_a_good_file(folder):
    """Paths are relative to the file, defaults are filled in; the folder alone is enough."""
    (folder / "project.toml").write_text(GOOD)
    project = read_project(folder)
    assert project.name == "pharmacy"
    assert project.corpora == (folder / "orders.txt",)
    assert project.words == folder / "words.csv"
    assert project.base_model == "en-US_BroadbandModel"
    assert project.customization_weight == 0.5
    assert project.test_set is None


@pytest.mark.parametrize(
    ("old", "new", "expected", "words"),
    [
        ("name =", "nam =", [(2, 1, "unknown-key"), (1, 1, "missing-name")], "mean 'name'?"),
        ('"orders.txt"', '"order.txt"', [(3, 12, "missing-file")], "mean 'orders.txt'?"),
        ('"orders.txt"', '"x/a.txt"', [(3, 12, "missing-file")], "does not exist"),
        ('["orders.txt"]', '"orders.txt"', [(3, 11, "wrong-type")], 'corpora = ["corpora/'),
        ('"orders.txt"', '"orders.txt", "."', [(3, 26, "not-a-file")], "is a folder"),
        ('"orders.txt"', '"orders.txt", "orders.txt"', [(3, 26, "duplicate-file")], "twice"),
        ("0.5", "1.5", [(5, 24, "wrong-type")], "0.0 to 1.0"),
        ("0.5", "true", [(5, 24, "wrong-type")], "0.0 to 1.0"),
        ("0.5", '"0.5"', [(5, 24, "wrong-type")], "0.0 to 1.0"),
        ('"pharmacy"', '""', [(2, 8, "wrong-type")], "a text in quotes"),
        ('"pharmacy"', '"a/b"', [(2, 8, "model-name")], "without"),
        ('"pharmacy"', "pharmacy", [(2, 8, "toml-syntax")], "Texts stand in quotes"),
        ('"pharmacy"', '"p"\nbase_model = "x"', [(3, 14, "unknown-base-model")], "Available: en"),
        ('"pharmacy"', '"p"\nbase_model = "ja-JP_BroadbandModel"', [(3, 14, "no-engine")], "add"),
    ],
)
def test_each_mistake_has_its_place_and_mend(folder, old, new, expected, words):
    """Line and column of the very value, and what to write instead."""
    found, text = problems(folder, GOOD.replace(old, new))
    assert sorted(found) == sorted(expected)
    assert words in text


def test_a_key_given_twice(folder):
    """TOML forbids it; the line is named."""
    found, text = problems(folder, GOOD.replace('"pharmacy"', '"p"\nname = "q"'))
    assert [(line, code) for line, _, code in found] == [(3, "toml-syntax")]
    assert "not valid TOML" in text


def test_all_mistakes_come_at_once(folder):
    """In the order of the file."""
    text = 'name = ""\nwords = "word.csv"\ncorpus = []\ncustomization_weight = 2\n'
    found, _ = problems(folder, text)
    assert [code for _, _, code in found] == [
        "wrong-type", "missing-file", "unknown-key", "wrong-type",
    ]  # fmt: skip


def test_nothing_to_learn(folder):
    """A project without corpora and words is refused."""
    found, text = problems(folder, 'name = "x"\n')
    assert [code for _, _, code in found] == ["nothing-to-learn"]
    assert 'words = "words.csv"' in text


def test_a_missing_project_file(tmp_path):
    """The message says how to make one."""
    with pytest.raises(ProjectError, match="there is no such project file. .* sttprep new"):
        read_project(tmp_path / "nothing")


def test_a_project_file_that_is_no_text(tmp_path):
    """Latin-1 is named by its byte."""
    (tmp_path / "project.toml").write_bytes(b'name = "caf\xe9"\n')
    with pytest.raises(ProjectError, match=r"not UTF-8 \(byte 11\)"):
        read_project(tmp_path)


keys = st.text("abcXYZ019_-", min_size=1, max_size=8)
scalars = st.one_of(
    st.integers(-1000, 1000).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(
        ["true", "false", "1979-05-27", "07:32:00", "inf", "0xff", "1979-05-27 07:32:00"]
    ),
    st.text("ab \\,]}#='é", max_size=8).map(lambda s: '"' + s.replace("\\", "\\\\") + '"'),
    st.text('ab ,]}#="é', max_size=8).map(lambda s: f"'{s}'"),
    st.text("ab\n,]#='", max_size=8).map(lambda s: '"""' + s + '"""'),
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3).map(lambda v: "[ " + ",\n ".join(v) + "]")
)


@given(st.dictionaries(keys, values, max_size=5), st.sampled_from(["", " # note = 1, [x]"]))
def test_the_places_are_those_of_the_values(pairs, comment):
    """For any TOML: the text at a key's place is the key, at its value's place the value."""
    text = "".join(f"{key} = {value}{comment}\n" for key, value in pairs.items())
    parsed = tomllib.loads(text)
    places = positions(text)
    for key, value in pairs.items():
        span = places[(key,)]
        assert text[span.start : span.end] == key
        span = places[(key, "=")]
        assert text[span.start : span.end] == value
        if isinstance(parsed[key], list):
            for index, element in enumerate(parsed[key]):
                span = places[(key, index)]
                assert tomllib.loads(f"x = {text[span.start : span.end]}")["x"] == element


def test_text_the_grammar_does_not_cover_gives_no_places():
    """Never an error."""
    assert positions("= = =") == {}
