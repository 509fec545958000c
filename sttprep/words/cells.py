"""Word lists as tables: what rows of cells mean, whether they stand in CSV or in a spreadsheet.

The first row names the columns; several sounds-likes stand in one cell, separated by ``|``:

>>> split_parts("N. C. A. A.|N. C. double A.")
['N. C. A. A.', 'N. C. double A.']
>>> join_parts(["a|b", " c"])
'a\\\\|b|\\\\ c'
>>> split_parts(join_parts(["a|b", " c"]))
['a|b', ' c']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from sttprep.errors import WordError
from sttprep.source import Problem, Source, Span
from sttprep.words.entry import Word
from sttprep.words.wordjson import FIELDS, Row, is_count, nearest

__all__ = ["EXAMPLE_HEADER", "Cell", "join_parts", "split_parts", "word_cells", "word_rows"]

Cell: TypeAlias = tuple[str, Span]
"""The text of a cell and where it stands."""

EXAMPLE_HEADER = "word,sounds_like,display_as"
"""The columns a list needs, for messages."""


def word_rows(
    source: Source,
    rows: Iterator[list[Cell]],
    problems: list[Problem],
    *,
    kind: str = "csv",
    text: Callable[[str], str] = str,
) -> Iterator[Row]:
    """The words of a table, its first row the header; what is wrong goes to ``problems``.

    Args:
        source: Makes the problems.
        rows: The rows, each cell with its place.
        problems: Grows.
        kind: First part of the problems' codes.
        text: What a cell means, where that is not the cell itself.
    """
    header = next(rows, None)
    if header is None:
        problems.append(source.problem(
            "error", f"{kind}-empty", Span(0, 0), "The file is empty.", _header_hint(kind),
        ))  # fmt: skip
        return
    columns = _header(source, header, problems, kind)
    if columns is None:
        return
    for cells in rows:
        stray = _stray(header, cells)
        if stray is not None:
            problems.append(_stray_problem(source, header, cells, stray, kind))
        values = {name: cells[index] for index, name in columns.items() if index < len(cells)}
        yield _word(source, values, cells[0][1], problems, kind, text)


def _header_hint(kind: str) -> str:
    if kind == "csv":
        return f"The first line is '{EXAMPLE_HEADER}'."
    return f"The first row names the columns: {', '.join(EXAMPLE_HEADER.split(','))}."


def _stray(header: list[Cell], cells: list[Cell]) -> int | None:
    """The first cell with a text and no column name above it; None where there is none."""
    for index, (value, _) in enumerate(cells):
        if value.strip() and (index >= len(header) or not header[index][0].strip()):
            return index
    return None


def _stray_problem(
    source: Source, header: list[Cell], cells: list[Cell], index: int, kind: str
) -> Problem:
    value, span = cells[index]
    if kind == "csv" and index >= len(header):
        return source.problem(
            "error", "csv-cells", span,
            f"The row has {len(cells)} cells, the header {len(header)}.",
            "Quote cells that contain the separator, for example \"one, two\".",
        )  # fmt: skip
    return source.problem(
        "error", f"{kind}-cells", span, f"'{value}' stands in a column without a name.",
        f"Empty the cell, or name its column. {_header_hint(kind)}",
    )  # fmt: skip


def _header(
    source: Source, header: list[Cell], problems: list[Problem], kind: str
) -> dict[int, str] | None:
    """Column number → field; None if the table cannot be read at all."""
    columns: dict[int, str] = {}
    unknown = False
    for index, (value, span) in enumerate(header):
        name = value.strip().lower()
        if not name:
            continue  # spreadsheets write empty columns; only text below is lost, and reported
        if name in columns.values():
            problems.append(source.problem(
                "error", f"{kind}-column-repeated", span, f"The column '{name}' is given twice.",
                _header_hint(kind),
            ))  # fmt: skip
        elif name in FIELDS:
            columns[index] = name
        else:
            unknown = True
            problems.append(source.problem(
                "error", f"{kind}-column", span, f"There is no column '{value}'.",
                f"{nearest(name, FIELDS)}{_header_hint(kind)}",
            ))  # fmt: skip
    if "word" in columns.values():
        return columns
    if not unknown:
        problems.append(source.problem(
            "error", f"{kind}-column", header[0][1], "There is no column 'word'.",
            _header_hint(kind),
        ))  # fmt: skip
    return None


def _word(
    source: Source,
    cells: dict[str, Cell],
    start: Span,
    problems: list[Problem],
    kind: str,
    text: Callable[[str], str],
) -> Row:
    def value(field: str) -> str:
        return text(cells[field][0]) if field in cells else ""

    lists = {}
    for field in ("sounds_like", "source"):
        lists[field] = split_parts(value(field))
        if "" in lists[field]:
            problems.append(source.problem(
                "error", f"{kind}-empty-part", cells[field][1],
                f"There is nothing between two bars in {field}.", "Remove one '|'.",
            ))  # fmt: skip
    count = value("count").strip()
    if count and not re.fullmatch("[0-9]{1,15}", count):
        problems.append(source.problem(
            "error", f"{kind}-count", cells["count"][1], f"'{count}' is not a count.",
            "Write a whole number, for example 3, or leave the cell empty.",
        ))  # fmt: skip
        count = ""
    word = Word(
        value("word"),
        [part for part in lists["sounds_like"] if part],
        value("display_as"),
        int(count or 0),
        [part for part in lists["source"] if part],
    )
    spans = {field: span for field, (_, span) in cells.items()}
    spans.setdefault("word", start)
    return Row(word, spans)


def word_cells(word: Word) -> tuple[str, str, str, str, str]:
    """The cells of a word, in the order of the columns.

    >>> word_cells(Word("IEEE", ["I. triple E."], count=2, source=["user", "specs"]))
    ('IEEE', 'I. triple E.', '', '2', 'specs|user')

    Raises:
        WordError: a cell cannot hold it: an empty sounds-like or source, or no count.
    """
    if not all((*word.sounds_like, *word.source)):
        raise WordError(
            f"Word '{word.word}' has an empty sounds-like or source; a table cannot hold it.",
            hint="Remove it.",
        )
    if not is_count(word.count):
        raise WordError(
            f"Word '{word.word}' has the count {word.count!r}, which no file holds.",
            hint="A count is a whole number from 0, for example 3.",
        )
    return (
        word.word,
        join_parts(word.sounds_like),
        word.display_as or "",
        str(word.count),
        join_parts(word.source),
    )


def split_parts(cell: str) -> list[str]:
    """The parts between bars, blanks around them dropped unless escaped."""
    if not cell.strip(" "):
        return []
    tokens = re.findall(r"\\.|[^\\]|\\", cell, re.DOTALL)
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token == "|":
            parts.append([])
        else:
            parts[-1].append(token)
    return [_unescaped(part) for part in parts]


def _unescaped(tokens: list[str]) -> str:
    first, last = 0, len(tokens)
    while first < last and tokens[first] == " ":
        first += 1
    while last > first and tokens[last - 1] == " ":
        last -= 1
    return "".join(
        token[1] if len(token) == 2 and token[1] in "\\| " else token
        for token in tokens[first:last]
    )


def join_parts(parts: Iterable[str]) -> str:
    """The parts in one cell; see :func:`split_parts`."""
    return "|".join(map(_escaped, parts))


def _escaped(part: str) -> str:
    text = part.replace("\\", "\\\\").replace("|", "\\|")
    kept = text.strip(" ")
    left = len(text) - len(text.lstrip(" "))
    right = len(text) - left - len(kept)
    return "\\ " * left + kept + "\\ " * right
