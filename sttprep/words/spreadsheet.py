"""What stands in a workbook file (``.xlsx``), cell by cell, as openpyxl finds it.

openpyxl reads in full mode: its streaming mode knows neither merged cells nor hidden rows. It gives
either formulas or their values, so a workbook with formulas is read twice. Here stands what word
lists need besides: bounds on what is unpacked, errors that say how to mend the file, and the text
that a stored text stands for.

What openpyxl loses concerns foreign workbooks only. It drops every ``x005F_`` from the table of
texts that Excel writes, so that a word which itself looks like a code, ``_x0041_``, is read as
``A`` once Excel has saved it. Workbooks whose decoration it does not understand are refused, and
so is the variant "Strict Open XML". A date no calendar has is read as the error ``#VALUE!``.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sttprep.errors import WordError

__all__ = ["Sheet", "Value", "decoded", "read_sheets"]

# 90 000 words, all that a model may have, take 40 MB and 2 million elements in five columns.
_MOST_MEGABYTES = 256  # unpacked
_MOST_ELEMENTS = 5_000_000
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384  # of a sheet, in Excel and LibreOffice
_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # compound file: .xls, or encrypted .xlsx
# Ranges of which openpyxl makes every cell, empty or not.
_FILLED = re.compile(
    rb"<(?:[^\s<>:]*:)?(?:mergeCell|hyperlink|comment)\s[^<]*?\bref=[\"']([^\"']*)"
)
_COPY = (
    "Open it in the spreadsheet, copy the columns of words into a new workbook and save that "
    "as 'Excel Workbook (.xlsx)'."
)


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell holds."""

    text: str
    """Its text; of numbers, dates and formulas: what is shown, as far as the file tells."""
    kind: Literal["text", "number", "date", "boolean", "error"] = "text"
    """What the spreadsheet takes it for."""
    formula: str = ""
    """How it is computed, from ``=`` on; empty where somebody typed it."""


@dataclass
class Sheet:
    """A sheet: cells by row and column, both from 1, those that hold something."""

    name: str
    """Its name."""
    hidden: bool = False
    """Nobody sees it."""
    rows: dict[int, dict[int, Value]] = field(default_factory=dict)
    """Row → column → cell."""
    hidden_rows: list[int] = field(default_factory=list)
    """Rows that hold something and are not shown."""
    merged: list[str] = field(default_factory=list)
    """Ranges of merged cells, for example ``A2:A4``."""


