"""The replicator equation, its laws, and what particles make of it: against integration,
quadrature, particles that are born and die, and energies that fall.
"""

import copy
import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from course_utils.models import (
    ParticleNetwork,
    PlantedTeacher,
    population_loss,
    potentials,
    relu_overlaps,
)
from course_utils.models.overlaps import (
    charge_gradients,
    difference,
    population_gradients,
    quadratic_loss,
)
from course_utils.theory import bowl_mean, energy_rates, replicator, sampling_floor
from course_utils.training import replacements, train_particles
from tests.chance import SIGMAS, assert_mean
from tests.theory.simulation import assert_close, derivative, integrate

few = settings(max_examples=20, deadline=None)
seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 8)
double = {"dtype": torch.float64}
# The exponent alpha t V, here up to 50, is rounded before it becomes a factor.
TOLERANCE = 1e-13


def some(n: int, seed: int) -> tuple[NDArray, NDArray]:
    """V, of both signs, and masses of sum 1, one of them nothing."""
    rng = np.random.default_rng(seed)
    masses = rng.exponential(size=n)
    if n > 2:
        masses[rng.integers(n)] = 0
    return rng.normal(size=n), masses / masses.sum()


# --- replicator ---


@few
@given(sizes, st.floats(0, 3), seeds)
def test_it_solves_its_equation(n, alpha, seed):
    v, start = some(n, seed)
    t = np.array([0, 0.1, 1, 4])

    def right_side(mu):
        return -alpha * (v - mu @ v) * mu

    expected = integrate(right_side, start, t)
    received = replicator(v, t, alpha=alpha, masses=start)
    assert_close(received, expected, scale=expected + 1e-40)
    assert_close(replicator(v, t, alpha=alpha), integrate(right_side, np.full(n, 1 / n), t))


@few
@given(sizes, st.floats(0, 3), st.floats(0, 4), st.floats(0, 4), seeds)
def test_what_comes_later_starts_from_what_was_there(n, alpha, s, t, seed):
    v, start = some(n, seed)
    middle = replicator(v, [s], alpha=alpha, masses=start)[0]
    late = replicator(v, [t], alpha=alpha, masses=middle)
    assert_close(late, replicator(v, [s + t], alpha=alpha, masses=start), TOLERANCE)


@few
@given(sizes, st.floats(0.1, 3), st.floats(-5, 5), seeds)
def test_only_differences_of_v_and_shares_of_mass_and_alpha_times_time_matter(n, alpha, c, seed):
    v, start = some(n, seed)
    t = np.array([0.0, 0.5, 2])
    mu = replicator(v, t, alpha=alpha, masses=start)
    assert mu.shape == (3, n)
    assert (mu >= 0).all()
    assert (mu[:, start == 0] == 0).all()
    assert_close(mu.sum(axis=1), np.ones(3), 1e-14)
    assert_close(mu[0], start, TOLERANCE)
    for same in (
        replicator(v + c, t, alpha=alpha, masses=start),
        replicator(v, t, alpha=alpha, masses=7 * start),
        replicator(v, alpha * t, masses=start),
        replicator(alpha * v, t, masses=start),
    ):
        assert_close(same, mu, TOLERANCE)
    assert_close(replicator(v, t, alpha=0, masses=start), np.tile(start, (3, 1)), TOLERANCE)


@few
@given(sizes, st.floats(0.1, 3), seeds)
def test_the_mean_of_v_falls_at_alpha_times_its_variance(n, alpha, seed):
    v, start = some(n, seed)

    def mean(t):
        return replicator(v, t, alpha=alpha, masses=start) @ v

    t = np.linspace(0.1, 3, 5)
    mu = replicator(v, t, alpha=alpha, masses=start)
    variance = mu @ v**2 - (mu @ v) ** 2
    # Steps of 1e-3 of the time scale: 1e-12, and rounding over the step.
    assert_close(derivative(mean, t, 1e-3 / alpha), -alpha * variance, 1e-9, scale=alpha)


