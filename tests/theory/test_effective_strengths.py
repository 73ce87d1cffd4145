"""Where the modes of a random start seem to have begun, against the network that starts there."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from course_utils.models import LinearNetwork, aligned_network, random_network
from course_utils.theory import denoising_modes, effective_initial_strengths, fixed_points
from tests.theory.simulation import assert_close, integrate, some_zero

few = settings(max_examples=20, deadline=None)
seeds = st.integers(0, 2**32 - 1)


def starts(seed: int, m: int = 6, d: int = 5) -> tuple[LinearNetwork, NDArray]:
    rng = np.random.default_rng(seed)
    axes = np.linalg.qr(rng.normal(size=(d, d)))[0]
    return random_network(d, m, d, scale=0.1, seed=seed), axes[: rng.integers(1, min(m, d) + 1)]


@few
@given(seeds)
def test_effective_strengths_leave_out_what_faster_modes_take_over(seed):
    network, v = starts(seed)
    growing = [network.w21 @ direction + network.w32.T @ direction for direction in v]
    expected = []
    for i, vector in enumerate(growing):
        taken = np.array(growing[:i]).reshape(i, 6).T
        left = vector - taken @ np.linalg.pinv(taken) @ vector
        expected.append(left @ left / 4)
    # Of six units at most four are taken; what is left of the largest vectors can be 1e-3 of them.
    received = effective_initial_strengths(network.w21, network.w32, v)
    assert_close(received, expected, 1e-12, scale=max(g @ g for g in growing))
    turn = np.linalg.qr(np.random.default_rng(seed).normal(size=(6, 6)))[0]
    turned = effective_initial_strengths(turn @ network.w21, network.w32 @ turn.T, -v)
    assert_close(turned, received, 1e-12, scale=received.max())
    scaled = effective_initial_strengths(3 * network.w21, 3 * network.w32, v)
    assert_close(scaled, 9 * received, 1e-12, scale=9 * received.max())


@few
@given(seeds)
def test_effective_strengths_of_an_aligned_balanced_start_are_its_strengths(seed):
    rng, k = np.random.default_rng(seed), 4
    u = some_zero(rng, 10 ** rng.uniform(-8, 0, k))
    axes = np.linalg.qr(rng.normal(size=(k, k)))[0]
    network = aligned_network(axes.T, axes, u, hidden_dim=6, seed=seed)
    received = effective_initial_strengths(network.w21, network.w32, axes)
    # Vectors as long as the roots, of which the largest leaves its rounding in the others.
    assert_close(received, u, 1e-13, scale=np.sqrt(u * u.max()) + 1e-16 * u.max())


@pytest.mark.parametrize("second", [[0.0, 0, 0], [2.0, 0, 0]])
@pytest.mark.parametrize("order", [[0, 1, 2], [1, 0, 2]])
def test_vectors_that_add_no_direction_take_nothing_from_slower_modes(second, order):
    """One of the two faster modes does not start at all, or starts along the other."""
    vectors = np.array([[1.0, 0, 0], second, [1.0, 1, 1]])[[*order]]
    received = effective_initial_strengths(vectors.T, np.zeros((3, 3)), np.eye(3))
    assert received[2] == pytest.approx((0 + 1 + 1) / 4)


def test_the_mean_effective_strength_is_what_the_hidden_units_left_share():
    m, k, a, draws = 12, 4, 1e-3, 600
    drawn = [random_network(k, m, k, scale=a, seed=seed) for seed in range(draws)]
    u0 = np.array([effective_initial_strengths(w.w21, w.w32, np.eye(k)) for w in drawn])
    left = m - np.arange(k)  # hidden units, less the faster modes: a sum of that many squares
    mean, spread = left * a**2 / 2, np.sqrt(left / 2) * a**2
    assert (np.abs(u0.mean(axis=0) - mean) < 5 * spread / np.sqrt(draws)).all()


@pytest.mark.parametrize(("scale", "promised"), [(1e-4, 2e-4), (1e-6, 2e-6)])
@pytest.mark.parametrize("regularised", [{}, {"noise_variance": 0.5, "weight_decay": 0.2}])
def test_a_small_random_start_follows_the_curve_from_there(scale, promised, regularised):
    """Measured: 6e-5 of the end from 1e-4, 6e-7 from 1e-6, in the middle of the rise."""
    lam, noise, decay = np.array([8.0, 4, 2, 1]), *(regularised.values() or (0, 0))
    network = random_network(4, 6, 4, scale=scale, seed=0)
    u0 = effective_initial_strengths(network.w21, network.w32, np.eye(4))

    def flow(weights):
        w21, w32_t = weights
        by_map = (w32_t.T @ w21) * (lam + noise) - np.diag(lam)
        return -np.array([w32_t @ by_map + decay * w21, w21 @ by_map.T + decay * w32_t])

    ends = fixed_points(lam, n=1, **regularised)
    half = np.log(ends / u0) / (2 * (lam - decay))
    t = np.sort(np.outer(half, [0.9, 1, 1.1]).ravel())
    path = integrate(flow, np.array([network.w21, network.w32.T]), t)
    u = denoising_modes(lam, u0, n=1, learning_rate=1, **regularised)(t)
    assert_close((path[:, 0] * path[:, 1]).sum(axis=1), u, promised, scale=ends + 0 * u)


@pytest.mark.parametrize(
    ("w21", "w32", "directions", "message"),
    [
        ((3, 4), (3, 4), (2, 4), "w32 has shape (3, 4): give an array of shape (4, 3)"),
        ((3,), (4, 3), (2, 4), "w21 has shape (3,)"),
        ((3, 4), (4, 3), (2, 3), "directions has shape (2, 3): give an array of shape (K, 4)"),
        ((3, 4), (4, 3), (4, 4), "4 modes need as many hidden units, not 3"),
    ],
)
def test_layers_and_directions_that_do_not_fit_are_named(w21, w32, directions, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        effective_initial_strengths(*map(np.ones, (w21, w32, directions)))
