"""The tables of a report: scores, differences, labels, words and errors, as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from sttprep.evaluation.display import percent, plural, points, table
from sttprep.evaluation.significance import Comparison, Interval
from sttprep.evaluation.utterance import OovScore
from sttprep.evaluation.wer_report import WerReport

__all__ = ["comparison_table", "error_lists", "label_tables", "oov_table", "scores", "wide"]

_GROUPS = range(2, 31)
"""A label with one value says nothing, one with more than 30 is a number or a name of each row."""
_LISTED_WORDS = 60
_LISTED_ERRORS = {3: 12, 2: 6}  # confusions; words left out or inserted, by columns


def scores(reports: Mapping[str, WerReport]) -> str:
    """All rates and counts, one row per system."""
    header = ["system", "WER", "95 % interval", "CER", "MER", "WIL"]
    header += ["substituted", "left out", "inserted"]
    recalls = [report.oov_recall for report in reports.values()]
    with_recall = any(recall is not None for recall in recalls)
    rows = []
    for name, report in reports.items():
        counts = report.counts
        row = [name, percent(report.wer), str(report.interval), percent(report.cer)]
        row += [percent(report.mer), percent(report.wil), f"{counts.substitutions:,}"]
        row += [f"{counts.deletions:,}", f"{counts.insertions:,}"]
        if with_recall:
            row.append("" if report.oov_recall is None else percent(report.oov_recall))
        rows.append(row)
    header += ["OOV recall"] if with_recall else []
    meaning = "WER, CER: errors per word and per character. MER: share of wrong matches. "
    meaning += "WIL: share of word information lost."
    if with_recall:
        meaning += " OOV recall: share of the words outside the base vocabulary recognized right."
    scores = wide(table(header, rows, numbers=range(1, len(header))))
    return f'<h2>Scores</h2>{scores}<p class="soft">{meaning}</p>'


def comparison_table(
    reports: Mapping[str, WerReport], comparisons: Mapping[str, Comparison]
) -> str:
    """How every other system differs from the first one."""
    if not comparisons:
        return ""
    base_name, base = next(iter(reports.items()))
    by_speaker = "speaker" in base.labels and len(set(base.values("speaker"))) > 1
    header = ["system", "points", "errors", "95 % interval", "p", "better", "worse", "same"]
    header += ["interval by speaker", "p by speaker"] if by_speaker else []
    rows = []
    for name, comparison in comparisons.items():
        relative = comparison.relative
        row = [
            name,
            points(comparison.difference),
            "" if relative is None else f"{100 * relative:+.0f} %".replace("-", "\N{MINUS SIGN}"),
            _points_range(comparison.interval),
            _p_value(comparison),
            *[f"{n:,}" for n in (comparison.better, comparison.worse, comparison.same)],
        ]
        if by_speaker:
            grouped = reports[name].compare(base, by="speaker")
            row += [_points_range(grouped.interval), _p_value(grouped)]
        rows.append(row)
    note = "Better, worse, same: number of utterances. p: chance of such a difference between "
    note += "equally good systems."
    if by_speaker:
        note += " By speaker: whole speakers are drawn, which allows for what one voice has in "
        note += "common, and needs more than five speakers to show anything."
    differences = table(header, rows, numbers=range(1, len(header)))
    return f'<h2>Against {escape(base_name)}</h2>{wide(differences)}<p class="soft">{note}</p>'


def _points_range(interval: Interval) -> str:
    return f"{points(interval.low)} to {points(interval.high)}"


def _p_value(comparison: Comparison) -> str:
    return "< 0.001" if comparison.p_value < 0.001 else f"{comparison.p_value:.3f}"


def label_tables(reports: Mapping[str, WerReport]) -> str:
    """A table for each label that sorts the utterances into a few groups."""
    names = list(reports)
    base = reports[names[0]]
    parts = []
    for label in base.labels:
        if any(label not in report.labels for report in reports.values()):
            continue
        groups = {name: report.by(label) for name, report in reports.items()}
        first = groups[names[0]]
        if len(first) not in _GROUPS or any(
            group.keys() != first.keys() for group in groups.values()
        ):
            continue
        header = [label, "utterances", "words", *names]
        header += ["difference"] if len(names) > 1 else []
        rows = []
        for value, part in first.items():
            row = [value or "(none)", f"{len(part.utterances):,}"]
            row += [f"{part.counts.reference_words:,}"]
            row += [percent(groups[name][value].wer) for name in names]
            if len(names) > 1:
                row.append(points(groups[names[-1]][value].wer - part.wer))
            rows.append(row)
        rates = wide(table(header, rows, numbers=range(1, len(header))))
        parts.append(f"<h2>By {escape(label)}</h2>{rates}")
    return "\n".join(parts)


def oov_table(reports: Mapping[str, WerReport]) -> str:
    """Words outside the base vocabulary and what became of them."""
    names = list(reports)
    last = reports[names[-1]]
    vocabularies = [report.oov for report in reports.values() if report.oov is not None]
    if not vocabularies:
        return ""
    outside = frozenset().union(*vocabularies)
    last = WerReport(last.utterances, outside)
    spoken = [word for word in last.oov_words if word.count]
    if not spoken:
        return ""
    several = len(names) > 1
    heard = _heard_instead(last)
    # Counted anew: a report that was made without the vocabulary does not know these words.
    hits = {
        name: {word.word: word.hits for word in WerReport(report.utterances, outside).oov_words}
        for name, report in reports.items()
    }

    def fate(word: OovScore) -> tuple[int, str]:
        if not several:
            return (0, "right") if word.hits == word.count else (1, "missed")
        earlier = hits[names[0]][word.word]
        if word.hits > earlier:
            return 0, "learnt" if word.hits == word.count else "learnt in part"
        if word.hits < earlier:
            return 1, "lost"
        return (3, "right before") if word.hits == word.count else (2, "still missed")

    ordered = sorted(spoken, key=lambda word: (fate(word)[0], -word.count, word.word))
    rows = []
    for word in ordered[:_LISTED_WORDS]:
        right = [f"{hits[name][word.word]:,}" for name in names]
        rows.append([word.word, fate(word)[1], f"{word.count:,}", *right, heard.get(word.word, "")])
    header = [
        "word",
        "result",
        "said",
        *[f"right, {name}" if several else "right" for name in names],
    ]
    header.append(f"{names[-1]} heard instead" if several else "heard instead")
    learnt = sum(fate(word)[1].startswith("learnt") for word in ordered)
    summary = f"{plural(len(spoken), 'word')} of the test set outside the base vocabulary"
    summary += f"; {escape(names[-1])} learnt {learnt:,}." if several else "."
    hidden = len(ordered) - len(rows)
    more = f'<p class="soft">… and {plural(hidden, "more word")}</p>' if hidden else ""
    alarms = [f"{word.word} ({word.false_alarms})" for word in last.oov_words if word.false_alarms]
    false = (
        f"<p>Recognized where it was not said: {escape(', '.join(alarms[:_LISTED_WORDS]))}.</p>"
        if alarms
        else ""
    )
    words = wide(table(header, rows, numbers=range(2, len(header) - 1)))
    return f"<h2>Words outside the base vocabulary</h2><p>{summary}</p>{words}{more}{false}"


def _heard_instead(report: WerReport) -> dict[str, str]:
    """For each word the three most frequent words heard in its place."""
    found: dict[str, list[str]] = {}
    for confusion in report.confusions:
        found.setdefault(confusion.reference, []).append(confusion.hypothesis)
    for deletion in report.deletions:
        found.setdefault(deletion.word, []).append("(nothing)")
    return {word: ", ".join(others[:3]) for word, others in found.items()}


def error_lists(reports: Mapping[str, WerReport]) -> str:
    """The most frequent errors of each system, side by side."""
    blocks = []
    for name, report in reports.items():
        lists = [
            (
                ["said", "heard", "times"],
                [[c.reference, c.hypothesis, f"{c.count:,}"] for c in report.confusions],
            ),
            (["left out", "times"], [[w.word, f"{w.count:,}"] for w in report.deletions]),
            (["inserted", "times"], [[w.word, f"{w.count:,}"] for w in report.insertions]),
        ]
        tables = "".join(
            wide(table(header, rows[: _LISTED_ERRORS[len(header)]], numbers=[len(header) - 1]))
            for header, rows in lists
            if rows
        )
        blocks.append(f"<div><h3>{escape(name)}</h3>{tables or '<p>No errors.</p>'}</div>")
    return f'<h2>Most frequent errors</h2><div class="side">{"".join(blocks)}</div>'


def wide(content: str) -> str:
    """Content that scrolls by itself where the page is too narrow for it."""
    return f'<div class="wide">{content}</div>'
