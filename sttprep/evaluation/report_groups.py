"""Several reports side by side: one for each speaker, room or model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sttprep.evaluation.display import percent, table

if TYPE_CHECKING:
    import pandas as pd

    from sttprep.evaluation.wer_report import WerReport

__all__ = ["ReportGroups"]


class ReportGroups(dict[str, "WerReport"]):
    """One report for each value of a label, in alphabetical order; draws itself as a table."""

    def __init__(self, label: str, reports: Mapping[str, WerReport]) -> None:
        super().__init__(reports)
        self.label = label

    def frame(self) -> pd.DataFrame:
        """One row per value: rates, counts and the ends of the 95 % interval."""
        import pandas as pd

        return pd.DataFrame([{self.label: value, **_row(report)} for value, report in self.items()])

    def _repr_html_(self) -> str:
        return table(
            [self.label, "WER", "95 % interval", "words", "utterances"],
            [
                [
                    value,
                    percent(report.wer),
                    str(report.interval),
                    f"{report.counts.reference_words:,}",
                    f"{len(report.utterances):,}",
                ]
                for value, report in self.items()
            ],
        )


def _row(report: WerReport) -> dict[str, float | int]:
    counts = report.counts
    return {
        "wer": report.wer,
        "low": report.interval.low,
        "high": report.interval.high,
        "words": counts.reference_words,
        "hits": counts.hits,
        "substitutions": counts.substitutions,
        "deletions": counts.deletions,
        "insertions": counts.insertions,
        "utterances": len(report.utterances),
    }
