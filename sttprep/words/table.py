"""Word lists as files: CSV and JSON, read with every fault at its line and column.

CSV (UTF-8, with or without byte-order mark, commas, semicolons or tabs)::

    word,sounds_like,display_as
    NCAA,N. C. A. A.|N. C. double A.,
    hhonors,hilton honors|H. honors,HHonors

* Several sounds-likes stand in one cell, separated by ``|``; in a cell ``\\\\|`` is a bar and
  ``\\\\\\\\`` a backslash. ``count`` and ``source`` are further columns a list may have.
* A cell that would begin with ``=``, ``+``, ``-`` or ``@`` is written with an apostrophe before
  it, which reading takes away again: spreadsheets then show text and compute nothing.

JSON is the service's own form, ``{"words": [{"word": …, "sounds_like": […]}, …]}``, one word a
line; a bare list is read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sttprep.errors import WordError
from sttprep.source import Problem, Source, Span
from sttprep.words.entry import Word
from sttprep.words.files import read_utf8, write_whole
from sttprep.words.rules import judge_word
from sttprep.words.wordjson import FIELDS, Row, format_json, json_rows, nearest
from sttprep.words.wordlist import WordList

__all__ = ["check_words_file", "format_words", "parse_words", "read_words", "write_words"]

_EXAMPLE_HEADER = "word,sounds_like,display_as"
_FORMULA = ("=", "+", "-", "@")

# One cell and what ends it: RFC 4180, section 2, with the separator of the header line.
_CELL = (
    r'(?P<cell>"(?:[^"]|"")*"|[^{separator}"\r\n][^{separator}\r\n]*|)'
    r"(?P<end>{separator}|\r\n|\r|\n|\Z)"
)


def read_words(
    path: str | Path, *, language: str | None = "en-US", generation: str = "previous"
) -> WordList:
    """The word list of a ``.csv`` or ``.json`` file.

    Args:
        path: The file.
        language: Language whose rules the words must keep; None: do not judge them.
        generation: ``previous`` or ``next``.

    Raises:
        WordError: the file cannot be read; ``.problems`` has everything wrong with it.
        NotFoundError: there are no rules for the language or generation.
    """
    kind = _kind(path)
    return parse_words(
        read_utf8(path, WordError), str(path), kind, language=language, generation=generation
    )


def parse_words(
    text: str,
    name: str,
    kind: str,
    *,
    language: str | None = "en-US",
    generation: str = "previous",
) -> WordList:
    """The word list in a text of the kind ``csv`` or ``json``; see :func:`read_words`."""
    rows, problems = _judged(Source(name, text), kind, language, generation)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise WordError(problems=errors)
    return WordList(row.word for row in rows)


def check_words_file(
    path: str | Path, *, language: str | None = "en-US", generation: str = "previous"
) -> list[Problem]:
    """Everything wrong or doubtful in a word list file, in file order; empty: it is fine.

    Raises:
        NotFoundError: there are no rules for the language or generation.
    """
    try:
        text = read_utf8(path, WordError)
        kind = _kind(path)
    except WordError as error:
        return list(error.problems) or [
            Problem("error", "words-file", error.message, error.hint, name=str(path))
        ]
    return _judged(Source(str(path), text), kind, language, generation)[1]


def write_words(words: WordList, path: str | Path) -> None:
    """Write a ``.csv`` or ``.json`` file, whole or not at all.

    Raises:
        WordError: another extension, a word that CSV cannot hold, or a file that cannot be written.
    """
    write_whole(path, format_words(words, _kind(path)), WordError)


def format_words(words: WordList, kind: str) -> str:
    """The text of a ``csv`` or ``json`` file; the same list gives the same text."""
    return _format_csv(words) if kind == "csv" else format_json(words)


def _kind(path: str | Path) -> str:
    suffix = Path(path).suffix.lower()
    if suffix not in (".csv", ".json"):
        raise WordError(
            f"{path}: a word list is a .csv or .json file, not '{suffix or 'without extension'}'.",
            hint="Rename it, for example to words.csv.",
        )
    return suffix[1:]


def _judged(
    source: Source, kind: str, language: str | None, generation: str
) -> tuple[list[Row], list[Problem]]:
    problems: list[Problem] = []
    rows = list((_csv_rows if kind == "csv" else json_rows)(source, problems))
    first: dict[str, int] = {}
    for row in rows:
        span = row.spans["word"]
        spelling = row.word.word
        if spelling in first:
            problems.append(source.problem(
                "error", "word-repeated", span,
                f"'{spelling}' stands in line {first[spelling]} already.",
                "Keep one line for each word; separate its sounds-likes by '|'.",
            ))  # fmt: skip
        else:
            first[spelling] = source.position(span.start)[0]
        if language is not None and not row.judged:
            problems += [
                _placed(source, element, problem, row)
                for element, problem in judge_word(row.word, language, generation)
            ]
    problems.sort(key=lambda problem: problem.span.start if problem.span else 0)
    return rows, problems


def _placed(source: Source, element: str, problem: Problem, row: Row) -> Problem:
    """A problem of a word, moved to where it stands in the file."""
    field = "word"
    if problem.code.startswith("sounds-like"):
        field = "sounds_like"
    elif problem.code.startswith("display-as"):
        field = "display_as"
    span = row.spans.get(field, row.spans["word"])
    at = source.text.find(element, span.start, span.end)
    if field == "sounds_like" and at >= 0:  # not found: the cell has it quoted or escaped
        inner = problem.span or Span(0, len(element))
        span = Span(at + inner.start, at + inner.end)
    message = f"'{row.word.word}': {problem.message}"
    return source.problem(problem.severity, problem.code, span, message, problem.hint)


def _cells(
    source: Source, separator: str, problems: list[Problem]
) -> Iterator[list[tuple[str, Span]]]:
    """The rows of a CSV text as cells with their places; lines with nothing on them are skipped."""
    text = source.text
    cell = re.compile(_CELL.replace("{separator}", re.escape(separator)))
    row: list[tuple[str, Span]] = []
    place = 0
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


def _csv_rows(source: Source, problems: list[Problem]) -> Iterator[Row]:
    header_line = source.line(1)
    separator = max(",;\t", key=lambda mark: (header_line.count(mark), mark == ","))
    rows = _cells(source, separator, problems)
    header = next(rows, None)
    if header is None:
        problems.append(source.problem(
            "error", "csv-empty", Span(0, 0), "The file is empty.",
            f"Its first line is '{_EXAMPLE_HEADER}'.",
        ))  # fmt: skip
        return
    columns = _header(source, header, problems)
    if columns is None:
        return
    for cells in rows:
        if len(cells) != len(header) and any(value.strip() for value, _ in cells[len(header) :]):
            problems.append(source.problem(
                "error", "csv-cells", cells[len(header)][1],
                f"The row has {len(cells)} cells, the header {len(header)}.",
                "Quote cells that contain the separator, for example \"one, two\".",
            ))  # fmt: skip
        values = {name: cells[index] for index, name in columns.items() if index < len(cells)}
        yield _csv_word(source, values, cells[0][1], problems)


def _header(
    source: Source, header: list[tuple[str, Span]], problems: list[Problem]
) -> dict[int, str] | None:
    """Column number → field; None if the table cannot be read at all."""
    columns: dict[int, str] = {}
    for index, (value, span) in enumerate(header):
        name = value.strip().lower()
        if name in columns.values():
            problems.append(source.problem(
                "error", "csv-column-repeated", span, f"The column '{name}' is given twice.",
                f"The header is '{_EXAMPLE_HEADER}'.",
            ))  # fmt: skip
        elif name in FIELDS:
            columns[index] = name
        else:
            problems.append(source.problem(
                "error", "csv-column", span, f"There is no column '{value}'.",
                f"{nearest(name, FIELDS)}The header is '{_EXAMPLE_HEADER}'.",
            ))  # fmt: skip
    if "word" in columns.values():
        return columns
    if not any(problem.code == "csv-column" for problem in problems):
        problems.append(source.problem(
            "error", "csv-column", header[0][1], "There is no column 'word'.",
            f"The first line names the columns: '{_EXAMPLE_HEADER}'.",
        ))  # fmt: skip
    return None


def _csv_word(
    source: Source,
    cells: dict[str, tuple[str, Span]],
    start: Span,
    problems: list[Problem],
) -> Row:
    def value(field: str) -> str:
        return _unguarded(cells[field][0]) if field in cells else ""

    lists = {}
    for field in ("sounds_like", "source"):
        lists[field] = _split(value(field))
        if "" in lists[field]:
            problems.append(source.problem(
                "error", "csv-empty-part", cells[field][1],
                f"There is nothing between two bars in {field}.", "Remove one '|'.",
            ))  # fmt: skip
    count = value("count").strip()
    if count and not re.fullmatch("[0-9]{1,15}", count):
        problems.append(source.problem(
            "error", "csv-count", cells["count"][1], f"'{count}' is not a count.",
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


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip("'").startswith(_FORMULA) else cell


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def _split(cell: str) -> list[str]:
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
    while tokens and tokens[0] == " ":
        tokens = tokens[1:]
    while tokens and tokens[-1] == " ":
        tokens = tokens[:-1]
    return "".join(
        token[1] if len(token) == 2 and token[1] in "\\| " else token for token in tokens
    )


def _escaped(part: str) -> str:
    text = part.replace("\\", "\\\\").replace("|", "\\|")
    kept = text.strip(" ")
    left = len(text) - len(text.lstrip(" "))
    right = len(text) - left - len(kept)
    return "\\ " * left + kept + "\\ " * right


def _quoted(cell: str) -> str:
    """A cell as RFC 4180 wants it, blanks at its ends made visible."""
    if re.search(r'[",;\t\r\n]|^\s|\s$', cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _format_csv(words: WordList) -> str:
    further = any(word.count or word.source for word in words)
    columns = FIELDS if further else FIELDS[:3]
    lines = [",".join(columns)]
    for word in words:
        if not all((*word.sounds_like, *word.source)):
            raise WordError(
                f"Word '{word.word}' has an empty sounds-like or source; CSV cannot hold it.",
                hint="Remove it.",
            )
        cells = (
            word.word,
            "|".join(map(_escaped, word.sounds_like)),
            word.display_as or "",
            str(word.count),
            "|".join(map(_escaped, word.source)),
        )
        lines.append(",".join(_quoted(_guarded(cell)) for cell in cells[: len(columns)]))
    return "\n".join(lines) + "\n"
