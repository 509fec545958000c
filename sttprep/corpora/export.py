"""Tables as files: CSV, Excel and JSON, whole or not at all, the same bytes for the same facts.

Text stays text: a cell that a spreadsheet would compute (``=1+1``, ``-x``, ``@here``) begins with
an apostrophe in CSV, as in word lists, and is typed as text in Excel. No character is lost; only
Excel has a limit, 32,767 characters a cell, beyond which a text ends in ``…``.

>>> print(csv_text(["word", "count"], [["=1+1", 3], ['say "x", y', 1]]), end="")
word,count
'=1+1,3
"say ""x"", y",1
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

__all__ = ["Cell", "csv_text", "excel_bytes", "json_text"]

Cell = str | int | float | None
"""What one cell of a table may hold; None is an empty cell."""

_FORMULA = ("=", "+", "-", "@")
_LONGEST_CELL = 32_767  # characters, the limit of Excel's cells
_WIDEST = 60  # characters of a column; longer texts wrap
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # first time a ZIP archive can hold
# Control characters that XML cannot hold, as Office Open XML writes them (ECMA-376, ST_Xstring);
# a text that looks like such an escape has its underscore escaped.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The table as CSV with commas (RFC 4180), lines ended by a line feed."""
    lines = [",".join(map(_csv_cell, columns))]
    lines += [",".join(map(_csv_cell, row)) for row in rows]
    return "\n".join(lines) + "\n"


def excel_bytes(sheet: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table as an Excel workbook with one sheet, its first line frozen and with filters.

    >>> excel_bytes("words", ["word"], [["=1+1"]])[:2]  # a ZIP archive
    b'PK'
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    rows = [list(row) for row in rows]
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "B2"
    last = get_column_letter(max(len(columns), 1))
    page.auto_filter.ref = f"A1:{last}{len(rows) + 1}"
    for number, name in enumerate(columns):
        longest = max((len(str(row[number])) for row in rows if row[number] is not None), default=0)
        width = min(max(longest, len(name) + 3) + 1, _WIDEST)
        page.column_dimensions[get_column_letter(number + 1)].width = width
    wrapped = Alignment(vertical="top", wrap_text=True)

    def cell(value: Cell, bold: bool = False) -> Any:
        made = WriteOnlyCell(page, value=None if isinstance(value, str) else value)
        if isinstance(value, str):
            made.value = _excel_text(value)
            made.data_type = "s"  # also what begins with "=": never a formula
            made.number_format = "@"
        made.alignment = wrapped
        if bold:
            made.font = Font(bold=True)
        return made

    page.append([cell(name, bold=True) for name in columns])
    for row in rows:
        page.append([cell(value) for value in row])
    written = io.BytesIO()
    book.save(written)
    return _without_clock(written.getvalue())


def json_text(document: Mapping[str, Any]) -> str:
    """The document as JSON, the elements of its lists one a line so that files can be compared.

    >>> print(json_text({"total": 2, "words": [{"word": "a"}, {"word": "b"}]}), end="")
    {
      "total": 2,
      "words": [
        {"word": "a"},
        {"word": "b"}
      ]
    }
    """

    def dumped(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    parts = []
    for key, value in document.items():
        if isinstance(value, list) and value:
            body = ",\n    ".join(map(dumped, value))
            parts.append(f"  {dumped(key)}: [\n    {body}\n  ]")
        else:
            parts.append(f"  {dumped(key)}: {dumped(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _csv_cell(value: Cell) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    if value.lstrip("'").startswith(_FORMULA):
        value = f"'{value}"
    if re.search(r'[",;\t\r\n]|^\s|\s$', value):
        return '"' + value.replace('"', '""') + '"'
    return value


def _excel_text(value: str) -> str:
    text = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
    return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"


def _without_clock(workbook: bytes) -> bytes:
    """The archive with one fixed time in place of now."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"1980-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return made.getvalue()
