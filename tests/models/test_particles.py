"""Networks of particles: the sum they are, their start, and what their scale leaves alone."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from course_utils.models import ParticleNetwork, PlantedTeacher
from tests.chance import assert_distribution, assert_mean

few = settings(max_examples=30, deadline=None)
seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 6)
double = {"dtype": torch.float64}
# float64, sums of a few dozen numbers of about 1 in another order.
TOLERANCE = 1e-13


def points(n: int, d: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(n, d, generator=torch.Generator().manual_seed(seed), **double)


@few
@given(sizes, sizes, st.integers(0, 5), seeds)
def test_the_output_is_the_sum_over_neurons(d, n, n_points, seed):
    network, x = ParticleNetwork(d, n, seed=seed, **double), points(n_points, d)
    outputs = network(x)
    assert outputs.shape == (n_points, 1)
    weights, charges = network.weights.tolist(), network.charges.tolist()
    for point, output in zip(x.tolist(), outputs[:, 0].tolist(), strict=True):
        terms = [
            c * max(0.0, math.fsum(t * z for t, z in zip(theta, point, strict=True)))
            for c, theta in zip(charges, weights, strict=True)
        ]
        assert output == pytest.approx(math.fsum(terms), abs=TOLERANCE)


@few
@given(sizes, sizes, st.floats(1e-3, 1e3), seeds)
def test_weights_times_a_and_charges_over_a_are_the_same_network(d, n, a, seed):
    network, x = ParticleNetwork(d, n, seed=seed, **double), points(7, d)
    outputs, positions = network(x), network.positions
    with torch.no_grad():
        network.weights.mul_(a)
        network.charges.div_(a)
    torch.testing.assert_close(network(x), outputs, rtol=0, atol=TOLERANCE)
    torch.testing.assert_close(network.positions, positions, rtol=TOLERANCE, atol=0)
    # Doing to both the same is another network: degree 2, and of positions too.
    with torch.no_grad():
        network.charges.mul_(a * a)
    torch.testing.assert_close(network(x), a * a * outputs, rtol=1e-12, atol=TOLERANCE * a * a)
    torch.testing.assert_close(network.positions, a * a * positions, rtol=TOLERANCE, atol=0)


@few
@given(sizes, sizes, seeds)
def test_positions_and_signs_are_all_that_matters(d, n, seed):
    network, x = ParticleNetwork(d, n, seed=seed, **double), points(7, d)
    by_hand = [
        [abs(c) * t for t in theta]
        for c, theta in zip(network.charges.tolist(), network.weights.tolist(), strict=True)
    ]
    assert not network.positions.requires_grad
    np.testing.assert_allclose(network.positions, by_hand, rtol=1e-15)
    rebuilt = (x @ network.positions.T).clamp_min(0) @ network.charges.sign()
    torch.testing.assert_close(network(x)[:, 0], rebuilt, rtol=0, atol=TOLERANCE)


def test_the_start_is_normal_weights_and_uniform_charges_on_the_scale_of_the_width():
    n, d = 20_000, 5
    network = ParticleNetwork(d, n, seed=3, **double)
    t, q = (z.detach().numpy() * math.sqrt(n) for z in (network.weights, network.charges))
    assert_distribution(t, norm.cdf)
    assert_distribution(q, lambda x: np.clip((1 + x) / 2, 0, 1))
    assert np.abs(q).max() <= 1 + 1e-15
    # No two of them go together: products of independent numbers of variances 1 and 1/3.
    both = np.column_stack([t, q * math.sqrt(3)])
    products = both[:, :, None] * both[:, None, :]
    assert_mean(products * (1 - np.eye(d + 1)), 0, 1)
    assert_mean(both[1:] * both[:-1], 0, 1)


@pytest.mark.parametrize("kind", [ParticleNetwork, PlantedTeacher])
def test_one_seed_is_one_network_and_nothing_global_is_drawn(kind):
    state = torch.get_rng_state()
    first, again, other = (kind(4, 6, seed=seed) for seed in (5, 5, 6))
    assert torch.equal(state, torch.get_rng_state())
    assert torch.equal(first.weights, again.weights)
    assert torch.equal(first.charges, again.charges)
    assert not torch.equal(first.weights, other.weights)
    assert not torch.equal(first.charges, other.charges)
    assert {p.dtype for p in first.parameters()} == {torch.float32}
    assert all(p.requires_grad for p in first.parameters())


def test_a_planted_teacher_has_positions_of_length_one_in_every_direction():
    teacher = PlantedTeacher(3, 20_000, seed=0, **double)
    positions = teacher.positions.numpy()
    np.testing.assert_allclose(np.linalg.norm(positions, axis=1), 1, rtol=1e-14)
    assert_distribution(positions @ [0.6, 0, 0.8], lambda z: np.clip((1 + z) / 2, 0, 1))
    assert_mean(teacher.charges.detach().sign(), 0, 1)  # both signs, equally often
    assert not teacher.positions.requires_grad


def test_a_planted_teacher_is_the_issues_unless_told_otherwise():
    teacher = PlantedTeacher(seed=0)
    assert (teacher.n_particles, teacher.input_dim) == (10, 50)
    assert teacher.weights.shape == (10, 50)
    assert teacher.charges.shape == (10,)
    assert teacher.weights.is_leaf
    assert teacher.weights.requires_grad


@pytest.mark.parametrize("kind", [ParticleNetwork, PlantedTeacher])
@pytest.mark.parametrize(("name", "place"), [("input_dim", 0), ("n_particles", 1)])
@pytest.mark.parametrize("value", [0, -1, 2.5, True, "3", None])
def test_a_bad_size_is_named(kind, name, place, value):
    sizes = [4, 5]
    sizes[place] = value
    with pytest.raises(ValueError, match=f"{name}={value!r}: give a whole number of at least 1"):
        kind(*sizes, seed=0)
