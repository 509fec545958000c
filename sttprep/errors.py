"""Every error a user can cause, and the HTTP status the local service answers it with.

::

    SttprepError                    400   root; catch this one
    ├── InputError                  400   something given cannot be used: see ``.problems``
    │   ├── ProjectError            400   project.toml
    │   ├── CorpusError             400   a corpus file
    │   ├── GrammarError            400   a grammar file
    │   ├── WordError               400   a custom word or a word list
    │   ├── LexiconError            400   a pronunciation dictionary
    │   ├── LanguageModelError      400   n-gram counts, ARPA and binary files
    │   ├── AudioError              400   an audio file or samples
    │   └── TestSetError            400   a test set manifest
    ├── NotFoundError               404   no such name: see ``.available``
    ├── ConflictError               409   the thing exists already or is busy
    ├── StoreError                  507   the store is read-only, full or damaged
    ├── RecognizerError             500   a decoder died or refused its model
    └── MissingProgramError         501   an optional program or package is not installed

An error carries fields; its text is made in ``__str__``:

>>> raise_me = NotFoundError("base model", "en-UK_Broadband", ["en-US_BroadbandModel"])
>>> print(raise_me)
There is no base model 'en-UK_Broadband'. Available: en-US_BroadbandModel.
>>> raise_me.status
404
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from sttprep.source import Problem

__all__ = [
    "AudioError",
    "ConflictError",
    "CorpusError",
    "GrammarError",
    "InputError",
    "LanguageModelError",
    "LexiconError",
    "MissingProgramError",
    "NotFoundError",
    "ProjectError",
    "RecognizerError",
    "StoreError",
    "SttprepError",
    "TestSetError",
    "WordError",
]

_SHOWN_PROBLEMS = 20  # a terminal page; .problems always has them all


class SttprepError(Exception):
    """Root of every error a user can cause.

    ``message`` says what is wrong and where, ``hint`` how to mend it.
    """

    status: ClassVar[int] = 400

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only and extra arguments do not survive BaseException's own pickling,
        # and errors cross process borders (joblib, decoder workers).
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(
    kind: type[SttprepError], args: tuple[object, ...], state: dict[str, object]
) -> SttprepError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class InputError(SttprepError):
    """Something the user gave cannot be used; ``problems`` holds every reason, in file order."""

    def __init__(
        self, message: str = "", *, hint: str = "", problems: Iterable[Problem] = ()
    ) -> None:
        self.problems: Sequence[Problem] = tuple(problems)
        if not message and self.problems:
            message = self.problems[0].message
        super().__init__(message, hint=hint)

    def __str__(self) -> str:
        if not self.problems:
            return super().__str__()
        lines = [problem.render() for problem in self.problems[:_SHOWN_PROBLEMS]]
        hidden = len(self.problems) - len(lines)
        if hidden:
            lines.append(f"… and {hidden} more problems (all of them in .problems)")
        if self.message != self.problems[0].message:
            lines.insert(0, self.message)
        if self.hint:
            lines.append(self.hint)
        return "\n".join(lines)


class ProjectError(InputError):
    """project.toml cannot be used."""


class CorpusError(InputError):
    """A corpus file cannot be used."""


class GrammarError(InputError):
    """A grammar file cannot be used."""


class WordError(InputError):
    """A custom word or a word list cannot be used."""


class LexiconError(InputError):
    """A pronunciation dictionary cannot be used."""


class LanguageModelError(InputError):
    """Text, counts or a file from which no language model can be made."""


class AudioError(InputError):
    """Audio that cannot be decoded or recognized."""


class TestSetError(InputError):
    """A test set manifest cannot be used."""

    __test__ = False  # the name starts with Test; pytest would collect it


class NotFoundError(SttprepError):
    """A name that does not exist; ``available`` lists those that do."""

    status = 404

    def __init__(
        self, kind: str, name: str, available: Iterable[str] = (), *, hint: str = ""
    ) -> None:
        self.kind = kind
        self.name = name
        self.available = tuple(available)
        known = f" Available: {', '.join(self.available)}." if self.available else ""
        super().__init__(f"There is no {kind} '{name}'.{known}", hint=hint)


class ConflictError(SttprepError):
    """The thing exists already, or is busy with an earlier request."""

    status = 409


class StoreError(SttprepError):
    """The store cannot be read or written: read-only, full or damaged."""

    status = 507


class RecognizerError(SttprepError):
    """A decoder died, or its model does not load."""

    status = 500


class MissingProgramError(SttprepError):
    """An optional program or package is not installed; the hint is the line that installs it."""

    status = 501
