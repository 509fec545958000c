"""Reads the table behind a test set: CSV with a header, every fault with its line and column."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from sttprep.errors import TestSetError
from sttprep.source import Problem, Source, Span

__all__ = ["Row", "read_rows"]

_EXAMPLE = "clips/one.wav,two tablets daily"
_START = "The first line must name the columns, for example: audio,text,speaker"
_OTHER_NAMES = {
    # Headers of IBM's watson-stt-wer-python, Common Voice and NeMo manifests, and everyday words.
    "audio": (
        "audio file name", "audio_filepath", "audio file", "audiofile", "file", "file name",
        "filename", "path", "recording", "wav",
    ),
    "text": (
        "reference", "transcript", "transcription", "sentence", "utterance", "words",
        "reference text", "ref",
    ),
}  # fmt: skip
_LISTED_FILES = 20  # neighbours are looked up for so many missing files; all are reported


@dataclass(frozen=True)
class Row:
    """One recording of a manifest."""

    audio: Path
    """The recording, joined to the folder of the manifest."""
    text: str
    """What was said, as written."""
    labels: dict[str, str]
    """The cells of all other columns."""
    line: int
    """Line it starts on, from 1."""


def read_rows(path: Path) -> list[Row]:
    """The rows of a manifest.

    Raises:
        TestSetError: the file cannot be read, or anything in it cannot be used; ``problems`` has
            every fault in file order.
    """
    source = Source(str(path), _read_text(path))
    reader = _Reader(source, path.parent)
    rows = reader.read()
    if reader.problems:
        raise TestSetError(problems=sorted(reader.problems, key=lambda p: (p.line, p.column)))
    return rows


def _read_text(path: Path) -> str:
    """The text of a UTF-8 file, or UTF-16 if a byte-order mark says so."""
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = Problem(
            "error",
            "unreadable",
            f"the manifest cannot be read: {error.strerror or error}.",
            'It is a CSV file whose first line is "audio,text" and whose rows are such as "'
            f'{_EXAMPLE}".',
            str(path),
        )
        raise TestSetError(problems=[problem]) from error
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="replace")
        line, column = Source("", before).position(len(before))
        problem = Problem(
            "error",
            "encoding",
            f"byte 0x{data[error.start]:02X} is not valid {encoding.removesuffix('-sig').upper()}.",
            "Save the manifest as UTF-8.",
            str(path),
            line,
            column,
        )
        raise TestSetError(problems=[problem]) from error


@dataclass(frozen=True)
class _Record:
    """One row as written."""

    cells: list[str]
    spans: list[Span]
    """Where each cell stands in the text, quotes included."""
    line: int

    def span(self, index: int) -> Span:
        return self.spans[min(index, len(self.spans) - 1)]

    @property
    def whole(self) -> Span:
        return Span(self.spans[0].start, self.spans[-1].end)


class _Reader:
    """Turns one text into rows and gathers the problems on the way."""

    def __init__(self, source: Source, folder: Path) -> None:
        self.source = source
        self.folder = folder
        self.problems: list[Problem] = []
        self._listings: dict[Path, list[str]] = {}
        self._missing = 0

    def report(self, code: str, span: Span, message: str, hint: str = "") -> None:
        self.problems.append(self.source.problem("error", code, span, message, hint))

    @cached_property
    def delimiter(self) -> str:
        """Comma, or what a spreadsheet wrote instead: semicolon or tab, judged by the header."""
        header = self.source.text.lstrip("\r\n").splitlines()[:1]
        counts = {mark: header[0].count(mark) if header else 0 for mark in ",;\t"}
        return max(counts, key=counts.__getitem__)

    def read(self) -> list[Row]:
        records = self.records()
        header = next(records, None)
        if header is None:
            self.report("empty", Span(0, 0), "the manifest is empty.", _START)
            return []
        columns = self.columns(header)
        if columns is None:
            return []
        rows: list[Row] = []
        first_lines: dict[str, int] = {}
        empty = True
        for record in records:
            empty = False
            row = self.row(record, columns)
            if row is None:
                continue
            key = os.path.normpath(row.audio)
            first = first_lines.setdefault(key, record.line)
            if first != record.line:
                self.report(
                    "duplicate-audio",
                    record.span(columns.index("audio")),
                    f"the recording {row.audio.name} is listed twice, first on line {first}.",
                    "Remove one of the rows: every recording counts once.",
                )
            rows.append(row)
        if empty and not self.problems:
            self.report(
                "no-rows",
                header.whole,
                "the manifest names its columns but lists no recording.",
                f"Add rows such as: {_EXAMPLE}",
            )
        return rows

    def records(self) -> Iterator[_Record]:
        """The rows that have something in them; faults of quoting are reported."""
        reader = csv.reader(
            io.StringIO(self.source.text, newline=""), delimiter=self.delimiter, strict=True
        )
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self.quoting(line, error)
                continue
            if not any(cell.strip() for cell in cells):
                continue
            yield _Record([cell.strip() for cell in cells], self.cell_spans(line)[0], line)

    def cell_spans(self, line: int) -> tuple[list[Span], int | None]:
        """Where the cells of the record starting on this line stand (RFC 4180, section 2).

        Also the place of a quote that is never closed.
        """
        text, place = self.source.text, self.source.offset(line)
        spans: list[Span] = []
        while True:
            start = place
            if text.startswith('"', place):
                place += 1
                while (close := text.find('"', place)) >= 0 and text[close + 1 : close + 2] == '"':
                    place = close + 2
                if close < 0:
                    return [*spans, Span(start, len(text))], start
                place = close + 1
            while place < len(text) and text[place] not in (self.delimiter, "\r", "\n"):
                place += 1
            spans.append(Span(start, place))
            if place == len(text) or text[place] != self.delimiter:
                return spans, None
            place += 1

    def quoting(self, line: int, error: csv.Error) -> None:
        spans, unclosed = self.cell_spans(line)
        doubled = 'Double the quotes inside a quoted text: "she said ""yes"" twice".'
        if unclosed is not None:
            span = Span(unclosed, unclosed + 1)
            self.report("unclosed-quote", span, "this quote is never closed.", doubled)
        else:
            self.report("csv", Span(spans[0].start, spans[-1].end), f"not CSV: {error}.", doubled)

    def columns(self, header: _Record) -> list[str] | None:
        """Names of the columns, ``audio`` and ``text`` among them; None if they cannot be used."""
        names = [name.lower() if name.lower() in _OTHER_NAMES else name for name in header.cells]
        while not names[-1]:
            names.pop()  # spreadsheets pad rows, the header too
        before = len(self.problems)
        for index, name in enumerate(names):
            if name and name in names[:index]:
                message = f"two columns are named {name}."
                self.report("duplicate-column", header.span(index), message, "Rename one of them.")
        named = [name for name in names if name]
        for needed, others in _OTHER_NAMES.items():
            if needed in names:
                continue
            near = next((name for name in named if name.lower() in others), None)
            if near is None:
                free = [name for name in named if name not in _OTHER_NAMES]
                near = next(iter(get_close_matches(needed, free, n=1, cutoff=0.5)), None)
            span = header.whole if near is None else header.span(names.index(near))
            hint = _START if near is None else f'Rename the column "{near}" to "{needed}".'
            self.report(
                "missing-column",
                span,
                f'there is no column "{needed}". Columns: {", ".join(named)}.',
                hint,
            )
        return None if len(self.problems) > before else names

    def row(self, record: _Record, columns: Sequence[str]) -> Row | None:
        """One recording, or None if the row cannot be used."""
        cells = record.cells
        while len(cells) > len(columns) and not cells[-1]:
            cells = cells[:-1]  # spreadsheets pad rows
        if len(cells) != len(columns):
            self.cell_count(record, len(cells), columns)
            return None
        for index, name in enumerate(columns):
            if not name and cells[index]:
                message = f"column {index + 1} has no name but a value here."
                self.report("unnamed-column", record.span(index), message, "Name it in line 1.")
        values = dict(zip(columns, cells, strict=True))
        values.pop("", None)
        audio, text = values.pop("audio"), values.pop("text")
        if not text:
            self.report(
                "empty-text",
                record.span(columns.index("text")),
                f"{audio or 'this row'} has no text.",
                "Write what was said; for a recording without speech write %HESITATION.",
            )
        place = record.span(columns.index("audio"))
        if not audio:
            self.report(
                "empty-audio", place, "this row names no recording.", "Write the path of its audio."
            )
            return None
        path = self.folder / audio
        if not os.path.isfile(path):  # Path.is_file raises on a name that is too long
            self.missing_audio(place, audio, path)
        return Row(path, text, values, record.line)

    def cell_count(self, record: _Record, count: int, columns: Sequence[str]) -> None:
        names = [name for name in columns if name]
        cells = "1 cell" if count == 1 else f"{count} cells"
        self.report(
            "cell-count",
            record.whole,
            f"audio and text do not match in number: the row has {cells}, the header names "
            f"{len(columns)} columns ({', '.join(names)}).",
            'Put a text with a comma in quotes: clips/one.wav,"yes, please".'
            if count > len(columns)
            else f"Write a cell for every column: {self.delimiter.join(names)}.",
        )

    def missing_audio(self, place: Span, audio: str, path: Path) -> None:
        self._missing += 1
        if os.path.isdir(path):
            message, hint = f"{audio} is a folder, not a recording.", "Name the file in it."
        else:
            message = f"the recording {audio} does not exist."
            hint = f"Paths are relative to the folder of the manifest, {self.folder}."
            if self._missing <= _LISTED_FILES:
                hint = self.neighbour(audio, path) or hint
        self.report("missing-audio", place, message, hint)

    def neighbour(self, audio: str, path: Path) -> str:
        """A hint that names a file which may be meant, or nothing."""
        slashed = audio.replace("\\", "/")
        if slashed != audio and os.path.isfile(self.folder / slashed):
            return f"Write it with slashes: {slashed}."
        folder = path.parent
        if folder not in self._listings:
            try:
                self._listings[folder] = sorted(entry.name for entry in folder.iterdir())
            except (OSError, ValueError):  # ValueError: a NUL in the name
                self._listings[folder] = []
        near = get_close_matches(path.name, self._listings[folder], n=1, cutoff=0.8)
        return f"Did you mean {Path(audio).with_name(near[0]).as_posix()}?" if near else ""
