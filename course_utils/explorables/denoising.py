"""One mode of a linear denoising autoencoder: what noise and weight decay make of it."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from course_utils import _validate
from course_utils.explorables.figure import Explorable, within
from course_utils.theory import denoising_modes, fixed_points
from course_utils.training import LinearHistory

POINTS = 200
"""Of a run that are drawn at most."""


def denoising(
    *,
    eigenvalue: float = 800.0,
    noise_variance: float = 0.5,
    weight_decay: float = 0.5,
    initial_strength: float = 1e-6,
    n: int = 500,
    learning_rate: float = 0.002,
    run: LinearHistory | None = None,
    mode: int = 0,
) -> Explorable:
    """The strength u of a mode against the epoch, and the ends u* of all modes beside it.

    tau du/dt = 2 u (lambda - n gamma - (lambda + n s^2) u), tau = n / eta epochs, which ends at
    u* = max(0, lambda - n gamma) / (lambda + n s^2). Noise alone, decay alone and neither are shown
    for comparison.

    Parameters
    ----------
    eigenvalue : lambda of the sum of x x' over the images, from 0.04 n to 20 n.
    noise_variance : s^2 on every pixel, from 0 to 5.
    weight_decay : gamma, from 0 to 2.
    initial_strength : u0, from 1e-8 to 0.01.
    n, learning_rate : number of images, and eta, from 1e-6 to 1; they have no sliders.
    run : your own run of `train_autoencoder` with one network, drawn on top: the strength of
        `mode`, an entry on the diagonal of its maps. Give the values that it was trained with.
    mode : of the run, counted from 0.

    Raises
    ------
    ValueError : for values outside of these ranges, or a run that does not fit.

    >>> denoising(weight_decay=0.1).start["decay"]
    0.1
    """
    _validate.whole("n", n, at_least=1)
    start: dict[str, Any] = {
        "eigenvalue": within("eigenvalue", eigenvalue, 0.04 * n, 20 * n),
        "noise": within("noise_variance", noise_variance, 0, 5),
        "decay": within("weight_decay", weight_decay, 0, 2),
        "start": within("initial_strength", initial_strength, 1e-8, 0.01),
        "n": int(n),
        "rate": within("learning_rate", learning_rate, 1e-6, 1),
        "run": None if run is None else _drawn(run, mode),
    }
    return Explorable(
        name="denoising",
        sentence="One mode of a denoising autoencoder: choose the noise, the weight decay, the "
        "eigenvalue (or click one in the right panel), and the strength from which it starts.",
        start=start,
        picture=_picture(start),
        alt="Left: the strength of a mode against the epoch; noise lowers its end, decay lowers it "
        "and delays the rise. Right: the end against the eigenvalue; decay has a threshold below "
        "which modes end at 0, noise has none.",
    )


def _drawn(run: LinearHistory, mode: int) -> dict[str, Any]:
    """Epochs and strengths of a mode; the axis is logarithmic and has no epoch 0."""
    if not isinstance(run, LinearHistory):
        raise ValueError(f"run={run!r}: give what train_autoencoder returned, a LinearHistory")
    if run.maps.ndim != 3:
        raise ValueError(f"run has maps of shape {run.maps.shape}: give the run of one network")
    strengths = np.diagonal(run.maps, axis1=1, axis2=2)
    _validate.choice("mode", mode, range(strengths.shape[1]))
    later = np.flatnonzero(run.steps > 0)
    if later.size == 0:
        raise ValueError(f"run has the epochs {run.steps}: give one that recorded a later epoch")
    few = later[np.unique(np.linspace(0, later.size - 1, POINTS).round().astype(int))]
    return {
        "epochs": run.steps[few].tolist(),
        "strengths": _validate.finite("run", strengths[few, mode]).tolist(),
    }


def _picture(start: dict[str, Any]) -> Figure:
    n, rate = start["n"], start["rate"]
    settings = {
        "neither": ("0.6", {}),
        "noise alone": ("#d55e00", {"noise_variance": start["noise"]}),
        "decay alone": ("#009e73", {"weight_decay": start["decay"]}),
        "both": ("#0072b2", {"noise_variance": start["noise"], "weight_decay": start["decay"]}),
    }
    figure = Figure(figsize=(6.6, 3.0), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    epochs, lambdas = (
        np.geomspace(0.02 / rate, 200 / rate, 201),
        np.geomspace(0.04 * n, 20 * n, 200),
    )
    for label, (colour, setting) in settings.items():
        u = denoising_modes(start["eigenvalue"], start["start"], n=n, learning_rate=rate, **setting)
        left.semilogx(epochs, u(epochs), color=colour, label=label)
        right.semilogx(lambdas, fixed_points(lambdas, n=n, **setting), color=colour)
    end = fixed_points(start["eigenvalue"], n=n, **settings["both"][1])
    right.plot(start["eigenvalue"], end, "o", color="#0072b2")
    left.set(xlabel="epoch", ylabel="strength $u$", ylim=(0, 1.05))
    right.set(xlabel=r"eigenvalue $\lambda$", ylabel="end $u^*$")
    left.legend(frameon=False)
    return figure
