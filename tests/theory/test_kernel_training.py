"""The linearised model from its kernel: plain loops on its weights, the flow by an ODE solver."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from course_utils.theory import kernel_descent, linear_descent

few = settings(max_examples=40, deadline=None)
TOLERANCE = 1e-9


def problem(seed: int, n: int, p: int) -> dict:
    rng = np.random.default_rng(seed)
    return {
        "j": rng.normal(size=(n, p)),
        "other": rng.normal(size=(4, p)),
        "labels": rng.normal(size=n),
        "initial": rng.normal(size=n),
        "initial_at": rng.normal(size=4),
    }


def path_of(q: dict, learning_rate: float | None):
    return kernel_descent(
        q["j"] @ q["j"].T, q["labels"], initial=q["initial"], learning_rate=learning_rate
    )


def stable(q: dict) -> float:
    return len(q["labels"]) / np.linalg.norm(q["j"], 2) ** 2


sizes = {"seed": st.integers(0, 999), "n": st.integers(1, 8), "p": st.integers(1, 12)}


@few
@given(**sizes, k=st.integers(0, 60), share=st.floats(0.01, 0.95))
def test_outputs_losses_and_way_are_those_of_a_plain_loop(seed, n, p, k, share):
    q = problem(seed, n, p)
    eta = share * stable(q)
    u = np.zeros(p)
    for _ in range(k):
        u -= eta * 2 / n * q["j"].T @ (q["initial"] + q["j"] @ u - q["labels"])
    path, tolerance = path_of(q, eta), {"rtol": TOLERANCE, "atol": TOLERANCE}
    outputs = q["initial"] + q["j"] @ u
    np.testing.assert_allclose(path.outputs([k])[0], outputs, **tolerance)
    loss = np.square(outputs - q["labels"]).mean()
    np.testing.assert_allclose(path.losses([k])[0], loss, **tolerance)
    np.testing.assert_allclose(path.distances([k])[0], np.linalg.norm(u), **tolerance)
    at = path.outputs_at(q["other"] @ q["j"].T, q["initial_at"], [k])[0]
    np.testing.assert_allclose(at, q["initial_at"] + q["other"] @ u, **tolerance)


@settings(max_examples=10, deadline=None)
@given(**sizes, t=st.floats(0.01, 5))
def test_the_flow_is_that_of_an_ode_solver(seed, n, p, t):
    q = problem(seed, n, p)

    def velocity(_: float, u: np.ndarray) -> np.ndarray:
        return -2 / n * q["j"].T @ (q["initial"] + q["j"] @ u - q["labels"])

    end = solve_ivp(velocity, (0, t), np.zeros(p), method="DOP853", rtol=1e-11, atol=1e-13)
    u, path = end.y[:, -1], path_of(q, None)
    np.testing.assert_allclose(path.outputs([t])[0], q["initial"] + q["j"] @ u, rtol=0, atol=1e-8)
    np.testing.assert_allclose(path.distances([t])[0], np.linalg.norm(u), rtol=0, atol=1e-8)


@few
@given(**sizes)
def test_it_agrees_with_the_way_through_the_weights(seed, n, p):
    q, steps = problem(seed, n, p), np.array([0, 1, 7, 100])
    eta = 0.5 * stable(q)
    weights = linear_descent(
        q["j"], q["labels"] - q["initial"], start=np.zeros(p), learning_rate=eta
    )
    path = path_of(q, eta)
    np.testing.assert_allclose(path.losses(steps), weights.losses(steps), rtol=1e-8, atol=1e-12)
    assert path.stable_learning_rate == pytest.approx(weights.stable_learning_rate, rel=1e-9)


def test_descent_approaches_the_flow_as_its_rate_halves():
    q = problem(3, 5, 9)
    flow, gaps = path_of(q, None).outputs([1.0])[0], []
    for n_steps in (2000, 4000):
        gaps.append(np.linalg.norm(path_of(q, 1 / n_steps).outputs([n_steps])[0] - flow))
    assert gaps[0] / gaps[1] == pytest.approx(2, rel=0.01)


def test_a_direction_without_kernel_stays_and_costs_nothing():
    path = kernel_descent(np.diag([2.0, 0.0]), [1.0, 1.0], learning_rate=None)
    np.testing.assert_allclose(path.outputs([0.0, 1e6]), [[0, 0], [1, 0]], atol=1e-15)
    np.testing.assert_allclose(path.distances([1e6]), [1 / np.sqrt(2)], rtol=1e-12)
    # A kernel that is zero there between the points need not be zero elsewhere: it grows with t.
    np.testing.assert_allclose(path.outputs_at([[0.0, 1.0]], [0.0], [3.0]), [[3.0]], rtol=1e-12)


def test_a_rate_at_which_descent_diverges_is_named_with_the_bound():
    with pytest.raises(ValueError, match=r"learning_rate=1\.0: .* 2 / 4 = 0\.5 on"):
        kernel_descent(np.diag([4.0, 1.0]), [1.0, 1.0], learning_rate=1.0)
    with pytest.raises(ValueError, match=r"2 / 4 = 0\.5 on"):
        kernel_descent(np.diag([4.0, 1.0]), [1.0, 1.0], learning_rate=0.5)
    path = kernel_descent(np.diag([4.0, 1.0]), [1.0, 1.0], learning_rate=0.4999)
    assert path.losses([10**6])[0] < 1e-20


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kernel": np.ones((2, 3))}, "kernel has shape"),
        ({"kernel": [[1.0, 0.5], [0.0, 1.0]]}, "not symmetric"),
        ({"kernel": [[1.0, 2.0], [2.0, 1.0]]}, "negative eigenvalue -1"),
        ({"kernel": [[np.nan, 0], [0, 1]]}, "kernel="),
        ({"labels": [1.0]}, "labels has shape"),
        ({"initial": [1.0]}, "initial has shape"),
        ({"learning_rate": 0}, "learning_rate=0"),
        ({"kernel": np.ones((0, 0)), "labels": np.ones(0)}, "kernel of 0 points"),
    ],
)
def test_bad_input_is_named(change, said):
    good = {"kernel": np.eye(2), "labels": np.ones(2), "learning_rate": 0.1}
    with pytest.raises(ValueError, match=said):
        kernel_descent(**(good | change))


@pytest.mark.parametrize(("rate", "times"), [(0.1, [0.5]), (0.1, [-1]), (None, [-0.5]), (None, 1)])
def test_bad_times_are_named(rate, times):
    path = kernel_descent(np.eye(2), np.ones(2), learning_rate=rate)
    with pytest.raises(ValueError, match=r"(times|steps)="):
        path.losses(times)
