"""Word lists as Excel workbooks: openpyxl reads what we write, and builds what we must read."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sttprep.errors import WordError
from sttprep.words import Word, WordList, check_words_file
from sttprep.words.excel import Workbook, encoded, excel_rows, format_excel
from sttprep.words.spreadsheet import decoded, read_sheets
from sttprep.words.table import format_words, parse_words

_FEWER = settings(max_examples=settings.default.max_examples // 2)  # workbooks take a while
_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_filled = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
_tricky = st.sampled_from(
    ["=cmd|' /C calc'!A0", "1E5", "007", "3-4", "+49", "-ish", "@home", "'=x", "TRUE", "#N/A",
     "a,b", 'say "hi"', "a|b", "c\\d", "\\", " x ", " ", "\t", "\n", "\r", "a\r\nb", "ｚ",
     "e\u0301", "😀", "\x00", "\ufeff", "\ufffe", "\uffff", "_x0041_", "_x005F_", "x005F_",
     "__x000d_x0041_", "\u2028", "\x85", "&lt;<b>]]>"]
)  # fmt: skip
_words = st.lists(
    st.builds(
        Word,
        _text | _tricky,
        st.lists(_filled | _tricky, max_size=3),
        st.none() | _text | _tricky,
        st.integers(0, 10**15 - 1),
        st.lists(_filled, max_size=2),
    ),
    max_size=4,
    unique_by=lambda word: word.word,
).map(WordList)


def _read(data: bytes) -> WordList:
    problems: list[Any] = []
    rows = list(excel_rows(Workbook("w.xlsx", data), problems))
    assert problems == []
    return WordList(row.word for row in rows)


@given(_words)
@_FEWER
def test_round_trip_through_all_kinds(words: WordList) -> None:
    """CSV → Excel → JSON → CSV changes no character, and Excel bytes depend on nothing else."""
    csv = format_words(words, "csv")
    excel = format_excel(parse_words(csv, "w", "csv", language=None))
    assert _read(excel) == words
    json = format_words(_read(excel), "json")
    assert format_words(parse_words(json, "w", "json", language=None), "csv") == csv
    assert format_excel(words) == excel


@given(st.text(max_size=20) | st.from_regex("_?(_x[0-9A-F]{4}_?)+", fullmatch=True))
def test_stored_text_is_the_text(text: str) -> None:
    """Whatever a cell stores comes back, and what is stored is allowed in XML."""
    assert decoded(encoded(text)) == text
    assert not re.search("[\x00-\x08\x0b-\x1f\ufffe\uffff]", encoded(text))


def test_a_spreadsheet_sees_text_only(tmp_path: Path) -> None:
    """Another reader finds every cell to be text in a column of text, and the header frozen."""
    path = tmp_path / "w.xlsx"
    spellings = ["=1+1", "1E5", "007", "3-4", "+49", "TRUE", "2026-01-01"]
    WordList([Word(text, ["x"], text, 5, ["c1"]) for text in spellings]).write(path)
    sheet = openpyxl.load_workbook(path)["words"]
    assert [cell.value for cell in sheet[1]] == [
        "word", "sounds_like", "display_as", "count", "source",
    ]  # fmt: skip
    for spelling, row in zip(spellings, sheet.iter_rows(min_row=2), strict=True):
        assert [cell.value for cell in row] == [spelling, "x", spelling, "5", "c1"]
        assert {cell.data_type for cell in row} == {"s"}
        assert {cell.number_format for cell in row} == {"@"}
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["B"].width > 20
    assert sheet.column_dimensions["B"].number_format == "@"


def test_no_clock_in_the_bytes() -> None:
    """No part of the file carries today's date."""
    with zipfile.ZipFile(io.BytesIO(format_excel([Word("a")]))) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        core = archive.read("docProps/core.xml").decode()
    assert str(datetime.date.today().year) not in core
    assert core.count("1980-01-01T00:00:00Z") == 2


def test_words_saved_again_by_a_spreadsheet(tmp_path: Path) -> None:
    """Opened and saved by another program (shared strings, other parts) the words are the same."""
    path = tmp_path / "w.xlsx"
    words = WordList([Word("ｚ", [" zed ", "a|b"], "=Z", 3, ["c", "user"]), Word("007")])
    words.write(path)
    openpyxl.load_workbook(path).save(path)
    assert WordList.read(path, language=None) == words


