"""Matrices and the coordinates of a vector over the steps, as images."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm, Normalize
from numpy.typing import ArrayLike

from course_utils import _validate


def plot_matrices(
    matrices: Sequence[ArrayLike], *, titles: Sequence[str] = (), limit: float | None = None
) -> Sequence[Axes]:
    """Matrices side by side in the same colours, red above zero and blue below it.

    The colours end at -limit and limit, and what lies outside has the last of them; without a limit
    it is the largest entry. Rows and columns are counted from 1.
    """
    arrays = [_validate.finite(f"matrices[{i}]", matrix) for i, matrix in enumerate(matrices)]
    for i, array in enumerate(arrays):
        _validate.shape(f"matrices[{i}]", array, ("rows", "columns"))
    axes = plt.subplots(1, len(arrays), squeeze=False)[1][0]
    end = max(np.abs(array).max() for array in arrays) if limit is None else limit
    for ax, array in zip(axes, arrays, strict=True):
        rows, columns = array.shape
        image = ax.imshow(
            array,
            cmap="RdBu_r",
            vmin=-end,
            vmax=end,
            extent=(0.5, columns + 0.5, rows + 0.5, 0.5),
        )
        ax.grid(False)
    for ax, title in zip(axes, titles, strict=False):
        ax.set_title(title)
    cut = any(np.abs(array).max() > end for array in arrays)
    axes[0].figure.colorbar(image, ax=list(axes), shrink=0.8, extend="both" if cut else "neither")
    return axes


def plot_coordinates(
    steps: ArrayLike,
    values: ArrayLike,
    *,
    limits: tuple[float, float],
    log_colours: bool = False,
    colour_label: str = "",
    title: str = "",
    ax: Axes | None = None,
    **style: Any,
) -> Axes:
    """One row for each coordinate, the first on top, one column for each step.

    Parameters
    ----------
    steps : shape (K,), increasing.
    values : shape (K, p).
    limits : of the colours; what lies outside has the colour of the limit.
    log_colours : whether the colours are logarithmic, so that little and nothing can be told apart.
    colour_label : what the colours stand for; without one there is no colour bar.
    """
    ax = ax or plt.subplots()[1]
    k, coordinates = np.asarray(steps), np.asarray(values)
    _validate.shape("values", coordinates, (len(k), "p"))
    norm = LogNorm(*limits) if log_colours else Normalize(*limits)
    settings: dict[str, Any] = {"shading": "nearest", "rasterized": True} | style
    drawn = ax.pcolormesh(
        k,
        np.arange(1, coordinates.shape[1] + 1),
        np.clip(coordinates, *limits).T,
        norm=norm,
        **settings,
    )
    ax.invert_yaxis()
    ax.grid(False)
    ax.set(xlabel="step", ylabel="coordinate", title=title)
    if colour_label:
        ax.figure.colorbar(drawn, ax=ax, label=colour_label)
    return ax
