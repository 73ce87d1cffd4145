"""The random numbers of runs: what they are, and what they do not depend on."""

import itertools

import numpy as np
import pytest
import torch
from scipy.stats import norm

from course_utils.training.draws import CHUNK, Draws, draws
from tests.chance import assert_distribution, assert_mean

double = {"dtype": torch.float64}
STEPS = 2 * CHUNK + 3
"""Into the third chunk."""


def first(seeds, *, n=4, d=3, batch_size: int | None = 5, newcomers=True, steps=STEPS):
    """The first steps, each kind stacked to shape (steps, R, ...)."""
    like = torch.empty(len(seeds), n, d, **double)
    stream = draws(seeds, like, batch_size=batch_size, newcomers=newcomers)
    kinds = zip(*itertools.islice(stream, steps), strict=True)
    return Draws(*(None if kind[0] is None else torch.stack(kind) for kind in kinds))


def test_each_kind_has_its_shape_and_distribution():
    inputs, uniform, newcomers = first([3], n=20, d=3, batch_size=50)
    assert inputs.shape == (STEPS, 1, 50, 3)
    assert uniform.shape == (STEPS, 1, 3, 20)
    assert newcomers.shape == (STEPS, 1, 20, 3)
    torch.testing.assert_close(inputs.norm(dim=-1), torch.ones(STEPS, 1, 50, **double))
    assert_distribution(inputs[..., 0], lambda z: (1 + z) / 2)  # Archimedes
    assert_distribution(uniform, lambda z: z)
    assert_distribution(newcomers, norm.cdf)
    # Nothing goes along with what decides, in the same step or the next.
    centred = (uniform - 0.5).reshape(STEPS, -1) * np.sqrt(12)
    other = torch.cat([newcomers.reshape(STEPS, -1)[:, :60], inputs[:, 0, :20].flatten(1)], dim=1)
    other[:, 60:] *= np.sqrt(3)
    assert_mean((centred * other[:, :60]).flatten(), 0, 1)
    assert_mean((centred * other[:, 60:]).flatten(), 0, 1)
    assert_mean((centred[1:] * centred[:-1]).flatten(), 0, 1)


def test_runs_of_one_seed_share_them_and_no_others_do():
    of_runs = first([7, 1, 7, 2**40])
    for kind in of_runs:
        assert torch.equal(kind[:, 0], kind[:, 2])
        for i, j in [(0, 1), (0, 3), (1, 3)]:
            assert (kind[:, i] != kind[:, j]).all(dim=-1).all()


@pytest.mark.parametrize("seeds", [[5], [5, 5], [9, 5], [5, 9, 9, 0]])
def test_a_run_sees_the_same_whoever_runs_beside_it_and_whatever_they_need(seeds):
    here, alone = seeds.index(5), first([5])
    for batch_size, newcomers in itertools.product([5, None], [True, False]):
        received = first(seeds, batch_size=batch_size, newcomers=newcomers)
        assert torch.equal(received.uniform[:, here], alone.uniform[:, 0])
        assert (received.inputs is None) == (batch_size is None)
        assert (received.newcomers is None) == (not newcomers)
        if batch_size:
            assert torch.equal(received.inputs[:, here], alone.inputs[:, 0])
        if newcomers:
            assert torch.equal(received.newcomers[:, here], alone.newcomers[:, 0])


def test_no_step_is_given_twice_and_nothing_global_is_drawn():
    state = torch.get_rng_state()
    for kind in first([0, 1]):
        steps = kind.reshape(STEPS, -1)
        assert len(torch.unique(steps, dim=0)) == STEPS
    assert torch.equal(state, torch.get_rng_state())
