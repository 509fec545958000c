"""A report to hand around: one HTML file that compares systems on the same test set.

The first system is the base, the last one is looked at closely: which words it learnt, where it
got better and where worse. The file loads nothing, holds no script, follows the reader's light or
dark setting and prints. The same input gives the same bytes.

>>> from sttprep.evaluation import score
>>> base = score(["take atorvastatin daily"], ["take at all daily"], vocabulary={"take", "daily"})
>>> custom = score(["take atorvastatin daily"], ["take atorvastatin daily"],
...                vocabulary={"take", "daily"})
>>> text = html_report("Drug names", {"base": base, "custom": custom})
>>> text.startswith("<!DOCTYPE html>"), "http" in text.replace("http-equiv", "")
(True, False)
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from sttprep.errors import InputError, TestSetError
from sttprep.evaluation.charts import error_rate_chart
from sttprep.evaluation.diff import aligned_words_html
from sttprep.evaluation.display import percent, plural, points, table
from sttprep.evaluation.page import page
from sttprep.evaluation.report_tables import (
    comparison_table,
    error_lists,
    label_tables,
    oov_table,
    scores,
    wide,
)
from sttprep.evaluation.significance import Comparison, Interval
from sttprep.evaluation.wer_report import WerReport

__all__ = ["AudioSource", "Section", "html_report", "write_report"]

AudioSource = Callable[[str], tuple[bytes, str] | None]
"""Gives the audio of an utterance by its name: bytes and media type, None where there is none."""

_AUDIO_LIMIT = 1_500_000
"""Bytes of embedded audio; base64 adds a third, so that the file stays near 2 MB."""
_MEDIA_TYPE = re.compile(r"audio/[\w.+-]+")
_LISTED_UTTERANCES = 6
_LEGEND = (
    '<p class="soft legend">Errors are marked: <span class="cell sub">other word</span> '
    '<span class="cell del">–</span> left out <span class="cell ins">inserted</span></p>'
)


@dataclass(frozen=True)
class Section:
    """A part of the report that the caller adds: prose, a table, or HTML of its own."""

    heading: str
    """What the part is about."""
    text: str = ""
    """A plain paragraph; it is escaped."""
    header: Sequence[str] = ()
    """Names of the columns of the table."""
    rows: Sequence[Sequence[str]] = ()
    """Cells of the table, as many as names; they are escaped."""
    html: str = ""
    """HTML that is put in as it is: escape what comes from users."""


def html_report(
    title: str,
    reports: Mapping[str, WerReport],
    *,
    facts: Sequence[tuple[str, str]] = (),
    sections: Sequence[Section] = (),
    audio: AudioSource | None = None,
) -> str:
    """A self-contained HTML page about one or several systems on the same test set.

    Args:
        title: heading of the page.
        reports: the systems by name, the base first and the one to look at closely last.
        facts: what the reader should know, such as ("test set", "65 recordings, 5 speakers").
        sections: further parts, put after the words outside the base vocabulary.
        audio: gives the audio of an utterance for the players of the listed utterances; as many
            are embedded as fit into 1.5 MB.

    Returns:
        the page, to be written as UTF-8.

    Raises:
        TestSetError: no reports, or reports that are not about the same utterances.
        InputError: a section's row has not as many cells as its header.
    """
    if not reports:
        raise TestSetError(
            "There is no report to show.", hint='Give at least one: {"base": report}.'
        )
    names = list(reports)
    base, last = reports[names[0]], reports[names[-1]]
    comparisons = {name: reports[name].compare(base) for name in names[1:]}
    players = _Players(audio)
    if len(reports) == 1:
        ranked = sorted(range(len(base.utterances)), key=lambda i: (-_errors_at(base, i), i))
        worst = [i for i in ranked if _errors_at(base, i)]
        heard = [_utterances("Utterances with the most errors", worst, reports, players)]
    else:
        gains = [_errors_at(last, i) - _errors_at(base, i) for i in range(len(base.utterances))]
        ranked = sorted(range(len(gains)), key=lambda i: (gains[i], i))
        better = [i for i in ranked if gains[i] < 0]
        worse = [i for i in ranked[::-1] if gains[i] > 0]
        heard = [
            _utterances("Largest improvements", better, reports, players),
            _utterances("Largest deteriorations", worse, reports, players),
        ]
    parts = [
        _facts(facts),
        _headline(reports, comparisons),
        error_rate_chart(reports),
        scores(reports),
        comparison_table(reports, comparisons),
        label_tables(reports),
        *heard,
        oov_table(reports),
        *[_section(section) for section in sections],
        error_lists(reports),
    ]
    return page(title, "\n".join([part for part in parts if part] + players.note()))


def write_report(path: str | Path, html: str) -> None:
    """Write a page as UTF-8.

    Raises:
        InputError: the file cannot be written.
    """
    try:
        # "replace": names of files may hold bytes that are no text, which UTF-8 cannot hold.
        Path(path).write_bytes(html.encode("utf-8", "replace"))
    except OSError as error:
        raise InputError(
            f"The report cannot be written to {path}: {error.strerror or error}.",
            hint="Name a file in a folder that exists and can be written.",
        ) from error


def _facts(facts: Sequence[tuple[str, str]]) -> str:
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    return f'<dl class="facts">{items}</dl>' if items else ""


def _headline(reports: Mapping[str, WerReport], comparisons: Mapping[str, Comparison]) -> str:
    names = list(reports)
    shown = [names[0], names[-1]] if len(names) > 1 else names
    rates = '<span class="arrow" aria-hidden="true">→</span>'.join(
        f'<span class="rate"><span>{escape(name)}</span>'
        f"<strong>{percent(reports[name].wer)}</strong></span>"
        for name in shown
    )
    base = reports[names[0]]
    scale = (
        f"Word error rate on {plural(len(base.utterances), 'utterance')}, "
        f"{plural(base.counts.reference_words, 'word')}."
    )
    if not comparisons:
        said = f"With 95 % confidence it lies between {_range(base.interval)}."
    else:
        said = _in_words(names[0], names[-1], comparisons[names[-1]])
    return (
        f'<section class="headline"><div class="rates">{rates}</div>'
        f'<p>{said}</p><p class="soft">{scale}</p></section>'
    )


def _range(interval: Interval) -> str:
    return f"{percent(interval.low)} and {percent(interval.high)}"


def _in_words(base: str, name: str, comparison: Comparison) -> str:
    """The comparison as a sentence, as HTML."""
    base, name = escape(base), escape(name)
    if not comparison.difference:
        said = f"<b>{name}</b> makes as many errors as <b>{base}</b>."
    else:
        better = comparison.difference < 0
        colour, fewer, lower = ("good", "fewer", "lower") if better else ("bad", "more", "higher")
        amount = f"{percent(abs(comparison.difference)).removesuffix(' %')} points"
        share = (
            ""
            if comparison.relative is None
            else f' (<b class="{colour}">{100 * abs(comparison.relative):.0f} % {fewer} errors</b>)'
        )
        said = f"The rate of <b>{name}</b> is {amount} {lower} than that of <b>{base}</b>{share}."
    low, high = points(comparison.interval.low), points(comparison.interval.high)
    return (
        f"{said} With 95 % confidence the difference lies between {low} and {high} points. "
        f"{escape(comparison.verdict)}"
    )


def _section(section: Section) -> str:
    text = f"<p>{escape(section.text)}</p>" if section.text else ""
    rows = ""
    if section.rows:
        for row in section.rows:
            if len(row) != len(section.header):
                raise InputError(
                    f"A row of the section {section.heading!r} has {len(row)} cells, its header "
                    f"names {len(section.header)}: {', '.join(row)}.",
                    hint="Give every row as many cells as the header has names.",
                )
        rows = wide(table(section.header, section.rows))
    return f"<h2>{escape(section.heading)}</h2>{text}{rows}{section.html}"


def _errors_at(report: WerReport, index: int) -> int:
    return report.utterances[index].counts.errors


class _Players:
    """Embeds audio until the page is full."""

    def __init__(self, source: AudioSource | None) -> None:
        self.source = source
        self.room = _AUDIO_LIMIT
        self.left_out = 0

    def player(self, name: str) -> str:
        found = self.source(name) if self.source else None
        if found is None:
            return ""
        data, media_type = found
        if not _MEDIA_TYPE.fullmatch(media_type):
            raise InputError(
                f"{media_type!r} is not a media type of audio.",
                hint='Give one such as "audio/flac".',
            )
        if len(data) > self.room:
            self.left_out += 1
            return ""
        self.room -= len(data)
        encoded = base64.b64encode(data).decode("ascii")
        return (
            f'<audio controls preload="none" aria-label="{escape(name)}" '
            f'src="data:{media_type};base64,{encoded}"></audio>'
        )

    def note(self) -> list[str]:
        if not self.left_out:
            return []
        count = plural(self.left_out, "recording")
        return [f'<p class="soft">Not embedded, to keep the file small: {count}.</p>']


def _utterances(
    heading: str, places: Sequence[int], reports: Mapping[str, WerReport], players: _Players
) -> str:
    if not places:
        return ""
    cards = []
    for place in places[:_LISTED_UTTERANCES]:
        systems = {name: report.utterances[place] for name, report in reports.items()}
        first = next(iter(systems.values()))
        labels = ", ".join(f"{name} {value}" for name, value in first.labels.items() if value)
        errors = " → ".join(str(item.counts.errors) for item in systems.values())
        words = aligned_words_html({name: item.alignment for name, item in systems.items()})
        cards.append(
            f'<article class="utterance"><header><span><b>{escape(first.name)}</b> '
            f'<span class="soft">{escape(labels)}</span></span><span>errors {errors}</span>'
            f"</header>{words}{players.player(first.name)}</article>"
        )
    total = f'<p class="soft">{len(cards)} of {plural(len(places), "utterance")}.</p>'
    return f"<h2>{escape(heading)}</h2>{_LEGEND}{total}{''.join(cards)}"
