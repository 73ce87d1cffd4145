"""Functions, losses, movements and power laws against whatever they depend on."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils.plots.style import COLOURS


def plot_points(x: ArrayLike, y: ArrayLike, *, ax: Axes | None = None, **style: Any) -> Axes:
    """Training points as dots; x and y of shape (n,) or (n, 1)."""
    ax = ax or plt.subplots()[1]
    settings: dict[str, Any] = {"label": "data", "color": "black", "s": 18, "zorder": 3} | style
    ax.scatter(np.ravel(x), np.ravel(y), **settings)
    return ax


def plot_functions(
    x: ArrayLike,
    values: ArrayLike,
    *,
    labels: Sequence[str | None] | None = None,
    title: str = "",
    ax: Axes | None = None,
    **style: Any,
) -> Axes:
    """Functions of one variable: values of shape (n,) or (n, M) at x of shape (n,) or (n, 1)."""
    ax = ax or plt.subplots()[1]
    plot_columns(ax, np.ravel(x), values, labels, **style)
    ax.set(xlabel="input $x$", ylabel="output", title=title)
    return ax


def plot_before_after(
    x: ArrayLike,
    before: ArrayLike,
    after: ArrayLike,
    *,
    points: tuple[ArrayLike, ArrayLike],
    labels: Sequence[str | None] | None = None,
    sharey: bool = True,
    **style: Any,
) -> Sequence[Axes]:
    """Functions before training on the left, after it on the right, with the training points."""
    axes = plt.subplots(1, 2, sharey=sharey)[1]
    plot_functions(x, before, title="before", ax=axes[0], **style)
    plot_functions(x, after, title="after", labels=labels, ax=axes[1], **style)
    axes[1].set_ylabel("")
    for ax in axes:
        plot_points(*points, ax=ax)
    return axes


def plot_losses(
    steps: ArrayLike,
    losses: ArrayLike,
    *,
    labels: Sequence[str | None] | None = None,
    dots: tuple[ArrayLike, ArrayLike] | None = None,
    ax: Axes | None = None,
    **style: Any,
) -> Axes:
    """Training losses of shape (K,) or (K, M) against the step, both logarithmic.

    `dots` are other steps and losses, of as many columns, to lie on the lines.
    """
    ax = ax or plt.subplots()[1]
    plot_columns(ax, steps, losses, labels, dots=dots, **style)
    ax.set(yscale="log", ylabel="training loss")
    return logarithmic_steps(ax)


def plot_movement(
    steps: ArrayLike,
    movement: ArrayLike,
    *,
    labels: Sequence[str | None] | None = None,
    ax: Axes | None = None,
    **style: Any,
) -> Axes:
    """Relative movement of shape (K,) or (K, M) against the step."""
    ax = ax or plt.subplots()[1]
    plot_columns(ax, steps, movement, labels, **style)
    ax.set(ylabel=r"movement $\|w - w_0\| / \|w_0\|$")
    ax.set_ylim(bottom=0)
    return logarithmic_steps(ax)


def plot_run(
    steps: ArrayLike,
    losses: ArrayLike,
    movement: ArrayLike,
    *,
    labels: Sequence[str | None] | None = None,
    title: str = "",
    axes: Sequence[Axes] | None = None,
    **style: Any,
) -> Sequence[Axes]:
    """Loss on the left, relative movement on the right."""
    axes = plt.subplots(1, 2)[1] if axes is None else axes
    plot_losses(steps, losses, ax=axes[0], **style)
    plot_movement(steps, movement, labels=labels, ax=axes[1], **style)
    figure = axes[0].figure
    if title and isinstance(figure, Figure):
        figure.suptitle(title, fontsize="medium")
    return axes


def plot_power_law(
    x: ArrayLike, y: ArrayLike, *, slope: float, ax: Axes | None = None, **style: Any
) -> Axes:
    """Measured y of shape (K,) or (K, repeats) as dots, and a guide of the given slope.

    The guide goes through the geometric mean of the last measurements.
    """
    ax = ax or plt.subplots(figsize=(4.5, 3))[1]
    sizes, measured = np.asarray(x), np.asarray(y).reshape(len(np.asarray(x)), -1)
    ax.loglog(sizes, measured, "o", color=COLOURS[0], alpha=0.6, **style)
    anchor = np.exp(np.log(measured[-1]).mean())
    ax.loglog(
        sizes, anchor * (sizes / sizes[-1]) ** slope, "--", color="0.3", label=f"slope {slope:g}"
    )
    ax.legend()
    return ax


def plot_columns(
    ax: Axes,
    x: ArrayLike,
    y: ArrayLike,
    labels: Sequence[str | None] | None,
    *,
    dots: tuple[ArrayLike, ArrayLike] | None = None,
    fmt: str = "-",
    **style: Any,
) -> None:
    """One line for each column of y, shape (n,) or (n, M); and dots of the same colour."""
    lines = []
    for i, column in enumerate(as_columns(x, y).T):
        lines += ax.plot(x, column, fmt, label=labels[i] if labels else None, **style)
    if dots is not None:
        for line, column in zip(lines, as_columns(*dots).T, strict=True):
            ax.plot(dots[0], column, "o", ms=4, color=line.get_color())
    if labels:
        ax.legend(fontsize="small")


def logarithmic_steps(ax: Axes) -> Axes:
    """Steps from 0 on along the horizontal axis, logarithmic from 1 on."""
    ax.set_xscale("symlog", linthresh=1)
    ax.set(xlabel="step")
    ax.set_xlim(left=0)
    return ax


def as_columns(x: ArrayLike, y: ArrayLike) -> NDArray:
    """Values at the n points x as shape (n, M)."""
    return np.asarray(y).reshape(len(np.asarray(x)), -1)
