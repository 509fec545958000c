"""Plots for notebooks: SVG with stable bytes, so that a stored notebook can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sttprep.evaluation import WerReport
from sttprep.evaluation.charts import error_rate_chart

__all__ = ["Picture", "plot_wer"]

_COLOURS = {"--ink": "#1f2328", "--line": "#d8dee4", "--bar-base": "#8c959f", "--bar": "#0a6ebd"}


@dataclass(frozen=True)
class Picture:
    """A drawing that a notebook shows."""

    svg: str
    """SVG element."""
    description: str
    """What is to be seen, in words."""

    def __repr__(self) -> str:
        return f"<Picture: {self.description}>"

    def _repr_svg_(self) -> str:
        return self.svg


def plot_wer(reports: Mapping[str, WerReport]) -> Picture:
    """Bars of word error rates with their 95 % intervals.

    >>> from sttprep.evaluation import score
    >>> plot_wer({"base": score(["a b"], ["a c"]), "custom": score(["a b"], ["a b"])})
    <Picture: word error rates: base 50.0%, custom 0.0%>
    """
    svg = error_rate_chart(reports)
    for name, colour in _COLOURS.items():  # a notebook has no page that sets them
        svg = svg.replace(f"var({name})", colour)
    svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" width="720" ', 1)
    rates = ", ".join(f"{name} {report.wer:.1%}" for name, report in reports.items())
    return Picture(svg, f"word error rates: {rates}")
