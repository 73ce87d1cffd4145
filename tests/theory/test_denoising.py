"""Modes of denoising autoencoders against weights that descend on the loss as it is written:

    (1/2n) [lambda (1 - w1 w2)^2 + n s^2 (w1 w2)^2] + (gamma/2) (w1^2 + w2^2)

for the two weights of a mode.
"""

import re
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from course_utils.data import inputs_with_variances
from course_utils.models import aligned_network
from course_utils.theory import BalancedModes, denoising_modes, fixed_points
from tests.theory.simulation import assert_close, integrate, some_zero

few = settings(max_examples=20, deadline=None)
seeds = st.integers(0, 2**32 - 1)


class Problem(NamedTuple):
    """Five modes, and what noise and decay do to them; no eigenvalue, noise or decay in some."""

    eigenvalues: NDArray
    starts: NDArray
    n: int
    rate: float
    noise: float
    decay: float

    def modes(self, **changed) -> BalancedModes:
        p = self._replace(**changed)
        regularised = {"noise_variance": p.noise, "weight_decay": p.decay}
        return denoising_modes(p.eigenvalues, p.starts, n=p.n, learning_rate=p.rate, **regularised)

    def ends(self, **changed) -> NDArray:
        p = self._replace(**changed)
        return fixed_points(p.eigenvalues, n=p.n, noise_variance=p.noise, weight_decay=p.decay)


def problem(seed: int) -> Problem:
    rng = np.random.default_rng(seed)
    n, (noise, decay) = int(rng.integers(1, 200)), some_zero(rng, rng.uniform(0, 2, 2))
    eigenvalues = some_zero(rng, n * rng.uniform(0.05, 3, 5))
    starts = some_zero(rng, 10 ** rng.uniform(-12, 0.5, 5))
    return Problem(eigenvalues, starts, n, 10 ** rng.uniform(-3, 0), float(noise), float(decay))


@few
@given(seeds)
def test_modes_are_the_product_of_two_weights_that_descend_on_the_loss(seed):
    p = problem(seed)

    def flow(weights):
        w1, w2 = weights
        by_product = (-p.eigenvalues * (1 - w1 * w2) + p.n * p.noise * w1 * w2) / p.n
        return -p.rate * np.array([by_product * w2 + p.decay * w1, by_product * w1 + p.decay * w2])

    w = np.sqrt(p.starts)
    t = np.array([0.3, 2, 5, 10]) / p.rate  # growth by e^60, in which every start arrives
    assert_close(p.modes()(t), integrate(flow, np.array([w, w]), t).prod(axis=1))
    assert_close(p.modes()(0), p.starts, 1e-15)


@settings(few, max_examples=8)
@given(seeds, st.integers(3, 6))
def test_a_whole_network_stays_on_them_from_an_aligned_start(seed, hidden_dim):
    p, rng = problem(seed), np.random.default_rng(seed)
    lam, starts = p.eigenvalues[:3] + 0.1, 10 ** rng.uniform(-3, 0, 3)
    axes = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    x = inputs_with_variances(8, lam / 8, axes=axes, seed=seed)
    start = aligned_network(axes.T, axes, starts, hidden_dim=hidden_dim, seed=seed)

    def flow(weights):
        w21, w32_t = weights
        error = x @ w21.T @ w32_t - x
        by_map = error.T @ x / 8 + p.noise * w32_t.T @ w21
        return -np.array([w32_t @ by_map + p.decay * w21, w21 @ by_map.T + p.decay * w32_t])

    t = np.array([0.3, 1, 3]) * 8 / lam.max()
    path = integrate(flow, np.array([start.w21, start.w32.T]), t)
    maps = np.swapaxes(path[:, 1], 1, 2) @ path[:, 0]
    u = p._replace(eigenvalues=lam, starts=starts, n=8, rate=1).modes()(t)
    # What the course promises of whole networks, as a share of the largest entry.
    assert_close(axes @ maps @ axes.T, u[:, :, None] * np.eye(3), 1e-9, scale=u.max() + 0 * maps)


@few
@given(seeds)
def test_the_end_is_the_limit_and_nothing_moves_there(seed):
    p = problem(seed)._replace(noise=0.1)  # so that all modes have an end, those without data too
    starts, ends = np.maximum(p.starts, 1e-12), p.ends()
    # Next to the threshold a mode has not arrived even by then: it is as far as 1/t takes it.
    t, strongest = np.array([1e12, 1e100, 1e300]), p.eigenvalues + p.n * p.noise
    left = p.n / p.rate / (strongest * t[:, None])
    assert_close(p.modes(starts=starts)(t), ends + 0 * left, scale=ends + left / 1e-10)
    assert_close(p.modes().rate(ends) * p.n / p.rate, 0 * ends, 1e-14, scale=strongest * (1 + ends))
    assert (ends >= 0).all()
    assert (ends[p.eigenvalues <= p.n * p.decay] == 0).all()


