"""Particles: the script's steps against torch's, and what Python refuses."""

import functools
import math

import numpy as np
import pytest
import torch

from course_utils import models
from course_utils.explorables import particles
from course_utils.models.overlaps import population_gradients, quadratic_loss
from course_utils.training import train_particles
from course_utils.training.birth_death import replacements
from tests.explorables.node import call, needs_node

TEACHER = models.PlantedTeacher(2, 4, seed=3).double()
POSITIONS, SIGNS = TEACHER.positions, TEACHER.charges.detach().sign()
GIVEN = {
    "weights": POSITIONS.flatten().tolist(),
    "charges": SIGNS.tolist(),
}
RATE = 0.02


def uniform(state):
    """mulberry32, a generator of the numbers of the script."""
    while True:
        state = (state + 0x6D2B79F5) % 2**32
        t = (state ^ state >> 15) * (state | 1) % 2**32
        t ^= (t + (t ^ t >> 7) * (t | 61)) % 2**32
        yield (t ^ t >> 14) / 2**32


def population(n, seed=1):
    """Weights and charges at the start, and what draws go on."""
    draw, scale = uniform(seed), 1 / math.sqrt(n)
    rows = []
    for _ in range(n):
        radius, angle = math.sqrt(-2 * math.log(1 - next(draw))), 2 * math.pi * next(draw)
        rows.append((radius * math.cos(angle), radius * math.sin(angle), 2 * next(draw) - 1))
    table = scale * torch.tensor(rows, dtype=torch.float64)
    return table[:, :2], table[:, 2], draw


def simulated(n, alpha, n_steps):
    """Losses and lineages of births and deaths, step by step, by torch's own pieces."""
    weights, charges, draw = population(n)
    lineage, losses, left = torch.arange(n), [], []
    for _ in range(n_steps + 1):
        w = torch.cat([weights, POSITIONS])
        q = torch.cat([charges, -SIGNS])
        losses.append(float(quadratic_loss(w, q)))
        left.append(len(set(lineage.tolist())))
        by_weight, by_charge = population_gradients(w, q, n)
        rates = alpha * n * RATE * charges * by_charge
        weights, charges = weights - RATE * by_weight, charges - RATE * by_charge
        if alpha:
            draws = np.array([[next(draw) for _ in range(n)] for _ in range(3)])
            sources = replacements(rates[None], torch.tensor(draws)[None]).sources[0]
            weights, charges, lineage = weights[sources], charges[sources], lineage[sources]
    return np.array(losses), np.array(left)


@functools.cache
def first_twenty(n, alpha):
    births, left = simulated(n, alpha, 19)
    return {
        "loss, births and deaths": births,
        "loss, descent": simulated(n, 0, 19)[0],
        "lineages": left,
    }


def numbers(values):
    """What the first rows of the figure's table show for these values of its sliders."""
    return first_twenty(int(values["n"]), values["alpha"])


def with_run():
    """The figure with a run on top, for a browser to show."""
    students = [models.ParticleNetwork(2, 10, seed=0)]
    history = train_particles(students, TEACHER, n_steps=50, learning_rate=RATE, seed=0)
    return particles(run=history)


@needs_node
def test_loss_and_gradients_are_those_of_the_whole_circle(tmp_path):
    cases = [population(n, seed)[:2] for n in (1, 2, 7, 30) for seed in range(5)]
    cases.append((torch.zeros(2, 2, dtype=torch.float64), torch.ones(2, dtype=torch.float64)))
    given = [
        {"weights": w.flatten().tolist(), "charges": c.tolist(), "teacher": GIVEN} for w, c in cases
    ]
    found = call("particles", [("gradients", [one]) for one in given], tmp_path)
    for (weights, charges), one in zip(cases, found, strict=True):
        w, q = (
            torch.cat([weights, POSITIONS]),
            torch.cat([charges, -SIGNS]),
        )
        by_weight, by_charge = population_gradients(w, q, len(charges))
        # torch takes angles from their cosines: of parallel weights it keeps half the digits.
        close = {"rtol": 1e-9, "atol": 1e-8}
        np.testing.assert_allclose(one["loss"], float(quadratic_loss(w, q)), **close)
        np.testing.assert_allclose(one["byWeight"], by_weight.flatten(), **close)
        np.testing.assert_allclose(one["byCharge"], by_charge, **close)


@needs_node
def test_births_and_deaths_are_ours(tmp_path):
    rng = np.random.default_rng(0)
    cases = [
        (rng.normal(0, s, n), rng.random((3, n))) for n in (1, 2, 5, 40) for s in (0.1, 0.5, 2)
    ]
    cases.append((np.ones(5), rng.random((3, 5))))  # all would die
    cases.append((-np.ones(5), rng.random((3, 5))))  # all would be copied
    given = [("replacements", [{"rates": r.tolist(), "draws": d.tolist()}]) for r, d in cases]
    for (rates, draws), sources in zip(cases, call("particles", given, tmp_path), strict=True):
        ours = replacements(torch.tensor(rates)[None], torch.tensor(draws)[None]).sources[0]
        assert sources == ours.tolist()


@needs_node
def test_the_draws_are_mulberry32s_and_even(tmp_path):
    (start,) = call("particles", [("start", [{"n": 2000, "seed": 5}])], tmp_path)
    weights, charges, _ = population(2000, 5)
    np.testing.assert_allclose(start["weights"], weights.flatten(), rtol=1e-9)
    np.testing.assert_allclose(start["charges"], charges, rtol=1e-9)
    scaled = np.array(start["weights"]) * math.sqrt(
        2000
    )  # 4000 numbers: five deviations of their mean
    assert abs(scaled.mean()) < 5 / math.sqrt(4000)
    assert abs(scaled.var() - 1) < 5 * math.sqrt(2 / 4000)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"n_particles": 5}, "n_particles=5: give a number from 10 to 200"),
        ({"n_particles": 20.5}, "n_particles"),
        ({"strength": -1}, "strength=-1: give a number from 0 to 40"),
        ({"n_steps": 10**6}, "n_steps=1000000: give a number from 0 to 10000"),
        ({"run": [1, 2]}, "run=list: give what train_particles returned"),
    ],
)
def test_what_is_outside_is_refused_by_name(given, says):
    with pytest.raises(ValueError, match=says):
        particles(**given)


def test_a_run_is_drawn_from_its_first_step_on():
    run = with_run().start["run"]
    assert run["steps"][0] == 1
    assert len(run["steps"]) == len(run["losses"])
    assert run["steps"][-1] == 50
