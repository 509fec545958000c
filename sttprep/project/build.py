"""Build a project: check, apply, train, evaluate, report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import isinf
from pathlib import Path
from time import perf_counter
from typing import Any

from sttprep.customization.instance import Instance
from sttprep.customization.language import LanguageModel
from sttprep.customization.training import Training
from sttprep.errors import StoreError
from sttprep.evaluation import WerReport, evaluate
from sttprep.evaluation.normalize import normalize
from sttprep.files import write_atomically
from sttprep.project.check import Checked, check_project
from sttprep.project.file import read_project
from sttprep.project.report import build_report
from sttprep.source import Problem

__all__ = ["BuildResult", "GrammarResult", "build"]

STORE_NAME = "build"
"""Folder beside the project file where everything built goes by default."""


@dataclass(frozen=True, slots=True)
class GrammarResult:
    """One grammar of a project."""

    name: str
    """Its name in the model."""
    sentences: int | float
    """Different sentences it accepts; infinite where there is no end of them."""
    in_test_set: int
    """Sentences of the test set it accepts."""

    def __str__(self) -> str:
        count = (
            "sentences without end" if isinf(self.sentences) else f"{self.sentences:,} sentences"
        )
        return f"{self.name}: {count}, {self.in_test_set} of the test set"


@dataclass(frozen=True)
class BuildResult:
    """What a build made, and how good it is."""

    name: str
    """Name of the project and its custom model."""
    customization_id: str
    """GUID of the custom model in the store."""
    customization_weight: float
    """Weight it was judged with."""
    total_words: int
    """Words of all corpora."""
    training: Training
    """What the custom model learnt."""
    oov_words: int
    """Distinct words the base vocabulary lacked."""
    base: WerReport | None
    """Score of the base model; None without a test set."""
    custom: WerReport | None
    """Score of the custom model; None without a test set."""
    report: Path | None
    """The HTML report; None without a test set."""
    seconds: dict[str, float]
    """Wall time of each step."""
    grammars: tuple[GrammarResult, ...]
    """The grammars that were compiled."""
    unused: tuple[str, ...]
    """Parts of the project that were checked but do not change the model yet."""
    warnings: tuple[Problem, ...]
    """What is suspicious in its files."""

    def table(self) -> list[tuple[str, str, str, str]]:
        """Rows of the printed table: what, base, custom, gain."""
        if self.base is None or self.custom is None:
            return []
        base, custom = self.base, self.custom
        relative = 1 - custom.wer / base.wer if base.wer else 0.0
        recall = ["–" if r.oov_recall is None else f"{r.oov_recall:.1%}" for r in (base, custom)]
        times = [f"{self.seconds[step]:.1f} s" for step in ("base", "custom")]
        return [
            ("", "base", "custom", "gain"),
            ("word error rate", f"{base.wer:.1%}", f"{custom.wer:.1%}",
             f"{base.wer - custom.wer:.1%} absolute, {relative:.0%} relative"),
            ("95 % interval", str(base.interval), str(custom.interval), ""),
            ("character error rate", f"{base.cer:.1%}", f"{custom.cer:.1%}", ""),
            ("OOV recall", recall[0], recall[1], f"{len(self.training.words)} learnt"),
            ("time", times[0], times[1], ""),
        ]  # fmt: skip

    def __str__(self) -> str:
        rows = self.table()
        lines = []
        if rows:
            widths = [max(len(row[column]) for row in rows) for column in range(4)]
            lines = [
                f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]}"
                for row in rows
            ]
        else:
            lines = ["The model is trained. Add a test_set to the project to judge it."]
        lines += [f"grammar {grammar}" for grammar in self.grammars]
        lines += [f"not used yet: {part}" for part in self.unused]
        return "\n".join(line.rstrip() for line in lines)

    def to_json(self) -> dict[str, Any]:
        """The result as JSON values; error rates are fractions, times seconds."""
        return {
            "name": self.name,
            "customization_id": self.customization_id,
            "customization_weight": self.customization_weight,
            "base_wer": self.base.wer if self.base else None,
            "custom_wer": self.custom.wer if self.custom else None,
            "base": self.base.to_json() if self.base else None,
            "custom": self.custom.to_json() if self.custom else None,
            "words": self.total_words,
            "oov_words": self.oov_words,
            "report": str(self.report) if self.report else None,
            "seconds": {step: round(value, 3) for step, value in self.seconds.items()},
            "grammars": [
                {
                    "name": grammar.name,
                    "sentences": None if isinf(grammar.sentences) else grammar.sentences,
                    "in_test_set": grammar.in_test_set,
                }
                for grammar in self.grammars
            ],
            "not_used_yet": list(self.unused),
            "warnings": [problem.to_json() for problem in self.warnings],
        }


def build(
    path: str | Path,
    store: str | Path | None = None,
    *,
    progress: Callable[[str], None] = lambda step: None,
    bars: bool = True,
    clock: Callable[[], float] = perf_counter,
) -> BuildResult:
    """Build the project file at ``path`` (or in that folder) and judge it.

    Everything is checked first. Then corpora and words are brought in step with the store
    (``build`` beside the project file by default), the model is trained if anything changed, and
    base and custom model recognize the test set; audio recognized before by the same models is
    not recognized again. ``progress`` is told each step, ``bars`` shows progress bars, ``clock``
    gives seconds.

    Raises:
        ProjectError: with every problem in the project; nothing was changed.
        StoreError: the store cannot be written.
    """
    seconds: dict[str, float] = {}

    @contextmanager
    def step(name: str, text: str) -> Iterator[None]:
        progress(text)
        start = clock()
        yield
        seconds[name] = clock() - start

    project = read_project(path)
    with step("check", f"check {project.path}"):
        checked = check_project(project)
    folder = Path(store) if store else project.folder / STORE_NAME
    with Instance.open(folder) as instance:
        with step("train", "train"):
            model = _apply(instance, checked)
            training = _train(model, project.customization_weight, progress)
        base = custom = None
        if checked.test_set is not None:
            # Mixing comes first: a disk too small for it is found before minutes of decoding.
            with step("mix", "mix the custom model with the base model"):
                mixed = instance.recognizer(model, project.customization_weight)
            with (
                step("base", "evaluate the base model"),
                instance.recognizer(base_model_name=checked.base.name) as stock,
            ):
                base = evaluate(stock, checked.test_set, progress=bars)
            with step("custom", "evaluate the custom model"), mixed:
                custom = evaluate(mixed, checked.test_set, progress=bars)
        unused = _unused(checked)
        grammars = _grammars(checked)
        report = None
        if base is not None and custom is not None:
            report = folder / "report.html"
            with step("report", "write the report"):
                page = build_report(
                    checked,
                    training,
                    base,
                    custom,
                    [
                        *(("grammar", str(grammar)) for grammar in grammars),
                        *(("not used yet", part) for part in unused),
                    ],
                )
                _write(report, page)
    return BuildResult(
        project.name,
        model.id,
        project.customization_weight,
        sum(corpus.total_words for corpus in checked.corpora),
        training,
        len(checked.oov.words),
        base,
        custom,
        report,
        seconds,
        grammars,
        unused,
        checked.warnings,
    )


def _apply(instance: Instance, checked: Checked) -> LanguageModel:
    """Bring the project's model in the store in step with its files."""
    project = checked.project
    models = [
        model
        for model in instance.language_models()
        if model.name == project.name and model.info.base_model_name == project.base_model
    ]
    model = (
        models[0]
        if models
        else instance.create_language_model(project.name, project.base_model, project.description)
    )
    corpora = {path.stem: path for path in project.corpora}
    grammars = {path.stem: path for path in project.grammars}
    known_corpora, known_grammars = model.corpus_contents(), model.grammar_contents()
    # Old names go first: a corpus may become a grammar of the same name.
    for name in known_corpora.keys() - corpora.keys():
        model.delete_corpus(name)
    for name in known_grammars.keys() - grammars.keys():
        model.delete_grammar(name)
    for name, path in corpora.items():
        if known_corpora.get(name) != path.read_bytes():
            model.add_corpus(name, path, allow_overwrite=True)
    for name, path in grammars.items():
        if known_grammars.get(name) != path.read_bytes():
            model.add_grammar(name, path, allow_overwrite=True)
    words = {word.word: word for word in checked.words or ()}
    known = model.user_words()
    for name in known.keys() - words.keys():
        model.delete_word(name)
    changed = [
        word
        for name, word in words.items()
        if name not in known
        or (known[name].sounds_like, known[name].display_as) != (word.sounds_like, word.display_as)
    ]
    model.add_words(changed)
    return model


