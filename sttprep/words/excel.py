"""Word lists as Excel workbooks: all cells text, so that a spreadsheet changes nothing.

One sheet with the columns ``word``, ``sounds_like``, ``display_as``, ``count`` and ``source``;
several sounds-likes stand in one cell, separated by ``|`` as in CSV. The columns are formatted as
text: what a curator types there stays as typed (``007``, ``1E5``, ``3-4``, ``=x``).

>>> book = Workbook("words.xlsx", format_excel([Word("3-4", ["three to four"]), Word("=1+1")]))
>>> problems = []
>>> [row.word.word for row in excel_rows(book, problems)], problems
(['3-4', '=1+1'], [])
"""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from sttprep.errors import WordError
from sttprep.source import Fix, Problem, Severity, Source, Span
from sttprep.words.cells import Cell, word_cells, word_rows
from sttprep.words.entry import Word
from sttprep.words.spreadsheet import Sheet, Value, read_sheets
from sttprep.words.wordjson import FIELDS, Row

__all__ = ["Workbook", "encoded", "excel_rows", "format_excel"]

_SHEET = "words"
_WIDTHS = {"word": 24, "sounds_like": 44, "display_as": 24, "count": 8, "source": 24}
_COLUMNS = "word, sounds_like, display_as"
_TEXT_FORMAT = "@"
_LONGEST_CELL = 32767  # characters; spreadsheets cut longer texts
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a ZIP archive: the same words give the same bytes

# ECMA-376 part 1, 22.9.2.19 ST_Xstring: a character that XML cannot hold is written _xHHHH_, and
# so is a "_" that such a code would seem to begin with.
_UNWRITABLE = re.compile(
    "_(?=x[0-9A-Fa-f]{4}_)|[\\x00-\\x08\\x0b-\\x1f\\x7f\\u0085\\ufffe\\uffff]|^[\\s]+\\Z"
)


