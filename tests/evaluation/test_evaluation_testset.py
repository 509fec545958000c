"""Test sets and their manifests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.errors import NotFoundError, TestSetError
from sttprep.evaluation import TestItem, TestSet
from sttprep.evaluation.manifest import _Reader
from sttprep.source import Source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three recordings (empty files: nothing decodes them here)."""
    (tmp_path / "clips").mkdir()
    for name in ("one.wav", "two.wav", "clips/three.flac"):
        (tmp_path / name).touch()
    return tmp_path


def write(folder: Path, text: str | bytes) -> Path:
    """A manifest with this content."""
    path = folder / "manifest.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


GOOD = [
    ("plain", b"audio,text\none.wav,yes please\n"),
    ("byte-order mark and CRLF", b"\xef\xbb\xbfaudio,text\r\none.wav,yes please\r\n"),
    ("UTF-16", "audio,text\none.wav,yes please\n".encode("utf-16")),
    ("semicolons", b"audio;text\none.wav;yes please\n"),
    ("tabs", b"audio\ttext\none.wav\tyes please\n"),
    ("other order, capitals, blanks", b"Text , Audio\nyes please, one.wav\n"),
    ("quotes", b'audio,text\n"one.wav","yes please"\n'),
    ("old Mac line ends", b"audio,text\rone.wav,yes please\r"),
    ("empty lines and padded rows", b"\naudio,text,,\n\none.wav,yes please,,\n,,,\n"),
    ("no last line end", b"audio,text\none.wav,yes please"),
]


@pytest.mark.parametrize("content", [case[1] for case in GOOD], ids=[case[0] for case in GOOD])
def test_manifests_of_all_kinds(folder: Path, content: bytes) -> None:
    """Spreadsheets write many dialects; all of these are the same test set."""
    items = TestSet.read(write(folder, content)).items
    assert items == (TestItem(folder / "one.wav", "yes please"),)


def test_further_columns_are_labels(folder: Path) -> None:
    """Everything but audio and text is a label; quoted texts keep commas, quotes and lines."""
    text = 'audio,speaker,text,split\nclips/three.flac,anna,"a, ""b""\nc",test\n'
    testset = TestSet.read(str(write(folder, text)))
    assert testset[0].text == 'a, "b"\nc'
    assert testset[0].labels == {"speaker": "anna", "split": "test"}
    assert testset.names == ["clips/three.flac"]
    assert testset.labels == ["speaker", "split"]


FAULTS = [
    ("too few cells", "audio,text\none.wav\n", "cell-count", 2, 1, "do not match in number"),
    ("too many", "audio,text\none.wav,a,b\n", "cell-count", 2, 1, "3 cells"),
    ("empty text", "audio,text\none.wav,\n", "empty-text", 2, 9, "no text"),
    ("blank text", "audio,text\none.wav,  \n", "empty-text", 2, 9, "no text"),
    ("empty audio", "text,audio\nyes,\n", "empty-audio", 2, 5, "no recording"),
    ("missing file", "audio,text\nthree.wav,a\n", "missing-audio", 2, 1, "three.wav"),
    ("folder", "audio,text\nclips,a\n", "missing-audio", 2, 1, "folder"),
    ("name too long", f"audio,text\n{'x' * 5000},a\n", "missing-audio", 2, 1, "not exist"),
    ("backslash", "audio,text\nclips\\three.flac,a\n", "missing-audio", 2, 1, "clips/three.flac"),
    ("twice", "audio,text\none.wav,a\n./one.wav,b\n", "duplicate-audio", 3, 1, "first on line 2"),
    ("no header", "one.wav,yes\n", "missing-column", 1, 1, '"audio"'),
    (
        "other name",
        "Audio File Name,text\n",
        "missing-column",
        1,
        1,
        '"Audio File Name" to "audio"',
    ),
    ("other text", "audio,Reference\n", "missing-column", 1, 7, '"Reference" to "text"'),
    ("typing error", "audo,text\n", "missing-column", 1, 1, '"audo" to "audio"'),
    ("same column", "audio,text,Text\n", "duplicate-column", 1, 12, "text"),
    ("unnamed", "audio,,text\none.wav,x,a\n", "unnamed-column", 2, 9, "column 2"),
    ("empty file", "", "empty", 1, 1, "audio,text"),
    ("header only", "audio,text\n", "no-rows", 1, 1, "no recording"),
    ("open quote", 'audio,text\none.wav,"a\n', "unclosed-quote", 2, 9, "never closed"),
    ("stray quote", 'audio,text\none.wav,"a" b\n', "csv", 2, 1, "Double the quotes"),
]


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "said"),
    [case[1:] for case in FAULTS],
    ids=[case[0] for case in FAULTS],
)
def test_faults_have_a_place(
    folder: Path, text: str, code: str, line: int, column: int, said: str
) -> None:
    """Each fault of a manifest is reported with line, column and a way to mend it."""
    path = write(folder, text)
    with pytest.raises(TestSetError) as caught:
        TestSet.read(path)
    problem = caught.value.problems[0]
    assert (problem.code, problem.line, problem.column) == (code, line, column)
    assert said in str(problem)
    assert problem.hint
    assert str(caught.value).startswith(f"{path}:{line}:{column}: error: ")


def test_all_faults_at_once(folder: Path) -> None:
    """One reading shows everything that is wrong, in file order."""
    text = 'audio,text\none.wav\nnone.wav,\ntwo.wav,"a" b\ntwo.wav,a\ntwo.wav,b\nx.wav,"a\n'
    with pytest.raises(TestSetError) as caught:
        TestSet.read(write(folder, text))
    assert [(p.line, p.code) for p in caught.value.problems] == [
        (2, "cell-count"),
        (3, "missing-audio"),
        (3, "empty-text"),
        (4, "csv"),
        (6, "duplicate-audio"),
        (7, "unclosed-quote"),
    ]