def _book(tmp_path: Path, fill: Callable[[Any], None]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Words"
    fill(book)
    path = tmp_path / "w.xlsx"
    book.save(path)
    return path


def _rows(*rows: list[Any]) -> Callable[[Any], None]:
    def fill(book: Any) -> None:
        for row in rows:
            book.active.append(row)

    return fill


def _with(fill: Callable[[Any], None], change: Callable[[Any], object]) -> Callable[[Any], None]:
    def both(book: Any) -> None:
        fill(book)
        change(book)

    return both


def _sheet(book: Any, name: str, *rows: list[Any], state: str = "visible") -> None:
    sheet = book.create_sheet(name)
    sheet.sheet_state = state
    for row in rows:
        sheet.append(row)


_HEAD = ["word", "sounds_like", "display_as", "count"]
_GOOD = _rows(_HEAD, ["foo", "foo bar", None, 3])


@pytest.mark.parametrize(
    ("fill", "found"),
    [
        (_GOOD, []),
        (_rows(["Word ", " SOUNDS_LIKE"], ["foo", "foo bar"]), []),
        (_rows(_HEAD, ["foo"], [], [None, None], ["bar"]), []),
        (_rows(), ["w.xlsx error excel-empty"]),
        (_rows(["a", "b"]), ["Words!A1 error excel-column", "Words!B1 error excel-column"]),
        (_rows(["sounds_like"], ["a"]), ["Words!A1 error excel-column"]),
        (_rows(["word", "word"], ["a"]), ["Words!B1 error excel-column-repeated"]),
        (_rows(["word", None, "count"], ["a", "b", 1]), ["Words!B2 error excel-cells"]),
        (_rows(["word"], ["a"], ["b", *[None] * 9000, "c"]), ["Words!MHF3 error excel-cells"]),
        (_rows(_HEAD, ["a", "b", "c", 1.5]), ["Words!D2 error excel-count"]),
        (_rows(_HEAD, ["a", "b||c"]), ["Words!B2 error excel-empty-part"]),
        (_rows(_HEAD, ["a", "75 dollars"]), ["Words!B2 error sounds-like-number"]),
        (_rows(_HEAD, ["a"], ["b"], ["a"]), ["Words!A4 error word-repeated"]),
        (_rows(_HEAD, [None, "b"]), ["Words!A2 error word-empty"]),
        (_rows(_HEAD, [75, "seventy five"]), ["Words!A2 warning excel-number"]),
        (_rows(_HEAD, [True]), ["Words!A2 warning excel-number"]),
        (_rows(_HEAD, ["a", None, 0.1]), ["Words!C2 warning excel-number"]),
        (_rows(_HEAD, [datetime.date(2026, 4, 3)]), ["Words!A2 error excel-date"]),
        (_rows(_HEAD, ["a", "b", "=1+1"]), ["Words!C2 error excel-formula"]),
        (_rows(_HEAD, ["a", "b", "#N/A"]), ["Words!C2 error excel-error"]),
        (
            _with(_GOOD, lambda book: book.active.merge_cells("B2:B4")),
            ["Words!B2:B4 error excel-merged"],
        ),
        (_with(_GOOD, lambda book: book.active.merge_cells("F20:G21")), []),
        (_with(_GOOD, lambda book: book.active.merge_cells("A2:A2")), []),
        (
            _with(_GOOD, lambda book: book.active.row_dimensions.__getitem__(2).__setattr__(
                "hidden", True)),
            ["Words!2:2 note excel-hidden"],
        ),
        (
            _with(_GOOD, lambda book: _sheet(book, "Notes", ["ask Ann"])),
            ["Notes!A1 warning excel-sheet"],
        ),
        (_with(_GOOD, lambda book: _sheet(book, "Empty")), []),
        (_with(_GOOD, lambda book: _sheet(book, "More", ["word"], ["bar"])), []),
        (
            _with(_GOOD, lambda book: _sheet(book, "More", ["word"], ["foo"])),
            ["More!A2 error word-repeated"],
        ),
        (
            _with(_GOOD, lambda book: _sheet(book, "Old", ["word"], ["bar"], state="hidden")),
            ["Old note excel-hidden"],
        ),
    ],
)  # fmt: skip
def test_findings_have_addresses(
    fill: Callable[[Any], None], found: list[str], tmp_path: Path
) -> None:
    """Whatever a spreadsheet may hold is read or reported, by file, sheet and cell."""
    path = _book(tmp_path, fill)
    problems = check_words_file(path)
    assert [
        f"{p.where.removeprefix(f'{path}:').replace(str(path), path.name)} {p.severity} {p.code}"
        for p in problems
    ] == found
    if all(problem.severity != "error" for problem in problems):
        assert len(WordList.read(path)) >= 1
    else:
        with pytest.raises(WordError):
            WordList.read(path)


def test_a_finding_shows_the_cell(tmp_path: Path) -> None:
    """The caret stands under the digits, below the address of the cell."""
    path = _book(tmp_path, _rows(_HEAD, ["cash", "cash|75 dollars"]))
    [problem] = check_words_file(path)
    assert problem.render() == (
        f"{path}:Words!B2: error: 'cash': Numbers are not allowed in sounds_like. You can try for "
        "example 'seventy five dollars'.\n"
        "  B2 | cash|75 dollars\n"
        "     |      ^^"
    )


def test_all_sheets_with_words_are_read(tmp_path: Path) -> None:
    """Two sheets of words are one list, in the order of the sheets."""
    path = _book(tmp_path, _with(_GOOD, lambda book: _sheet(book, "More", ["word"], ["bar"])))
    assert WordList.read(path) == WordList([Word("foo", ["foo bar"], count=3), Word("bar")])


def _replaced(data: bytes, part: str, old: str, new: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as made:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            made.writestr(entry, content)
    return target.getvalue()


_CELL = '<c r="A2" s="1" t="inlineStr"><is><t>foo</t></is></c>'
_PART = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ('<c r="A2" t="str"><f>UPPER("foo")</f><v>FOO</v></c>', "FOO"),
        ('<c r="A2" t="str"><f>A9</f><v>_x0066_oo</v></c>', "foo"),
        ('<c r="A2"><f>3*5</f><v>15</v></c>', "15"),
        ('<c r="A2"><v>1.2345678901234E+19</v></c>', "1.2345678901234e+19"),
        ('<c r="A2"><v>0.10000000000000001</v></c>', "0.1"),
        ('<c r="A2" t="inlineStr"><is><r><rPr><b/></rPr><t>fo</t></r><r><t>o</t></r>'
         '<rPh sb="0" eb="1"><t>no</t></rPh></is></c>', "foo"),
        ('<c t="inlineStr"><is><t>foo</t></is></c>', "foo"),
        ('<c r="A2" t="inlineStr"><is><t>_xD83D__xDE00_</t></is></c>', "😀"),
    ],
)  # fmt: skip
def test_cells_of_other_programs(cell: str, word: str, tmp_path: Path) -> None:
    """Values of formulas, rich text without its reading aids, cells without address."""
    path = tmp_path / "w.xlsx"
    path.write_bytes(_replaced(format_excel([Word("foo")]), _PART, _CELL, cell))
    assert [entry.word for entry in WordList.read(path)] == [word]
    doubts = {p.code for p in check_words_file(path) if p.code.startswith("excel")}
    assert bool(doubts) is ("<v>" in cell)


