"""What is compared: a case makes its models afresh, runs twin or ours, and gives the same numbers.

Both get an amount of work, steps or modes. A slow twin does `part` of the `whole`; its time for all
of it is an extrapolation, and is printed as one. Twin and ours are first compared over `part`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from benchmarks import denoising, lazy, linear, modes, particles, twins
from course_utils.data import ToyRegression
from course_utils.models import DeepMLP, FullyConnected, ShallowMLP, SinusoidalModel
from course_utils.theory import linear_descent
from course_utils.training import train

Outcome = tuple[np.ndarray, ...]
"""What both compute, such as losses: numbers of which none is 0."""


@dataclass(frozen=True)
class Case:
    """A twin, ours, and how long they run."""

    name: str
    what: str
    twin: Callable[[int], Outcome]
    ours: Callable[[int], Outcome]
    whole: int
    part: int
    rtol: float = 1e-3
    """Float32 rounding grows along a run; both start from the same weights."""
    wanted: float = 1
    """How many times as fast ours is to be."""
    group: str = ""
    """What it is a part of; the name of the group runs all of it and adds it up."""


def _dataset() -> ToyRegression:
    return ToyRegression(15, target="middle", seed=0)


def _trained(make: Callable[[], list[FullyConnected]], learning_rate: float) -> dict:
    def twin(n_steps: int) -> Outcome:
        return twins.train_all(make(), _dataset(), n_steps=n_steps, learning_rate=learning_rate)

    def ours(n_steps: int) -> Outcome:
        run = train(make(), _dataset(), n_steps=n_steps, learning_rate=learning_rate)
        return run.losses[-1], run.movement[-1]

    return {"twin": twin, "ours": ours}


def _solved(make: Callable[[], list[FullyConnected]], learning_rate: float) -> dict:
    def ours(n_steps: int) -> Outcome:
        models, dataset = make(), _dataset()
        features = models[0].design_matrix(dataset.inputs)
        start = np.stack([model.weight_vector() for model in models])
        path = linear_descent(
            features, dataset.labels[:, 0], start=start, learning_rate=learning_rate
        )
        return path.losses([n_steps])[0], path.movement([n_steps])[0]

    return _trained(make, learning_rate) | {"ours": ours}


CASES = [
    Case(
        "deep",
        "one deep network, 10 000 steps",
        **_trained(lambda: [DeepMLP(10, seed=0)], 0.1),
        whole=10_000,
        part=500,
        group="lazy",
    ),
    Case(
        "linear",
        "ten linear models of 100 features, 10 000 steps, in closed form",
        **_solved(lambda: [SinusoidalModel(100, seed=i) for i in range(10)], 0.01),
        whole=10_000,
        part=200,
        group="lazy",
    ),
    Case(
        "ten",
        "ten networks of width 10, 5000 steps",
        **_trained(lambda: [ShallowMLP(10, seed=i) for i in range(10)], 0.001),
        whole=5000,
        part=200,
        group="lazy",
    ),
    Case(
        "widths",
        "widths 5, 10, 100 and 1000, 50 000 steps",
        **_trained(lambda: [ShallowMLP(m, seed=0) for m in (5, 10, 100, 1000)], 0.002),
        whole=50_000,
        part=500,
        group="lazy",
    ),
    Case(
        "kick",
        "ten networks of width 100, 1000 steps",
        **_trained(lambda: [ShallowMLP(100, seed=i) for i in range(10)], 0.001),
        whole=1000,
        part=200,
        group="lazy",
    ),
    Case(
        "scaled",
        "three scaled networks, 10 000 steps",
        twin=lazy.scaled_twin,
        ours=lazy.scaled_ours,
        whole=10_000,
        part=300,
        rtol=1e-8,
        group="lazy",
    ),
    Case(
        "sweep",
        "ten models of each of 99 dimensions, 1000 steps, in closed form",
        twin=lazy.sweep_twin,
        ours=lazy.sweep_ours,
        whole=99,
        part=1,
        rtol=1e-2,  # float32 against float64, over nearly dependent features
        group="lazy",
    ),
    Case(
        "basis",
        "regression of 5000 points on 100 features, 1000 steps, in closed form",
        twin=lazy.regression_twin,
        ours=lazy.regression_ours,
        whole=1000,
        part=1000,
        rtol=1e-8,
        group="lazy",
    ),
    Case(
        "ripples",
        "100 starts on a landscape, two rates, 10 000 steps",
        twin=lazy.ripples_twin,
        ours=lazy.ripples_ours,
        whole=100,
        part=1,
        rtol=1e-8,
        wanted=100,
        group="lazy",
    ),
    Case(
        "scratch",
        "a linear network of 61 inputs and 1000 digits, 10 000 steps",
        twin=linear.scratch_twin,
        ours=linear.scratch_ours,
        whole=10_000,
        part=300,
        rtol=1e-12,
        wanted=200,
    ),
    Case(
        "synaptic",
        "two modes in synaptic space, 100 000 steps",
        twin=linear.synaptic_twin,
        ours=linear.synaptic_ours,
        whole=100_000,
        part=3000,
        rtol=1e-10,  # small losses, from small differences of weights
        wanted=20,
    ),
    *[
        Case(
            "modes",
            f"{kind}: 1000 modes at 1000 times",
            twin=partial(modes.twin, kind),
            ours=partial(modes.ours, kind),
            whole=1000,
            part=10,
            rtol=1e-5,  # the integrator's
        )
        for kind in modes.KINDS
    ],
    *[
        Case(
            "denoise",
            f"three autoencoders, {name}, 10 000 epochs",
            twin=partial(denoising.trained_twin, name),
            ours=partial(denoising.trained_ours, name),
            whole=10_000,
            part=part,
            rtol=1e-4,  # of what ours drops
            wanted=20,
        )
        for name, part in [("large_digits", 50), ("patches", 8)]
    ],
    *[
        Case(
            "spectrum",
            f"spectrum and three curves, {name}, 500 epochs",
            twin=partial(denoising.curves_twin, name),
            ours=partial(denoising.curves_ours, name),
            whole=500,  # 1000 are too many for the twin: its exponent passes 709
            part=500,
            rtol=1e-10,
            wanted=20,
        )
        for name in denoising.SETTINGS
    ],
    Case(
        "births",
        "three runs of 50 particles, two with birth and death, 100 000 steps",
        twin=particles.twin,
        ours=particles.ours,
        whole=100_000,
        part=2000,
        rtol=1e-3,
        wanted=5,
        group="particles",
    ),
    Case(
        "bare",
        "their bare matrix products and random numbers",
        twin=particles.bare,
        ours=particles.ours_alone,
        whole=100_000,
        part=100_000,
        wanted=0.25,
        group="particles",
    ),
]
