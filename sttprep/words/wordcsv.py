"""Word lists as CSV text: cells with their places, whatever program wrote them.

>>> print(format_csv([Word("AT&T", ["A. T. and T."]), Word("=1+1")]), end="")
word,sounds_like,display_as
AT&T,A. T. and T.,
'=1+1,,
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sttprep.source import Problem, Source, Span
from sttprep.words.cells import Cell, word_cells, word_rows
from sttprep.words.entry import Word
from sttprep.words.wordjson import FIELDS, Row

__all__ = ["csv_rows", "format_csv"]

# What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"), the full-width
# forms of Japanese ones among them.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_SEPARATORS = ",;\t"

# One cell and what ends it: RFC 4180, section 2, with the separator of the header line.
_CELL = (
    r'(?P<cell>"(?:[^"]|"")*"|[^{separator}"\r\n][^{separator}\r\n]*|)'
    r"(?P<end>{separator}|\r\n|\r|\n|\Z)"
)


def csv_rows(source: Source, problems: list[Problem]) -> Iterator[Row]:
    """The words of a CSV text; what is wrong goes to ``problems``.

    Commas, semicolons or tabs separate the cells: the one the header line has most of, or the one
    that a first line ``sep=;`` names, as some spreadsheets write it.
    """
    named = re.match(r"sep=(.)(?:\r\n|\r|\n)", source.text)
    if named:
        separator, start = named[1], named.end()
    else:
        line = source.line(1)
        separator, start = max(_SEPARATORS, key=lambda mark: (line.count(mark), mark == ",")), 0
    rows = _cells(source, separator, start, problems)
    yield from word_rows(source, rows, problems, text=_unguarded)


def _cells(
    source: Source, separator: str, start: int, problems: list[Problem]
) -> Iterator[list[Cell]]:
    """The rows of a CSV text as cells with their places; lines with nothing on them are skipped."""
    text = source.text
    cell = re.compile(_CELL.replace("{separator}", re.escape(separator)))
    row: list[Cell] = []
    place = start
    while place <= len(text):
        match = cell.match(text, place)
        if match is None:
            problems.append(_quote_problem(source, place, cell, separator))
            # Go on with the next line: what follows the broken quote cannot be told apart.
            line_end = re.compile(r"\r\n|\r|\n|\Z").search(text, place)
            assert line_end is not None
            place, row = line_end.end(), []
            if line_end[0] == "":
                return
            continue
        raw = match["cell"]
        value = raw[1:-1].replace('""', '"') if raw.startswith('"') else raw
        row.append((value, Span(match.start("cell"), match.end("cell"))))
        place = match.end()
        if match["end"] != separator:
            if len(row) > 1 or raw:
                yield row
            row = []
            if match["end"] == "":
                return


def _quote_problem(source: Source, place: int, cell: re.Pattern[str], separator: str) -> Problem:
    closed = re.compile(r'"(?:[^"]|"")*"').match(source.text, place)
    if closed is None:
        return source.problem(
            "error", "csv-quote", Span(place, place + 1), "This quotation mark is never closed.",
            'Close it, or write "" for a quotation mark inside a quoted cell.',
        )  # fmt: skip
    return source.problem(
        "error", "csv-quote", Span(closed.end(), closed.end() + 1),
        f"A quoted cell ends here, but no '{separator}' follows.",
        'Write "" for a quotation mark inside a quoted cell, for example "say ""hi""".',
    )  # fmt: skip


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip("'").startswith(_FORMULA) else cell


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def _quoted(cell: str) -> str:
    """A cell as RFC 4180 wants it, blanks at its ends made visible."""
    if re.search(r'[",;\t\r\n]|^\s|\s$', cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def format_csv(words: Iterable[Word]) -> str:
    """The text of a CSV file; three columns where no word has a count or a source.

    Raises:
        WordError: a cell cannot hold a word.
    """
    words = list(words)
    further = any(word.count or word.source for word in words)
    columns = FIELDS if further else FIELDS[:3]
    lines = [",".join(columns)]
    for word in words:
        cells = word_cells(word)[: len(columns)]
        lines.append(",".join(_quoted(_guarded(cell)) for cell in cells))
    return "\n".join(lines) + "\n"
