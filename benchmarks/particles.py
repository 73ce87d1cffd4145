"""Seed 001's three runs, gradient descent, cloning and reinjection, as a plain loop and as ours.

The twin is the seed's loop, one network after the other, with autograd and a mask that works. It
takes the random numbers that ours takes, drawn for each of its runs, so that the results compare.
"""

import numpy as np
import torch
from torch import Tensor, nn

from course_utils.data import sphere_inputs
from course_utils.models import ParticleNetwork, PlantedTeacher, population_loss
from course_utils.training import BirthDeath, train_particles
from course_utils.training.draws import CHUNK, Draws, draws

Outcome = tuple[np.ndarray, ...]
D, N, BATCH, RATE = 50, 50, 100, 0.02
RULES = [None, BirthDeath(1.0), BirthDeath(0.01, prior=1 / N)]


def _start() -> tuple[list[ParticleNetwork], PlantedTeacher]:
    return [ParticleNetwork(D, N, seed=i) for i in range(len(RULES))], PlantedTeacher(seed=10)


def _losses(students: list[ParticleNetwork], teacher: PlantedTeacher) -> Outcome:
    return (np.array([population_loss(student, teacher) for student in students]),)


def ours(n_steps: int) -> Outcome:
    students, teacher = _start()
    train_particles(
        students,
        teacher,
        n_steps=n_steps,
        learning_rate=RATE,
        birth_death=RULES,
        batch_size=BATCH,
        seed=0,
    )
    return _losses(students, teacher)


def ours_alone(n_steps: int) -> Outcome:
    """For `bare`, which has no result to compare."""
    ours(n_steps)
    return ()


def twin(n_steps: int) -> Outcome:
    students, teacher = _start()
    for student, rule in zip(students, RULES, strict=True):
        _train_one(student, teacher, rule, n_steps)
    return _losses(students, teacher)


def _train_one(
    student: ParticleNetwork, teacher: nn.Module, rule: BirthDeath | None, n_steps: int
) -> None:
    random = draws(
        [0], student.weights[None], batch_size=BATCH, newcomers=bool(rule and rule.prior)
    )
    optimizer = torch.optim.SGD(student.parameters(), lr=RATE)
    criterion, losses = nn.MSELoss(), np.zeros(n_steps)
    for k in range(n_steps):
        now = next(random)
        assert now.inputs is not None
        optimizer.zero_grad()
        loss = criterion(student(now.inputs[0]), teacher(now.inputs[0]).detach())
        loss.backward()
        if rule is not None:
            rates = rule.alpha * student.charges.detach() * student.charges.grad
        optimizer.step()
        losses[k] = loss.item()
        if rule is not None:
            with torch.no_grad():
                _replace(student, rates, rule, now)


def _replace(student: ParticleNetwork, rates: Tensor, rule: BirthDeath, now: Draws) -> None:
    """Birth and death as the seed does them: masks over all particles at every step."""
    happens, of_survivor, order = now.uniform[0]
    dead = ((rates > 0) & (happens < rates.abs())).to(rates)
    if dead.sum() > 0:
        if rule.prior is None:
            survivors = (dead == 0).nonzero()[:, 0]
            chosen = survivors[(of_survivor * len(survivors)).long()]
            weights, charges = student.weights[chosen], student.charges[chosen]
        else:
            assert now.newcomers is not None
            weights, charges = rule.prior * now.newcomers[0], torch.zeros_like(student.charges)
        student.weights.copy_(torch.where(dead[:, None] > 0, weights, student.weights))
        student.charges.copy_(torch.where(dead > 0, charges, student.charges))
    born = (rates < 0) & (happens < rates.abs())
    if rule.prior is None and born.sum() > 0:
        others = (~born).nonzero()[:, 0]
        parents = born.nonzero()[:, 0]
        parents = parents[order[parents].argsort()][: len(others)]
        places = others[order[others].argsort()][: len(parents)]
        student.weights[places] = student.weights[parents]
        student.charges[places] = student.charges[parents]


@torch.inference_mode()
def bare(n_steps: int) -> Outcome:
    """The matrix products and random numbers of the three runs, and nothing else.

    Inputs, uniform numbers and newcomers; what students and teacher put out; the gradients of
    charges and weights.
    """
    students, teacher = _start()
    weights = torch.stack([s.weights for s in students])
    charges = torch.stack([s.charges for s in students]).unsqueeze(2)
    theirs, their_charges = teacher.weights.T, teacher.charges.unsqueeze(1)
    generator = torch.Generator().manual_seed(0)
    for k in range(n_steps):
        if k % CHUNK == 0:
            inputs = sphere_inputs(CHUNK, BATCH, D, seed=generator)
            torch.rand(CHUNK, 3, N, generator=generator)
            torch.randn(CHUNK, N, D, generator=generator)
        x = inputs[k % CHUNK]
        h = torch.bmm(x.expand(len(RULES), -1, -1), weights.mT)
        out = torch.bmm(h, charges)
        x @ theirs @ their_charges
        torch.bmm(h.mT, out)
        torch.bmm(h.mT, x.expand(len(RULES), -1, -1))
    return ()
