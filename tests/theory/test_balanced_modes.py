"""The logistic curve against the weights that make it, from starts of any size."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.theory import BalancedModes
from tests.theory.simulation import (
    assert_close,
    check_shapes,
    derivative,
    integrate,
    some_zero,
)

few = settings(max_examples=20, deadline=None)
seeds = st.integers(0, 2**32 - 1)
factors = st.floats(0.01, 100)


def make_modes(seed: int) -> BalancedModes:
    """Six modes, starts between 1e-30 and 10; some without correlation, start or variance."""
    rng = np.random.default_rng(seed)
    u0 = some_zero(rng, 10 ** rng.uniform(-30, 1, 6))
    s, lam = some_zero(rng, rng.uniform([[-3], [0.05]], 3, size=(2, 6)))
    return BalancedModes(s, u0, variances=lam, time_constant=10 ** rng.uniform(-2, 2))


def make_times(modes: BalancedModes, seed: int) -> np.ndarray:
    """Up to a growth by e^60, in which even the smallest start ends near s / l."""
    fractions = np.sort(np.random.default_rng(seed + 1).uniform(0, 10, 3))
    return modes.time_constant * fractions


def rising(seed: int) -> BalancedModes:
    """The same with an end s / l above 0, and a start that leads to it."""
    m = make_modes(seed)
    s, lam = np.maximum(np.abs(m.correlations), 0.1), np.maximum(m.variances, 0.05)
    u0 = np.maximum(m.initial_strengths, 1e-30)
    return replace(m, correlations=s, initial_strengths=u0, variances=lam)


@few
@given(seeds)
def test_it_is_the_product_of_two_equal_weights_under_gradient_flow(seed):
    modes, t = make_modes(seed), make_times(make_modes(seed), seed)
    s, lam, tau = modes.correlations, modes.variances, modes.time_constant
    w = np.sqrt(modes.initial_strengths)

    def flow(weights):
        w1, w2 = weights
        return np.array([w2, w1]) * (s - lam * w1 * w2) / tau

    expected = integrate(flow, np.array([w, w]), t).prod(axis=1)
    assert_close(modes(t), expected)  # to ten digits of every number, the smallest as well
    assert_close(modes(0), modes.initial_strengths, 1e-15)


@few
@given(seeds)
def test_the_rate_is_the_derivative_in_time(seed):
    modes, t = make_modes(seed), make_times(make_modes(seed), seed) + make_modes(seed).time_constant
    tau = modes.time_constant
    measured = derivative(modes, t, h=1e-3 * tau)
    # h is 2 s h = 0.006 of a mode's time at most, and h^4 of it 1e-9.
    fastest = np.abs(modes.correlations) + modes.variances * modes(t)
    assert_close(modes.rate(modes(t)) * tau, measured * tau, 1e-8, scale=(1 + fastest) * modes(t))


@few
@given(seeds)
def test_a_path_resumed_from_its_own_strengths_goes_on(seed):
    modes, t = make_modes(seed), make_times(make_modes(seed), seed)
    resumed = replace(modes, initial_strengths=modes(t[0]))
    assert_close(resumed(t[1:] - t[0]), modes(t[1:]))


@few
@given(seeds, factors, factors)
def test_units_of_time_and_of_strength_are_free(seed, a, b):
    modes, t = make_modes(seed), make_times(make_modes(seed), seed)
    scaled = replace(
        modes,
        initial_strengths=b * modes.initial_strengths,
        variances=modes.variances / b,
        time_constant=a * modes.time_constant,
    )
    assert_close(scaled(a * t), b * modes(t))
    together = replace(
        modes,
        correlations=b * modes.correlations,
        initial_strengths=b * modes.initial_strengths,
        time_constant=b * modes.time_constant,
    )
    assert_close(together(t), b * modes(t))


@few
@given(seeds)
def test_it_approaches_its_end_from_one_side_and_stays_there(seed):
    modes = rising(seed)
    end, tau = modes.correlations / modes.variances, modes.time_constant
    path = modes(np.linspace(0, 10, 200) * tau)
    toward = np.sign(end - modes.initial_strengths)
    assert (np.diff(path, axis=0) * toward >= -1e-14 * np.abs(path[1:])).all()
    assert ((path[-1] - path[0]) * toward > 0).all()
    assert_close(modes([1e6 * tau, 1e12 * tau]), np.array([end, end]))


@few
@given(seeds)
def test_half_of_the_end_is_reached_at_the_half_time(seed):
    modes = rising(seed)
    end, tau = modes.correlations / modes.variances, modes.time_constant
    u0 = np.minimum(modes.initial_strengths, 0.4 * end)
    half_times = tau / (2 * modes.correlations) * np.log(end / u0 - 1)
    halves = replace(modes, initial_strengths=u0)(half_times)
    assert_close(np.diagonal(halves), end / 2)


@pytest.mark.parametrize(
    ("s", "u0", "lam", "end"),
    [
        (2.0, 0.0, 1.0, 0.0),  # nothing to grow from
        (0.0, 0.0, 0.0, 0.0),
        (-1.0, 3.0, 1.0, 0.0),  # dies out
        (-1.0, 3.0, 0.0, 0.0),
        (0.0, 3.0, 0.0, 3.0),  # nothing moves it
        (1.0, 1e-30, 0.0, np.inf),  # nothing stops it
        (1.0, 1e-300, 1.0, 1.0),
        (3.0, 1e-30, 2.0, 1.5),
        (1e-9, 1e-30, 1.0, 1e-9),
    ],
)
def test_after_a_million_time_constants_and_many_more(s, u0, lam, end):
    modes = BalancedModes(s, u0, variances=lam)
    for t in (1e6, 1e12, 1e100):
        if abs(s) * t > 1e5 or s == 0:
            assert modes(t) == pytest.approx(end, rel=1e-10, abs=1e-300)


def test_growth_without_end_passes_the_largest_number_in_silence():
    strengths = BalancedModes(1.0, 1.0, variances=0.0)(np.arange(340.0, 400.0))  # e^(2 t)
    assert np.isfinite(strengths[0])
    assert strengths[-1] == np.inf
    assert (np.diff(strengths[np.isfinite(strengths)]) > 0).all()


@few
@given(seeds)
def test_without_correlation_it_falls_like_one_over_time(seed):
    modes = replace(rising(seed), correlations=0.0)
    u0, lam, t = modes.initial_strengths, modes.variances, np.array([[0.0], [1.0], [1e6]])
    assert_close(modes(t.ravel() * modes.time_constant), u0 / (1 + 2 * lam * u0 * t))
    hardly = replace(modes, correlations=1e-14)  # 2 s t = 2e-14 at t = 1
    assert_close(hardly(modes.time_constant), modes(modes.time_constant), 1e-12)


def test_times_and_modes_have_any_shape():
    s = np.array([[1.0], [-2.0], [0.0]])
    check_shapes(BalancedModes, correlations=s, initial_strengths=[0.1, 1.0], variances=0.5)
    check_shapes(BalancedModes, correlations=np.array(2.0), initial_strengths=0.3)


GOOD = {"correlations": 1.0, "initial_strengths": 1.0, "variances": 1.0, "time_constant": 1.0}
BAD = [(name, value) for name in GOOD for value in (np.nan, [1.0, np.inf], None, "wrong")]
BAD += [("variances", [1, -1e-9]), ("time_constant", 0)]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_bad_input_is_named(name, value):
    with pytest.raises(ValueError, match=re.escape(f"{name}={value!r}")):
        BalancedModes(**GOOD | {name: value})


def test_a_start_below_zero_is_sent_to_the_class_for_it():
    with pytest.raises(ValueError, match=r"(?s)initial_strengths=.*use TwoLayerModes"):
        BalancedModes(1.0, [0.5, -1e-9])


@pytest.mark.parametrize("t", [-1e-9, [0.0, np.inf], "late"])
def test_wrong_times_are_named(t):
    with pytest.raises(ValueError, match=re.escape(f"t={t!r}")):
        BalancedModes(**GOOD)(t)


def test_shapes_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match=r"correlations \(2,\), initial_strengths \(3,\)"):
        BalancedModes(np.ones(2), np.ones(3))
