"""Reports as files: nothing lost, nothing computed, the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.corpora import Context, OovReport, OovWord
from sttprep.corpora.export import csv_text, excel_bytes
from sttprep.corpora.html_table import context_html
from sttprep.errors import CorpusError

ODD = [
    "=cmd|'/c calc'!A1",
    "+1",
    "-x",
    "@SUM(1)",
    "'quoted",
    "naïve",
    "日本",
    "😀",
    'a"b,c\td',
    "'=x",
]
COLUMNS = ["word", "count", "kind", "example", "line", "source", "file", "variants", "typo_of"]


@pytest.fixture
def report() -> OovReport:
    """A report whose words are hard on files."""
    rows = [
        OovWord(word, 3, (Context(f"see {word}", 2, "demo", "demo.txt"),), sources=("demo",))
        for word in ODD
    ]
    return OovReport(rows, 100, 3 * len(rows))


def read_csv(text: str) -> list[list[str]]:
    """The cells of a CSV text as a spreadsheet reads them."""
    return list(csv.reader(io.StringIO(text)))


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps it from being computed."""
    return (
        cell[1:] if cell[:1] == "'" and cell[1:].lstrip("'")[:1] in ("=", "+", "-", "@") else cell
    )


def test_frame_csv_excel_and_json_say_the_same(report: OovReport, tmp_path: Path) -> None:
    """The same facts in each form, formulas as text."""
    frame = report.frame()
    assert list(frame.columns) == COLUMNS
    report.to_csv(tmp_path / "a.csv")
    head, *lines = read_csv((tmp_path / "a.csv").read_text(encoding="utf-8"))
    assert head == COLUMNS
    report.to_excel(tmp_path / "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    top, *cells = page.iter_rows()
    assert [cell.value for cell in top] == COLUMNS
    report.to_json(tmp_path / "a.json")
    document = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert document == report.document()
    rows = zip(frame.itertuples(index=False), lines, cells, document["words"], strict=True)
    for row, line, excel, entry in rows:
        assert not line[0].startswith(("=", "+", "-", "@"))
        assert unguarded(line[0]) == row.word == entry["word"] == excel[0].value
        assert unguarded(line[3]) == row.example == entry["contexts"][0]["text"] == excel[3].value
        assert line[1] == str(row.count) == str(entry["count"]) == str(excel[1].value)
        assert "f" not in {cell.data_type for cell in excel}


def test_the_same_bytes(report: OovReport, tmp_path: Path) -> None:
    """Two exports of one report are equal byte for byte: no clock is in them."""
    for name in ("a", "b"):
        report.to_excel(tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert b"1980-01-01" in excel_core((tmp_path / "a.xlsx").read_bytes())


def excel_core(data: bytes) -> bytes:
    """The properties of a workbook."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        return archive.read("docProps/core.xml")


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), max_size=20)


@given(st.lists(st.tuples(TEXT, st.integers(0, 10**9)), max_size=5))
def test_csv_round_trip(rows: list[tuple[str, int]]) -> None:
    """Whatever the text, it comes back from CSV."""
    found = read_csv(csv_text(["word", "count"], rows))[1:]
    assert [(unguarded(word), int(count)) for word, count in found] == rows


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_excel_takes_any_text(text: str) -> None:
    """No character stops a workbook, and what XML can hold is kept."""
    book = openpyxl.load_workbook(io.BytesIO(excel_bytes("s", ["word"], [[text]])))
    value = book.active["A2"].value or ""
    if text.isprintable() and "_x" not in text:
        assert value == text


def test_long_texts_end_in_dots() -> None:
    """Excel holds 32,767 characters in a cell."""
    book = openpyxl.load_workbook(io.BytesIO(excel_bytes("s", ["word"], [["x" * 40_000]])))
    assert len(book.active["A2"].value) == 32_767
    assert book.active["A2"].value.endswith("…")


def test_a_file_that_cannot_be_written(report: OovReport, tmp_path: Path) -> None:
    """The message names the file; nothing half written is left."""
    with pytest.raises(CorpusError, match="no-folder/a.csv: the file cannot be written"):
        report.to_csv(tmp_path / "no-folder" / "a.csv")
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(CorpusError, match="cannot be written"):
        report.to_json(tmp_path / "folder.json")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.json"]


def test_lines_are_cut_at_words_and_escaped() -> None:
    """A long line shows whole words around the marked one; mark-up in it stays text."""
    shown = context_html(f"{'before ' * 20}<b>&MVD{' after' * 20}", "MVD")
    assert "<mark>MVD</mark>" in shown
    assert "&lt;b&gt;&amp;" in shown
    assert shown.startswith("… before")
    assert shown.endswith("after …")
    assert context_html("nothing here", "MVD") == "nothing here"
