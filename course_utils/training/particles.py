"""Gradient descent of particles that are born and die, for several runs side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from course_utils import _validate
from course_utils.models import ParticleNetwork
from course_utils.training.birth_death import BirthDeath
from course_utils.training.draws import CHUNK, draws
from course_utils.training.population import Population
from course_utils.training.steps import DivergedError, one_for_each, recorded_steps


@dataclass(frozen=True)
class ParticleHistory:
    """What was recorded after each of K `steps` in R runs of n particles."""

    steps: NDArray[np.int64]
    """Shape (K,)."""
    losses: NDArray[np.float64]
    """Loss over all inputs of the sphere, exactly; shape (K, R)."""
    paths: NDArray[np.float64]
    """The first two coordinates of positions |c_i| theta_i, shape (K, R, n, 2); one if d = 1."""
    replaced: NDArray[np.bool_]
    """Whether another particle has come to stand in a place since the last record, (K, R, n)."""
    died: NDArray[np.int64]
    """Deaths up to then, shape (K, R)."""
    copied: NDArray[np.int64]
    """Copies of growing particles up to then, shape (K, R)."""
    kept: NDArray[np.int64]
    """Steps up to then at which all would have died and all were kept, shape (K, R)."""
    distinct: NDArray[np.int64]
    """Lineages left: particles, copies of one another counted once; shape (K, R)."""


@torch.inference_mode()
def train_particles(
    students: Sequence[ParticleNetwork],
    teachers: ParticleNetwork | Sequence[ParticleNetwork],
    *,
    n_steps: int,
    learning_rate: ArrayLike,
    birth_death: Sequence[BirthDeath | None] | None = None,
    batch_size: int | None = 100,
    seed: int | Sequence[int],
    record: ArrayLike | None = None,
    device: str | torch.device | None = None,
    dtype: torch.dtype | None = None,
) -> ParticleHistory:
    """Train R students in place; every step sees fresh inputs from the unit sphere.

    A step is gradient descent on the mean square of f - f*, then birth and death at the rates that
    stood before the step. Over all inputs at once (`batch_size=None`, or exact rates) it costs n
    times n + m overlaps for each run.

    Parameters
    ----------
    students : R networks with equally many particles.
    teachers : one for all, or one for each.
    learning_rate : eta, one for all or one for each, shape (R,).
    birth_death : one for each student; None is gradient descent alone.
    batch_size : inputs a step; None takes the gradient over all inputs, exactly.
    seed : of inputs, deaths and newcomers; one for all, or one for each. Runs of one seed see
        the same inputs, and a run is the same whoever runs beside it, up to rounding.
    record : the steps to record, increasing; `log_steps(n_steps)` if None.
    device, dtype : where and in what precision to compute; those of the first student if None.
        The students keep their own. Losses are computed in float64.

    Raises
    ------
    ValueError : for bad settings or networks that do not fit together.
    DivergedError : where weights stop being finite numbers. The students are as they were.

    >>> from course_utils.models import PlantedTeacher
    >>> students = [ParticleNetwork(50, 20, seed=0) for _ in range(2)]
    >>> history = train_particles(students, PlantedTeacher(seed=1), n_steps=100, seed=0,
    ...     learning_rate=0.02, birth_death=[None, BirthDeath(alpha=1.0)])
    >>> history.losses.shape, history.paths.shape, int(history.died[-1, 0])
    ((80, 2), (80, 2, 20, 2), 0)
    """
    _validate.whole("n_steps", n_steps)
    if batch_size is not None:
        _validate.whole("batch_size", batch_size, at_least=1)
    steps = recorded_steps(record, n_steps)
    rules, seeds = _settings(students, birth_death, seed)
    rates = one_for_each("learning_rate", learning_rate, len(students))
    some = students[0].weights
    like = torch.empty((), dtype=dtype or some.dtype, device=device or some.device)
    population = Population(students, _teachers(teachers, students), rules, rates, like=like)
    random = draws(
        seeds, population.weights, batch_size=batch_size, newcomers=population.some_return
    )

    records, recorded = [], set(steps.tolist())
    for step in range(n_steps + 1):
        if step % CHUNK == 0 or step == n_steps or step in recorded:
            _refuse_the_lost(population, step)
        if step in recorded:
            records.append(population.observe())
        if step < n_steps:
            population.step(*next(random))
    population.write_back(students)
    return ParticleHistory(steps, *(np.stack(kind) for kind in zip(*records, strict=True)))


def _settings(
    students: Sequence[ParticleNetwork],
    birth_death: Sequence[BirthDeath | None] | None,
    seed: int | Sequence[int],
) -> tuple[list[BirthDeath | None], list[int]]:
    """A rule and a seed for each student; ValueError where they do not fit."""
    if isinstance(students, ParticleNetwork) or not len(students):
        raise ValueError("students: give a list of at least one ParticleNetwork")
    sizes = sorted({(s.n_particles, s.input_dim) for s in students})
    if len(sizes) > 1:
        raise ValueError(f"students of (n_particles, input_dim) {sizes}: give all of one size")
    n_runs = len(students)
    if isinstance(birth_death, BirthDeath):
        raise ValueError(f"{birth_death=}: give a list, one for each of {n_runs} students")
    rules: list[BirthDeath | None] = [None] * n_runs if birth_death is None else list(birth_death)
    seeds = list(seed) if isinstance(seed, Sequence | np.ndarray) else [seed] * n_runs
    for name, values in (("birth_death", rules), ("seed", seeds)):
        if len(values) != n_runs:
            raise ValueError(
                f"{name} has {len(values)} entries: give one for each of {n_runs} students"
            )
    for i, rule in enumerate(rules):
        if rule is not None and not isinstance(rule, BirthDeath):
            raise ValueError(f"birth_death[{i}]={rule!r}: give a BirthDeath or None")
    for each in seeds:
        _validate.whole("seed", each)
    if students[0].n_particles == 1 and any(rule and rule.prior is None for rule in rules):
        raise ValueError(
            "n_particles=1: a copy needs a second particle to replace; give at least 2, or a prior"
        )
    return rules, seeds


def _teachers(
    teachers: ParticleNetwork | Sequence[ParticleNetwork], students: Sequence[ParticleNetwork]
) -> list[ParticleNetwork]:
    if isinstance(teachers, ParticleNetwork):
        return [teachers] * len(students)
    given = list(teachers)
    if len(given) != len(students):
        raise ValueError(f"teachers has {len(given)} entries: give one, or one for each student")
    if len({t.n_particles for t in given}) > 1:
        raise ValueError("teachers of different n_particles: give all of one size")
    return given


def _refuse_the_lost(population: Population, step: int) -> None:
    run = population.lost()
    if run is not None:
        eta, alpha = float(population.learning_rates[run]), float(population.alphas[run])
        strength = f" and alpha={alpha:g}" if alpha else ""
        raise DivergedError(
            f"run {run} left the finite numbers by step {step} with "
            f"learning_rate={eta:g}{strength}: try a smaller one"
        )
