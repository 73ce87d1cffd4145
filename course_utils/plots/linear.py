"""What linear networks look like: their images, their modes, the paths of their weights."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from course_utils import _validate
from course_utils.plots.curves import plot_columns
from course_utils.plots.style import COLOURS

GOAL: dict[str, Any] = {"color": "0.6", "lw": 0.8, "zorder": 1}


def plot_images(pixels: ArrayLike, *, titles: ArrayLike = ()) -> Sequence[Axes]:
    """Images side by side in grey, shape (n, height, width) or (n, height, width, 1)."""
    pictures = np.asarray(pixels).reshape(*np.shape(pixels)[:3])
    axes = plt.subplots(1, len(pictures), figsize=(6.6, 1.1), squeeze=False)[1][0]
    for ax, picture in zip(axes, pictures, strict=True):
        ax.imshow(picture, cmap="gray")
        ax.set_axis_off()
    for ax, title in zip(axes, np.asarray(titles), strict=False):
        ax.set_title(str(title))
    return axes


def plot_modes(
    t: ArrayLike,
    strengths: ArrayLike,
    *,
    goal: ArrayLike = (),
    dots: tuple[ArrayLike, ArrayLike] | None = None,
    labels: Sequence[str | None] | None = None,
    xlabel: str = r"time in units of $\tau$",
    ax: Axes | None = None,
    **style: Any,
) -> Axes:
    """Strengths of modes, shape (T,) or (T, M), against time; `goal` as grey lines.

    `dots` are other times and strengths, of as many modes, to lie on the lines.
    """
    ax = ax or plt.subplots()[1]
    for height in np.ravel(goal):
        ax.axhline(height, **GOAL)
    plot_columns(ax, t, strengths, labels, dots=dots, **style)
    ax.set(xlabel=xlabel, ylabel="strength of the mode")
    return ax


def plot_weight_paths(
    paths: Sequence[ArrayLike],
    *,
    labels: Sequence[str],
    best: ArrayLike,
    inputs: ArrayLike,
    outputs: ArrayLike,
    name: str = "W",
) -> Sequence[Axes]:
    """The path of a 2 x 2 map in training: each pair of its four entries, in six panels.

    Parameters
    ----------
    paths : of maps, shape (K, 2, 2) each; a star marks the start, a cross the end `best`.
    inputs : axes of the inputs as rows, drawn where both entries belong to one output.
    outputs : axes of the outputs as columns, drawn where both entries belong to one input.
    """
    for i, path in enumerate(paths):
        _validate.shape(f"paths[{i}]", np.asarray(path), ("K", 2, 2))
    axes = plt.subplots(2, 3, figsize=(6.6, 4.4))[1].flat
    everything = np.concatenate([np.asarray(path) for path in paths])
    narrowest = 0.05 * float(np.ptp(everything, axis=0).max())
    names = [f"${name}_{{{i}{j}}}$" for i in (1, 2) for j in (1, 2)]
    goal = np.ravel(best)
    arrows = {(0, 1): np.asarray(inputs), (2, 3): np.asarray(inputs)}
    arrows |= {(0, 2): np.asarray(outputs).T, (1, 3): np.asarray(outputs).T}
    for ax, (i, j) in zip(axes, combinations(range(4), 2), strict=True):
        for colour, label, path in zip(COLOURS, labels, paths, strict=False):
            entries = np.asarray(path).reshape(-1, 4)
            ax.plot(entries[:, i], entries[:, j], color=colour, label=label)
            ax.plot(*entries[0, [i, j]], "*", color=colour, ms=8)
        ax.plot(goal[i], goal[j], "x", color="black", zorder=3)
        ax.set(xlabel=names[i], ylabel=names[j])
        ax.set(xlim=_widened(ax.get_xlim(), narrowest), ylim=_widened(ax.get_ylim(), narrowest))
        _draw_directions(ax, arrows.get((i, j), ()))
        ax.locator_params(nbins=4)
    axes[0].legend(fontsize="small")
    return axes


def _draw_directions(ax: Axes, directions: ArrayLike) -> None:
    """Dotted lines through the origin along each direction, over the whole panel."""
    limits = ax.get_xlim(), ax.get_ylim()
    for direction in np.asarray(directions):
        ax.axline((0, 0), direction, color="0.4", ls=":", lw=1.2, zorder=1)
    ax.set(xlim=limits[0], ylim=limits[1])


def _widened(limits: tuple[float, float], narrowest: float) -> tuple[float, float]:
    """Limits at least so far apart: an entry that only rounding moves should look at rest."""
    middle, half = sum(limits) / 2, max(limits[1] - limits[0], narrowest) / 2
    return middle - half, middle + half
