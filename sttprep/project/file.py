"""The project file: what to build and how to judge it.

::

    # Paths are relative to this file.
    name = "pharmacy"
    description = "Telephone orders of a pharmacy"
    base_model = "en-US_BroadbandModel"
    corpora = ["corpora/orders.txt"]
    grammars = ["grammars/dose.abnf"]
    words = "words.csv"
    audio = ["audio/manifest.csv"]
    customization_weight = 0.3
    test_set = "test/manifest.csv"

Only ``name`` and one of ``corpora`` and ``words`` are required.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sttprep.customization.definitions import MODEL_NAME_HINT, check_model_name
from sttprep.errors import NotFoundError, ProjectError
from sttprep.project.positions import Place, positions
from sttprep.recognition.base_models import DEFAULT_MODEL, base_model
from sttprep.source import Problem, Severity, Source, Span

__all__ = ["DEFAULT_WEIGHT", "FILE_NAME", "Project", "read_project"]

FILE_NAME = "project.toml"
DEFAULT_WEIGHT = 0.3
"""Customization weight where none is given (service-contract D.3)."""

_KINDS: dict[str, str] = {
    "name": "name",
    "description": "text",
    "base_model": "text",
    "corpora": "paths",
    "grammars": "paths",
    "words": "path",
    "audio": "paths",
    "customization_weight": "weight",
    "test_set": "path",
}
_EXAMPLES = {
    "name": 'a text in quotes, for instance {key} = "pharmacy"',
    "text": 'a text in quotes, for instance {key} = "Orders by telephone"',
    "path": 'a path in quotes, for instance {key} = "words.csv"',
    "paths": 'a list of paths, for instance {key} = ["corpora/orders.txt"]',
    "weight": "a number from 0.0 to 1.0, for instance {key} = 0.3",
}
_TOML_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")


@dataclass(frozen=True)
class Project:
    """A project file as read; all paths are absolute or relative to the current folder."""

    name: str
    """Name of the custom model."""
    folder: Path
    """Folder of the project file."""
    source: Source
    """The file's text, to say where something stands."""
    description: str = ""
    """One sentence about the domain."""
    base_model: str = DEFAULT_MODEL
    """Name of the base model."""
    corpora: tuple[Path, ...] = ()
    """Text files, one sentence a line."""
    grammars: tuple[Path, ...] = ()
    """Grammar files."""
    words: Path | None = None
    """Word list."""
    audio: tuple[Path, ...] = ()
    """Manifests of adaptation audio."""
    customization_weight: float = DEFAULT_WEIGHT
    """Weight of the custom language model, 0 to 1."""
    test_set: Path | None = None
    """Manifest of the test set."""
    places: dict[Place, Span] = field(default_factory=dict, repr=False, compare=False)
    """Where each key and value stands in the text."""

    @property
    def path(self) -> Path:
        """The project file."""
        return Path(self.source.name)

    def problem(
        self, severity: Severity, code: str, place: Place, message: str, hint: str = ""
    ) -> Problem:
        """A finding about a key or value of the project file."""
        span = _find(self.places, place)
        return self.source.problem(severity, code, span, message, hint)


def read_project(path: str | Path) -> Project:
    """Read a project file, or ``project.toml`` in the folder of that name.

    Raises:
        ProjectError: with every problem: syntax, unknown keys, wrong types, missing files.
    """
    path = Path(path)
    if path.is_dir():
        path = path / FILE_NAME
    source = Source(str(path), _text(path))
    try:
        values = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        raise ProjectError(problems=[_syntax(source, error)]) from error
    reader = _Reader(source, values, path.parent)
    project = reader.project()
    if reader.problems:
        problems = sorted(reader.problems, key=lambda problem: problem.line or 0)
        raise ProjectError(problems=problems)
    return project


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise ProjectError(
            f"{path}: there is no such project file.",
            hint="Give a project.toml or its folder; sttprep new NAME makes one.",
        ) from error
    except OSError as error:
        raise ProjectError(
            f"{path}: the project file cannot be read: {error.strerror}.",
            hint="Check the path and its permissions.",
        ) from error
    except UnicodeDecodeError as error:
        raise ProjectError(
            f"{path}: the project file is not UTF-8 (byte {error.start}).",
            hint="Save it as UTF-8 text.",
        ) from error


def _syntax(source: Source, error: tomllib.TOMLDecodeError) -> Problem:
    message = str(error)
    span = Span(len(source.text), len(source.text))
    if match := _TOML_PLACE.search(message):
        message = message[: match.start()]
        offset = min(source.offset(int(match[1]), int(match[2])), len(source.text))
        span = Span(offset, offset + 1)
    return source.problem(
        "error",
        "toml-syntax",
        span,
        f"this is not valid TOML: {message}.",
        'Texts stand in quotes: name = "pharmacy"; lists in brackets: corpora = ["a.txt"].',
    )