def test_wrong_encoding(folder: Path) -> None:
    """A byte that is no UTF-8 is shown with its place."""
    with pytest.raises(TestSetError) as caught:
        TestSet.read(write(folder, b"audio,text\none.wav,caf\xe9\n"))
    problem = caught.value.problems[0]
    assert (problem.line, problem.column) == (2, 12)
    assert "0xE9" in problem.message


def test_unreadable_manifest(folder: Path) -> None:
    """A manifest that does not exist, or is a folder, is named."""
    for path in (folder / "none.csv", folder):
        with pytest.raises(TestSetError, match="cannot be read"):
            TestSet.read(path)


def test_near_file_is_named(folder: Path) -> None:
    """A missing recording is compared with its neighbours."""
    with pytest.raises(TestSetError, match=r"Did you mean clips/three\.flac\?"):
        TestSet.read(write(folder, "audio,text\nclips/thre.flac,a\n"))


CELLS = st.lists(
    st.lists(st.text('ab ",\n;é', max_size=5), min_size=2, max_size=2), min_size=1, max_size=4
)


@given(CELLS)
def test_cell_places_agree_with_the_csv_module(rows: list[list[str]]) -> None:
    """The span of a cell holds the cell as the csv module reads it."""
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    source = Source("m.csv", "audio,text\n" + "\n".join(lines))
    records = list(_Reader(source, Path()).records())[1:]
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    assert [record.cells for record in records] == [[c.strip() for c in row] for row in kept]
    for record in records:
        for cell, span in zip(record.cells, record.spans, strict=True):
            written = source.text[span.start : span.end]
            assert written[1:-1].replace('""', '"').strip() == cell


UNEQUAL = [
    (["a.wav", "b.wav", "c.wav"], ["x"], "3 recordings but 1 text", "without a text is b.wav"),
    (["a.wav"], ["x", "y"], "1 recording but 2 texts", "without a recording is 'y'"),
    ([], ["y"], "0 recordings but 1 text", "without a recording is 'y'"),
]


@pytest.mark.parametrize(("audio", "texts", "numbers", "first"), UNEQUAL)
def test_pairs_that_do_not_match(
    audio: list[str], texts: list[str], numbers: str, first: str
) -> None:
    """Different numbers of recordings and texts are refused with the first one left over."""
    with pytest.raises(TestSetError) as caught:
        TestSet.from_pairs(audio, texts)
    assert numbers in str(caught.value)
    assert first in str(caught.value)
    assert caught.value.problems


def test_pairs() -> None:
    """Equal numbers pair up in order; a single path and text are one pair."""
    assert [item.text for item in TestSet.from_pairs(["a.wav", "b.wav"], ["x", "y"])] == ["x", "y"]
    assert TestSet.from_pairs("a.wav", "yes").items == (TestItem(Path("a.wav"), "yes"),)


@pytest.fixture
def testset() -> TestSet:
    """Three recordings of two speakers."""
    return TestSet(
        [
            TestItem(Path("1.wav"), "a", {"speaker": "anna", "split": "test"}),
            TestItem(Path("2.wav"), "b", {"speaker": "ben", "split": "test"}),
            TestItem(Path("3.wav"), "<c>", {"speaker": "ben", "split": "train"}),
        ]
    )


def test_filter(testset: TestSet) -> None:
    """Labels combine; a list means any of its values."""
    assert [i.text for i in testset.filter(split="test", speaker="ben")] == ["b"]
    assert len(testset.filter(speaker=["anna", "ben"])) == 3


def test_filter_names_what_exists(testset: TestSet) -> None:
    """A wrong label or value would give an empty test set, so it is refused."""
    with pytest.raises(NotFoundError) as caught:
        testset.filter(room="a")
    assert caught.value.available == ("speaker", "split")
    with pytest.raises(NotFoundError, match=r"no split 'dev'\. Available: test, train"):
        testset.filter(split="dev")


def test_sequence(testset: TestSet) -> None:
    """A test set counts, indexes and slices like a list."""
    assert len(testset) == 3
    assert testset[-1].text == "<c>"
    assert isinstance(testset[:2], TestSet)
    assert [item.text for item in testset[1:]] == ["b", "<c>"]


def test_check(folder: Path) -> None:
    """What was put together by hand is checked like a manifest."""
    testset = TestSet(
        [
            TestItem(folder / "one.wav", "a"),
            TestItem(folder / "clips" / ".." / "one.wav", " "),
            TestItem(folder / "none.wav", "b"),
        ]
    )
    codes = [problem.code for problem in testset.check()]
    assert codes == ["duplicate-audio", "empty-text", "missing-audio"]
    assert [problem.severity for problem in TestSet([]).check()] == ["warning"]
    assert TestSet([TestItem(folder / "one.wav", "a")]).check() == []


def test_frame_and_notebook_table(testset: TestSet) -> None:
    """The table has a column per label, and texts are escaped in HTML."""
    frame = testset.frame()
    assert list(frame.columns) == ["audio", "text", "speaker", "split"]
    assert "&lt;c&gt;" in testset._repr_html_()
    long = TestSet([TestItem(Path(f"{n}.wav"), "a") for n in range(12)])
    assert "and 2 more" in long._repr_html_()


def test_import_is_light() -> None:
    """Reading a test set loads none of the libraries that scoring needs."""
    code = (
        "import sys, sttprep.evaluation.testset; "
        "print({'numpy', 'pandas', 'jiwer', 'rapidfuzz', 'matplotlib'} & set(sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (result.stdout, result.stderr) == ("set()\n", "")
