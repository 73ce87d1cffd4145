"""Landscapes of two weights, paths on them, and how sharp the place is where a run is."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from course_utils.plots.curves import as_columns
from course_utils.plots.style import COLOURS


def plot_contours(
    x: ArrayLike, y: ArrayLike, heights: ArrayLike, *, ax: Axes | None = None, **style: Any
) -> Axes:
    """Filled contours with a colour bar: heights of shape (ny, nx) at x (nx,) and y (ny,)."""
    ax = ax or plt.subplots(figsize=(6.2, 4.8))[1]
    settings: dict[str, Any] = {"levels": 30, "cmap": "Greys_r"} | style
    filled = ax.contourf(x, y, heights, **settings)
    filled.set_rasterized(True)
    ax.grid(visible=False)
    ax.set(xlabel="$w_1$", ylabel="$w_2$", aspect="equal")
    ax.figure.colorbar(filled, ax=ax, label="$f(w)$")
    return ax


def plot_trajectories(
    paths: ArrayLike,
    *,
    ax: Axes | None = None,
    fmt: str = "-",
    label: str | None = None,
    **style: Any,
) -> Axes:
    """Paths of shape (K, 2) or (K, M, 2) in the plane of two weights, all in one colour."""
    ax = ax or plt.subplots(figsize=(4.2, 4.2))[1]
    points = np.asarray(paths)
    points = points.reshape(len(points), -1, 2)
    settings: dict[str, Any] = {"color": COLOURS[0], "ms": 2, "lw": 1, "rasterized": True} | style
    for i, path in enumerate(points.swapaxes(0, 1)):
        ax.plot(*path.T, fmt, label=label if i == 0 else None, **settings)
    ax.set(xlabel="$w_1$", ylabel="$w_2$")
    if label:
        ax.legend(fontsize="small", loc="upper left", frameon=True, markerscale=3)
    return ax


def plot_pairs(
    first: ArrayLike, second: ArrayLike, *, ax: Axes | None = None, **style: Any
) -> Axes:
    """Two results of shape (M,) for the same M starts against each other, and the diagonal."""
    ax = ax or plt.subplots(figsize=(3.6, 3.3))[1]
    pair = np.stack([np.ravel(first), np.ravel(second)])
    ends = [pair.min(), pair.max()]
    ax.plot(ends, ends, "-", color="0.6", lw=1, label="equal")
    settings: dict[str, Any] = {"ms": 4, "alpha": 0.6, "color": COLOURS[0]} | style
    ax.plot(*pair, "o", **settings)
    return ax


def plot_sharpness(
    times: ArrayLike,
    sharpness: ArrayLike,
    *,
    learning_rates: Sequence[float],
    ax: Axes | None = None,
    **style: Any,
) -> Axes:
    """Sharpness of shape (K, M) against time, and dashed in the same colour 2 / learning rate."""
    ax = ax or plt.subplots()[1]
    for eta, column in zip(learning_rates, as_columns(times, sharpness).T, strict=True):
        line = ax.plot(times, column, label=rf"$\eta = {eta:g}$", **style)[0]
        ax.axhline(2 / eta, ls="--", lw=1, color=line.get_color())
    ax.set(xlabel=r"time $k\eta$", ylabel="sharpness")
    ax.set_ylim(bottom=0)
    ax.legend(fontsize="small", loc="center left", frameon=True)
    return ax
