"""Risks against a size, as lines or as bands of many draws, and the spectra that explain them."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from course_utils.plots.curves import plot_columns


def plot_risks(
    sizes: ArrayLike,
    values: ArrayLike,
    *,
    labels: Sequence[str | None] | None = None,
    threshold: float | None = None,
    ax: Axes | None = None,
    **style: Any,
) -> Axes:
    """Mean squares of shape (K,) or (K, M) against K sizes, the vertical axis logarithmic.

    `threshold` is the size at which there are as many weights as points: a dotted line.
    """
    ax = ax or plt.subplots()[1]
    plot_columns(ax, sizes, values, labels, **style)
    _mark(ax, threshold, legend=labels is not None)
    ax.set(yscale="log", ylabel="mean square error")
    return ax


def plot_band(
    sizes: ArrayLike,
    band: ArrayLike,
    *,
    label: str | None = None,
    threshold: float | None = None,
    ax: Axes | None = None,
    **style: Any,
) -> Axes:
    """A line in a band against K sizes, the vertical axis logarithmic.

    `band` has shape (3, K): the lower end, the line, the upper end; such as the quantiles 0.1, 0.5
    and 0.9 of many draws. `threshold` as in `plot_risks`; `style` is that of the line.
    """
    ax = ax or plt.subplots()[1]
    x = np.asarray(sizes)
    lower, middle, upper = np.asarray(band)
    (line,) = ax.plot(x, middle, label=label, **style)
    ax.fill_between(x, lower, upper, color=line.get_color(), alpha=0.2, linewidth=0)
    _mark(ax, threshold, legend=label is not None)
    ax.set(yscale="log", ylabel="mean square error")
    return ax


def plot_spectra(
    spectra: Sequence[ArrayLike],
    *,
    labels: Sequence[str],
    cut: tuple[float, str] | None = None,
    ax: Axes | None = None,
    **style: Any,
) -> Axes:
    """Singular values, largest first, against their number from 1 on; one row of dots for each.

    `cut` is a height and its name: a dashed line across.
    """
    ax = ax or plt.subplots()[1]
    for values, label in zip(spectra, labels, strict=True):
        heights = np.asarray(values)
        ax.plot(1 + np.arange(len(heights)), heights, "o", ms=3, label=label, **style)
    if cut is not None:
        ax.axhline(cut[0], ls="--", color="0.3", label=cut[1])
    ax.set(yscale="log", xlabel="direction $i$", ylabel="singular value $s_i$")
    ax.legend(fontsize="small")
    return ax


def _mark(ax: Axes, threshold: float | None, *, legend: bool) -> None:
    if threshold is not None:
        ax.axvline(threshold, ls=":", color="0.3", zorder=1, label="weights = points")
    if legend:
        ax.legend(fontsize="small")
