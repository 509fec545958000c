"""Recordings with what was said in them: what a recognizer is judged on.

A test set is a CSV file. ``audio`` is the recording, relative to the folder of the file, and
``text`` what was said; every further column is a label by which scores can be broken down::

    audio,text,speaker,split
    clips/one.wav,two tablets daily,anna,test
    clips/two.wav,"yes, please",ben,test

>>> testset = TestSet([
...     TestItem(Path("one.wav"), "two tablets daily", {"speaker": "anna"}),
...     TestItem(Path("two.wav"), "yes please", {"speaker": "ben"}),
... ])
>>> testset.filter(speaker="anna")
TestSet(1 recording, labels: speaker)
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, overload

from sttprep.errors import NotFoundError, TestSetError
from sttprep.evaluation.display import plural, table
from sttprep.evaluation.manifest import read_rows
from sttprep.source import Problem

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TestItem", "TestSet"]

_SHOWN_ROWS = 10  # of a test set in a notebook


@dataclass(frozen=True)
class TestItem:
    """One recording and what was said in it."""

    __test__: ClassVar[bool] = False  # the name starts with Test; pytest would collect it

    audio: Path
    """The recording."""
    text: str
    """What was said, as a person wrote it down."""
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Further columns of the manifest: speaker, split, room, …"""
    line: int | None = field(default=None, compare=False)
    """Line of the manifest it stands in, from 1."""


@dataclass(frozen=True, repr=False)
class TestSet(Sequence[TestItem]):
    """An ordered set of recordings with their texts."""

    __test__: ClassVar[bool] = False

    items: Sequence[TestItem]
    """The recordings, in order."""
    path: Path | None = None
    """The manifest it was read from."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", tuple(self.items))

    @classmethod
    def read(cls, path: str | Path) -> TestSet:
        """Read a manifest: CSV in UTF-8 with the columns ``audio`` and ``text``.

        Semicolons or tabs in place of commas are understood, as is a byte-order mark.

        Args:
            path: the manifest.

        Raises:
            TestSetError: the file cannot be read, a column is missing, a row has too few or too
                many cells or no text, a recording does not exist or is listed twice.
                ``problems`` has all of it, each with line and column.
        """
        path = Path(path)
        return cls(
            [TestItem(row.audio, row.text, row.labels, row.line) for row in read_rows(path)], path
        )

    @classmethod
    def from_pairs(
        cls, audio_paths: str | Path | Iterable[str | Path], texts: Iterable[str]
    ) -> TestSet:
        """Make a test set of recordings and their texts, in the same order.

        Raises:
            TestSetError: there are more recordings than texts, or the other way round.

        >>> TestSet.from_pairs(["one.wav", "two.wav"], ["two tablets daily"])
        Traceback (most recent call last):
            ...
        sttprep.errors.TestSetError: error: audio and text do not match in number: 2 \
recordings but 1 text. The first recording without a text is two.wav (number 2).
        """
        paths = [audio_paths] if isinstance(audio_paths, str | Path) else audio_paths
        audio = [Path(path) for path in paths]
        said = [texts] if isinstance(texts, str) else list(texts)
        if len(audio) != len(said):
            place = min(len(audio), len(said))
            first = (
                f"The first recording without a text is {audio[place]} (number {place + 1})."
                if len(audio) > len(said)
                else f"The first text without a recording is {said[place]!r} (number {place + 1})."
            )
            problem = Problem(
                "error",
                "different-numbers",
                f"audio and text do not match in number: {plural(len(audio), 'recording')} but "
                f"{plural(len(said), 'text')}.",
                first,
            )
            raise TestSetError(problems=[problem])
        return cls([TestItem(path, text) for path, text in zip(audio, said, strict=True)])

    @overload
    def __getitem__(self, index: int) -> TestItem: ...
    @overload
    def __getitem__(self, index: slice) -> TestSet: ...
    def __getitem__(self, index: int | slice) -> TestItem | TestSet:
        if isinstance(index, slice):
            return TestSet(self.items[index], self.path)
        return self.items[index]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[TestItem]:
        return iter(self.items)

    def __repr__(self) -> str:
        labels = f", labels: {', '.join(self.labels)}" if self.labels else ""
        return f"TestSet({plural(len(self), 'recording')}{labels})"

    @property
    def labels(self) -> list[str]:
        """Names of the labels, in the order of the columns."""
        return list(dict.fromkeys(name for item in self.items for name in item.labels))

    @property
    def names(self) -> list[str]:
        """A short name for each recording: its path as seen from the manifest."""
        folder = self.path.parent if self.path else None
        names = []
        for item in self.items:
            inside = folder is not None and item.audio.is_relative_to(folder)
            short = item.audio.relative_to(folder) if folder and inside else item.audio
            names.append(short.as_posix())
        return names

    def filter(self, **labels: str | Collection[str]) -> TestSet:
        """The recordings that carry all of these labels; a list of values means any of them.

        ``testset.filter(split="test", speaker=["anna", "ben"])``

        Raises:
            NotFoundError: no recording has this label, or none has this value of it.
        """
        items = list(self.items)
        for name, wanted in labels.items():
            if name not in self.labels:
                raise NotFoundError("label", name, self.labels)
            values = {wanted} if isinstance(wanted, str) else set(map(str, wanted))
            known = sorted({item.labels[name] for item in self.items if name in item.labels})
            for value in sorted(values.difference(known)):
                raise NotFoundError(name, value, known)
            items = [item for item in items if item.labels.get(name) in values]
        return TestSet(items, self.path)

    def check(self) -> list[Problem]:
        """What keeps these recordings from being a fair test.

        A recording that does not exist, is listed twice or has no text is an error; a test set
        without recordings is a warning. Nothing is decoded.
        """
        problems: list[Problem] = []
        if not self.items:
            problems.append(Problem("warning", "no-rows", "the test set has no recordings."))
        seen: dict[str, int] = {}
        for number, (item, name) in enumerate(zip(self.items, self.names, strict=True), 1):

            def report(code: str, message: str, hint: str, number: int = number) -> None:
                origin = str(self.path) if self.path else ""
                text = f"recording {number}: {message}"
                problems.append(Problem("error", code, text, hint, origin))

            if not os.path.isfile(item.audio):
                report("missing-audio", f"{name} does not exist.", "Correct its path.")
            first = seen.setdefault(os.path.normpath(item.audio), number)
            if first != number:
                hint = "Remove one of them: every recording counts once."
                report("duplicate-audio", f"{name} is recording {first} as well.", hint)
            if not item.text.strip():
                report("empty-text", f"{name} has no text.", "Write what was said.")
        return problems

    def frame(self) -> pd.DataFrame:
        """One row per recording: ``audio``, ``text`` and a column for each label."""
        import pandas as pd

        table: dict[str, list[str | None]] = {
            "audio": list(self.names),
            "text": [item.text for item in self.items],
        }
        for name in self.labels:
            table[name] = [item.labels.get(name) for item in self.items]
        return pd.DataFrame(table)

    def _repr_html_(self) -> str:
        columns = ["audio", "text", *self.labels]
        rows = [
            [name, item.text, *(item.labels.get(label, "") for label in self.labels)]
            for item, name in zip(self.items[:_SHOWN_ROWS], self.names, strict=False)
        ]
        more = len(self) - len(rows)
        return table(columns, rows) + (f"<p>… and {more:,} more</p>" if more > 0 else "")
