"""What scaling does: a loss beside that of its linearisation, and laws in one figure."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from course_utils.plots.curves import plot_power_law
from course_utils.plots.style import COLOURS


def plot_beside_linearised(
    ax: Axes,
    w: ArrayLike,
    loss: ArrayLike,
    linearised: ArrayLike,
    *,
    title: str = "",
    **marks: float,
) -> Axes:
    """A loss and that of the linearised model against one weight, shapes (K,); `marks` at weights.

    The vertical axis ends a little above the linearised loss at its ends, so that the valley shows.
    """
    ax.plot(w, loss, color=COLOURS[0], label="model")
    ax.plot(w, linearised, "--", color=COLOURS[1], label="linearised")
    for name, at in marks.items():
        ax.axvline(at, color="0.5", lw=0.8, ls=":", label=name)
    ax.set(title=title, ylim=(0, 1.1 * float(np.max(linearised))))
    ax.tick_params(labelsize="x-small")
    ax.yaxis.get_offset_text().set_fontsize("x-small")
    ax.locator_params(axis="x", nbins=3)
    ax.locator_params(axis="y", nbins=3)
    return ax


def plot_power_laws(
    x: ArrayLike,
    measured: Sequence[ArrayLike],
    *,
    slopes: Sequence[float],
    titles: Sequence[str],
    xlabel: str,
) -> Sequence[Axes]:
    """Several quantities against the same x, a panel each, with a guide of the slope expected."""
    axes = plt.subplots(1, len(measured), figsize=(6.6, 2.6))[1]
    for ax, y, slope, title in zip(axes, measured, slopes, titles, strict=True):
        plot_power_law(x, y, slope=slope, ax=ax)
        ax.set(xlabel=xlabel, title=title)
    return axes
