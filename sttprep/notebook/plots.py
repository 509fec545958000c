"""Plots for notebooks: SVG with stable bytes, so that a stored notebook can be compared."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

from sttprep.corpora.coverage import Coverage
from sttprep.evaluation import WerReport
from sttprep.evaluation.charts import error_rate_chart

__all__ = ["Picture", "plot_coverage", "plot_wer"]

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


def plot_coverage(found: Coverage, words: int = 100) -> Picture:
    """What a vocabulary covers of a text, and what it would after each of the next words.

    Args:
        found: The coverage, as ``corpus.coverage()`` gives it.
        words: Words added at most.

    >>> from sttprep.corpora import Corpus
    >>> plot_coverage(Corpus.from_text("take metformin", "demo").coverage({"take"}))
    <Picture: coverage: 50.0% of the words, 100.0% with 1 word more>
    """
    import matplotlib
    from matplotlib.figure import Figure

    steps = found.next(words)
    added = range(len(steps) + 1)
    curves = (
        ("words", [found.rate, *(step.rate for step in steps)], "#0a6ebd"),
        ("whole sentences", [found.sentence_rate, *(s.sentence_rate for s in steps)], "#8c959f"),
    )
    buffer = io.StringIO()
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"svg.hashsalt": "sttprep", "svg.fonttype": "none"})
        figure = Figure(figsize=(8, 3), layout="constrained")
        axes = figure.add_subplot()
        for name, rates, colour in curves:
            axes.plot(added, [100 * rate for rate in rates], color=colour, label=name)
        axes.set_xlabel("words added")
        axes.set_ylabel("covered, %")
        axes.set_ylim(top=101)
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", color="#d8dee4")
        axes.legend(frameon=False, loc="lower right")
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    svg = buffer.getvalue()
    last = steps[-1].rate if steps else found.rate
    more = f"{len(steps)} word{'s' if len(steps) != 1 else ''}"
    told = f"coverage: {found.rate:.1%} of the words, {last:.1%} with {more} more"
    return Picture(svg[svg.index("<svg") :], told)
