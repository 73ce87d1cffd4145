"""What is compared: a case makes its models afresh, runs twin or ours, and gives the same numbers.

A long twin runs `twin_steps` of the `full_steps`; its time at full length is an extrapolation, and
is printed as one. Twin and ours are first compared over `twin_steps`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks import twins
from course_utils.data import ToyRegression
from course_utils.models import DeepMLP, FullyConnected, ShallowMLP, SinusoidalModel
from course_utils.theory import linear_descent
from course_utils.training import train

Outcome = tuple[np.ndarray, np.ndarray]
"""Final losses and relative movements, one for each model."""


@dataclass(frozen=True)
class Case:
    """A twin, ours, and how long they run."""

    name: str
    what: str
    twin: Callable[[int], Outcome]
    ours: Callable[[int], Outcome]
    full_steps: int
    twin_steps: int
    rtol: float = 1e-3
    """Float32 rounding grows along a run; both start from the same weights."""


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
        full_steps=10_000,
        twin_steps=500,
    ),
    Case(
        "linear",
        "ten linear models of 100 features, 10 000 steps, in closed form",
        **_solved(lambda: [SinusoidalModel(100, seed=i) for i in range(10)], 0.01),
        full_steps=10_000,
        twin_steps=200,
    ),
    Case(
        "ten",
        "ten networks of width 10, 5000 steps",
        **_trained(lambda: [ShallowMLP(10, seed=i) for i in range(10)], 0.001),
        full_steps=5000,
        twin_steps=200,
    ),
    Case(
        "widths",
        "widths 5, 10, 100 and 1000, 50 000 steps",
        **_trained(lambda: [ShallowMLP(m, seed=0) for m in (5, 10, 100, 1000)], 0.002),
        full_steps=50_000,
        twin_steps=500,
    ),
    Case(
        "kick",
        "ten networks of width 100, 1000 steps",
        **_trained(lambda: [ShallowMLP(100, seed=i) for i in range(10)], 0.001),
        full_steps=1000,
        twin_steps=200,
    ),
]