def decoded(text: str) -> str:
    """The text that a workbook stores so.

    >>> decoded("a_x0000_b"), decoded("_x005F_x0041_")
    ('a\\x00b', '_x0041_')
    """
    if "_x" not in text:
        return text
    from openpyxl.utils.escape import unescape

    found: str = unescape(text)
    # Characters beyond U+FFFF may be written as two codes.
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def read_sheets(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a workbook, in order.

    Args:
        data: The file's bytes.
        name: Its name, for errors.

    Raises:
        WordError: it is no workbook, an old or encrypted one, damaged, or far too large.
    """
    try:
        _check(data)
        sheets = _sheets(_load(data))
        rows = [(s, n, row) for s, sheet in enumerate(sheets) for n, row in sheet.rows.items()]
        if any(value.formula for _, _, row in rows for value in row.values()):
            stored = _sheets(_load(data, data_only=True))
            for index, number, row in rows:
                values = stored[index].rows.get(number, {})
                for column, value in row.items():
                    if value.formula:
                        row[column] = replace(values.get(column, value), formula=value.formula)
        return sheets
    except WordError as failure:
        raise WordError(f"{name}: {failure.message}", hint=failure.hint) from None
    except Exception as failure:  # openpyxl raises whatever a damaged part makes it stumble over
        what = "damaged, or of an unusual kind" if data.startswith(b"PK") else "no workbook"
        cause = failure.__cause__ or failure
        reason = str(cause).partition("\n")[0].strip("'\"").rstrip(".") or type(cause).__name__
        if "EntitiesForbidden" in reason:  # by defusedxml, through which openpyxl reads
            reason = "it declares entities, which could unpack to anything"
        raise WordError(f"{name}: the file is {what}: {reason}.", hint=_COPY) from None


def _check(data: bytes) -> None:
    """Refuse what openpyxl cannot read, and what would fill the memory before it does.

    A false size does no harm: zipfile unpacks no more than that, where the packing is the one of
    workbooks (ECMA-376 part 2, annex B), and finds the checksum wrong.
    """
    from openpyxl.worksheet.cell_range import CellRange

    if data.startswith(_OLD_FORMAT):
        what, mend = "is a workbook of the old format (.xls)", "Open it in the spreadsheet"
        if "EncryptedPackage".encode("utf-16-le") in data:
            what, mend = "workbook is protected by a password", "Remove the password"
        raise WordError(f"this {what}.", hint=f"{mend} and save it as .xlsx.")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(entry.file_size for entry in archive.infolist()) >> 20
        if size >= _MOST_MEGABYTES:
            what = f"unpacks to {size} MB; less than {_MOST_MEGABYTES} MB are read"
            raise WordError(f"the workbook {what}.", hint=_COPY)
        elements = 0
        for entry in archive.infolist():
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise ValueError(f"{entry.filename} is packed in a way no workbook is")
            part = archive.read(entry).replace(b"\0", b"")  # so much for UTF-16
            elements += part.count(b"<") - part.count(b"</")
            for reference in _FILLED.findall(part):
                area = CellRange(reference.decode()).size
                elements += area["rows"] * area["columns"]
            if elements > _MOST_ELEMENTS:
                raise WordError("the workbook has millions of cells, or merged ones.", hint=_COPY)


def _load(data: bytes, *, data_only: bool = False) -> Any:
    """The workbook with formulas, or with the values stored for them."""
    from openpyxl.reader.excel import ExcelReader

    reader = ExcelReader(io.BytesIO(data), data_only=data_only, keep_links=False)
    with warnings.catch_warnings():
        # What it and Pillow warn of is not read here: styles, extensions, headers, pictures.
        warnings.filterwarnings("ignore", module=r"(openpyxl|PIL)\.")
        reader.read()
    if len(reader.wb.sheetnames) != len(reader.parser.sheets):  # openpyxl leaves them out
        raise ValueError("a sheet is missing, or it is stored as 'Strict Open XML'")
    return reader.wb


def _sheets(book: Any) -> list[Sheet]:
    sheets = []
    for worksheet in book.worksheets:
        sheet = Sheet(decoded(worksheet.title), worksheet.sheet_state != "visible")
        # The public ways to the cells make all those missing up to the last row and column.
        for (row, column), cell in sorted(worksheet._cells.items()):
            if row > _MOST_ROWS or column > _MOST_COLUMNS:
                raise ValueError(f"{sheet.name} has a cell in row {row}, column {column}")
            value = _value(cell.value, cell.data_type)
            if value.text or value.formula:
                sheet.rows.setdefault(row, {})[column] = value
        shapes = worksheet.row_dimensions
        sheet.hidden_rows = [row for row in sheet.rows if row in shapes and shapes[row].hidden]
        merged = sorted(worksheet.merged_cells.ranges, key=lambda cells: cells.bounds)
        sheet.merged = [cells.coord for cells in merged if ":" in cells.coord]
        sheets.append(sheet)
    return sheets


def _value(value: Any, kind: str) -> Value:
    if value is None:
        return Value("")
    if kind == "f":  # array formulas and data tables are objects
        formula = value if isinstance(value, str) else getattr(value, "text", None)
        return Value("", formula=formula if formula and formula != "=" else "=…")
    if kind == "b":
        return Value("TRUE" if value else "FALSE", "boolean")
    if kind == "e":
        return Value(value, "error")
    if kind == "d":
        return Value(str(value).removesuffix(" 00:00:00"), "date")
    if kind == "n":
        whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        return Value(str(int(value)) if whole else repr(value), "number")
    return Value(decoded(value))
