"""Check everything a project names before anything is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sttprep.acoustics.formats import read_audio
from sttprep.corpora import (
    Corpus,
    OovReport,
    check_corpus_name,
    check_limits,
    find_oov,
    read_corpus,
)
from sttprep.errors import InputError, ProjectError, SttprepError
from sttprep.evaluation.normalize import normalize
from sttprep.evaluation.testset import TestSet
from sttprep.grammars import Grammar, read_grammar
from sttprep.project.file import Project
from sttprep.project.positions import Place
from sttprep.recognition.base_models import BaseModel, base_model
from sttprep.source import Problem
from sttprep.words import WordList

__all__ = ["Checked", "check_project"]

_Read = TypeVar("_Read")
_LIMITS = ("too-many-words", "too-many-oov-words")


@dataclass(frozen=True)
class Checked:
    """A project with everything it names read and found usable."""

    project: Project
    """The project file."""
    base: BaseModel
    """Its base model."""
    corpora: tuple[Corpus, ...]
    """Its corpora."""
    words: WordList | None
    """Its word list."""
    oov: OovReport
    """Words of the corpora the base vocabulary lacks."""
    test_set: TestSet | None
    """Its test set."""
    audio: tuple[TestSet, ...]
    """Its adaptation audio."""
    grammars: tuple[Grammar, ...]
    """Its grammars."""
    warnings: tuple[Problem, ...]
    """What is suspicious but does not stop the work."""


def check_project(project: Project) -> Checked:
    """Read and check all files of a project; changes nothing.

    Raises:
        ProjectError: with every error found in any of the files.
    """
    checker = _Checker(project)
    checked = checker.checked()
    errors = [problem for problem in checker.problems if problem.severity == "error"]
    if errors:
        raise ProjectError(
            f"{project.path}: {len(errors)} problem{'s' * (len(errors) > 1)} "
            "must be mended first; nothing was changed.",
            problems=errors,
        )
    return checked


class _Checker:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.problems: list[Problem] = []

    def checked(self) -> Checked:
        project = self.project
        base = base_model(project.base_model)
        language = base.language
        for index, path in enumerate(project.corpora):
            for problem in check_corpus_name(path.stem):
                if problem.severity == "error":
                    self._add(("corpora", index), InputError(problem.message, hint=problem.hint))
        corpora = [
            corpus
            for index, path in enumerate(project.corpora)
            if (corpus := self._read(("corpora", index), read_corpus, path, language))
        ]
        for corpus in corpora:
            # Notes are for whoever lints a corpus; a build says what may spoil its result.
            # Limits hold for all corpora together and are checked once, below.
            self.problems += [
                p for p in corpus.lint() if p.severity != "note" and p.code not in _LIMITS
            ]
        oov = find_oov(corpora, base.read_lexicon())
        total = sum(corpus.total_words for corpus in corpora)
        self.problems += check_limits(total, len(oov.words), name=str(project.path))
        words = self._words(language)
        test_set = None
        if project.test_set:
            test_set = self._manifest(("test_set",), project.test_set, base.rate)
            if test_set:
                self._overlap(test_set, corpora)
        audio = [
            manifest
            for index, path in enumerate(project.audio)
            if (manifest := self._manifest(("audio", index), path, base.rate))
        ]
        grammars = self._grammars()
        warnings = tuple(p for p in self.problems if p.severity == "warning")
        return Checked(
            project,
            base,
            tuple(corpora),
            words,
            oov,
            test_set,
            tuple(audio),
            tuple(grammars),
            warnings,
        )

    def _read(
        self, place: Place, read: Callable[..., _Read], path: Path, *arguments: object
    ) -> _Read | None:
        try:
            return read(path, *arguments)
        except InputError as error:
            self._add(place, error)
            return None

    def _add(self, place: Place, error: SttprepError) -> None:
        """The problems of a file, or one at the line of the project file that names it."""
        problems = getattr(error, "problems", ())
        self.problems += problems or [
            self.project.problem("error", "unusable-file", place, error.message, error.hint)
        ]

    def _words(self, language: str) -> WordList | None:
        path = self.project.words
        if path is None:
            return None
        return self._read(("words",), lambda file: WordList.read(file, language=language), path)

    def _manifest(self, place: Place, path: Path, rate: int) -> TestSet | None:
        manifest = self._read(place, TestSet.read, path)
        if manifest is None:
            return None
        for item in manifest:
            try:
                read_audio(item.audio, rate)
            except InputError as error:
                self.problems.append(
                    Problem(
                        "error", "unusable-audio", error.message, error.hint, str(path), item.line
                    )
                )
        return manifest

    def _overlap(self, test_set: TestSet, corpora: Iterable[Corpus]) -> None:
        """Sentences a model has learnt by heart make its error rate look better than it is."""
        known = {normalize(" ".join(tokens)) for corpus in corpora for tokens in corpus.tokens()}
        seen = [item for item in test_set if normalize(item.text) in known]
        if seen:
            self.problems.append(
                self.project.problem(
                    "warning",
                    "test-in-corpus",
                    ("test_set",),
                    f"{len(seen)} of {len(test_set)} test sentences stand in the corpora too, "
                    "so the custom error rate flatters.",
                    f"Take them out of one of the two; the first is '{seen[0].text}'.",
                )
            )

    def _grammars(self) -> list[Grammar]:
        """The grammars; what a project learns must be able to move to IBM's service."""
        project = self.project
        corpora = {path.stem for path in project.corpora}
        grammars = []
        for index, path in enumerate(project.grammars):
            place = ("grammars", index)
            for problem in check_corpus_name(path.stem, corpora):
                if problem.severity == "error":
                    self._add(place, InputError(problem.message, hint=problem.hint))
            try:
                grammar = read_grammar(path, profile="ibm")
                grammar.automaton()
            except SttprepError as error:
                self._add(place, error)
                continue
            self.problems += [p for p in grammar.problems if p.severity != "note"]
            grammars.append(grammar)
        return grammars
