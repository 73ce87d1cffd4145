"""What a tangent kernel looks like: the matrix, its directions being learned, grids of settings."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from course_utils.plots.curves import logarithmic_steps, plot_columns


def plot_kernel(
    x: ArrayLike, kernel: ArrayLike, *, title: str = "", ax: Axes | None = None, **style: Any
) -> Axes:
    """K(x, x') as colours: kernel of shape (n, n) between inputs x of shape (n,) or (n, 1).

    The inputs increase; the first row of K is drawn at the bottom.
    """
    ax = ax or plt.subplots(figsize=(4.5, 3.6))[1]
    places, values = np.ravel(x), np.asarray(kernel)
    settings: dict[str, Any] = {"cmap": "cividis", "rasterized": True} | style
    mesh = ax.pcolormesh(places, places, values, **settings)
    ax.figure.colorbar(mesh, ax=ax)
    ax.set(xlabel="input $x'$", ylabel="input $x$", title=title, aspect="equal")
    ax.grid(visible=False)
    return ax


def plot_shares(
    steps: ArrayLike,
    shares: ArrayLike,
    *,
    labels: Sequence[str | None] | None = None,
    dots: tuple[ArrayLike, ArrayLike] | None = None,
    ax: Axes | None = None,
    **style: Any,
) -> Axes:
    """What is left of the residual along each direction, shape (K, M), against the step.

    `dots` are other steps and shares, of as many columns, to lie on the lines.
    """
    ax = ax or plt.subplots()[1]
    plot_columns(ax, steps, shares, labels, dots=dots, **style)
    ax.set(ylabel="share still missing")
    return logarithmic_steps(ax)


def plot_grid(
    values: ArrayLike,
    rows: Sequence[float],
    columns: Sequence[float],
    *,
    xlabel: str = "",
    ylabel: str = "",
    title: str = "",
    fmt: str = "{:.2f}",
    ax: Axes | None = None,
    **style: Any,
) -> Axes:
    """A table as colours with its numbers written in: values of shape (rows, columns).

    The first row is at the bottom, so that both settings grow away from the corner.
    """
    ax = ax or plt.subplots(figsize=(4.5, 3.2))[1]
    table = np.asarray(values, dtype=np.float64)
    settings: dict[str, Any] = {"cmap": "cividis", "origin": "lower", "aspect": "auto"} | style
    image = ax.imshow(table, **settings)
    brightness = np.asarray(image.norm(table))  # the low end of the map is dark
    for (i, j), value in np.ndenumerate(table):
        ink = "white" if brightness[i, j] < 0.5 else "black"
        ax.text(j, i, fmt.format(value), ha="center", va="center", color=ink, fontsize="small")
    ax.set_xticks(range(len(columns)), [f"{c:g}" for c in columns])
    ax.set_yticks(range(len(rows)), [f"{r:g}" for r in rows])
    ax.set(xlabel=xlabel, ylabel=ylabel, title=title)
    ax.grid(visible=False)
    return ax
