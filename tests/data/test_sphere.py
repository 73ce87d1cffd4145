"""Inputs on the unit sphere: their length, and laws of the uniform distribution."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.data import sphere_inputs
from tests.chance import assert_distribution, assert_mean

few = settings(max_examples=30, deadline=None)
seeds = st.integers(0, 2**32 - 1)
double = {"dtype": torch.float64}


@few
@given(st.lists(st.integers(1, 6), min_size=1, max_size=3), seeds)
def test_every_point_has_length_one_in_both_precisions(shape, seed):
    for dtype in (torch.float32, torch.float64):
        x = sphere_inputs(*shape, seed=seed, dtype=dtype)
        assert x.shape == tuple(shape)
        assert x.dtype == dtype
        # A sum of at most 6 squares, a root and a division, each rounded once.
        allowed = 8 * torch.finfo(dtype).eps
        assert ((x.double().square().sum(dim=-1) - 1).abs() <= allowed).all()


@pytest.mark.parametrize("d", [1, 2, 7])
def test_the_mean_is_zero_and_the_second_moments_are_those_of_one_over_d(d):
    x = sphere_inputs(200, 100, d, seed=d, **double).reshape(-1, d).numpy()
    # E x_i^2 x_j^2 = 1 / (d (d + 2)), three times that for i = j: here is what single values do.
    second = x[:, :, None] * x[:, None, :]
    fourth = (1 + 2 * np.eye(d)) / (d * (d + 2))
    variance = np.maximum(fourth - np.eye(d) / d**2, 0)
    assert_mean(x, 0, d**-0.5)
    assert_mean(second, np.eye(d) / d, np.sqrt(variance) + 1e-12)  # d = 1: exactly 1
    # Eighth moment of the sphere, E x_1^8 = 105 / (d (d + 2) (d + 4) (d + 6)), bounds the spread.
    eighth = 105 / (d * (d + 2) * (d + 4) * (d + 6))
    assert_mean(second**2, fourth, np.sqrt(np.maximum(eighth - 9 / (d * (d + 2)) ** 2, 0)) + 1e-12)


@pytest.mark.parametrize("direction", [(1, 0, 0), (1, 1, 1), (3, -1, 0.2)])
def test_in_three_dimensions_every_coordinate_is_uniform(direction):
    """Archimedes: slices of equal height have equal area, whichever way they are cut."""
    x = sphere_inputs(50_000, 3, seed=1, **double).numpy()
    assert_distribution(x @ direction / np.linalg.norm(direction), lambda z: (1 + z) / 2)


@pytest.mark.parametrize("seed", [0, 2**32 - 1])
def test_a_seed_gives_the_same_points_and_a_generator_goes_on(seed):
    first = sphere_inputs(4, 3, seed=seed)
    assert torch.equal(first, sphere_inputs(4, 3, seed=seed))
    assert not torch.equal(first, sphere_inputs(4, 3, seed=seed - 1 if seed else 1))
    generator = torch.Generator().manual_seed(seed)
    assert torch.equal(first, sphere_inputs(4, 3, seed=generator))
    assert not torch.equal(first, sphere_inputs(4, 3, seed=generator))


def test_nothing_global_is_drawn_or_moved():
    state = torch.get_rng_state()
    sphere_inputs(10, 3, seed=0)
    assert torch.equal(state, torch.get_rng_state())


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ((), r"shape\[0\]=0"),
        ((0, 3), r"shape\[0\]=0: give a whole number of at least 1"),
        ((5, 0), r"shape\[1\]=0"),
        ((5, -1), r"shape\[1\]=-1"),
        ((2.0, 3), r"shape\[0\]=2.0"),
        ((True, 3), r"shape\[0\]=True"),
        ((3, "4"), r"shape\[1\]='4'"),
    ],
)
def test_a_bad_shape_is_named(shape, said):
    with pytest.raises(ValueError, match=said):
        sphere_inputs(*shape, seed=0)
