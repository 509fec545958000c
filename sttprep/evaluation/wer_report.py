"""The score of a recognizer: rates, errors by word and by label, and how sure they are.

See :mod:`sttprep.evaluation.error_rate` for the definition of the rates.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sttprep.errors import NotFoundError, TestSetError
from sttprep.evaluation.alignment import AlignedPair, ErrorCounts
from sttprep.evaluation.display import percent, plural, table
from sttprep.evaluation.report_groups import ReportGroups
from sttprep.evaluation.significance import (
    DRAWS,
    LEVEL,
    Comparison,
    Interval,
    bootstrap_difference,
    bootstrap_interval,
    randomization_p_value,
)
from sttprep.evaluation.utterance import Confusion, OovScore, ScoredUtterance, WordCount

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["WerReport"]


@dataclass(frozen=True, repr=False)
class WerReport:
    """The score of a recognizer on a test set."""

    utterances: tuple[ScoredUtterance, ...]
    """The utterances, in order."""
    oov: frozenset[str] | None = None
    """Words of references and hypotheses outside the base vocabulary; None if it is not known."""

    @cached_property
    def counts(self) -> ErrorCounts:
        """Hits and errors of all utterances together."""
        return sum((utterance.counts for utterance in self.utterances), ErrorCounts())

    @cached_property
    def _rates(self) -> tuple[float, float, float]:
        import jiwer

        output = jiwer.process_words(*self._texts)
        return float(output.wer), float(output.mer), float(output.wil)

    @property
    def _texts(self) -> tuple[list[str], list[str]]:
        """References and hypotheses; jiwer splits them at the single blanks between the words."""
        return (
            [utterance.reference for utterance in self.utterances],
            [utterance.hypothesis for utterance in self.utterances],
        )

    @property
    def wer(self) -> float:
        """Word error rate, a fraction (0.1 is 10 %)."""
        return self._rates[0]

    @property
    def mer(self) -> float:
        """Match error rate: the share of aligned positions that are wrong."""
        return self._rates[1]

    @property
    def wil(self) -> float:
        """Word information lost."""
        return self._rates[2]

    @cached_property
    def cer(self) -> float:
        """Character error rate; the measure for languages written without blanks.

        The value is jiwer's; its alignment letter by letter, which nobody sees, is left out,
        because it takes several times as long (3 times on texts of 28,000 letters).
        """
        from rapidfuzz.distance import Levenshtein

        references, hypotheses = self._texts
        errors = sum(map(Levenshtein.distance, references, hypotheses))
        return errors / (sum(map(len, references)) or 1)

    @cached_property
    def interval(self) -> Interval:
        """95 % bootstrap interval of the word error rate; :meth:`bootstrap` has the choices."""
        return self.bootstrap()

    def bootstrap(
        self,
        *,
        by: str | None = None,
        draws: int = DRAWS,
        seed: int = 0,
        level: float = LEVEL,
    ) -> Interval:
        """Bootstrap interval of the word error rate.

        Args:
            by: a label such as ``"speaker"`` whose values are drawn as a whole; None draws
                utterances.
            draws: number of bootstrap draws.
            seed: the same seed gives the same interval.
            level: confidence, a fraction.

        Raises:
            NotFoundError: there is no such label.
            InputError: no draws, or a level that is no fraction.
        """
        return bootstrap_interval(
            self._errors,
            self._words,
            groups=None if by is None else self.values(by),
            draws=draws,
            seed=seed,
            level=level,
        )

    @property
    def _errors(self) -> list[int]:
        return [utterance.counts.errors for utterance in self.utterances]

    @property
    def _words(self) -> list[int]:
        return [utterance.counts.reference_words for utterance in self.utterances]

    def compare(
        self,
        other: WerReport,
        *,
        by: str | None = None,
        draws: int = DRAWS,
        seed: int = 0,
        level: float = LEVEL,
    ) -> Comparison:
        """This system against another on the same utterances.

        Args:
            other: the report of the other system, such as the base model's.
            by: a label such as ``"speaker"`` whose values are drawn and flipped as a whole.
            draws, seed, level: as for :meth:`bootstrap`.

        Returns:
            the differences, this minus other: negative means that this system is better.

        Raises:
            TestSetError: the reports are not about the same utterances.
            NotFoundError: there is no such label.
        """
        self._same_utterances(other)
        mine, others = self._errors, other._errors
        differences = [a - b for a, b in zip(mine, others, strict=True)]
        groups = None if by is None else self.values(by)
        flipped = differences
        if groups is not None:
            totals: Counter[str] = Counter()
            for group, difference in zip(groups, differences, strict=True):
                totals[group] += difference
            flipped = list(totals.values())
        return Comparison(
            self.wer,
            other.wer,
            bootstrap_difference(
                mine, others, self._words, groups=groups, draws=draws, seed=seed, level=level
            ),
            randomization_p_value(flipped),
            better=sum(difference < 0 for difference in differences),
            worse=sum(difference > 0 for difference in differences),
            same=differences.count(0),
            level=level,
        )

    def _same_utterances(self, other: WerReport) -> None:
        hint = "Score both systems on the same test set with the same normalization."
        if len(self.utterances) != len(other.utterances):
            numbers = f"{len(self.utterances)} and {len(other.utterances)}"
            raise TestSetError(f"The reports have {numbers} utterances.", hint=hint)
        for number, (mine, theirs) in enumerate(
            zip(self.utterances, other.utterances, strict=True), 1
        ):
            if mine.name != theirs.name or mine.reference != theirs.reference:
                raise TestSetError(
                    f"The reports differ at utterance {number}: {mine.name} "
                    f"({mine.reference!r}) and {theirs.name} ({theirs.reference!r}).",
                    hint=hint,
                )

    @property
    def labels(self) -> list[str]:
        """Names of the labels, in the order of their first use."""
        return list(dict.fromkeys(name for item in self.utterances for name in item.labels))

    def values(self, label: str) -> list[str]:
        """The value of a label for each utterance, ``""`` where it has none.

        Raises:
            NotFoundError: no utterance has this label; ``available`` lists those that exist.
        """
        if label not in self.labels:
            raise NotFoundError("label", label, self.labels)
        return [utterance.labels.get(label, "") for utterance in self.utterances]

    def by(self, label: str) -> ReportGroups:
        """One report for each value of a label.

        Raises:
            NotFoundError: there is no such label.

        >>> from sttprep.evaluation import score
        >>> report = score(["yes", "no"], ["yes", "now"],
        ...                labels=[{"speaker": "anna"}, {"speaker": "ben"}])
        >>> {speaker: part.wer for speaker, part in report.by("speaker").items()}
        {'anna': 0.0, 'ben': 1.0}
        """
        parts: dict[str, list[ScoredUtterance]] = {}
        for value, utterance in zip(self.values(label), self.utterances, strict=True):
            parts.setdefault(value, []).append(utterance)
        return ReportGroups(
            label, {value: WerReport(tuple(parts[value]), self.oov) for value in sorted(parts)}
        )

    @cached_property
    def _pairs(self) -> list[tuple[AlignedPair, int]]:
        """Aligned pairs and how often each occurs, the most frequent first, then alphabetical."""
        pairs = Counter(pair for item in self.utterances for pair in item.alignment.pairs)
        return sorted(
            pairs.items(), key=lambda item: (-item[1], item[0][0] or "", item[0][1] or "")
        )

    @property
    def confusions(self) -> tuple[Confusion, ...]:
        """Substitutions, the most frequent first."""
        return tuple(
            Confusion(said, heard, count)
            for (said, heard), count in self._pairs
            if said is not None and heard is not None and said != heard
        )

    @property
    def deletions(self) -> tuple[WordCount, ...]:
        """Words that were left out, the most frequent first."""
        return tuple(
            WordCount(said, count)
            for (said, heard), count in self._pairs
            if said is not None and heard is None
        )

    @property
    def insertions(self) -> tuple[WordCount, ...]:
        """Words that nobody said, the most frequent first."""
        return tuple(
            WordCount(heard, count)
            for (said, heard), count in self._pairs
            if said is None and heard is not None
        )

    @cached_property
    def oov_words(self) -> tuple[OovScore, ...]:
        """Words outside the base vocabulary, the most frequently said first.

        Words that were recognized but never said are among them, with a count of 0. Empty if the
        vocabulary is not known.
        """
        said: Counter[str] = Counter()
        hits: Counter[str] = Counter()
        false_alarms: Counter[str] = Counter()
        for (reference, hypothesis), count in self._pairs:
            if reference is not None:
                said[reference] += count
            if hypothesis is not None:
                (hits if hypothesis == reference else false_alarms)[hypothesis] += count
        scores = [
            OovScore(word, said[word], hits[word], false_alarms[word])
            for word in self.oov or ()
            if said[word] or false_alarms[word]
        ]
        return tuple(sorted(scores, key=lambda item: (-item.count, item.word)))

    @property
    def oov_recall(self) -> float | None:
        """Share of the reference words outside the base vocabulary that were recognized right.

        None if the vocabulary is not known or no such word was said.
        """
        said = sum(word.count for word in self.oov_words)
        return sum(word.hits for word in self.oov_words) / said if said else None

    def frame(self) -> pd.DataFrame:
        """One row per utterance: name, texts, rate, counts and the labels.

        A label with the name of another column gets the prefix ``label_``.
        """
        import pandas as pd

        rows = []
        for utterance in self.utterances:
            counts = utterance.counts
            row: dict[str, object] = {
                "name": utterance.name,
                "reference": utterance.reference,
                "hypothesis": utterance.hypothesis,
                "wer": counts.wer,
                "words": counts.reference_words,
                "errors": counts.errors,
                "hits": counts.hits,
                "substitutions": counts.substitutions,
                "deletions": counts.deletions,
                "insertions": counts.insertions,
            }
            fixed = frozenset(row)
            for name in self.labels:
                column = f"label_{name}" if name in fixed else name
                row[column] = utterance.labels.get(name, "")
            rows.append(row)
        return pd.DataFrame(rows)

    def to_json(self) -> dict[str, Any]:
        """Everything as JSON values; rates are fractions."""
        return {
            "wer": self.wer,
            "interval": {**self.interval._asdict(), "level": LEVEL},
            "cer": self.cer,
            "mer": self.mer,
            "wil": self.wil,
            "oov_recall": self.oov_recall,
            "counts": self.counts.to_json(),
            "confusions": [item._asdict() for item in self.confusions],
            "deletions": [item._asdict() for item in self.deletions],
            "insertions": [item._asdict() for item in self.insertions],
            "oov_words": [item._asdict() for item in self.oov_words],
            "utterances": [
                {
                    "name": utterance.name,
                    "labels": dict(utterance.labels),
                    "reference": utterance.reference,
                    "hypothesis": utterance.hypothesis,
                    "wer": utterance.wer,
                    "counts": utterance.counts.to_json(),
                }
                for utterance in self.utterances
            ],
        }

    def to_html(self, path: str | Path, *, title: str = "Recognition test") -> None:
        """Write a self-contained report; :func:`~sttprep.evaluation.report.html_report` has more.

        Raises:
            InputError: the file cannot be written.
        """
        from sttprep.evaluation.report import html_report, write_report

        write_report(path, html_report(title, {"recognizer": self}))

    def __str__(self) -> str:
        counts = self.counts
        oov = "" if self.oov_recall is None else f"; OOV recall {percent(self.oov_recall)}"
        return (
            f"WER {percent(self.wer)} (95 % interval {self.interval}): "
            f"{plural(counts.errors, 'error')} in {plural(counts.reference_words, 'word')} "
            f"({counts.substitutions:,} substituted, {counts.deletions:,} left out, "
            f"{counts.insertions:,} inserted), {plural(len(self.utterances), 'utterance')}{oov}"
        )

    def __repr__(self) -> str:
        return f"<WerReport {self}>"

    def _repr_html_(self) -> str:
        counts = self.counts
        recall = [] if self.oov_recall is None else [("OOV recall", percent(self.oov_recall))]
        cells = [
            ("WER", percent(self.wer)),
            ("95 % interval", str(self.interval)),
            ("CER", percent(self.cer)),
            ("words", f"{counts.reference_words:,}"),
            ("substitutions", f"{counts.substitutions:,}"),
            ("deletions", f"{counts.deletions:,}"),
            ("insertions", f"{counts.insertions:,}"),
            ("utterances", f"{len(self.utterances):,}"),
            *recall,
        ]
        return table([name for name, _ in cells], [[value for _, value in cells]])
