"""The exponential against its differential equation, and the laws of a linear one."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.theory import OneLayerModes
from tests.theory.simulation import (
    assert_close,
    check_shapes,
    derivative,
    integrate,
    some_zero,
)

few = settings(max_examples=25, deadline=None)
seeds = st.integers(0, 2**32 - 1)
factors = st.floats(0.01, 100)


def make_modes(seed: int) -> OneLayerModes:
    """Six modes of any sign; some without correlation, start or variance."""
    rng = np.random.default_rng(seed)
    s, u0, lam = some_zero(rng, rng.uniform([[-3], [-3], [0.05]], 3, size=(3, 6)))
    return OneLayerModes(s, u0, variances=lam, time_constant=10 ** rng.uniform(-2, 2))


def make_times(modes: OneLayerModes, seed: int, longest: float = 3.0) -> np.ndarray:
    fractions = np.sort(np.random.default_rng(seed + 1).uniform(0, longest, 3))
    return modes.time_constant * fractions


def size(modes: OneLayerModes, t: np.ndarray) -> np.ndarray:
    """Of each mode and time: the start and what the correlation alone would add."""
    grown = np.abs(modes.correlations) * t[:, None] / modes.time_constant
    return np.abs(modes.initial_strengths) + grown


@few
@given(seeds)
def test_it_solves_its_differential_equation(seed):
    modes, t = make_modes(seed), make_times(make_modes(seed), seed)
    s, lam, tau = modes.correlations, modes.variances, modes.time_constant
    expected = integrate(lambda u: (s - lam * u) / tau, modes.initial_strengths, t)
    assert_close(modes(t), expected, scale=size(modes, t))
    assert (modes(0) == modes.initial_strengths).all()


@few
@given(seeds)
def test_the_rate_is_the_derivative_in_time(seed):
    modes, t = make_modes(seed), make_times(make_modes(seed), seed) + make_modes(seed).time_constant
    tau = modes.time_constant
    measured = derivative(modes, t, h=1e-3 * tau)
    assert_close(modes.rate(modes(t)) * tau, measured * tau, 1e-9, scale=1 + size(modes, t))


@few
@given(seeds)
def test_a_path_resumed_from_its_own_strengths_goes_on(seed):
    modes, t = make_modes(seed), make_times(make_modes(seed), seed)
    resumed = replace(modes, initial_strengths=modes(t[0]))
    assert_close(resumed(t[1:]), modes(t[0] + t[1:]), scale=size(modes, t[0] + t[1:]))


@few
@given(seeds, factors, factors)
def test_units_of_time_and_of_strength_are_free(seed, a, b):
    modes, t = make_modes(seed), make_times(make_modes(seed), seed)
    scaled = replace(
        modes,
        correlations=b * modes.correlations,
        initial_strengths=b * modes.initial_strengths,
        time_constant=a * modes.time_constant,
    )
    assert_close(scaled(a * t), b * modes(t), scale=b * size(modes, t))
    faster = replace(modes, correlations=a * modes.correlations, variances=a * modes.variances)
    assert_close(faster(t), modes(a * t), scale=size(modes, a * t))


@few
@given(seeds, seeds)
def test_paths_of_one_variance_can_be_added(seed, other):
    one, two = make_modes(seed), replace(make_modes(other), time_constant=1.0)
    one = replace(one, variances=two.variances, time_constant=1.0)
    fields = ["correlations", "initial_strengths"]
    both = replace(one, **{f: getattr(one, f) + getattr(two, f) for f in fields})
    t = make_times(one, seed)
    assert_close(both(t), one(t) + two(t), scale=size(one, t) + size(two, t))


@few
@given(seeds)
def test_it_approaches_the_least_squares_weight_and_stays_there(seed):
    modes = make_modes(seed)
    modes = replace(modes, variances=np.maximum(modes.variances, 0.05))
    end, t = modes.correlations / modes.variances, make_times(modes, seed, longest=20)
    gaps = np.abs(np.vstack([modes(0), modes(t)]) - end)
    assert (np.diff(gaps, axis=0) <= 1e-15 * (gaps[0] + np.abs(end))).all()
    assert_close(modes([1e6 * modes.time_constant])[0], end)


@few
@given(seeds, st.sampled_from([0.0, 1e-300, 1e-20, 1e-12]))
def test_with_hardly_any_variance_it_moves_on_a_straight_line(seed, variance):
    modes = replace(make_modes(seed), variances=variance)
    t = make_times(modes, seed)
    straight = modes.initial_strengths + modes.correlations * t[:, None] / modes.time_constant
    assert_close(modes(t), straight, scale=size(modes, t))


@pytest.mark.parametrize("moments", [(2.0, 0.5), (1.0, 1.0), (0.3, 0.0)])
def test_the_time_constant_is_that_of_gradient_descent(moments):
    # Descent with rate eta differs from the flow by (1/2) eta l^2 t e^(-lt), up to terms smaller
    # by eta l; two steps of half the rate leave half of it.
    lam, u0, s = np.array(moments), np.array([0.2, -0.4]), np.array([1.0, 0.8]) * np.sign(moments)
    gaps = []
    for eta in (1e-3, 5e-4):
        w, n_steps = u0, round(1 / eta)
        for _ in range(n_steps):
            w = w - eta * 2 * (lam * w - s)  # the gradient of l w^2 - 2 s w
        modes = OneLayerModes(s, u0, variances=lam, time_constant=1 / (2 * eta))
        gaps.append(modes(n_steps) - w)
    moving = lam > 0
    assert_close(gaps[0][moving] / gaps[1][moving], np.full(moving.sum(), 2.0), 0.01)
    assert (gaps[0][~moving] == 0).all()


def test_times_and_modes_have_any_shape():
    s = np.array([[1.0], [-2.0], [0.0]])
    check_shapes(OneLayerModes, correlations=s, initial_strengths=[0.1, 1.0], variances=0.5)
    check_shapes(OneLayerModes, correlations=np.array(2.0), initial_strengths=0.3)


GOOD = {"correlations": 1.0, "initial_strengths": 1.0, "variances": 1.0, "time_constant": 1.0}
WRONG = (np.nan, [1.0, np.inf], None, "wrong", [[1.0], [1.0, 2.0]])
BAD = [(name, value) for name in GOOD for value in WRONG]
BAD += [("variances", [1, -1e-9]), ("time_constant", 0), ("time_constant", -1.0)]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_bad_input_is_named(name, value):
    with pytest.raises(ValueError, match=re.escape(f"{name}={value!r}")):
        OneLayerModes(**GOOD | {name: value})


@pytest.mark.parametrize("t", [-1e-9, np.nan, [0.0, np.inf], "late", None])
def test_wrong_times_are_named(t):
    with pytest.raises(ValueError, match=re.escape(f"t={t!r}")):
        OneLayerModes(**GOOD)(t)


def test_shapes_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match=r"correlations \(2,\), initial_strengths \(3,\)"):
        OneLayerModes(np.ones(2), np.ones(3))