class Workbook(Source):
    """The cells of a workbook as one text, which knows the address of every part of it.

    Raises:
        WordError: it is no workbook, an old or encrypted one, damaged, or far too large.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self.sheets = read_sheets(data, name)
        self.tables: list[list[list[Cell]]] = []
        """Of each sheet the rows: cells below the names of the first row, then all others."""
        self._starts_of_cells: list[int] = []
        self._cells: list[tuple[str, int, int]] = []  # sheet, row, column
        texts: list[str] = []
        place = 0
        for sheet in self.sheets:
            heads = sorted(next(iter(sheet.rows.values()), {}))
            table = []
            for number, row in sheet.rows.items():
                cells: list[Cell] = []
                for column in (*heads, *sorted(row.keys() - set(heads))):
                    text = row[column].text if column in row else ""
                    cells.append((text, Span(place, place + len(text))))
                    self._starts_of_cells.append(place)
                    self._cells.append((sheet.name, number, column))
                    texts.append(text)
                    place += len(text) + 1
                table.append(cells)
            self.tables.append(table)
        super().__init__(name, "\n".join(texts))

    def address(self, span: Span) -> str:
        """The cell of a place, for example ``words!B7``."""
        from openpyxl.utils import get_column_letter

        sheet, row, column = self._cells[self._index(span)]
        return f"{sheet}!{get_column_letter(column)}{row}"

    def _index(self, span: Span) -> int:
        return max(bisect_right(self._starts_of_cells, span.start) - 1, 0)

    def problem(
        self,
        severity: Severity,
        code: str,
        span: Span,
        message: str,
        hint: str = "",
        fix: Fix | None = None,
    ) -> Problem:
        """A finding about a cell: its address stands in the name, for example ``w.xlsx:words!B7``.

        A sheet has no lines and columns to count, so ``line`` and ``column`` are None.
        """
        if not self._cells:
            return Problem(severity, code, message, hint, self.name)
        index = self._index(span)
        start = self._starts_of_cells[index]
        end = (*self._starts_of_cells[index + 1 : index + 2], len(self.text) + 1)[0] - 1
        address = self.address(span)
        inner = Span(min(span.start, end) - start, min(span.end, end) - start)
        shown, under = Source("", self.text[start:end]).excerpt(inner).split("\n")
        gutter = f"  {address.rpartition('!')[2]} | "
        excerpt = (
            f"{gutter}{shown.partition(' | ')[2]}\n"
            f"{' ' * (len(gutter) - 2)}| {under.partition('| ')[2]}"
        )
        where = f"{self.name}:{address}"
        return Problem(severity, code, message, hint, where, excerpt=excerpt, span=span)


def excel_rows(book: Workbook, problems: list[Problem]) -> Iterator[Row]:
    """The words of all sheets that have a column ``word``; findings go to ``problems``.

    A sheet without that column is skipped with a warning, unless no sheet has it.
    """
    filled = [(sheet, rows) for sheet, rows in zip(book.sheets, book.tables, strict=True) if rows]
    tables = [(sheet, rows) for sheet, rows in filled if "word" in _fields(rows[0])]
    if not filled:
        problems.append(Problem(
            "error", "excel-empty", "The workbook is empty.",
            f"The first row of a sheet names the columns: {_COLUMNS}.", book.name,
        ))  # fmt: skip
    for sheet, rows in filled:
        if tables and (sheet, rows) not in tables:
            problems.append(book.problem(
                "warning", "excel-sheet", rows[0][0][1],
                f"The sheet '{sheet.name}' is not read: its first row names no column 'word'.",
                f"If there are words in it, name their columns there: {_COLUMNS}.",
            ))  # fmt: skip
    for sheet, rows in tables or filled:
        problems += _sheet_problems(book, sheet, rows)
        problems += _cell_problems(book, sheet, rows)
        yield from word_rows(book, iter(rows), problems, kind="excel")


def _fields(header: list[Cell]) -> list[str]:
    return [text.strip().lower() for text, _ in header]


def _sheet_problems(book: Workbook, sheet: Sheet, rows: list[list[Cell]]) -> Iterator[Problem]:
    from openpyxl.utils import range_boundaries

    where = f"{book.name}:{sheet.name}"
    if sheet.hidden:
        yield Problem(
            "note", "excel-hidden", f"The sheet '{sheet.name}' is hidden; it is read as well.",
            "Delete it if its words are not wanted.", where,
        )  # fmt: skip
    if sheet.hidden_rows:
        yield Problem(
            "note", "excel-hidden",
            f"Hidden rows are read as well: {_ranges(sheet.hidden_rows)}.",
            "Delete them if their words are not wanted.",
            f"{where}!{sheet.hidden_rows[0]}:{sheet.hidden_rows[-1]}",
        )  # fmt: skip
    used = {column for row in sheet.rows.values() for column in row}
    for merged in sheet.merged:
        left, top, right, bottom = range_boundaries(merged)
        if any(left <= column <= right for column in used) and top <= max(sheet.rows):
            yield Problem(
                "error", "excel-merged",
                f"The cells {merged} are merged: only the first of them has a text, the others "
                "are empty.",
                "Unmerge them and give each row its own word, for example 'NCAA'."
                if bottom > top
                else "Unmerge them; several sounds-likes stand in one cell, for example "
                "'N. C. A. A.|N. C. double A.'.",
                f"{where}!{merged}",
            )  # fmt: skip


def _ranges(numbers: list[int]) -> str:
    """Numbers with runs of them shortened: 3, 5-9."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{a}-{b}" if a < b else f"{a}" for a, b in runs)


def _cell_problems(book: Workbook, sheet: Sheet, rows: list[list[Cell]]) -> Iterator[Problem]:
    """Cells that are not the text somebody typed."""
    numbered = list(sheet.rows.items())
    fields = dict(zip(sorted(numbered[0][1]), _fields(rows[0]), strict=True))
    columns = sorted(fields)
    for (_, row), cells in zip(numbered[1:], rows[1:], strict=True):
        for column, value in row.items():
            field = fields.get(column, "")
            plain = value.kind == "text" or (value.kind == "number" and field == "count")
            if field in FIELDS and (value.formula or not plain):
                span = cells[columns.index(column)][1]
                severity, code, message, hint = _doubt(value, plain)
                yield book.problem(severity, code, span, message, hint)


