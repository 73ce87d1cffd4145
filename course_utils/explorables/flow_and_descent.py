"""Descent beside the gradient flow, for the same time, on the landscape of ripples."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from course_utils.data import landscape
from course_utils.explorables.figure import Explorable, points, within
from course_utils.training import descend, gradient_flow


def flow_and_descent(
    *,
    w1: float = 0.5,
    w2: float = -1.25,
    learning_rate: float = 0.002,
    time: float = 1.0,
    run: ArrayLike | None = None,
) -> Explorable:
    """The paths of w <- w - eta grad f(w) and dw/dt = -grad f(w) from one start, and their heights.

    f is `data.landscape("ripples")`. Step k of descent is at the time k eta.

    Parameters
    ----------
    w1, w2 : the start, each from -2 to 2.
    learning_rate : eta, from 0.0002 to 0.01.
    time : of both, from 0.01 to 1.
    run : your own descent with this learning rate, drawn on top: points after each step, shape
        (K, 2), such as `training.descend` returns for one start, K >= 2.

    Raises
    ------
    ValueError : for values outside of these ranges, or a run of another shape.

    >>> flow_and_descent(time=0.5).start["time"]
    0.5
    """
    start: dict[str, Any] = {
        "w1": within("w1", w1, -2, 2),
        "w2": within("w2", w2, -2, 2),
        "rate": within("learning_rate", learning_rate, 2e-4, 1e-2),
        "time": within("time", time, 0.01, 1),
        "run": None,
    }
    if run is not None:
        path = points("run", run)
        times = start["rate"] * np.arange(len(path))
        start["run"] = {"t": times.tolist(), "x": path[:, 0].tolist(), "y": path[:, 1].tolist()}
    return Explorable(
        name="flow_and_descent",
        sentence="Gradient descent and the gradient flow from the same start, for the same time: "
        "choose the learning rate, the time and the start, or click a start on the landscape.",
        start=start,
        picture=_picture(**{name: start[name] for name in ("w1", "w2", "rate", "time")}),
        alt="Left: the landscape of ripples, with the smooth path of the flow along one valley and "
        "that of descent, which jumps across it and over its ridge. Right: their heights against "
        "time; the flow falls and rests, descent jumps up and down.",
    )


def _picture(w1: float, w2: float, rate: float, time: float) -> Figure:
    ripples = landscape("ripples")
    times = np.linspace(0, time, 200)
    flow = gradient_flow(ripples, [w1, w2], times, rtol=1e-8)
    steps = descend(ripples, [w1, w2], learning_rate=rate, n_steps=round(time / rate))
    figure = Figure(figsize=(6.6, 3.0), layout="constrained")
    left, right = figure.subplots(1, 2)
    grid = np.linspace(-2, 2, 150)
    heights = ripples.value(np.stack(np.meshgrid(grid, grid), axis=-1))
    left.contourf(grid, grid, heights, levels=4, cmap="Greys", alpha=0.5)
    left.plot(*steps.T, ".-", linewidth=0.5, markersize=2, color="#d55e00")
    left.plot(*flow.T, color="#0072b2")
    left.set(xlabel="$w_1$", ylabel="$w_2$", xlim=(-2, 2), ylim=(-2, 2))
    right.plot(rate * np.arange(len(steps)), ripples.value(steps), color="#d55e00", label="descent")
    right.plot(times, ripples.value(flow), color="#0072b2", label="gradient flow")
    right.set(xlabel="time", ylabel="$f$", ylim=(-2, 2))
    right.legend(frameon=False)
    return figure
