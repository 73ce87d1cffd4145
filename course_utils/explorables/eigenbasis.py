"""Descent of a linear model of two weights, in the plain basis and in the right one."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils.explorables.figure import Explorable, points, within
from course_utils.theory import LinearDescent, linear_descent

Array = NDArray[np.float64]
STEPS = 50
REACH = {"w1": 3.5, "w2": 2.4}
"""Of the start on the contours."""


def eigenbasis(
    *,
    condition_number: float = 20.0,
    angle: float = 30.0,
    learning_rate: float = 1.5,
    w1: float = 0.5,
    w2: float = 2.3,
    run: ArrayLike | None = None,
) -> Explorable:
    """The contours of a quadratic loss with the path of descent, its coordinates and its loss.

    With the best weights at the origin, L = (lambda_1 c_1^2 + lambda_2 c_2^2) / 2 above its floor,
    where c = P^T w are the coordinates in the right basis, and a step of descent multiplies c_i
    by 1 - eta lambda_i. lambda_1 = 1, so that descent is stable for eta < 2.

    Parameters
    ----------
    condition_number : lambda_1 / lambda_2, from 1 to 100.
    angle : of the first axis v_1 of the right basis with that of w_1, from 0 to 90 degrees.
    learning_rate : eta, from 0.05 to 2.2.
    w1, w2 : the start, from -3.5 to 3.5 and from -2.4 to 2.4.
    run : your own run on this loss, drawn on top: the weights (w1, w2) after each step, minus the
        best ones, shape (K, 2), K >= 2.

    Raises
    ------
    ValueError : for values outside of these ranges, or a run of another shape.

    >>> eigenbasis(condition_number=5).start["condition"]
    5.0
    """
    start: dict[str, Any] = {
        "condition": within("condition_number", condition_number, 1, 100),
        "angle": within("angle", angle, 0, 90),
        "rate": within("learning_rate", learning_rate, 0.05, 2.2),
        "w1": within("w1", w1, -REACH["w1"], REACH["w1"]),
        "w2": within("w2", w2, -REACH["w2"], REACH["w2"]),
        "run": None,
    }
    features = features_of(start["condition"], start["angle"])
    if run is not None:
        path = points("run", run)
        if len(path) < 2:
            raise ValueError(f"run has {len(path)} rows: give two or more, one after each step")
        start["run"] = {
            "w1": path[:, 0].tolist(),
            "w2": path[:, 1].tolist(),
            "losses": (np.square(path @ features.T).sum(axis=1) / 2).tolist(),
        }
    model = descent(**{key: value for key, value in start.items() if key != "run"})
    return Explorable(
        name="eigenbasis",
        sentence="Descent of a linear model of two weights: choose the shape of its loss and the "
        "learning rate, and click a start on the contours.",
        start=start,
        picture=_picture(model, start["rate"]),
        alt="Left: a path zigzags down long tilted ellipses. Right: the loss on a logarithmic "
        "axis is the sum of two straight lines, a steep one and a flat one.",
    )


def features_of(condition: float, angle: float) -> Array:
    """Phi of two points, for which the Hessian of L has the eigenvalues 1 and 1 / condition."""
    t = np.deg2rad(angle)
    basis = np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]])
    return np.asarray(np.sqrt([[1.0], [1 / condition]]) * basis.T, dtype=np.float64)


def descent(condition: float, angle: float, rate: float, w1: float, w2: float) -> LinearDescent:
    """Descent on labels of 0, solved; `rate` is eta."""
    return linear_descent(
        features_of(condition, angle),
        np.zeros(2),
        start=[w1, w2],
        learning_rate=rate,
        may_diverge=True,
    )


def _picture(model: LinearDescent, rate: float) -> Figure:
    figure = Figure(figsize=(6.6, 3.0), layout="constrained")
    left, right = figure.subplots(1, 2)
    x, y = np.linspace(-3.6, 3.6, 200), np.linspace(-2.5, 2.5, 200)
    points = np.stack(np.meshgrid(x, y), axis=-1)
    along = points @ model.directions.T
    heights = (model.eigenvalues * along**2).sum(axis=-1) / 2
    radii = np.array([0.3, 0.6, 1, 1.5, 2, 2.7, 3.5])
    left.contour(x, y, heights, levels=radii**2 / 2, colors="0.6", linewidths=0.8)
    steps = np.arange(STEPS + 1)
    left.plot(*model.weights(steps).T, ".-", linewidth=0.7, color="#009e73")
    left.set(xlabel="$w_1$", ylabel="$w_2$", xlim=(-3.6, 3.6), ylim=(-2.5, 2.5), aspect="equal")
    left_over = (1 - rate * model.eigenvalues) ** steps[:, None]
    parts = np.square(left_over * model.initial_residuals) / model.n
    for part, colour, name in zip(parts.T, ("#0072b2", "#d55e00"), "12", strict=True):
        right.plot(steps, part, color=colour, label=f"part of coordinate {name}")
    right.plot(steps, model.losses(steps), ".", color="#009e73", label="loss")
    right.set(xlabel="step", ylabel="loss", yscale="log", ylim=(1e-8, 20), xlim=(0, STEPS))
    right.legend(frameon=False)
    return figure
