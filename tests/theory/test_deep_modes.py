"""Modes of any depth against D equal weights, and the waits that grow with depth."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from course_utils.theory import BalancedModes, DeepModes
from tests.theory.simulation import assert_close, check_shapes, derivative, integrate, some_zero

few = settings(max_examples=8, deadline=None)
seeds = st.integers(0, 2**32 - 1)
depths = st.integers(2, 12)
factors = st.floats(0.01, 100)


def make_modes(seed: int, depth: int, longest_wait: float = 20.0) -> DeepModes:
    """Six modes, of which some start at 0, some end there, some start above their end.

    Starts below the end are those whose wait, in the mode's own time, is up to `longest_wait`: an
    error of 1e-13 in the first step of an integration grows no more than by that and the depth.
    """
    rng = np.random.default_rng(seed)
    wait = rng.uniform(0.2, longest_wait, 6)
    far = np.exp(-2 * wait) if depth == 2 else (1 + (depth - 2) * wait) ** (-depth / (depth - 2))
    x0 = np.where(rng.random(6) < 0.3, 10 ** rng.uniform(0, 4, 6), far)
    s, ends = 10 ** rng.uniform(-1, 1, 6), rng.random(6) < 0.8
    u0 = some_zero(rng, s * x0)
    return DeepModes(depth, np.where(ends, s, 0), u0, time_constant=10 ** rng.uniform(-2, 2))


def own_times(modes: DeepModes) -> np.ndarray:
    """tau / s^(2 - 2/D) of each mode, and for s = 0 as if s were 1."""
    s = np.where(modes.singular_values > 0, modes.singular_values, 1)
    return modes.time_constant / s ** (2 - 2 / modes.depth)


def make_times(modes: DeepModes, seed: int) -> np.ndarray:
    spread = np.random.default_rng(seed + 1).uniform(0, [0.3, 3.0, 20.0])
    return np.cumsum(spread) * own_times(modes).min()


def waited(u0: float, u: float, depth: int, s: float) -> float:
    """The integral of du / (D u^(2 - 2/D) (s - u)) from u0 to u, by Gauss's rule in many panels.

    Below s over y = ln(u / (s - u)), above it over z = ln(u - s): there the integrand is smooth.
    """
    ends = np.array([u0, u])
    below = (ends < s).all()
    edges = np.linspace(*np.log(ends / (s - ends) if below else ends - s), 1001)
    nodes, weights = np.polynomial.legendre.leggauss(20)
    half = np.diff(edges)[:, None] / 2
    y = edges[:-1, None] + half * (1 + nodes)
    u = s / (1 + np.exp(-y)) if below else s + np.exp(y)
    integrand = u ** (2 / depth - 1) / s if below else -(u ** (2 / depth - 2))
    return float((half * weights * integrand).sum()) / depth


@few
@given(seeds, depths)
def test_it_is_the_product_of_equal_weights_under_gradient_flow(seed, depth):
    modes = make_modes(seed, depth)
    t, s, tau = make_times(modes, seed), modes.singular_values, modes.time_constant
    w = modes.initial_strengths ** (1 / depth)

    def flow(w):
        return w ** (depth - 1) * (s - w**depth) / tau

    # At its end a mode returns at the rate D in its own time.
    path = integrate(flow, w, t, longest_step=own_times(modes).min() / depth)
    assert_close(modes(t), path**depth)  # to ten digits of every number, the smallest as well
    assert_close(modes(0), modes.initial_strengths)


@few
@given(seeds, depths)
def test_the_rate_is_the_derivative_in_time(seed, depth):
    modes = make_modes(seed, depth)
    unit = own_times(modes).min()
    t = make_times(modes, seed) + 0.1 * unit
    # The table's interpolant has the slope to fewer digits than the strength.
    rates, measured = modes.rate(modes(t)), derivative(modes, t, h=1e-3 * unit)
    assert_close(rates * unit, measured * unit, 1e-6, scale=modes(t))


@few
@given(seeds, depths)
def test_a_path_resumed_from_its_own_strengths_goes_on(seed, depth):
    modes = make_modes(seed, depth)
    t = make_times(modes, seed)
    resumed = replace(modes, initial_strengths=modes(t[0]))
    # An error of 1e-11 at the start is an error of some 20 (D - 2) times that in the end.
    assert_close(resumed(t[1:] - t[0]), modes(t[1:]), 1e-9)


@few
@given(seeds, depths, factors, factors)
def test_units_of_time_and_of_strength_are_free(seed, depth, a, b):
    modes = make_modes(seed, depth)
    t = make_times(modes, seed)
    scaled = replace(
        modes,
        singular_values=b * modes.singular_values,
        initial_strengths=b * modes.initial_strengths,
        time_constant=a * b ** (2 - 2 / depth) * modes.time_constant,
    )
    assert_close(scaled(a * t), b * modes(t))


@few
@given(seeds)
def test_at_depth_two_it_is_a_balanced_mode(seed):
    deep = make_modes(seed, 2, longest_wait=35.0)  # starts down to e^-70 = 1e-30
    t = np.append(make_times(deep, seed), 40 * deep.time_constant)
    balanced = BalancedModes(
        deep.singular_values, deep.initial_strengths, time_constant=deep.time_constant
    )
    assert_close(deep(t), balanced(t))
    assert_close(deep.rate(balanced(t)), balanced.rate(balanced(t)), 1e-14)


@few
@given(seeds, depths)
def test_it_approaches_its_end_from_one_side_and_stays_there(seed, depth):
    modes = make_modes(seed, depth)
    s, u0, unit = modes.singular_values, modes.initial_strengths, own_times(modes)
    path = np.einsum("tii->ti", modes(np.linspace(0, 30, 200)[:, None] * unit))
    toward = np.where(u0 > 0, np.sign(s - u0), 0)
    assert (np.diff(path, axis=0) * toward >= -1e-14 * path[1:]).all()
    assert ((path[-1] - u0) * toward >= np.where(u0 * s > 0, 0.4 * np.abs(s - u0), 0)).all()
    end = np.where((u0 > 0) & (s > 0), s, u0)
    moving = s > 0
    assert_close(modes(1e6 * unit.max())[moving], end[moving])
    assert_close(modes(1e15 * unit.max())[moving], end[moving])


@few
@given(depths, st.floats(-30, 5), st.floats(-30, 5), st.floats(0.1, 10))
def test_the_time_to_reach_a_strength_is_an_integral(depth, from_exponent, to_exponent, s):
    assume(abs(from_exponent - to_exponent) > 0.01)
    # Both below the end, both above it, and without an end; within its digits, 1e-3 of it away.
    ends = [(s, -np.inf, 0.999), (s, 1.001, np.inf), (0.0, -np.inf, np.inf)]
    for end, least, most in ends:
        u0, u = np.clip([10**from_exponent, 10**to_exponent], least * s, most * s)
        modes = DeepModes(depth, end, u0, time_constant=2.0)
        expected = 2 * waited(u0, u, depth, end)
        assert_close(modes.time_to_reach(u), expected, 1e-11)
        # The time itself rounds, by up to 70 = ln(u / u0) units in the last place.
        moved = abs(modes.rate(u)) * expected * 70 * np.finfo(float).eps
        if expected > 0 and moved < 1e-6 * u:
            assert_close(modes(modes.time_to_reach(u)), u, scale=u + moved / 1e-10)


def test_times_to_reach_what_is_never_or_always_there():
    modes = DeepModes(3, [1.0, 1.0, 1.0, 1.0, 0.0], [0.1, 2.0, 1.0, 0.0, 0.0])
    inf = np.inf
    assert (modes.time_to_reach(modes.initial_strengths) == 0).all()
    assert (modes.time_to_reach(0.0) == [inf, inf, inf, 0, 0]).all()
    assert (modes.time_to_reach(1.0) == [inf, inf, 0, inf, inf]).all()
    below, above = modes.time_to_reach([[0.05], [3.0]])
    assert below[0] < 0
    assert (below[1:] == inf).all()
    assert above[1] < 0
    assert (above[[0, 2, 3, 4]] == inf).all()
    assert modes.time_to_reach([[[0.5]], [[0.6]]]).shape == (2, 1, 5)


@pytest.mark.parametrize("depth", [3, 4, 7, 30])
def test_the_wait_of_a_deep_network_is_a_power_of_the_start(depth):
    u0 = np.array([1e-60, 1e-90])
    waits = DeepModes(depth, 2.0, u0, time_constant=3.0).time_to_reach(1.0)
    assert_close(waits, 3 / (2 * (depth - 2)) * u0 ** (2 / depth - 1), 1e-8)


def test_the_wait_of_a_shallow_network_is_a_logarithm_of_the_start():
    u0 = np.array([0.1, 1e-30, 1e-300])
    waits = DeepModes(2, 2.0, u0, time_constant=3.0).time_to_reach(1.0)
    assert_close(waits, 3 / (2 * 2) * np.log(2 / u0 - 1), 1e-14)


@pytest.mark.parametrize("depth", [2, 3, 5, 20])
def test_no_start_or_time_is_too_much(depth):
    s = np.array([0.0, 1e-12, 1.0])
    u0 = np.array([[0.0], [1e-200], [1e-30], [1.0 - 1e-16], [1.0 + 1e-15], [1e6], [1e12]])
    modes = DeepModes(depth, s, u0)
    strengths = modes([0.0, 1e-3, 1.0, 1e6, 1e12])
    assert np.isfinite(strengths).all()
    started = np.broadcast_to(u0, (7, 3))
    assert_close(strengths[0], started)
    low, high = np.minimum(started, s), np.maximum(started, s)
    assert (strengths >= low * (1 - 1e-10)).all()
    assert (strengths <= high * (1 + 1e-10)).all()
    assert_close(strengths[-1, 3:, 2], np.ones(4))


@few
@given(depths, st.floats(0.1, 10))
def test_without_an_end_it_is_as_with_one_close_to_zero(depth, u0):
    t = np.array([0.0, 0.1, 1.0])
    none, hardly = DeepModes(depth, 0.0, u0)(t), DeepModes(depth, 1e-13, u0)(t)
    assert_close(hardly, none)


def test_times_and_modes_have_any_shape():
    s = np.array([[1.0], [2.0], [0.0]])

    def depth_four(**fields):
        return DeepModes(4, **fields)

    check_shapes(depth_four, singular_values=s, initial_strengths=[0.0, 0.1, 1.0, 3.0])
    check_shapes(depth_four, singular_values=np.array(2.0), initial_strengths=0.3)


GOOD = {"depth": 3, "singular_values": 1.0, "initial_strengths": 1.0, "time_constant": 1.0}
BAD = [(name, value) for name in GOOD for value in (np.nan, [1.0, np.inf], None, "wrong")]
BAD += [("depth", depth) for depth in (1, 0, -2, 2.5, 3.0, True)] + [("time_constant", 0)]
BAD += [("singular_values", [1, -1e-9]), ("initial_strengths", [1, -1e-9])]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_bad_input_is_named(name, value):
    with pytest.raises(ValueError, match=re.escape(f"{name}={value!r}")):
        DeepModes(**GOOD | {name: value})


@pytest.mark.parametrize("t", [-1e-9, [0.0, np.inf], "late"])
def test_wrong_times_and_strengths_are_named(t):
    with pytest.raises(ValueError, match=re.escape(f"t={t!r}")):
        DeepModes(**GOOD)(t)
    with pytest.raises(ValueError, match=re.escape(f"strengths={t!r}")):
        DeepModes(**GOOD).time_to_reach(t)


def test_shapes_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match=r"singular_values \(2,\), initial_strengths \(3,\)"):
        DeepModes(2, np.ones(2), np.ones(3))