def _find(places: dict[Place, Span], place: Place) -> Span:
    """Span of a place, or of the nearest thing around it."""
    while place:
        for candidate in (place, (*place, "=")):
            if candidate in places:
                return places[candidate]
        place = place[:-1]
    return Span(0, 0)


class _Reader:
    """Turns the values into a project and collects what is wrong with them."""

    def __init__(self, source: Source, values: dict[str, Any], folder: Path) -> None:
        self.source = source
        self.values = values
        self.folder = folder
        self.problems: list[Problem] = []
        self.places = positions(source.text)

    def project(self) -> Project:
        self._keys()
        fields: dict[str, Any] = {}
        for key, kind in _KINDS.items():
            if key in self.values and (value := getattr(self, f"_{kind}")(key)) is not None:
                fields[key] = value
        self._required()
        self._base_model()
        fields.setdefault("name", "")
        return Project(folder=self.folder, source=self.source, places=self.places, **fields)

    def _add(self, code: str, place: Place, message: str, hint: str) -> None:
        span = _find(self.places, place)
        self.problems.append(self.source.problem("error", code, span, message, hint))

    def _keys(self) -> None:
        for key in self.values:
            if key in _KINDS:
                continue
            near = difflib.get_close_matches(key.lower(), _KINDS, n=1, cutoff=0.5)
            hint = f"Did you mean '{near[0]}'? " if near else ""
            self._add(
                "unknown-key",
                (key,),
                f"'{key}' is no key of a project file.",
                f"{hint}Keys are: {', '.join(_KINDS)}.",
            )

    def _required(self) -> None:
        if "name" not in self.values:
            self._add("missing-name", (), "the project has no name.", 'Add name = "pharmacy".')
        if not self.values.get("corpora") and not self.values.get("words"):
            self._add(
                "nothing-to-learn",
                ("corpora",),
                "the project names neither corpora nor words, so there is nothing to learn.",
                'Add corpora = ["corpora/orders.txt"] or words = "words.csv".',
            )

    def _base_model(self) -> None:
        name = self.values.get("base_model", DEFAULT_MODEL)
        if not isinstance(name, str):
            return
        try:
            model = base_model(name)
        except NotFoundError as error:
            self._add("unknown-base-model", ("base_model", "="), error.message, "")
            return
        if model.missing:
            self._add(
                "no-engine",
                ("base_model", "="),
                f"No local engine for {name}: {model.missing}.",
                "Register one with sttprep models add.",
            )

    def _wrong_type(self, key: str, place: Place) -> None:
        example = _EXAMPLES[_KINDS[key]].format(key=key)
        self._add("wrong-type", place, f"'{key}' must be {example}.", "")

    def _text(self, key: str) -> str | None:
        value = self.values[key]
        if isinstance(value, str) and (value.strip() or key == "description"):
            return value
        self._wrong_type(key, (key, "="))
        return None

    def _name(self, key: str) -> str | None:
        name = self._text(key)
        if name is not None and (wrong := check_model_name(name)):
            self._add("model-name", (key, "="), wrong, MODEL_NAME_HINT)
        return name

    def _weight(self, key: str) -> float | None:
        value = self.values[key]
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        self._wrong_type(key, (key, "="))
        return None

    def _path(self, key: str) -> Path | None:
        value = self.values[key]
        if not isinstance(value, str) or not value:
            self._wrong_type(key, (key, "="))
            return None
        return self._file(value, (key, "="))

    def _paths(self, key: str) -> tuple[Path, ...] | None:
        value = self.values[key]
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            self._wrong_type(key, (key, "="))
            return None
        paths = [self._file(item, (key, index)) for index, item in enumerate(value)]
        for index, item in enumerate(value):
            if item in value[:index]:
                self._add(
                    "duplicate-file", (key, index), f"'{item}' is listed twice.", "Remove one."
                )
        names = [path.stem for path in paths if path is not None]
        if key in ("corpora", "grammars"):
            for index, path in enumerate(paths):
                if path and path.stem in names[:index] and value[index] not in value[:index]:
                    self._add(
                        "duplicate-name",
                        (key, index),
                        f"two files of '{key}' are called {path.stem}.",
                        "The file name without its ending is the resource's name: rename one.",
                    )
        return tuple(path for path in paths if path is not None)

    def _file(self, value: str, place: Place) -> Path | None:
        path = self.folder / value
        if path.is_file():
            return path
        if path.is_dir():
            self._add(
                "not-a-file", place, f"'{value}' is a folder.", "Name the files in it one by one."
            )
            return None
        folder = path.parent
        if not folder.is_dir():
            where, near = f"the folder {folder} does not exist", []
        else:
            names = sorted(entry.name for entry in folder.iterdir())
            near = difflib.get_close_matches(path.name, names, n=1)
            where = f"there is no such file in {folder}"
        hint = (
            f"Did you mean '{Path(value).parent / near[0]}'?"
            if near
            else "Paths are relative to the project file."
        )
        self._add("missing-file", place, f"'{value}' is missing: {where}.", hint)
        return None
