"""The pictures of the class report, each with words for those who do not see it.

Pictures are SVG that stands in the page as an image: nothing in it can run. Their labels are grade
ids, never names of students.
"""

import base64
import io
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from course_utils.instructor.pages.item_analysis import CheckFigures, ClassFigures
from course_utils.plots.style import COLOURS, STYLE

WIDTH = 4.7
"""Inches. On a phone the letters are then still readable."""
MOST_BARS = 40
ENDINGS = {
    "passed": (("passed",), COLOURS[2]),
    "not right": (("failed",), COLOURS[1]),
    "error": (("error",), COLOURS[6]),
    "stopped": (("timeout", "died"), COLOURS[5]),
    "no answer": (("missing",), "#808080"),
}
"""How checks end: words of the page, statuses, colour."""


@dataclass(frozen=True)
class Picture:
    """An image that stands in the page."""

    address: str
    alt: str
    width: int
    height: int


@mpl.rc_context(STYLE)
def score_distribution(figures: ClassFigures) -> Picture:
    """How many submissions earned how many points."""
    earned, points = figures.earned, max(figures.points, 1)
    width = 1 if points <= 40 else points / 20
    edges = np.arange(np.ceil(points / width) + 2) * width - width / 2
    counts, _ = np.histogram(earned.clip(0, points), edges)
    figure, ax = _axes(2.5)
    ax.bar(edges[:-1] + width / 2, counts, width=0.85 * width, color=COLOURS[0])
    ax.axvline(float(np.median(earned)), color=COLOURS[1], label="median")
    ax.set(xlabel=f"automatic points, of {figures.points}", ylabel="submissions")
    ax.set_xlim(edges[0], edges[-1])
    ax.legend(loc="upper left", bbox_to_anchor=(0, 1.16))
    low, middle, high = np.percentile(earned, [25, 50, 75])
    alt = (
        f"Histogram of the automatic points of {_submissions(len(earned))}: median {middle:g} of "
        f"{figures.points}, middle half from {low:g} to {high:g}; "
        f"{np.sum(earned >= figures.points)} with all points, {np.sum(earned <= 0)} with none."
    )
    return _picture(figure, ax, alt)


@mpl.rc_context(STYLE)
def endings(checks: tuple[CheckFigures, ...]) -> Picture:
    """A bar a check: the shares of submissions that passed it, failed it, and so on."""
    checks = checks[:MOST_BARS]
    figure, ax = _axes(0.75 + 0.42 * len(checks))
    for row, check in enumerate(checks):
        start = 0.0
        for ending, (statuses, colour) in ENDINGS.items():
            share = check.count(statuses) / check.submissions
            label = ending if row == 0 else None
            ax.barh(row + 0.2, 100 * share, 0.42, left=start, color=colour, label=label)
            start += 100 * share
        ax.text(0, row - 0.07, _label(check.name), va="bottom", fontsize=9)
    ax.set(xlabel="% of submissions", xlim=(0, 100), ylim=(len(checks) - 0.45, -0.5), yticks=[])
    ax.spines["left"].set_visible(False)
    figure.legend(loc="outside upper left", ncols=5, fontsize=8, columnspacing=0.9, handlelength=1)
    rates = [100 * check.passed / check.submissions for check in checks]
    worst, best = checks[int(np.argmin(rates))], checks[int(np.argmax(rates))]
    alt = (
        f"A bar for each of {len(checks)} checks, divided by how it ended. Passed most often: "
        f"{best.name}, by {max(rates):.0f} %; least often: {worst.name}, by {min(rates):.0f} %. "
        "The table below has all numbers."
    )
    return _picture(figure, None, alt)


@mpl.rc_context(STYLE)
def cpu_time(figures: ClassFigures) -> Picture:
    """How many submissions took how long."""
    seconds = figures.cpu.clip(1e-3)
    low, high = seconds.min() / 1.2, seconds.max() * 1.2
    figure, ax = _axes(2.3)
    ax.hist(seconds, np.geomspace(low, high, 25), color=COLOURS[0], rwidth=0.9)
    ax.set(xscale="log", xlabel="CPU seconds, logarithmic", ylabel="submissions")
    ticks = [t for e in range(-3, 6) for t in (10.0**e, 3 * 10.0**e) if low <= t <= high]
    ticks = ticks or [float(f"{np.median(seconds):.2g}")]
    ax.set_xticks(ticks, [f"{t:g}" for t in ticks])
    ax.minorticks_off()
    alt = (
        f"Histogram of CPU time of {_submissions(len(seconds))}, logarithmic: median "
        f"{np.median(figures.cpu):.2g} s, longest {figures.cpu.max():.2g} s."
    )
    return _picture(figure, ax, alt)


def _axes(height: float) -> tuple[Figure, Any]:
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    ax = figure.add_subplot()
    ax.set_axisbelow(True)
    return figure, ax


def _picture(figure: Figure, counted: Any, alt: str) -> Picture:
    """The figure as SVG; counts have whole ticks."""
    if counted is not None:
        counted.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
        counted.grid(visible=False, axis="x")
    data = io.BytesIO()
    figure.savefig(data, format="svg", metadata={"Date": None})
    address = f"data:image/svg+xml;base64,{base64.b64encode(data.getvalue()).decode()}"
    width, height = figure.get_size_inches() * 96
    return Picture(address, alt, round(width), round(height))


def _label(name: str) -> str:
    """A grade id as matplotlib can draw it: its fonts lack most letters, `$` begins a formula."""
    return ascii(name.removeprefix("check_"))[1:-1][:60].replace("$", r"\$")


def _submissions(number: int) -> str:
    return f"{number} submission" + ("s" if number != 1 else "")
