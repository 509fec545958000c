"""What stands in a workbook file (``.xlsx``), cell by cell, exactly as it is stored.

openpyxl writes the workbooks of this package but does not read them: its streaming reader knows
neither merged cells nor hidden rows, computes either formulas or their values but not both, and
drops ``x005F_`` from every text (its ``reader/strings.py``). The format is ECMA-376, part 1; the
numbers below are its sections.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal
from xml.etree import ElementTree

from sttprep.errors import WordError

__all__ = ["Sheet", "Value", "decoded", "encoded", "read_sheets"]

_MOST_BYTES = 256 << 20  # unpacked; a list of 90 000 words, all a model may have, takes 40 MB
_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # compound file: .xls, or encrypted .xlsx
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_MOST_ROWS = 1_048_576  # of a sheet, in every spreadsheet
_MAIN = "xl/workbook.xml"

# 22.9.2.19 ST_Xstring: a character that XML cannot hold is written _xHHHH_, and so is a "_" that
# such a code would seem to begin with.
_CODE = re.compile("_x([0-9A-Fa-f]{4})_")
_UNWRITABLE = re.compile(
    "_(?=x[0-9A-Fa-f]{4}_)|[\\x00-\\x08\\x0b-\\x1f\\x7f\\u0085\\ufffe\\uffff]|^[\\s]+\\Z"
)


@dataclass(frozen=True)
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


def encoded(text: str) -> str:
    """The text as a workbook stores it.

    >>> encoded("a\\x00b"), encoded("_x0041_"), encoded("=1+1")
    ('a_x0000_b', '_x005F_x0041_', '=1+1')
    """
    return _UNWRITABLE.sub(
        lambda match: "".join(f"_x{ord(character):04X}_" for character in match[0]), text
    )


def decoded(text: str) -> str:
    """The text that a workbook stores so.

    >>> decoded("a_x0000_b"), decoded("_x005F_x0041_")
    ('a\\x00b', '_x0041_')
    """
    if "_x" not in text:
        return text
    found = _CODE.sub(lambda match: chr(int(match[1], 16)), text)
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
    if data.startswith(_OLD_FORMAT):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise WordError(
                f"{name}: the workbook is protected by a password.",
                hint="Save a copy without the password and read that.",
            )
        raise WordError(
            f"{name}: this is a workbook of the old format (.xls).",
            hint="Open it in the spreadsheet and save it as .xlsx.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > _MOST_BYTES:
                raise WordError(
                    f"{name}: the workbook unpacks to {size >> 20} MB; "
                    f"{_MOST_BYTES >> 20} MB are read at most.",
                    hint="Keep only the words in it: copy their columns into a new workbook.",
                )
            return _Package(archive).sheets()
    except (
        # What damaged archives and parts raise: bad headers and checksums, unknown or encrypted
        # compression, truncated streams, malformed XML, missing parts, impossible numbers.
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
        ElementTree.ParseError, KeyError, ValueError, IndexError, OverflowError, MemoryError,
    ) as failure:  # fmt: skip
        what = "no workbook" if not data.startswith(b"PK") else "damaged"
        reason = str(failure).strip("'\"").rstrip(".") or type(failure).__name__
        raise WordError(
            f"{name}: the file is {what}: {reason}.",
            hint="Open it in the spreadsheet and save it again as .xlsx.",
        ) from None


class _Package:
    """The parts of a workbook file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._strings: list[str] = []
        self._dates: set[int] = set()
        self._from_1904 = False

    def sheets(self) -> list[Sheet]:
        main = next(
            (
                target
                for target in self._targets("_rels/.rels", "", "/officeDocument").values()
                if target in self._archive.namelist()
            ),
            _MAIN,
        )
        book = self._xml(main)
        folder = posixpath.dirname(main)
        relations = posixpath.join(folder, "_rels", posixpath.basename(main) + ".rels")
        for target in self._targets(relations, folder, "/sharedStrings").values():
            self._strings = [_rich(item) for item in self._xml(target)]
        for target in self._targets(relations, folder, "/styles").values():
            self._dates = _date_styles(self._xml(target))
        parts = self._targets(relations, folder, "/worksheet")
        sheets = []
        for element in book.iter():
            if _tag(element) == "workbookPr":
                self._from_1904 = element.get("date1904", "0") in ("1", "true")
            elif _tag(element) == "sheet":
                [relation] = [v for k, v in element.attrib.items() if k.endswith("}id")]
                if relation in parts:  # a sheet with a chart has no cells
                    sheet = Sheet(
                        decoded(element.get("name", "")),
                        element.get("state", "visible") != "visible",
                    )
                    self._fill(sheet, parts[relation])
                    sheets.append(sheet)
        return sheets

    def _targets(self, relations: str, folder: str, kind: str) -> dict[str, str]:
        """Relation → part, of one kind (part 2, section 9.3)."""
        if relations not in self._archive.namelist():
            return {}
        return {
            element.attrib["Id"]: posixpath.normpath(
                posixpath.join("/", folder, element.attrib["Target"])
            ).lstrip("/")
            for element in self._xml(relations)
            if element.get("Type", "").endswith(kind)
        }

    def _bytes(self, part: str) -> bytes:
        data = self._archive.read(part)
        if b"<!DOCTYPE" in data.replace(b"\0", b""):  # no workbook has one; entities can explode
            raise ValueError(f"{part} declares a document type")
        return data

    def _xml(self, part: str) -> ElementTree.Element:
        return ElementTree.fromstring(self._bytes(part))

    def _fill(self, sheet: Sheet, part: str) -> None:
        data = self._bytes(part)
        if len(_ROW.findall(data)) > _MOST_ROWS:
            raise ValueError(f"{part} has more than {_MOST_ROWS} rows")
        number = 0
        for _, element in ElementTree.iterparse(io.BytesIO(data)):
            tag = _tag(element)
            if tag == "row":
                number = int(element.get("r", number + 1))
                hidden = element.get("hidden", "0") in ("1", "true")
                cells = dict(self._cells(element))
                element.clear()  # what was read is not needed any more
                if cells:
                    sheet.rows.setdefault(number, {}).update(cells)
                    if hidden:
                        sheet.hidden_rows.append(number)
            elif tag == "mergeCell":
                sheet.merged.append(element.get("ref", ""))
        sheet.rows = dict(sorted(sheet.rows.items()))

    def _cells(self, row: ElementTree.Element) -> Iterator[tuple[int, Value]]:
        column = 0
        for cell in row:
            if _tag(cell) != "c":
                continue
            place = re.match("[A-Za-z]+", cell.get("r", ""))
            column = column_number(place[0]) if place else column + 1
            value = self._value(cell)
            if value is not None and (value.text or value.formula):
                yield column, value

    def _value(self, cell: ElementTree.Element) -> Value | None:
        """18.3.1.4: type, value, formula and in-line text of a cell."""
        kind = cell.get("t", "n")
        parts = {_tag(part): part for part in cell}
        formula = f"={parts['f'].text or '…'}" if "f" in parts else ""
        stored = parts["v"].text or "" if "v" in parts else ""
        if kind == "s":
            return Value(self._strings[int(stored)], formula=formula) if stored else None
        if kind == "inlineStr":
            return Value(_rich(parts["is"]), formula=formula) if "is" in parts else None
        if kind == "str":
            return Value(decoded(stored), formula=formula)
        if kind == "b":
            return Value("TRUE" if stored == "1" else "FALSE", "boolean", formula)
        if kind == "e":
            return Value(stored, "error", formula)
        if kind == "d":
            return Value(stored, "date", formula)
        if not stored:
            return Value("", formula=formula) if formula else None
        number = float(stored)
        if int(cell.get("s", "0")) in self._dates:
            return Value(self._date(number), "date", formula)
        whole = number.is_integer() and abs(number) < 1e15
        return Value(str(int(number)) if whole else repr(number), "number", formula)

    def _date(self, number: float) -> str:
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

        epoch = MAC_EPOCH if self._from_1904 else WINDOWS_EPOCH
        try:
            return str(from_excel(number, epoch)).removesuffix(" 00:00:00")
        except (ValueError, OverflowError):
            return repr(number)


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """The number of a column, from 1.

    >>> column_number("A"), column_number("AB")
    (1, 28)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _tag(element: ElementTree.Element) -> str:
    """Name without namespace: the strict and the transitional format differ in nothing else."""
    return _local(str(element.tag))


def _rich(item: ElementTree.Element) -> str:
    """18.4.8, 18.4.4: plain text or runs of it; readings of Japanese (rPh) are no text."""
    texts = []
    for part in item:
        if _tag(part) == "t":
            texts.append(part.text or "")
        elif _tag(part) == "r":
            texts += [text.text or "" for text in part if _tag(text) == "t"]
    return decoded("".join(texts))


def _date_styles(styles: ElementTree.Element) -> set[int]:
    """18.8.10, 18.8.30: numbers of the cell styles that show a number as a date or time."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    formats = dict(BUILTIN_FORMATS)
    cells: list[int] = []
    for element in styles.iter():
        if _tag(element) == "numFmt":
            formats[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
        elif _tag(element) == "cellXfs":
            cells = [int(style.get("numFmtId", "0")) for style in element]
    return {index for index, form in enumerate(cells) if is_date_format(formats.get(form))}
