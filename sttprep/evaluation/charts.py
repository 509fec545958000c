"""Charts as SVG to stand inside a page: no fonts embedded, colours from the page's own."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sttprep.evaluation.wer_report import WerReport

__all__ = ["error_rate_chart"]

# matplotlib wants real colours; each stands for a colour of the page, which differs between
# light and dark. The values are the light ones.
_INK, _GRID, _BASE, _OTHER = "#1f2328", "#d8dee4", "#8c959f", "#0a6ebd"
_PAGE_COLOURS = {
    _INK: "var(--ink)",
    _GRID: "var(--line)",
    _BASE: "var(--bar-base)",
    _OTHER: "var(--bar)",
}
_LONGEST_NAME = 28  # characters of a system's name on the axis


def error_rate_chart(reports: Mapping[str, WerReport]) -> str:
    """Bars of the word error rates with their 95 % intervals, the first system in grey.

    The same reports give the same bytes.

    Returns:
        an ``<svg>`` element.
    """
    import matplotlib
    from matplotlib.figure import Figure

    rates = [100 * report.wer for report in reports.values()]
    intervals = [report.interval for report in reports.values()]
    names = [
        name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…" for name in reports
    ]
    places = range(len(names))
    buffer = io.StringIO()
    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # letters missing in matplotlib's font: the page has its own
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"svg.hashsalt": "sttprep", "svg.fonttype": "none"})
        figure = Figure(figsize=(8, 0.75 + 0.5 * len(names)), layout="constrained")
        axes = figure.add_subplot()
        colours = [_BASE, *[_OTHER] * (len(names) - 1)] if len(names) > 1 else [_OTHER]
        axes.barh(places, rates, height=0.62, color=colours)
        ends = [100 * interval.high for interval in intervals]
        axes.hlines(places, [100 * interval.low for interval in intervals], ends, color=_INK)
        for place, (interval, end) in enumerate(zip(intervals, ends, strict=True)):
            axes.vlines([100 * interval.low, end], place - 0.14, place + 0.14, color=_INK)
            axes.annotate(
                f"{rates[place]:.1f} %",
                (max(end, rates[place]), place),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
                color=_INK,
                weight="bold",
            )
        axes.set_xlim(0, 1.14 * max([*ends, *rates, 1.0]))
        axes.set_yticks(places, names)
        for label in axes.get_yticklabels():
            label.set_parse_math(False)
        axes.invert_yaxis()
        axes.set_xlabel("word error rate in %, with 95 % interval", color=_INK)
        axes.tick_params(colors=_INK, length=0)
        axes.grid(axis="x", color=_GRID, linewidth=0.8)
        axes.set_axisbelow(True)
        for side in axes.spines.values():
            side.set_visible(False)
        figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
    spoken = "; ".join(
        f"{name} {report.wer:.1%} ({report.interval})" for name, report in reports.items()
    )
    return _inline(buffer.getvalue(), "Word error rates: " + spoken)


def _inline(svg: str, label: str) -> str:
    """An SVG file as an element of an HTML page: no prologue, metadata, styles or namespaces.

    Names of elements are dropped where nothing refers to them, as they would clash between charts.
    """
    from html import escape

    svg = svg[svg.index("<svg") :].strip()
    svg = re.sub(
        r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>|<!--.*?-->", "", svg, flags=re.S
    )
    opening, rest = svg.split(">", 1)
    box = re.search(r'viewBox="[^"]*"', opening)
    used = set(re.findall(r'(?:url\(#|href="#)([^")]+)', rest))
    rest = re.sub(
        r' id="([^"]+)"', lambda match: match[0] if match[1] in used else "", rest
    ).replace("xlink:href", "href")
    for colour, variable in _PAGE_COLOURS.items():
        rest = rest.replace(colour, variable)
    rest = "\n".join(line for line in rest.splitlines() if line.strip())
    view = box[0] if box else ""
    return f'<svg class="chart" role="img" aria-label="{escape(label)}" {view}>\n{rest}'