@pytest.mark.parametrize("shift", [-2.0, 0.0, 5.0])
def test_for_ever_all_mass_ends_at_the_minimum_of_those_that_have_some(shift):
    v, masses = np.array([0.0, 1, 1, 3]) + shift, np.array([0.0, 1, 3, 1])
    expected = np.array([[0, 0.25, 0.75, 0]] * 3)
    received = replicator(v, [1e3, 1e10, 1e300], masses=masses)
    assert_close(received, expected, 1e-15, scale=1)


# --- the law 1 / t ---


@pytest.mark.parametrize(("dimension", "curvature", "variance"), [(1, 2, 0.5), (2, 0.3, 3)])
@pytest.mark.parametrize("alpha", [1.0, 0.4])
def test_in_a_bowl_the_mean_is_that_of_the_replicator_on_a_grid(
    dimension, curvature, variance, alpha
):
    # Sums over a grid of normal densities are exact to exp(-2 pi^2 (s / h)^2), with a spacing h
    # and a deviation s that falls to a third of the first one: here s / h > 1.5, e^-44.
    axis = np.linspace(-9, 9, 97) * math.sqrt(variance)
    squares = sum(z**2 for z in np.meshgrid(*[axis] * dimension)).ravel()
    v, start = curvature / 2 * squares, np.exp(-squares / (2 * variance))
    t = np.array([0, 0.1, 1, 8]) / (alpha * curvature * variance)
    expected = replicator(v, t, alpha=alpha, masses=start) @ v
    settings = {"curvature": curvature, "variance": variance, "dimension": dimension}
    assert_close(bowl_mean(t, alpha=alpha, **settings), expected, 1e-12)
    assert_close(bowl_mean(t, alpha=0, **settings), np.full(4, expected[0]), 1e-12)


def other_bowls() -> dict[int, tuple[NDArray, NDArray]]:
    """V that are no squares, and starts that are not normal, in one and two dimensions."""
    x = np.linspace(-np.pi, np.pi, 20_001)
    y, z = np.meshgrid(np.linspace(-1, 1.3, 1001), np.linspace(-2, 1, 1001))
    plane = 2 * y**2 + z**2 / 2 + y**3 + 0.2 * z**4 + 7
    return {
        1: (1 - np.cos(x) + 0.2 * np.sin(x) ** 3, 1 + x**2),
        2: (plane.ravel(), (2 + np.sin(3 * y + z)).ravel()),
    }


@pytest.mark.parametrize("dimension", [1, 2])
@pytest.mark.parametrize("alpha", [1.0, 3.0])
def test_any_minimum_of_this_kind_ends_on_the_same_law(dimension, alpha):
    v, start = other_bowls()[dimension]
    t = np.array([100.0, 200, 400]) / alpha
    above = replicator(v, t, alpha=alpha, masses=start) @ v - v.min()
    away = above * 2 * alpha * t / dimension - 1
    # The next order is a constant over t: it halves with each doubling, up to the order after it.
    assert np.abs(away[-1]) < 0.02
    np.testing.assert_allclose(away[1:], away[:-1] / 2, atol=3e-3)
    # And that of the bowl, from any curvature and variance.
    law = bowl_mean(1e6 * t, curvature=0.7, variance=3, dimension=dimension, alpha=alpha)
    assert_close(law, dimension / (2 * alpha * 1e6 * t), 1e-7)


# --- particles ---


def die_and_grow(n: int, R: int, *, dt: float, n_steps: int, seed: int) -> NDArray:
    """R runs of n particles with fixed V, four kinds of them: shares of each kind, (R, 4)."""
    generator = torch.Generator().manual_seed(seed)
    kinds = torch.arange(n).remainder(4).expand(R, n)
    v = torch.tensor(KINDS)
    for _ in range(n_steps):
        own = v[kinds]
        rates = dt * (own - own.mean(dim=1, keepdim=True))
        uniform = torch.rand(R, 3, n, generator=generator)
        kinds = kinds.gather(1, replacements(rates.float(), uniform).sources)
    return torch.nn.functional.one_hot(kinds, 4).double().mean(dim=1).numpy()


