"""As the learning rate falls, descent becomes the flow that the closed forms of `theory` solve.

A step of rate eta is a time of 2 eta time constants; what differs is of the order of eta.
"""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from course_utils.data import Moments, inputs_with_variances, moments
from course_utils.models import LinearNetwork, aligned_network, balanced_network, random_network
from course_utils.theory import BalancedModes, TwoLayerModes, WholeNetwork
from course_utils.training import train_linear

few = settings(max_examples=20, deadline=None)
seeds = st.integers(0, 2**32 - 1)
D, K, M = 4, 3, 5
TIMES = np.array([0, 0.25, 0.5, 1])
"""In time constants: in the middle of learning, where strengths and rates are about 1."""
COARSE = 1 / 256
"""The learning rate, so that TIMES are whole steps of it: 0, 32, 64 and 128. Terms of second order
are smaller than those of first order by eta times rates of up to 10."""


def orthonormal(side: int, seed: int) -> NDArray:
    return np.linalg.qr(np.random.default_rng(seed).normal(size=(side, side)))[0]


def problem(s: NDArray, variances: NDArray, seed: int) -> tuple[NDArray, NDArray, Moments]:
    """Data with the correlations s between the directions of u and vt, outputs partly noise."""
    u, vt = orthonormal(K, seed), orthonormal(D, seed + 1)
    x = inputs_with_variances(20, variances, axes=vt, seed=seed)
    best = u[:, : len(s)] * (s / variances[: len(s)]) @ vt[: len(s)]
    noise = np.random.default_rng(seed).normal(size=(20, K))
    noise -= x @ np.linalg.lstsq(x, noise, rcond=None)[0]  # noise that no linear map can fit
    return u, vt, moments(x, x @ best.T + noise)


def paths(start: LinearNetwork, m: Moments, see: Callable[[LinearNetwork], NDArray]) -> list:
    """What is seen at TIMES with the coarse learning rate, and with half and a quarter of it."""
    return [
        see(
            train_linear(
                start,
                m,
                n_steps=int(TIMES[-1] / (2 * rate)),
                learning_rate=rate,
                record=(TIMES / (2 * rate)).astype(int),
            ).networks
        )
        for rate in (COARSE, COARSE / 2, COARSE / 4)
    ]


def assert_gap_is_of_first_order(descents: list[NDArray], flow: NDArray) -> None:
    gaps = [np.linalg.norm(descent - flow) for descent in descents]
    assume(gaps[-1] > 1e-8)  # rounding, 1e-13, is not to be seen in the ratio
    assert gaps[0] < 0.2  # some ten times COARSE: of the size of the strengths times eta and rates
    # gap = a eta + b eta^2: 2 (gap at eta / 2) - (gap at eta) is of second order.
    assert gaps[0] / gaps[1] == pytest.approx(2, rel=0.1)
    assert gaps[1] / gaps[2] == pytest.approx(2, rel=0.05)
    np.testing.assert_allclose(descents[0][0], flow[0], rtol=0, atol=1e-12)


def strengths(network: LinearNetwork, u: NDArray, vt: NDArray) -> NDArray:
    """Of the modes; nothing has grown beside them."""
    seen = u.T @ network.map @ vt.T
    modes = np.diagonal(seen, axis1=-2, axis2=-1)
    np.testing.assert_allclose(np.linalg.norm(seen), np.linalg.norm(modes), rtol=1e-12)
    return modes


@few
@given(st.lists(st.floats(0.5, 3), min_size=K, max_size=K), seeds)
def test_balanced_modes(s, seed):
    s, u0 = np.array(s), np.random.default_rng(seed).uniform(0.05, 0.5, K)
    u, vt, m = problem(s, np.ones(D), seed)
    start = aligned_network(u, vt, u0, hidden_dim=M, seed=seed)
    flow = BalancedModes(s, u0)(TIMES)
    assert_gap_is_of_first_order(paths(start, m, lambda n: strengths(n, u, vt)), flow)


@few
@given(st.lists(st.floats(-2, 2), min_size=K, max_size=K), seeds)
def test_modes_of_any_variance_and_imbalance(s, seed):
    rng, s = np.random.default_rng(seed), np.array(s)
    variances, u0, c = rng.uniform(0.1, 2, D), rng.uniform(-0.5, 0.5, K), rng.uniform(-2, 2, K)
    u, vt, m = problem(s, variances, seed)
    start = aligned_network(u, vt, u0, hidden_dim=M, imbalances=c, seed=seed)
    flow = TwoLayerModes(s, u0, variances=variances[:K], imbalances=np.abs(c))(TIMES)
    assert_gap_is_of_first_order(paths(start, m, lambda n: strengths(n, u, vt)), flow)


@few
@given(st.lists(st.floats(0.5, 3), min_size=K, max_size=K), seeds)
def test_a_whole_network_from_a_start_aligned_with_nothing(s, seed):
    _, _, m = problem(np.array(s), np.ones(D), seed)
    start = balanced_network(D, M, K, scale=0.5, seed=seed)
    flow = WholeNetwork(start.w21, start.w32, m.c31).maps(TIMES)
    assert_gap_is_of_first_order(paths(start, m, lambda n: n.map), flow)


@few
@given(seeds)
def test_the_imbalance_of_any_start_is_conserved_in_the_limit(seed):
    _, _, m = problem(np.array([2.0, 1.0]), np.array([2.0, 1.0, 0.5, 0.1]), seed)
    start = random_network(D, M, K, scale=0.5, seed=seed)
    conserved = np.broadcast_to(start.imbalance, (len(TIMES), M, M))
    assert_gap_is_of_first_order(paths(start, m, lambda n: n.imbalance), conserved)


def test_decay_is_a_slower_clock():
    """With eta / (1 + g k) the time after k steps is the sum of 2 eta / (1 + g k)."""
    s, u0 = np.array([2.0, 1.0, 0.5]), np.full(K, 0.1)
    u, vt, m = problem(s, np.ones(D), 0)
    start = aligned_network(u, vt, u0, hidden_dim=M, seed=0)
    eta, decay, steps = COARSE / 10, 0.002, [0, 100, 1000, 10_000]
    run = train_linear(start, m, n_steps=10_000, learning_rate=eta, decay=decay, record=steps)
    clock = np.cumsum(np.r_[0, 2 * eta / (1 + decay * np.arange(10_000))])[steps]
    expected = BalancedModes(s, u0)(clock)
    received = strengths(run.networks, u, vt)
    np.testing.assert_allclose(received, expected, rtol=0, atol=10 * eta)
    assert expected[-1, 0] > 5 * u0[0]  # it has learned