def _train(model: LanguageModel, weight: float, progress: Callable[[str], None]) -> Training:
    training = model.training
    if training is None or model.has_changed:
        return model.train(weight, progress=lambda name: progress(f"train: {name}"))
    if model.info.customization_weight != weight:
        model.set_customization_weight(weight)
    return training


def _grammars(checked: Checked) -> tuple[GrammarResult, ...]:
    """How large each grammar is, and how many test sentences (in lower case) it accepts."""
    texts = [normalize(item.text).split() for item in checked.test_set or ()]
    results = []
    for path, grammar in zip(checked.project.grammars, checked.grammars, strict=True):
        known = {word.lower(): word for word in grammar.vocabulary()}
        accepted = sum(grammar.accepts([known.get(word, word) for word in text]) for text in texts)
        results.append(GrammarResult(path.stem, grammar.count(), accepted))
    return tuple(results)


def _unused(checked: Checked) -> tuple[str, ...]:
    files = sum(len(manifest) for manifest in checked.audio)
    return (f"{files} files of adaptation audio (checked to decode)",) if files else ()


def _write(path: Path, page: str) -> None:
    """Write the report so that a reader sees the old one or the new one, whole."""
    try:
        write_atomically(path, [page.encode()])
    except OSError as error:
        raise StoreError(
            f"{path}: the report cannot be written: {error.strerror}.",
            hint="Free some space or give another store with --store DIR.",
        ) from error