KINDS = [-0.5, 0.0, 0.7, 1.5]


@pytest.mark.parametrize("dt", [0.1, 0.05])
def test_many_particles_follow_the_replicator(dt):
    shares = die_and_grow(1000, 100, dt=dt, n_steps=round(1 / dt), seed=0)
    expected = replicator(KINDS, [1.0])[0]
    assert np.abs(expected - 0.25).max() > 0.15  # what the particles have to do
    # A step changes shares by -r + O(r^2) with rates of up to 0.15: an error of order dt.
    noise = SIGMAS * shares.std(axis=0, ddof=1) / math.sqrt(len(shares))
    assert noise.max() < 0.02
    assert (np.abs(shares.mean(axis=0) - expected) <= 0.15 * dt + noise).all()


def test_the_variance_between_runs_falls_as_one_over_n():
    sizes, R = (32, 128, 512), 1000
    variances = [
        die_and_grow(n, R, dt=0.1, n_steps=8, seed=n).var(axis=0, ddof=1).sum() for n in sizes
    ]
    # A variance from R runs is off by a share sqrt(2 / R) at most, as it is a sum over kinds; the
    # slope by sqrt(2) times that over log 16, which `SIGMAS` times is 0.15.
    slope = np.polyfit(np.log(sizes), np.log(variances), 1)[0]
    assert slope == pytest.approx(-1, abs=0.15)


# --- energy ---


