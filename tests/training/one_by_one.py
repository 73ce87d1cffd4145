"""Birth, death and descent the plain way: one run, one particle at a time, gradients by autograd.

Shared with the package are the random numbers alone, so that both make the same choices.
"""

import copy
import math
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from course_utils.models import ParticleNetwork
from course_utils.training import BirthDeath
from course_utils.training.draws import Draws, draws
from tests.models.circle import circle


class After(NamedTuple):
    """As `Replacements`, for one run."""

    sources: list[int]
    dead: list[bool]
    copied: int
    kept: bool


def replace_one_by_one(rates: list[float], uniform: list[list[float]]) -> After:
    """Birth and death as described, by lists of names."""
    n = len(rates)
    happens, of_survivor, order = uniform
    dead = [i for i in range(n) if rates[i] > 0 and happens[i] < rates[i]]
    kept = len(dead) == n
    if kept:
        dead = []
    survivors = [i for i in range(n) if i not in dead]
    sources = list(range(n))
    for i in dead:
        sources[i] = survivors[min(math.floor(of_survivor[i] * len(survivors)), len(survivors) - 1)]
    born = [i for i in range(n) if rates[i] < 0 and happens[i] < -rates[i]]
    places = sorted((i for i in range(n) if i not in born), key=order.__getitem__)
    parents = sorted(born, key=order.__getitem__)
    pairs = list(zip(places, parents, strict=False))  # as many as there are of both
    for place, parent in pairs:
        sources[place] = parent
    return After(sources, [i in dead for i in range(n)], len(pairs), kept)


class Path(NamedTuple):
    """One run after 0, 1, 2, ... steps, K of them."""

    weights: NDArray[np.float64]
    charges: NDArray[np.float64]
    died: NDArray[np.int64]
    copied: NDArray[np.int64]
    kept: NDArray[np.int64]
    replaced: NDArray[np.bool_]
    """In this step, shape (K, n)."""
    distinct: NDArray[np.int64]
    """How many lineages are left."""


def random_numbers(
    student: ParticleNetwork, n_steps: int, *, seed: int, batch_size: int | None
) -> list[Draws]:
    """What a run of one student sees, step by step."""
    like = student.weights.detach()[None]
    stream = draws([seed], like, batch_size=batch_size, newcomers=True)
    return [Draws(*(z if z is None else z[0] for z in next(stream))) for _ in range(n_steps)]


def loss_on(student: ParticleNetwork, teacher: ParticleNetwork, inputs: Tensor | None) -> Tensor:
    """The mean square over the inputs, or over the circle, by quadrature, if there are none."""
    if inputs is not None:
        return (student(inputs) - teacher(inputs).detach()).square().mean()
    x, share = circle(student.weights, teacher.weights)
    return share @ (student(x) - teacher(x).detach())[:, 0].square()


def train_one_by_one(
    student: ParticleNetwork,
    teacher: ParticleNetwork,
    rule: BirthDeath | None,
    *,
    n_steps: int,
    learning_rate: float,
    seed: int,
    batch_size: int | None,
) -> Path:
    """What `train_particles` says it does, of a copy of the student."""
    student = copy.deepcopy(student)
    n = student.n_particles
    parameters = [student.weights, student.charges]
    optimizer = torch.optim.SGD(parameters, lr=learning_rate)
    counts, replaced = np.zeros(3, dtype=np.int64), [False] * n
    lineage = [object() for _ in range(n)]
    records = []

    def record() -> None:
        values = [p.detach().numpy().copy() for p in parameters]
        records.append((*values, *counts, np.array(replaced), len(set(lineage))))

    numbers = random_numbers(student, n_steps, seed=seed, batch_size=batch_size)
    record()
    for inputs, uniform, newcomers in numbers:
        optimizer.zero_grad()
        loss_on(student, teacher, inputs).backward()
        slopes = student.charges.grad
        if rule and rule.exact_rates:
            exact = loss_on(student, teacher, None)
            slopes = torch.autograd.grad(exact, student.charges)[0]
        charges = student.charges.tolist()
        optimizer.step()
        replaced = [False] * n
        if rule:
            rates = [
                rule.alpha * c * slope for c, slope in zip(charges, slopes.tolist(), strict=True)
            ]
            if rule.prior is not None:
                rates = [max(r, 0) for r in rates]
            after = replace_one_by_one(rates, uniform.tolist())
            replaced = _carry_out(student, rule, after, newcomers)
            counts += np.array([sum(after.dead), after.copied, after.kept])
            lineage = [
                object() if rule.prior is not None and dead else lineage[source]
                for source, dead in zip(after.sources, after.dead, strict=True)
            ]
        record()
    return Path(*map(np.array, zip(*records, strict=True)))


def _carry_out(
    student: ParticleNetwork, rule: BirthDeath, after: After, newcomers: Tensor
) -> list[bool]:
    """Each place gets its particle; who stands where another stood."""
    before = [p.detach().clone() for p in (student.weights, student.charges)]
    with torch.no_grad():
        for i, source in enumerate(after.sources):
            student.weights[i], student.charges[i] = (z[source] for z in before)
            if rule.prior is not None and after.dead[i]:
                student.weights[i], student.charges[i] = rule.prior * newcomers[i], 0
    return [
        source != i or dead
        for i, (source, dead) in enumerate(zip(after.sources, after.dead, strict=True))
    ]