def _doubt(value: Value, plain: bool) -> tuple[Severity, str, str, str]:
    as_text = "Format the column as text and type it again"
    if value.kind == "error":
        return (
            "error", "excel-error", f"The cell shows the error {value.text}.",
            "Type the text that should stand there, for example 'NCAA'.",
        )  # fmt: skip
    if value.kind == "date":
        return (
            "error", "excel-date",
            f"The cell is a date ({value.text}); what was typed, for example '3-4', is lost.",
            f"{as_text}, for example '3-4'.",
        )  # fmt: skip
    if value.formula and not value.text:
        return (
            "error", "excel-formula",
            f"The cell is computed ({value.formula}), and the file does not hold its value.",
            "Open the file in the spreadsheet, copy the cell and paste it as a value.",
        )  # fmt: skip
    if value.formula:
        return (
            "warning", "excel-formula",
            f"The cell is computed ({value.formula}); '{value.text}' is read.",
            "Copy it and paste it as a value, so that it stays.",
        )  # fmt: skip
    return (
        "warning", "excel-number",
        f"The cell is a {value.kind}, not a text; '{value.text}' is read.",
        f"{as_text}, if something else was meant, for example '007' or '1E5'.",
    )  # fmt: skip


def encoded(text: str) -> str:
    """The text as a workbook stores it.

    >>> encoded("a\\x00b"), encoded("_x0041_"), encoded("=1+1")
    ('a_x0000_b', '_x005F_x0041_', '=1+1')
    """
    return _UNWRITABLE.sub(
        lambda match: "".join(f"_x{ord(character):04X}_" for character in match[0]), text
    )


class _Archive(zipfile.ZipFile):
    """A ZIP archive without dates; the two methods are the ones openpyxl's writer calls."""

    def writestr(self, name: Any, data: Any, *_: Any, **__: Any) -> None:  # type: ignore[override]
        entry = zipfile.ZipInfo(str(name), _EARLIEST)
        entry.compress_type = zipfile.ZIP_DEFLATED
        super().writestr(entry, data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        with open(filename, "rb") as file:
            self.writestr(arcname, file.read())


def format_excel(words: Iterable[Word]) -> bytes:
    """The bytes of a workbook with these words; the same words give the same bytes.

    Raises:
        WordError: a cell cannot hold a word: longer than 32 767 characters, half a character, an
            empty sounds-like, no count.
    """
    from openpyxl import Workbook as Book
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.writer.excel import ExcelWriter

    # Refused before anything is begun: openpyxl leaves a temporary file where writing stops.
    rows = [_checked(word) for word in words]
    book = Book(write_only=True)
    # The date that ZIP archives begin with, not the clock's.
    epoch = type(book.properties.created)(*_EARLIEST)
    book.properties.creator, book.properties.created = "sttprep", epoch
    book.properties.modified = epoch
    sheet = book.create_sheet(_SHEET)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_WIDTHS.values(), 1):
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width, column.number_format = width, _TEXT_FORMAT

    def cell(text: str) -> Any:
        made = WriteOnlyCell(sheet, encoded(text))
        # openpyxl takes "=1+1" for a formula. It writes "s" into the cell itself, which it reads
        # again as it stands; of texts in a table for all cells it would drop "x005F_".
        made.data_type = "s"
        made.number_format = _TEXT_FORMAT
        return made

    heads = [cell(name) for name in FIELDS]
    for head in heads:
        head.font = Font(name="Calibri", size=11, bold=True)
    sheet.append(heads)
    for row in rows:
        sheet.append([cell(text) if text else None for text in row])
    buffer = io.BytesIO()
    with _Archive(buffer, "w") as archive:
        ExcelWriter(book, archive).write_data()
    return buffer.getvalue()


def _checked(word: Word) -> list[str]:
    """The cells of a word; a count of 0 is left empty."""
    cells = word_cells(word)
    for field, text in zip(FIELDS, cells, strict=True):
        half = next((x for x in text if "\ud800" <= x <= "\udfff"), "")
        if half:
            raise WordError(
                f"Word {word.word!r} holds the half character U+{ord(half):04X}, which no file "
                "can hold.",
                hint="Remove it.",
            )
        if len(encoded(text).encode("utf-16-le")) // 2 > _LONGEST_CELL:
            raise WordError(
                f"Word '{word.word[:40]}…': its {field} has {len(text)} characters; a cell holds "
                f"{_LONGEST_CELL} at most.",
                hint="Write the list as .csv or .json.",
            )
    return [
        "" if field == "count" and not word.count else text
        for field, text in zip(FIELDS, cells, strict=True)
    ]
