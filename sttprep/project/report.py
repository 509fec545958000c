"""The HTML report of a build: base against custom, and what was learnt."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from pathlib import Path

from sttprep.customization.training import LearntWord, Training
from sttprep.evaluation import Section, WerReport, html_report
from sttprep.project.check import Checked

__all__ = ["build_report"]

_LISTED_WORDS = 40  # the rest of a page is for what they changed


def build_report(
    checked: Checked,
    training: Training,
    base: WerReport,
    custom: WerReport,
    more_facts: Sequence[tuple[str, str]],
) -> str:
    """The page as text: self-contained, with players for the utterances that changed most."""
    project, test_set = checked.project, checked.test_set
    assert test_set is not None
    weight = project.customization_weight
    files = {name: item.audio for name, item in zip(test_set.names, test_set, strict=True)}
    facts = [
        ("base model", f"{checked.base.version}, {checked.base.description}"),
        ("customization weight", f"{weight:g}"),
        (
            "corpora",
            f"{', '.join(c.name for c in checked.corpora) or 'none'}: "
            f"{training.sentences:,} sentences, {training.tokens:,} words, "
            f"{training.vocabulary:,} distinct",
        ),
        ("words learnt", f"{len(training.words):,} the base vocabulary lacks or the list names"),
        ("test set", f"{len(test_set)} recordings, {base.counts.reference_words} words"),
        *more_facts,
    ]
    return html_report(
        f"{project.name}: base against custom model",
        {"base": base, f"custom at {weight:g}": custom},
        facts=facts,
        sections=_sections(checked, training),
        audio=lambda name: _audio(files.get(name)),
    )


def _sections(checked: Checked, training: Training) -> list[Section]:
    frequent = sorted(training.words, key=lambda row: (-row.count, row.spoken))[:_LISTED_WORDS]
    more = len(training.words) - len(frequent)
    sections = [
        Section(
            "Words learnt",
            "Words the base vocabulary lacks or the word list defines, the most frequent first, "
            "with the phones the recognizer listens for."
            + (f" {more} rarer ones follow them." if more > 0 else ""),
            ("word", "written", "in corpora", "pronunciations", "from"),
            [_word(row) for row in frequent],
        )
    ]
    remarks = [("training", note) for note in training.notes]
    remarks += [(problem.where, problem.message) for problem in checked.warnings]
    if remarks:
        sections.append(Section("Remarks", "", ("where", "what"), remarks))
    return sections


def _word(row: LearntWord) -> tuple[str, ...]:
    return (
        row.spoken.replace("_", " "),
        row.display_as,
        str(row.count),
        ", ".join(row.pronunciations),
        row.origin,
    )


def _audio(path: Path | None) -> tuple[bytes, str] | None:
    if path is None:
        return None
    try:
        content = path.read_bytes()
    except OSError:
        return None  # a report without a player is better than none
    kind = mimetypes.guess_type(path.name)[0] or ""
    # Python's table calls FLAC audio/x-flac in some versions; browsers want audio/flac.
    return content, kind.replace("x-", "") if kind.startswith("audio/") else "audio/flac"
