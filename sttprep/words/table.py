"""Word lists as files: CSV, Excel and JSON, read with every fault at its place.

CSV (UTF-8 or UTF-16, with or without byte-order mark, commas, semicolons or tabs)::

    word,sounds_like,display_as
    NCAA,N. C. A. A.|N. C. double A.,
    hhonors,hilton honors|H. honors,HHonors

* Several sounds-likes stand in one cell, separated by ``|``; in a cell ``\\|`` is a bar and
  ``\\\\`` a backslash. ``count`` and ``source`` are further columns a list may have.
* A cell that would begin with ``=``, ``+``, ``-`` or ``@`` is written with an apostrophe before
  it, which reading takes away again: spreadsheets then show text and compute nothing.

Excel (:mod:`sttprep.words.excel`) has the same columns, all of them text.

JSON is the service's own form, ``{"words": [{"word": …, "sounds_like": […]}, …]}``, one word a
line; a bare list is read too. It alone keeps the ``error`` of a word: the others are judged anew
when they are read.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sttprep.errors import WordError
from sttprep.files import write_bytes_whole, write_whole
from sttprep.source import Problem, Source, Span
from sttprep.words.diff import visible
from sttprep.words.excel import Workbook, excel_rows, format_excel
from sttprep.words.files import decode_text, read_file
from sttprep.words.rules import judge_word
from sttprep.words.wordcsv import csv_rows, format_csv
from sttprep.words.wordjson import Row, format_json, json_rows
from sttprep.words.wordlist import WordList

__all__ = [
    "check_words_file",
    "format_words",
    "load_words",
    "parse_words",
    "read_words",
    "write_words",
]

# Extension → kind. Spreadsheets save their "Unicode text" as .txt.
_READ = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".json": "json", ".xlsx": "xlsx", ".xlsm": "xlsx",
}  # fmt: skip
_WRITTEN = {".csv": "csv", ".json": "json", ".xlsx": "xlsx"}


def read_words(
    path: str | Path, *, language: str | None = "en-US", generation: str = "previous"
) -> WordList:
    """The word list of a ``.csv``, ``.xlsx`` or ``.json`` file.

    Args:
        path: The file; text separated by tabs may also be called ``.tsv`` or ``.txt``.
        language: Language whose rules the words must keep; None: do not judge them.
        generation: ``previous`` or ``next``.

    Raises:
        WordError: the file cannot be read; ``.problems`` has everything wrong with it.
        NotFoundError: there are no rules for the language or generation.
    """
    return load_words(path, language=language, generation=generation)[0]


def load_words(
    path: str | Path, *, language: str | None = "en-US", generation: str = "previous"
) -> tuple[WordList, list[Problem]]:
    """The words of a file, as :func:`read_words` reads them, and what it lets pass.

    That is every warning and note of :func:`check_words_file`: cells of a spreadsheet that are
    numbers or computed, sheets that are not read …

    Raises:
        WordError: the file cannot be read; ``.problems`` has everything wrong with it.
        NotFoundError: there are no rules for the language or generation.
    """
    rows, problems = _judged(*_opened(path), language, generation)
    return _list(rows, problems), problems


def parse_words(
    text: str,
    name: str,
    kind: str,
    *,
    language: str | None = "en-US",
    generation: str = "previous",
) -> WordList:
    """The word list in a text of the kind ``csv`` or ``json``; see :func:`read_words`.

    >>> parse_words("word,sounds_like\\nIEEE,I. triple E.\\n", "words.csv", "csv")["IEEE"]
    Word(word='IEEE', sounds_like=('I. triple E.',), display_as=None, count=0, source=(), error=())
    """
    return _list(*_judged(Source(name, text), kind, language, generation))


def check_words_file(
    path: str | Path, *, language: str | None = "en-US", generation: str = "previous"
) -> list[Problem]:
    """Everything wrong or doubtful in a word list file, in file order; empty: it is fine.

    Raises:
        NotFoundError: there are no rules for the language or generation.
    """
    try:
        source, kind = _opened(path)
    except WordError as error:
        message = error.message.removeprefix(f"{path}: ")
        return list(error.problems) or [
            Problem("error", "words-file", message[:1].upper() + message[1:], error.hint, str(path))
        ]
    return _judged(source, kind, language, generation)[1]


def write_words(words: WordList, path: str | Path) -> None:
    """Write a ``.csv``, ``.xlsx`` or ``.json`` file, whole or not at all.

    Raises:
        WordError: another extension, a word that the file cannot hold, or a place where no file
            can be written.
    """
    kind = _kind(path, _WRITTEN)
    if kind == "xlsx":
        write_bytes_whole(path, format_excel(words), WordError)
    else:
        write_whole(path, format_words(words, kind), WordError)


def format_words(words: WordList, kind: str) -> str:
    """The text of a ``csv`` or ``json`` file; the same list gives the same text."""
    return format_csv(words) if kind == "csv" else format_json(words)


def _opened(path: str | Path) -> tuple[Source, str]:
    """The cells or the text of a file, and its kind."""
    kind = _kind(path, _READ)
    if kind == "xlsx":
        return Workbook(str(path), read_file(path, WordError)), kind
    data = read_file(path, WordError)
    if data.startswith(b"PK\x03\x04"):
        raise WordError(
            f"{path}: this is an Excel workbook, whatever its name says.",
            hint="Rename it, for example to words.xlsx.",
        )
    return Source(str(path), decode_text(data, str(path), WordError)), kind


def _kind(path: str | Path, kinds: dict[str, str]) -> str:
    suffix = Path(path).suffix.lower()
    if suffix in kinds:
        return kinds[suffix]
    if suffix in (".xls", ".ods"):
        raise WordError(
            f"{path}: '{suffix}' is not a kind of spreadsheet that is understood here.",
            hint="Open it in the spreadsheet and save it as .xlsx.",
        )
    found = f"'{suffix}'" if suffix else "one without extension"
    raise WordError(
        f"{path}: a word list is a .csv, .xlsx or .json file, not {found}.",
        hint="Rename it, for example to words.csv.",
    )


def _list(rows: list[Row], problems: list[Problem]) -> WordList:
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise WordError(problems=errors)
    return WordList(row.word for row in rows)


def _judged(
    source: Source, kind: str, language: str | None, generation: str
) -> tuple[list[Row], list[Problem]]:
    problems: list[Problem] = []
    if isinstance(source, Workbook):
        rows = list(excel_rows(source, problems))
    else:
        rows = list((csv_rows if kind == "csv" else json_rows)(source, problems))
    first: dict[str, Span] = {}
    for row in rows:
        span = row.spans["word"]
        spelling = row.word.word
        if spelling in first:
            problems.append(source.problem(
                "error", "word-repeated", span,
                f"'{spelling}' stands in {_place(source, first[spelling])} already.",
                "Keep one entry for each word; separate its sounds-likes by '|'.",
            ))  # fmt: skip
        else:
            first[spelling] = span
        if language is not None and not row.judged:
            problems += [
                _placed(source, element, problem, row)
                for element, problem in judge_word(row.word, language, generation)
            ]
    problems.sort(key=lambda problem: problem.span.start if problem.span else 0)
    return rows, [
        # What a file holds may steer a terminal; messages quote it.
        replace(problem, message=visible(problem.message), hint=visible(problem.hint))
        for problem in problems
    ]


def _place(source: Source, span: Span) -> str:
    if isinstance(source, Workbook):
        return source.address(span)
    return f"line {source.position(span.start)[0]}"


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
    message = f"'{row.word.word}': {problem.message}" if row.word.word else problem.message
    return source.problem(problem.severity, problem.code, span, message, problem.hint)