@few
@given(seeds)
def test_at_the_threshold_a_mode_falls_like_one_over_time_and_below_it_dies(seed):
    p = problem(seed)
    gamma, starts = p.eigenvalues / 2**7, p.starts  # n = 2^7: lambda - n gamma is exactly 0
    t = np.array([[0], [1], [1e3], [1e12]]) / p.rate
    for lam, decay, u0 in zip(p.eigenvalues, gamma, starts, strict=True):
        one = p._replace(eigenvalues=lam, starts=u0, n=2**7, decay=decay)
        slope = 2 * (lam / 2**7 + p.noise) * u0 * p.rate
        assert_close(one.modes()(t), u0 / (1 + slope * t), 1e-14)
        hardly = lam * (1 + 1e-13)  # 2 (lambda - g) t / tau = 6e-10 at most at 1e3 / rate
        assert_close(one.modes(eigenvalues=hardly)(t[:3]), one.modes()(t[:3]), 1e-8)
        dying = one.modes(decay=decay + 0.5)
        envelope = u0 * np.exp(-2 * 0.5 * p.rate * t)
        assert (dying(t) <= envelope * (1 + 1e-12)).all()
        assert dying(1e12 / p.rate) == 0


@pytest.mark.parametrize("noise", [0.0, 0.5])
@pytest.mark.parametrize("decay", [0.0, 0.5])
def test_without_data_along_it_a_mode_only_feels_what_regularises(noise, decay):
    setting = {"n": 4, "learning_rate": 0.1, "noise_variance": noise, "weight_decay": decay}
    t, u0 = np.array([0.0, 3, 50]), 0.3
    shrunk = np.exp(-0.2 * decay * t)
    spent = noise / decay * (1 - shrunk) if decay else 0.2 * noise * t  # du/dt = -.2 (g + s^2 u) u
    assert_close(denoising_modes(0.0, u0, **setting)(t), u0 * shrunk / (1 + spent * u0), 1e-14)
    assert (denoising_modes([0.0, 3.0], 0.0, **setting)([0, 1, 1e12]) == 0).all()


@few
@given(seeds, st.floats(0, 3))
def test_noise_leaves_the_early_rate_alone_and_decay_lowers_it(seed, noise):
    p, tiny = problem(seed), 1e-18  # of which the brake, (lambda + n s^2) u, is nothing
    slowed = 2 * (p.eigenvalues - p.n * p.decay) * p.rate / p.n
    scale = 2 * (p.eigenvalues / p.n + p.decay + noise) * p.rate
    assert_close(p.modes(noise=noise).rate(tiny) / tiny, slowed, 1e-14, scale=scale)
    free = p.modes(noise=noise, decay=0).rate(tiny) / tiny
    assert_close(free, 2 * p.eigenvalues * p.rate / p.n, 1e-14, scale=scale)


@few
@given(seeds)
def test_each_noise_has_a_decay_with_the_same_end(seed):
    p = problem(seed)
    for lam in p.eigenvalues + 0.01:
        equivalent = lam * p.noise / (lam + p.n * p.noise)
        by_noise = p.ends(eigenvalues=lam, decay=0)
        by_decay = p.ends(eigenvalues=lam, noise=0, decay=equivalent)
        # 1 - g / lambda loses the digits of a small end.
        assert_close(by_decay, by_noise, 1e-14, scale=1.0)


GOOD = {"eigenvalues": [2.0, 1.0], "initial_strengths": 0.1, "n": 4, "learning_rate": 0.1}
BAD = [("n", 0), ("n", 2.5), ("learning_rate", 0), ("learning_rate", np.inf)]
BAD += [(name, value) for name in ("eigenvalues", "initial_strengths", "noise_variance",
        "weight_decay") for value in (-1e-9, np.nan, "wrong", None)]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), BAD)
def test_bad_input_is_named(name, value):
    with pytest.raises(ValueError, match="^" + re.escape(f"{name}={value!r}")):
        denoising_modes(**GOOD | {name: value})
    if name not in ("initial_strengths", "learning_rate"):
        given = {"eigenvalues": 1.0, "n": 4} | {name: value}
        with pytest.raises(ValueError, match="^" + re.escape(f"{name}={value!r}")):
            fixed_points(**given)
