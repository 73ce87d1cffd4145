"""Any start of two weights against the weights themselves, from rich to lazy."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.theory import BalancedModes, OneLayerModes, TwoLayerModes
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


def make_problem(seed: int) -> tuple[TwoLayerModes, np.ndarray, np.ndarray]:
    """Six modes of weights w1 and w2 (some 0, any sign), the weights, three times."""
    rng = np.random.default_rng(seed)
    s, lam = some_zero(rng, rng.uniform([[-3], [0.05]], 3, size=(2, 6)))
    w = some_zero(rng, 10 ** rng.uniform(-4, 0.5, (2, 6)) * rng.choice([-1, 1], (2, 6)))
    c = np.abs((w[1] - w[0]) * (w[1] + w[0]))
    tau = 10 ** rng.uniform(-2, 2)
    modes = TwoLayerModes(s, w[0] * w[1], variances=lam, imbalances=c, time_constant=tau)
    return modes, w, tau * np.sort(rng.uniform(0, 3, 3))


def size(modes: TwoLayerModes, t: np.ndarray) -> np.ndarray:
    """Of each mode the largest strength up to the last time: a path may cross 0."""
    return np.abs(np.vstack([modes(np.linspace(0, t.max(), 300)), modes(t)])).max(axis=0)


@few
@given(seeds)
def test_it_is_the_product_of_its_weights_under_gradient_flow(seed):
    modes, w, t = make_problem(seed)
    s, lam, tau = modes.correlations, modes.variances, modes.time_constant

    def flow(weights):
        w1, w2 = weights
        return np.array([w2, w1]) * (s - lam * w1 * w2) / tau

    path = integrate(flow, w, t)
    w1, w2 = path[:, 0], path[:, 1]
    scale = np.maximum(size(modes, t), np.abs(w1 * w2).max(axis=0))
    assert_close(modes(t), w1 * w2, scale=scale)
    assert_close(modes(0), w.prod(axis=0), 1e-14, scale=modes.imbalances + np.abs(w.prod(axis=0)))
    assert_close(np.abs(w2**2 - w1**2), np.tile(modes.imbalances, (3, 1)), scale=w1**2 + w2**2)


@few
@given(seeds)
def test_the_rate_is_the_derivative_in_time(seed):
    modes, _, t = make_problem(seed)
    tau, t = modes.time_constant, t + modes.time_constant
    measured = derivative(modes, t, h=1e-4 * tau)
    # Rates are up to l sqrt(c^2 + 4 u^2) + 2 s = 40 / tau: h^4 of it is 1e-10, rounding / h 1e-12.
    fast = np.hypot(modes.imbalances, 2 * size(modes, t)) * modes.variances + 6
    scale = fast * (size(modes, t) + modes.imbalances)
    assert_close(modes.rate(modes(t)) * tau, measured * tau, 1e-9, scale=scale)


@few
@given(seeds)
def test_a_path_resumed_from_its_own_strengths_goes_on(seed):
    modes, _, t = make_problem(seed)
    resumed = replace(modes, initial_strengths=modes(t[0]))
    assert_close(resumed(t[1:] - t[0]), modes(t[1:]), scale=size(modes, t) + modes.imbalances)


@few
@given(seeds, factors, factors)
def test_units_of_time_and_of_strength_are_free_and_the_sign_as_well(seed, a, b):
    modes, _, t = make_problem(seed)
    scaled = replace(
        modes,
        correlations=-b * modes.correlations,
        initial_strengths=-b * modes.initial_strengths,
        imbalances=b * modes.imbalances,
        time_constant=a * b * modes.time_constant,
    )
    scale = b * (size(modes, t) + 1e-3 * modes.imbalances)  # starts at 0 round in units of c
    assert_close(scaled(a * t), -b * modes(t), scale=scale)


@few
@given(seeds)
def test_it_approaches_its_end_from_one_side_and_stays_there(seed):
    modes, _, t = make_problem(seed)
    lam, c = np.maximum(modes.variances, 0.05), np.maximum(modes.imbalances, 1e-6)
    modes = replace(modes, variances=lam, imbalances=c)
    end, path = modes.correlations / lam, modes(np.linspace(0, t[-1], 200))
    toward = np.sign(end - modes.initial_strengths)
    rounding = 1e-14 * (c + np.abs(path[1:]))
    assert (np.diff(path, axis=0) * toward >= -rounding).all()
    # l c / tau is the slowest rate of all, 5e-8 / tau.
    assert_close(modes([1e10 * modes.time_constant])[0], end, scale=np.abs(end) + c)


@few
@given(seeds, st.floats(-300, -3), st.sampled_from([1.0, -1.0]))
def test_with_hardly_any_imbalance_it_is_a_balanced_mode(seed, exponent, sign):
    modes, w, t = make_problem(seed)
    c, u0 = 10**exponent, sign * np.maximum(np.abs(w[0]), 1e-2)
    fields = {"variances": modes.variances, "time_constant": modes.time_constant}
    balanced = BalancedModes(sign * modes.correlations, np.abs(u0), **fields)
    almost = TwoLayerModes(modes.correlations, u0, **fields, imbalances=c)
    exactly = TwoLayerModes(modes.correlations, u0, **fields)
    expected = sign * balanced(t)
    assert_close(exactly(t), expected)
    # p differs by l c^2 / 2 in its rate, q = c^2 / p in its start; both grow by e^(2 |s| t).
    growth = np.exp(2 * np.abs(modes.correlations) * t[:, None] / modes.time_constant)
    other = 10 * c**2 * growth * (1 + 1 / np.abs(u0))
    assert (np.abs(almost(t) - expected) <= other + 1e-10 * (expected + u0) * sign).all()


@few
@given(st.floats(-150, -3), st.floats(0.1, 3), st.sampled_from([1.0, -1.0]))
def test_from_zero_an_imbalance_alone_sets_it_moving(exponent, s, sign):
    # As long as l u is far below s: w1 + w2 grows and w1 - w2 falls by e^(st).
    c, t = 10**exponent, np.array([0.0, 0.1, 1.0])
    modes = TwoLayerModes(sign * s, 0.0, variances=[0.0, 1e-6], imbalances=c)
    expected = sign * c / 2 * np.sinh(2 * s * t)
    assert_close(modes(t)[:, 0], expected, scale=np.abs(expected) + 1e-12 * c)
    assert_close(modes(t)[:, 1], expected, 1e-4, scale=np.abs(expected) + 1e-12 * c)
    assert (replace(modes, imbalances=0.0)(t) == 0).all()


@few
@given(st.floats(2, 12), st.floats(-3, 3), st.floats(-3, 3), st.floats(0.3, 3))
def test_with_a_large_imbalance_it_is_one_layer(exponent, s, u0, lam):
    c, tau = 10**exponent, 7.0
    t = tau / c * np.array([0.0, 0.1, 1.0, 10.0, 1000.0])
    lazy = TwoLayerModes(s, u0, variances=lam, imbalances=c, time_constant=tau)
    one_layer = OneLayerModes(s, u0, variances=lam, time_constant=tau / c)
    # sqrt(c^2 + 4 u^2) is c to a share 2 (u / c)^2; the strengths differ by less than that.
    largest = abs(u0) + abs(s) / lam
    scale = np.full(5, 2 * (largest / c) ** 2 * largest + 1e-10 * largest)
    assert_close(lazy(t), one_layer(t), 1.0, scale=scale)


@pytest.mark.parametrize("c", [0.0, 1e-300, 1e-140, 1e-30, 1.0, 1e8, 1e12])
@pytest.mark.parametrize("u0", [0.0, 1e-30, 2.0])
@pytest.mark.parametrize("s", [0.0, 1e-30, 1.0, -1.0])
def test_no_size_of_start_imbalance_or_time_is_too_much(c, u0, s):
    t, scale = [0.0, 1.0, 355.0, 1e3, 1e6, 1e12], max(u0, abs(s))
    strengths = TwoLayerModes(s, u0, variances=[0.0, 1.0], imbalances=c)(t)
    assert not np.isnan(strengths).any()
    assert not np.isnan(TwoLayerModes(s, u0, variances=1e-30, imbalances=c)(t)).any()
    assert_close(strengths[0], np.full(2, u0), 1e-15, scale=np.full(2, max(u0, 1e-30)))
    if abs(s) == 1 and (c > 1e-150 or u0 * s > 0):  # c^2 counts as 0 where float64 has no number
        assert_close(strengths[-2:, 1], np.full(2, s))
        assert (strengths[-2:, 0] == np.copysign(np.inf, s)).all()
    elif c < 1e8:  # below, c t is 1e20
        assert np.abs(strengths[-1, 1]) <= 1e-12
    else:
        assert_close(strengths[-1, 1], np.float64(s), scale=1e-15 + scale)


def test_times_and_modes_have_any_shape():
    s = np.array([[1.0], [-2.0], [0.0]])
    fields = {"variances": 0.5, "imbalances": [[[0.0]], [[1.0]]]}
    check_shapes(TwoLayerModes, correlations=s, initial_strengths=[0.1, -1.0], **fields)
    check_shapes(TwoLayerModes, correlations=np.array(2.0), initial_strengths=0.3)


GOOD = {"correlations": 1.0, "initial_strengths": 1.0, "variances": 1.0, "imbalances": 1.0}
BAD = [(n, v) for n in [*GOOD, "time_constant"] for v in (np.nan, [1.0, np.inf], None, "wrong")]
BAD += [("variances", [1, -1e-9]), ("imbalances", [1, -1e-9]), ("time_constant", 0)]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_bad_input_is_named(name, value):
    with pytest.raises(ValueError, match=re.escape(f"{name}={value!r}")):
        TwoLayerModes(**GOOD | {name: value})


@pytest.mark.parametrize("t", [-1e-9, [0.0, np.inf], "late"])
def test_wrong_times_are_named(t):
    with pytest.raises(ValueError, match=re.escape(f"t={t!r}")):
        TwoLayerModes(**GOOD)(t)


def test_shapes_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match=r"variances \(2,\), imbalances \(3,\)"):
        TwoLayerModes(1.0, 1.0, variances=np.ones(2), imbalances=np.ones(3))
