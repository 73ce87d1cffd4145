"""Three modes of a network of one to four layers, from rich to lazy, and its loss."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_utils import _validate
from course_utils.explorables.figure import Explorable, within
from course_utils.theory import DeepModes, OneLayerModes, TwoLayerModes
from course_utils.training import LinearHistory

Array = NDArray[np.float64]
POINTS = 200
"""Of a run that are drawn at most."""


def modes(
    *,
    singular_values: Sequence[float] = (4.0, 2.0, 1.0),
    initial_strength: float = 1e-4,
    depth: int = 2,
    imbalance: float = 0.0,
    run: LinearHistory | None = None,
    learning_rate: float | None = None,
) -> Explorable:
    """Strengths u of three modes against time, and the loss, the sum of (s - u)^2, beside them.

    Inputs are white. One layer: tau du/dt = s - u. Two: tau du/dt = sqrt(c^2 + 4 u^2) (s - u), with
    the imbalance c = |w2^2 - w1^2|. D = 3 or 4, balanced: tau du/dt = D u^(2 - 2/D) (s - u).

    Parameters
    ----------
    singular_values : s of the three modes, each from 0.5 to 4.
    initial_strength : u0 of all modes, from 1e-6 to 0.2.
    depth : D, 1 to 4.
    imbalance : c, from 0 to 10, of two layers; other depths are balanced.
    run : your own run of `train_linear` with one network, drawn on top: its losses, of all its
        modes, and the first three strengths on the diagonal of its maps. Train on
        `moments.rotated(u, vt)`, where the modes stand on the diagonal.
    learning_rate : of the run; a step is a time of twice this rate, in units of tau.

    Raises
    ------
    ValueError : for values outside of these ranges, or a run that does not fit.

    >>> modes(singular_values=[3, 2, 1], depth=3).start["s1"]
    3.0
    """
    goals = _validate.finite("singular_values", singular_values)
    _validate.shape("singular_values", goals, (3,))
    _validate.choice("depth", depth, (1, 2, 3, 4))
    start: dict[str, Any] = {
        f"s{i + 1}": within(f"singular_values[{i}]", s, 0.5, 4) for i, s in enumerate(goals)
    }
    start["start"] = within("initial_strength", initial_strength, 1e-6, 0.2)
    start["depth"] = int(depth)
    start["imbalance"] = within("imbalance", imbalance, 0, 10)
    start["run"] = None if run is None else _drawn(run, learning_rate)
    flow = modes_of(goals, start["start"], start["depth"], start["imbalance"])
    return Explorable(
        name="modes",
        sentence="A network learns three modes: choose their singular values, the strength from "
        "which they start, the number of layers and, for two layers, their imbalance.",
        start=start,
        picture=_picture(flow, goals),
        alt="Left: the strengths of three modes against time; each waits near zero, then rises to "
        "its singular value. Right: the loss falls in steps, one for each mode.",
    )


def modes_of(
    goals: Array, u0: float, depth: int, imbalance: float
) -> OneLayerModes | TwoLayerModes | DeepModes:
    """The closed form of these modes, time in units of tau."""
    if depth == 1:
        return OneLayerModes(goals, np.array(u0))
    if depth == 2:
        return TwoLayerModes(goals, np.array(u0), imbalances=np.array(imbalance))
    return DeepModes(depth, goals, np.array(u0))


def end_of_time(flow: OneLayerModes | TwoLayerModes | DeepModes, goals: Array) -> float:
    """The first of 1, 2, 5, 10, 20, ... at which all modes have come to 95 % of their ends."""
    rounds = (np.array([1.0, 2.0, 5.0]) * 10.0 ** np.arange(5)[:, None]).ravel()
    return float(rounds[(flow(rounds) >= 0.95 * goals).all(axis=1).argmax()])


def _drawn(run: LinearHistory, learning_rate: float | None) -> dict[str, Any]:
    """Times, strengths and losses of a run."""
    if not isinstance(run, LinearHistory):
        raise ValueError(f"run={run!r}: give what train_linear returned, a LinearHistory")
    if learning_rate is None:
        raise ValueError("learning_rate=None: give the rate of the run, which sets its time")
    _validate.positive("learning_rate", learning_rate)
    if run.maps.ndim != 3:
        raise ValueError(f"run has maps of shape {run.maps.shape}: give the run of one network")
    few = np.unique(np.linspace(0, len(run.steps) - 1, POINTS).round().astype(int))
    strengths = _validate.finite("run", np.diagonal(run.maps[few], axis1=1, axis2=2)[:, :3])
    return {
        "times": (2 * learning_rate * run.steps[few]).tolist(),
        "strengths": strengths.T.tolist(),
        "losses": _validate.finite("run", run.losses[few]).tolist(),
    }


def _picture(flow: OneLayerModes | TwoLayerModes | DeepModes, goals: Array) -> Figure:
    figure = Figure(figsize=(6.6, 3.0), layout="constrained")
    left, right = figure.subplots(1, 2)
    end = end_of_time(flow, goals)
    t = np.linspace(0, end, 241)
    strengths = flow(t)
    for u, s, colour in zip(strengths.T, goals, ("#0072b2", "#d55e00", "#009e73"), strict=True):
        left.axhline(s, color="0.6", linewidth=0.8)
        left.plot(t, u, color=colour, label=f"$s = {s:g}$")
        right.semilogy(t, (s - u) ** 2, color=colour, linewidth=0.7)
    right.semilogy(t, np.square(goals - strengths).sum(axis=1), color="black", label="loss")
    left.set(xlabel=r"time in units of $\tau$", ylabel="strength $u$", xlim=(0, end), ylim=(0, 4.2))
    right.set(xlabel=r"time in units of $\tau$", ylabel="loss", xlim=(0, end), ylim=(1e-3, 100))
    left.legend(frameon=False)
    right.legend(frameon=False)
    return figure