def _zip(*parts: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return target.getvalue()


_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><'


def _foo(old: str, new: str, part: str = _PART) -> bytes:
    """The workbook of the word foo, with something else in a part of it."""
    return _replaced(format_excel([Word("foo")]), part, old, new)


def _packed_otherwise() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    return target.getvalue()


def _false_size() -> bytes:
    """A part of a megabyte of which the archive's directory says that it has 100 bytes."""
    data = bytearray(_zip((_PART, bytes(1 << 20))))
    place = data.rindex(b"PK\x01\x02") + 24
    data[place : place + 4] = (100).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no workbook"),
        (b"word,sounds_like\n", "no workbook"),
        (_OLD, "old format"),
        (_OLD + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (format_excel([Word("a")])[:-200], "damaged"),
        (_zip(("a.txt", b"x")), "damaged"),
        (_zip(("xl/workbook.xml", b"<workbook")), "damaged"),
        (_zip(("xl/workbook.xml", bytes(300 << 20))), "unpacks to 300 MB"),
        (_false_size(), "damaged.*Bad CRC-32"),
        (_packed_otherwise(), "packed in a way no workbook is"),
        (_foo("<", _BOMB, "xl/workbook.xml"), "damaged"),
        (_foo("<worksheet", f"{_BOMB}worksheet"), "declares entities"),
        (_foo("<workbook ", f"{_BOMB}workbook ", "xl/workbook.xml"), "declares entities"),
        (_foo(_CELL, '<c t="s"><v>9</v></c>'), "damaged"),
        (_foo(_CELL, "<c><v>x</v></c>"), "damaged"),
        (_foo("</row>", "</raw>"), "damaged"),
        (_foo('r="A2"', 'r="A1048577"'), "row 1048577"),
        (_foo('r="A2"', 'r="XFE2"'), "column 16385"),
        (_foo("sheet1.xml", "sheet9.xml", "xl/_rels/workbook.xml.rels"), "a sheet is missing"),
        (
            _foo(
                "openxmlformats.org/officeDocument/2006",
                "purl.oclc.org/ooxml/officeDocument",
                "xl/workbook.xml",
            ),
            "Strict Open XML",
        ),
        (
            _foo(
                "</sheetData>",
                '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            ),
            "millions of cells",
        ),
    ],
)
def test_files_that_are_no_workbooks(data: bytes, message: str, tmp_path: Path) -> None:
    """Old, encrypted, cut, foreign and hostile files are refused by name, and how to mend it."""
    path = tmp_path / "w.xlsx"
    path.write_bytes(data)
    with pytest.raises(WordError, match=message) as caught:
        WordList.read(path)
    assert str(path) in caught.value.message
    assert caught.value.hint
    assert [problem.code for problem in check_words_file(path)] == ["words-file"]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (_PART, "</worksheet>", '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/>'
         "</extLst></worksheet>"),
        (_PART, "</worksheet>", "<headerFooter><oddHeader>x&amp;</oddHeader></headerFooter>"
         "</worksheet>"),
        (_PART, _CELL, f'{_CELL}<c r="XFD2" s="1"/>'),
        (_PART, "</row></sheetData>", '</row><row r="1048576"><c r="XFD1048576"/></row>'
         "</sheetData>"),
        ("xl/styles.xml", '<cellStyle name="Normal" xfId="0" builtinId="0" hidden="0" />', ""),
    ],
)  # fmt: skip
def test_what_is_not_read_is_no_matter(part: str, old: str, new: str) -> None:
    """Extensions, headers, missing styles, cells far away: no warning and no finding."""
    assert _read(_foo(old, new, part)) == WordList([Word("foo")])


