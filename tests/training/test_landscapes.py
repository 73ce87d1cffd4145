"""Descent and flow on landscapes: plain loops, exact solutions, conserved quantities."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.data import LANDSCAPES, landscape
from course_utils.training import DivergedError, descend, gradient_flow

few = settings(max_examples=20, deadline=None)
STARTS = np.random.default_rng(0).uniform(-1.5, 1.5, size=(5, 2))
each_landscape = pytest.mark.parametrize("name", LANDSCAPES)


@each_landscape
def test_all_at_once_is_each_alone_in_a_plain_loop(name):
    f, rates = landscape(name), np.array([0.001, 0.01, 0.02, 0.005, 0.03])
    path = descend(f, STARTS, learning_rate=rates, n_steps=30)
    assert path.shape == (31, 5, 2)
    for start, rate, points in zip(STARTS, rates, np.swapaxes(path, 0, 1), strict=True):
        w = start.copy()
        for point in points:
            np.testing.assert_allclose(point, w, rtol=1e-12, atol=1e-13)
            w = w - rate * f.gradient(w)


def test_records_are_the_steps_asked_for():
    f = landscape("ripples")
    whole = descend(f, STARTS, learning_rate=0.002, n_steps=50)
    some = descend(f, STARTS, learning_rate=0.002, n_steps=50, record=[0, 7, 50])
    np.testing.assert_array_equal(some, whole[[0, 7, 50]])


def test_the_starts_stay_what_they_were():
    before = STARTS.copy()
    descend(landscape("bowl"), STARTS, learning_rate=0.1, n_steps=3)
    gradient_flow(landscape("bowl"), STARTS, [1.0])
    np.testing.assert_array_equal(STARTS, before)


@few
@given(st.floats(0.01, 3), st.floats(-2, 2), st.floats(-2, 2))
def test_in_a_bowl_the_flow_is_exponential_and_descent_a_power(t, x, y):
    f, k, start = landscape("bowl"), 40, np.array([x, y])
    end = gradient_flow(f, start, [t])[-1]
    np.testing.assert_allclose(end, start * np.exp([-t, -10 * t]), rtol=1e-8, atol=1e-10)
    rate = 0.05 * t
    stepped = descend(f, start, learning_rate=rate, n_steps=k)[-1]
    power = start * np.array([1 - rate, 1 - 10 * rate]) ** k
    np.testing.assert_allclose(stepped, power, rtol=1e-11, atol=1e-12)


def test_on_the_product_the_flow_conserves_and_descent_shrinks_the_difference_of_squares():
    f, eta = landscape("product"), 0.05
    flow = gradient_flow(f, STARTS, np.linspace(0, 3, 7))
    squares = flow[..., 0] ** 2 - flow[..., 1] ** 2
    np.testing.assert_allclose(squares, np.broadcast_to(squares[0], squares.shape), atol=1e-9)
    path = descend(f, STARTS, learning_rate=eta, n_steps=20)
    squares = path[..., 0] ** 2 - path[..., 1] ** 2
    residual = path[:-1, :, 0] * path[:-1, :, 1] - 1
    # One step multiplies x^2 - y^2 by 1 - eta^2 r^2, exactly.
    np.testing.assert_allclose(squares[1:], squares[:-1] * (1 - (eta * residual) ** 2), rtol=1e-11)


@each_landscape
def test_the_flow_goes_downhill_at_the_speed_of_its_gradient(name):
    f, times = landscape(name), np.linspace(0, 0.1, 401)
    path = gradient_flow(f, STARTS, times)
    heights, slopes = f.value(path), np.square(f.gradient(path)).sum(axis=-1)
    assert (np.diff(heights, axis=0) <= 1e-12).all()
    h = times[1] - times[0]  # dissipation, by Simpson's rule over all times
    lost = h / 3 * (slopes[0] + slopes[-1] + 4 * slopes[1:-1:2].sum(0) + 2 * slopes[2:-1:2].sum(0))
    np.testing.assert_allclose(heights[0] - heights[-1], lost, rtol=1e-3, atol=1e-9)


@each_landscape
def test_halving_the_learning_rate_halves_the_distance_to_the_flow(name):
    f, time = landscape(name), 0.1
    flow = gradient_flow(f, STARTS, [time])[-1]
    errors = [
        np.linalg.norm(descend(f, STARTS, learning_rate=time / n, n_steps=n)[-1] - flow)
        for n in (2000, 4000)
    ]
    assert errors[0] / errors[1] == pytest.approx(2, rel=0.02)


def test_divergence_is_named():
    with pytest.raises(DivergedError, match=r"by step 2000 with learning_rate=0\.3"):
        descend(landscape("bowl"), [1.0, 1.0], learning_rate=0.3, n_steps=5000, record=[5000])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"starts": [1.0, 2.0, 3.0]}, r"starts has shape \(3,\)"),
        ({"starts": [np.nan, 0.0]}, "starts="),
        ({"learning_rate": 0}, "learning_rate=0"),
        ({"learning_rate": [0.1, 0.2]}, r"learning_rate has shape \(2,\)"),
        ({"n_steps": -1}, "n_steps=-1"),
        ({"record": [3]}, r"record=\[3\]"),
    ],
)
def test_bad_input_of_descent_is_named(change, said):
    good = {"starts": STARTS, "learning_rate": 0.1, "n_steps": 2}
    with pytest.raises(ValueError, match=said):
        descend(landscape("bowl"), **(good | change))


@pytest.mark.parametrize("times", [[], [1.0, 1.0], [2.0, 1.0], [-1.0], [np.inf], 1.0])
def test_bad_times_of_the_flow_are_named(times):
    with pytest.raises(ValueError, match="times="):
        gradient_flow(landscape("bowl"), STARTS, times)


def test_at_time_zero_the_flow_is_at_its_start():
    np.testing.assert_array_equal(gradient_flow(landscape("bowl"), STARTS, [0.0])[0], STARTS)
