"""Descent on the loss of the smallest deep network, (s - w2 w1)^2, below and above stability."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils.explorables.figure import Explorable, points, within
from course_utils.theory import TwoLayerModes

Array = NDArray[np.float64]
REACH = 2.5
"""Of both weights on the landscape."""


def two_weights(
    *,
    target: float = 1.0,
    w1: float = 0.3,
    w2: float = 2.0,
    learning_rate: float = 0.25,
    run: ArrayLike | None = None,
) -> Explorable:
    """The landscape with the path of gradient descent, and the strength w2 w1 beside the flow's.

    Descent of L = (s - w2 w1)^2; a step of learning rate eta is a time of 2 eta units of tau. At a
    minimum of imbalance c = |w2^2 - w1^2| descent is stable for eta < 1 / sqrt(c^2 + 4 s^2).

    Parameters
    ----------
    target : s, from 0.2 to 2.
    w1, w2 : the start, each from -2.5 to 2.5.
    learning_rate : eta, from 0.01 to 1.
    run : your own run, drawn on top: weights (w1, w2) after each step, shape (K, 2), K >= 2.

    Raises
    ------
    ValueError : for values outside of these ranges, or a run of another shape.

    >>> two_weights(target=1.5).start["target"]
    1.5
    """
    start: dict[str, Any] = {
        "target": within("target", target, 0.2, 2),
        "w1": within("w1", w1, -REACH, REACH),
        "w2": within("w2", w2, -REACH, REACH),
        "rate": within("learning_rate", learning_rate, 0.01, 1),
        "run": None,
    }
    if run is not None:
        path = points("run", run)
        start["run"] = {
            "w1": path[:, 0].tolist(),
            "w2": path[:, 1].tolist(),
            "strengths": path.prod(axis=1).tolist(),
            "times": (2 * start["rate"] * np.arange(len(path))).tolist(),
        }
    return Explorable(
        name="two_weights",
        sentence="Gradient descent of a network of two weights: choose the target, the start and "
        "the learning rate, or click a start on the landscape.",
        start=start,
        picture=_picture(start["target"], start["w1"], start["w2"], start["rate"]),
        alt="Left: the path of descent jumps across a curved valley of minima. Right: the strength "
        "of the network against time, jumping about the target, beside the smooth flow.",
    )


def descend(target: float, w1: float, w2: float, learning_rate: float, n_steps: int) -> Array:
    """Weights after each of `n_steps` steps, shape (n_steps + 1, 2)."""
    path = [(w1, w2)]
    for _ in range(n_steps):
        error = 2 * (w1 * w2 - target)
        w1, w2 = w1 - learning_rate * error * w2, w2 - learning_rate * error * w1
        path.append((w1, w2))
    return np.array(path)


def _picture(target: float, w1: float, w2: float, learning_rate: float) -> Figure:
    with np.errstate(over="ignore", invalid="ignore"):
        path = descend(target, w1, w2, learning_rate, 60)
    path = np.where(np.abs(path) < 1e3, path, np.nan)
    figure = Figure(figsize=(6.6, 3.0), layout="constrained")
    left, right = figure.subplots(1, 2)
    grid = np.linspace(-REACH, REACH, 200)
    heights = (target - np.outer(grid, grid)) ** 2
    left.contour(grid, grid, heights, levels=[0.25, 1, 2.25, 4], colors="0.6", linewidths=0.8)
    left.contour(grid, grid, np.outer(grid, grid), levels=[target], colors="#009e73")
    left.plot(*path.T, ".-", linewidth=0.7, color="#0072b2")
    left.set(xlabel="$w_1$", ylabel="$w_2$", xlim=(-REACH, REACH), ylim=(-REACH, REACH))
    t = np.linspace(0, 6, 200)
    u0, imbalance = np.array(w1 * w2), np.array(abs(w2**2 - w1**2))
    flow = TwoLayerModes(np.array(target), u0, imbalances=imbalance)
    right.plot(t, flow(t), color="#d55e00", label="flow")
    times = 2 * learning_rate * np.arange(len(path))
    right.plot(times, path.prod(axis=1), ".", color="#0072b2", label="descent")
    right.set(xlabel=r"time in units of $\tau$", ylabel="$w_2 w_1$", xlim=(0, 6), ylim=(-0.5, 2.5))
    right.legend(frameon=False)
    return figure
