"""Particles that move, die and are copied, beside the same particles that only move."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from course_utils import _validate
from course_utils.explorables.figure import Explorable, within
from course_utils.models import ParticleNetwork, PlantedTeacher
from course_utils.training import BirthDeath, ParticleHistory, train_particles

RATE = 0.02
"""The learning rate; a step is a time of twice as much."""


def particles(
    *,
    n_particles: int = 100,
    strength: float = 20.0,
    n_steps: int = 300,
    run: ParticleHistory | None = None,
) -> Explorable:
    """A population with births and deaths, and from the same start one with descent alone.

    Inputs lie on the circle, d = 2, gradients are over all of them, and the teacher is
    `PlantedTeacher(2, 4, seed=3)`. A particle dies or is copied with the probability
    |alpha c_i dL/dc_i| a step, alpha = strength * n * 0.02.

    Parameters
    ----------
    n_particles : n, from 10 to 200.
    strength : in units of the time of the flow, from 0 to 40.
    n_steps : the step that is shown first, from 0 to 10 000.
    run : what `train_particles` returned; its loss is drawn on top, of the first run in it.

    Raises
    ------
    ValueError : for values outside of these ranges, or a run that is no `ParticleHistory`.

    >>> particles(n_particles=50).start["n"]
    50
    """
    for name, whole in (("n_particles", n_particles), ("n_steps", n_steps)):
        _validate.whole(name, whole)
    teacher = PlantedTeacher(2, 4, seed=3)
    start: dict[str, Any] = {
        "n": int(within("n_particles", n_particles, 10, 200)),
        "alpha": within("strength", strength, 0, 40),
        "steps": int(within("n_steps", n_steps, 0, 10_000)),
        "teacher": {
            "weights": teacher.positions.double().flatten().tolist(),
            "charges": teacher.charges.sign().tolist(),
        },
        "run": None,
    }
    if run is not None:
        if not isinstance(run, ParticleHistory):
            raise ValueError(f"run={type(run).__name__}: give what train_particles returned")
        later = run.steps > 0
        losses = run.losses[later, 0]
        start["run"] = {"steps": run.steps[later].tolist(), "losses": losses.tolist()}
    return Explorable(
        name="particles",
        sentence="Particles in the plane that learn from a planted network, with births and deaths "
        "and without: let them run, and choose how many there are and how strong births are.",
        start=start,
        picture=_picture(teacher, start["n"], start["alpha"]),
        alt="Left: particles in the plane with four rays, the teacher's directions; most particles "
        "lie on a few of the same places. Right: the loss with births and deaths falls sooner and "
        "then stays on a floor, below which the loss of descent alone goes on falling.",
    )


def _picture(teacher: PlantedTeacher, n: int, strength: float) -> Figure:
    students = [ParticleNetwork(2, n, seed=1) for _ in range(2)]
    rules = [BirthDeath(strength * n * RATE), None]
    settings: dict[str, Any] = {"n_steps": 300, "learning_rate": RATE, "batch_size": None}
    history = train_particles(students, teacher, birth_death=rules, seed=1, **settings)
    figure = Figure(figsize=(6.6, 3.0), layout="constrained")
    left, right = figure.subplots(1, 2)
    positions = n * students[0].positions.numpy()
    signs = np.sign(students[0].charges.detach().numpy())
    for ray, sign in zip(teacher.positions.numpy(), teacher.charges.sign().tolist(), strict=True):
        colour = "#0072b2" if sign > 0 else "#d55e00"
        left.plot([0, 9 * ray[0]], [0, 9 * ray[1]], "--", linewidth=0.8, color=colour)
    for sign, colour in ((1, "#0072b2"), (-1, "#d55e00")):
        left.plot(*positions[signs == sign].T, ".", color=colour)
    left.set(xlabel=r"$n|c|\theta$, first coordinate", ylabel="second coordinate")
    left.set(xlim=(-5, 5), ylim=(-5, 5))
    for losses, label in zip(history.losses.T, ["births and deaths", "descent alone"], strict=True):
        right.loglog(history.steps[1:], losses[1:], label=label)
    right.set(xlabel="step", ylabel="loss")
    right.legend(frameon=False)
    return figure