@pytest.mark.parametrize(
    ("cell", "formula", "word"),
    [
        ('<c r="A2" t="str"><f t="array" ref="A2">A9</f><v>x</v></c>', "=A9", "x"),
        ('<c r="A2"><f t="dataTable" ref="A2" r1="B1"/><v>2</v></c>', "=…", "2"),
        ('<c r="A2"><f t="shared" si="0"/><v>2</v></c>', "=…", "2"),
        ('<c r="A2" t="str"><f>A9</f></c>', "=A9", ""),
        ('<c r="A2" t="e"><f>A9</f><v>#N/A</v></c>', "=A9", "#N/A"),
    ],
)  # fmt: skip
def test_kinds_of_formulas(cell: str, formula: str, word: str) -> None:
    """Of every computed cell there is the formula, as far as it stands there, and the value."""
    [sheet] = read_sheets(_foo(_CELL, cell), "w")
    assert (sheet.rows[2][1].formula, sheet.rows[2][1].text) == (formula, word)


@pytest.mark.parametrize(
    ("stored", "word"),
    [
        ("<t>foo</t>", "foo"),
        ("<t> _x0066_oo</t>", " foo"),
        ("<r><t>fo</t></r><r><rPr><b/></rPr><t>o</t></r><rPh sb='0' eb='1'><t>no</t></rPh>", "foo"),
        ("<t>_x005F_x0041_</t>", "A"),  # "_x0041_" is meant; openpyxl drops "x005F_"
    ],
)
def test_tables_of_texts(stored: str, word: str) -> None:
    """Texts that Excel keeps in one table; what openpyxl loses of them is documented."""
    data = _replaced(
        _foo(_CELL, '<c r="A2" t="s"><v>0</v></c>'), "[Content_Types].xml", "</Types>",
        '<Override PartName="/xl/texts.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )  # fmt: skip
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as archive:
        name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        archive.writestr("xl/texts.xml", f'<sst xmlns="{name}"><si>{stored}</si></sst>')
    assert read_sheets(file.getvalue(), "w")[0].rows[2][1].text == word


@given(st.data())
@_FEWER
def test_damage_is_never_a_traceback(data: st.DataObject) -> None:
    """A byte changed anywhere gives the words, other words or an error that names the file."""
    good = bytearray(format_excel([Word("foo", ["foo bar"])]))
    place = data.draw(st.integers(0, len(good) - 1))
    good[place] ^= 1 << data.draw(st.integers(0, 7))
    message = ""
    try:
        list(excel_rows(Workbook("w.xlsx", bytes(good)), []))
    except WordError as error:
        message = error.message
    assert message == "" or message.startswith("w.xlsx: ")


@pytest.mark.parametrize(
    ("word", "message"),
    [
        (Word("a" * 32768), "32767 at most"),
        (Word("\ud800"), r"U\+D800"),
        (Word("a", ["x", ""]), "empty sounds-like"),
        (Word("a", count=-1), "count -1"),
    ],
)
def test_what_no_cell_holds_is_refused(word: Word, message: str, tmp_path: Path) -> None:
    """Nothing is cut to fit: the word is named and no file is left."""
    with pytest.raises(WordError, match=message):
        WordList([word]).write(tmp_path / "w.xlsx")
    assert list(tmp_path.iterdir()) == []
