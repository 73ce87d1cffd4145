"""Training of the scaled model of one weight, beside its linearisation, for any scale alpha."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils import _validate
from course_utils.explorables.figure import Explorable, within
from course_utils.models import OneWeightModel

Array = NDArray[np.float64]
X = 1.5
"""The input of the one point that is learned."""
STEPS = 400
FAR = 5.0
"""A path ends where the weight is further than this from its start: there the model only shakes."""
ONE = OneWeightModel()


def scaled_weight(
    *,
    alpha: float = 5.0,
    label: float = 3.0,
    learning_rate: float = 0.01,
    run: ArrayLike | None = None,
) -> Explorable:
    """The loss of alpha h(1.5; w) and that of its linearisation, with training on both.

    The loss is L = (alpha h - y)^2 / (2 alpha^2), a step w <- w - eta dL/dw, and h the model of
    one weight of the chapter Scaling. Left alpha^2 L against alpha (w - w0), in which the
    linearisation does not change with alpha; right the relative movement |w - w0| / w0.

    Parameters
    ----------
    alpha : from 1 to 10 000.
    label : y, from 0.5 to 4.
    learning_rate : eta, from 0.002 to 0.2.
    run : your own run at this alpha, drawn on top: the weight after each step, shape (K,), K >= 2.

    Raises
    ------
    ValueError : for values outside of these ranges, or a run of another shape.

    >>> scaled_weight(alpha=100).start["alpha"]
    100.0
    """
    start: dict[str, Any] = {
        "alpha": within("alpha", alpha, 1, 10_000),
        "label": within("label", label, 0.5, 4),
        "rate": within("learning_rate", learning_rate, 0.002, 0.2),
        "run": None,
    }
    if run is not None:
        path = _validate.finite("run", run)
        if path.ndim != 1 or len(path) < 2:
            _validate.shape("run", path, ("K",))
            raise ValueError(f"run has {len(path)} weights: give two or more, one after each step")
        outputs = start["alpha"] * ONE.output(path, X)
        start["run"] = {
            "ways": (start["alpha"] * (path - ONE.w0)).tolist(),
            "heights": ((outputs - start["label"]) ** 2 / 2).tolist(),
            "movement": (np.abs(path - ONE.w0) / ONE.w0).tolist(),
        }
    return Explorable(
        name="scaled_weight",
        sentence="Training of a model of one weight and of its linearisation: choose the scale "
        "alpha, the label and the learning rate.",
        start=start,
        picture=_picture(start["alpha"], start["label"], start["rate"]),
        alt="Left: the rippled loss of the model touches the parabola of its linearisation at the "
        "start, with the paths of training on both. Right: their relative movement by step.",
    )


def descend(alpha: float, label: float, learning_rate: float, n_steps: int) -> Array:
    """The weight after each step; the path ends where it is far out."""
    path = [ONE.w0]
    while len(path) <= n_steps and abs(path[-1] - ONE.w0) < FAR:
        error = alpha * ONE.output(path[-1], X) - label
        path.append(float(path[-1] - learning_rate * error / alpha * ONE.slope(path[-1], X)))
    return np.array(path)


def linearised_way(label: float, learning_rate: float, n_steps: int) -> Array:
    """alpha (w - w0) of the linearised model after each step; alpha is not in it."""
    slope = float(ONE.slope(ONE.w0, X))
    left = np.power(1 - learning_rate * slope**2, np.arange(n_steps + 1))
    return np.asarray(label / slope * (1 - left), dtype=np.float64)


def _picture(alpha: float, label: float, learning_rate: float) -> Figure:
    figure = Figure(figsize=(6.6, 3.0), layout="constrained")
    left, right = figure.subplots(1, 2)
    way = np.linspace(-1, 4, 1000)
    point = {"x": X, "y": label, "alpha": alpha}
    w, path = ONE.w0 + way / alpha, descend(alpha, label, learning_rate, STEPS)
    left.plot(way, alpha**2 * ONE.loss(w, **point), color="#0072b2", label="model")
    left.plot(way, alpha**2 * ONE.linearised_loss(w, **point), color="#d55e00", label="linearised")
    left.plot(alpha * (path - ONE.w0), alpha**2 * ONE.loss(path, **point), ".", color="#0072b2")
    left.set(xlabel=r"$\alpha\,(w - w_0)$", ylabel=r"$\alpha^2 L$", xlim=(-1, 4), ylim=(0, 8))
    left.legend(frameon=False)
    line = linearised_way(label, learning_rate, STEPS) / alpha
    right.plot(np.abs(path - ONE.w0)[1:] / ONE.w0, color="#0072b2")
    right.plot(line[1:] / ONE.w0, color="#d55e00")
    right.set(xlabel="step", ylabel="relative movement", yscale="log", ylim=(1e-6, 10))
    return figure
