"""Particles on their way, and the directions they are to find."""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from course_utils.plots.style import COLOURS


def plot_particles(
    paths: ArrayLike,
    *,
    replaced: ArrayLike | None = None,
    teacher: ArrayLike | None = None,
    ax: Axes | None = None,
    **style: Any,
) -> Axes:
    """Paths of n particles in a plane, dots where they end.

    Parameters
    ----------
    paths : positions at K times, shape (K, n, 2).
    replaced : whether another particle has come to stand in a place since the time before, shape
        (K, n). There the path is broken, and a cross marks where the one that left was seen last.
    teacher : positions of neurons to be found, shape (m, 2): dashed rays through them.
    """
    ax = ax or plt.subplots(figsize=(4.2, 4))[1]
    lines = np.asarray(paths, dtype=float)
    if teacher is not None:
        plot_rays(teacher, length=1.1 * float(np.nanmax(np.abs(lines))), ax=ax)
    breaks = np.zeros(lines.shape[:2], dtype=bool) if replaced is None else np.array(replaced)
    breaks[0] = False
    then, place = breaks.nonzero()
    ax.plot(*lines[then - 1, place].T, "x", ms=3.5, mew=0.7, color="0.45", zorder=2)
    settings: dict[str, Any] = {"color": COLOURS[0], "lw": 0.9} | style
    ax.plot(*_in_one_line(lines, breaks), **settings)
    ax.plot(*lines[-1].T, "o", ms=4, color=COLOURS[1], zorder=3)
    ax.set(xlabel=r"$|c|\,\theta_1$", ylabel=r"$|c|\,\theta_2$", aspect="equal")
    return ax


def plot_rays(positions: ArrayLike, *, length: float, ax: Axes) -> Axes:
    """Dashed rays from 0 through positions of shape (m, 2), to the edge of a square."""
    ends = np.asarray(positions, dtype=float)
    ends = ends / np.abs(ends).max(axis=1, keepdims=True) * length
    for end in ends:
        ax.plot([0, end[0]], [0, end[1]], "--", lw=0.9, color="0.4", zorder=1)
    return ax


def _in_one_line(lines: NDArray, replaced: NDArray) -> NDArray:
    """All paths one after the other, shape (2, N), broken where one is replaced."""
    pieces = []
    for path, breaks in zip(lines.swapaxes(0, 1), replaced.T, strict=True):
        pieces += [np.insert(path, np.flatnonzero(breaks), np.nan, axis=0), [[np.nan, np.nan]]]
    return np.concatenate(pieces).T