def network(d: int, n: int, seed: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    rng = np.random.default_rng(seed)
    masses = rng.exponential(size=n)
    w, q = rng.normal(size=(n, d)), rng.normal(size=n)
    return tuple(torch.tensor(z) for z in (w, q, masses / masses.sum()))


@pytest.mark.parametrize("alpha", [0.0, 2.0])
@pytest.mark.parametrize("moving", [True, False])
@pytest.mark.parametrize("seed", [0, 1])
def test_interacting_particles_lose_energy_at_the_rates(alpha, moving, seed):
    """E = L / 2 of f = sum_i m_i q_i relu(theta_i . x), along a path by Runge and Kutta."""
    d, n, h = 3, 6, 0.01
    start = network(d, n, seed)
    planted = PlantedTeacher(d, 2, seed=seed, **double)
    fixed = planted.weights.detach(), -planted.charges.detach()

    def whole(state):
        w, q, m = state
        return torch.cat([w, fixed[0]]), torch.cat([m * q, fixed[1]])

    def potential(state):
        """V = q E[(f - f*) relu], its slopes by theta and q."""
        _, q, m = state
        by_weight, by_charge = population_gradients(*whole(state), n)
        return q * by_charge / 2, by_weight / (2 * m[:, None]), by_charge / 2

    def flow(state):
        v, by_w, by_q = potential(state)
        return -moving * by_w, -moving * by_q, -alpha * (v - state[2] @ v) * state[2]

    def moved(state, change, h):
        return tuple(z + h * c for z, c in zip(state, change, strict=True))

    energies, rates, state = [], [], start
    for _ in range(41):
        energies.append(float(quadratic_loss(*whole(state))) / 2)
        v, by_w, by_q = potential(state)
        slopes = moving * (by_w.square().sum(dim=1) + by_q.square())
        rates.append(energy_rates(v, slopes, alpha=alpha, masses=7 * state[2]))
        k1 = flow(state)
        k2 = flow(moved(state, k1, h / 2))
        k3 = flow(moved(state, k2, h / 2))
        k4 = flow(moved(state, k3, h))
        mean = tuple((a + 2 * b + 2 * c + e) / 6 for a, b, c, e in zip(k1, k2, k3, k4, strict=True))
        state = moved(state, mean, h)
    E, (motion, selection) = np.array(energies), np.array(rates).T
    assert float(state[2].sum()) == pytest.approx(1, abs=1e-12)
    assert (motion <= 0).all()
    assert (selection <= 0).all()
    assert motion.any() == moving
    assert selection.any() == (alpha > 0)
    # The difference by five points and the path both err by h^4 = 1e-8 times derivatives.
    received = (8 * (E[3:-1] - E[1:-3]) - (E[4:] - E[:-4])) / (12 * h)
    expected = (motion + selection)[2:-2]
    np.testing.assert_allclose(received, expected, rtol=0, atol=2e-5 * (1 + np.abs(expected).max()))


@pytest.mark.parametrize("n", [4, 40])
def test_a_step_of_descent_is_a_time_of_two_eta_in_which_motion_takes_its_part(n):
    planted, first = PlantedTeacher(4, 3, seed=1, **double), ParticleNetwork(4, n, seed=0, **double)
    motion, _ = energy_rates(*potentials(first, planted))
    away = []
    for eta in (2e-3, 1e-3):
        after = copy.deepcopy(first)
        train_particles([after], planted, n_steps=1, learning_rate=eta, batch_size=None, seed=0)
        gained = (population_loss(after, planted) - population_loss(first, planted)) / 2
        away.append(gained / (2 * eta) - motion)
    assert abs(away[1]) < 0.02 * abs(motion)
    assert away[0] / away[1] == pytest.approx(2, abs=0.05)  # of second order in eta


def test_a_step_of_birth_and_death_takes_its_part_with_alpha_over_n_eta():
    """The mean over runs of one step of many particles with rates alpha c dL/dc."""
    n, R, eta = 1000, 1000, 0.02
    planted, first = PlantedTeacher(3, 3, seed=1, **double), ParticleNetwork(3, n, seed=0, **double)
    weights, charges = difference(first, planted)
    slopes = first.charges.detach() * charge_gradients(weights, charges, n)
    alpha = 0.05 / float(slopes.abs().max())
    uniform = torch.rand(R, 3, n, generator=torch.Generator().manual_seed(0), **double)
    sources = replacements((alpha * slopes).expand(R, n), uniform).sources
    # How often each neuron is there: E is a square in these numbers, the teacher's all 1.
    often = torch.zeros(R, n, **double).scatter_add_(1, sources, torch.ones(R, n, **double))
    often = torch.cat([often, torch.ones(R, len(charges) - n, **double)], dim=1)
    products = charges[:, None] * relu_overlaps(weights, weights) * charges
    gained = ((often @ products * often).sum(dim=1) - products.sum()).numpy() / 2
    V, squared = potentials(first, planted)
    _, selection = energy_rates(V, squared, alpha=alpha / (n * eta))
    expected = 2 * eta * selection
    noise = SIGMAS * gained.std(ddof=1) / math.sqrt(R)
    assert noise < abs(expected) / 5
    # Rates of 0.05 leave as large a share of second order, 1000 particles a floor that rises.
    assert gained.mean() == pytest.approx(expected, abs=noise + 0.1 * abs(expected))


# --- the floor ---


@pytest.mark.parametrize(("N", "n"), [(1, 3), (2, 1), (2, 10), (5, 1), (5, 4), (30, 100)])
def test_the_floor_is_what_drawing_particles_again_and_again_leaves(N, n):
    rng = np.random.default_rng(N * n)
    outputs = rng.normal(size=(N, 7))  # of N particles on 7 inputs
    masses = rng.uniform(0.5, 1.5, size=N)
    mu = masses / masses.sum()
    drawn = rng.multinomial(n, mu, size=4000) / n
    squares = np.square(drawn @ outputs - mu @ outputs).mean(axis=1)
    floor = sampling_floor(outputs @ outputs.T / 7, n, masses=masses)
    assert_mean(squares, floor, squares.std() + 1e-12)


@few
@given(st.integers(1, 6), st.integers(1, 50), seeds)
def test_the_floor_falls_as_one_over_n_and_forgets_what_all_have_in_common(N, n, seed):
    rng = np.random.default_rng(seed)
    outputs = rng.normal(size=(N, 9))
    overlaps = outputs @ outputs.T
    one = sampling_floor(overlaps, 1)
    assert sampling_floor(overlaps, n) == pytest.approx(one / n, rel=1e-13)
    shifted = outputs + rng.normal(size=9)
    assert sampling_floor(shifted @ shifted.T, 1) == pytest.approx(one, abs=1e-12 * (1 + one))
    alone = sampling_floor(overlaps, n, masses=np.eye(N)[0])
    assert alone == pytest.approx(0, abs=1e-14)


# --- bad input ---

V2, T1 = [0.0, 1.0], [0.0, 1.0]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: replicator([0, np.nan], T1), "potential=.*give finite numbers"),
        (lambda: replicator([[0.0, 1]], T1), r"potential has shape \(1, 2\)"),
        (lambda: replicator(0.0, T1), r"potential has shape \(\)"),
        (lambda: replicator(V2, [-1.0]), r"times=\[-1.0\]: give numbers of at least 0"),
        (lambda: replicator(V2, 1.0), r"times has shape \(\)"),
        (lambda: replicator(V2, [np.inf]), "times=.*give finite numbers"),
        (lambda: replicator(V2, T1, alpha=-1), "alpha=-1: give a finite number of at least 0"),
        (lambda: replicator(V2, T1, alpha=np.nan), "alpha=nan"),
        (lambda: replicator(V2, T1, masses=[1, -1]), "masses=.*give numbers of at least 0"),
        (lambda: replicator(V2, T1, masses=[0, 0]), "masses=.*give at least one above 0"),
        (lambda: replicator(V2, T1, masses=[1, 1, 1]), r"masses has shape \(3,\)"),
        (lambda: replicator(V2, T1, masses=[1, np.inf]), "masses=.*give finite numbers"),
        (lambda: bowl_mean([-1], curvature=1, variance=1), "times="),
        (lambda: bowl_mean(T1, curvature=0, variance=1), "curvature=0: give a finite number above"),
        (lambda: bowl_mean(T1, curvature=1, variance=-1), "variance=-1"),
        (lambda: bowl_mean(T1, curvature=1, variance=1, dimension=0), "dimension=0"),
        (lambda: bowl_mean(T1, curvature=1, variance=1, dimension=1.5), "dimension=1.5"),
        (lambda: bowl_mean(T1, curvature=1, variance=1, alpha=-1), "alpha=-1"),
        (lambda: energy_rates(V2, [1, -1]), "squared_slopes=.*at least 0"),
        (lambda: energy_rates(V2, [1.0]), r"squared_slopes has shape \(1,\)"),
        (lambda: energy_rates([np.inf, 0], V2), "potential=.*give finite numbers"),
        (lambda: energy_rates(V2, V2, alpha=-0.1), "alpha=-0.1"),
        (lambda: energy_rates(V2, V2, masses=[1]), r"masses has shape \(1,\)"),
        (lambda: sampling_floor(np.eye(2), 0), "n=0: give a whole number of at least 1"),
        (lambda: sampling_floor(np.eye(2), 2.5), "n=2.5"),
        (lambda: sampling_floor(np.ones((2, 3)), 1), r"overlaps has shape \(2, 3\)"),
        (lambda: sampling_floor(1.0, 1), r"overlaps has shape \(\)"),
        (lambda: sampling_floor([[np.nan]], 1), "overlaps=.*give finite numbers"),
        (lambda: sampling_floor(np.eye(2), 1, masses=[0, 0]), "masses="),
    ],
)
def test_bad_input_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()
