"""The closed form against a plain loop, and the laws that any gradient descent obeys."""

import re
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.linalg import expm

from course_utils.theory import LinearDescent, linear_descent

# Both sides compute in float64, where a step rounds at 1e-16 of the scale; some hundred steps add
# up to 1e-13. 1e-10 of the problem's scale is what the course promises of this formula.
TOLERANCE = 1e-10
few = settings(max_examples=30, deadline=None)
fractions = st.floats(0.05, 0.95)  # of the largest stable learning rate


@dataclass(frozen=True)
class Problem:
    """Features whose Hessian has `rank` eigenvalues between 0.5 and 8; the others are 0."""

    features: NDArray
    labels: NDArray
    start: NDArray

    def hessian(self) -> NDArray:
        return 2 / len(self.labels) * self.features.T @ self.features

    def stable_rate(self) -> float:
        """2 / the Hessian's largest eigenvalue; where there is none any rate is as good as 1."""
        return 2 / (np.linalg.eigvalsh(self.hessian())[-1] or 2)

    def loss(self, w: NDArray) -> NDArray:
        return np.square(w @ self.features.T - self.labels).mean(axis=-1)

    def limit(self) -> NDArray:
        """The start with the least-norm correction that fits best."""
        residual = self.labels - self.start @ self.features.T
        return self.start + residual @ np.linalg.pinv(self.features, rcond=1e-10).T

    def path(self, rate: float) -> LinearDescent:
        return linear_descent(
            self.features, self.labels, start=self.start, learning_rate=rate, may_diverge=True
        )


def make_problem(n: int, p: int, rank: int, n_starts: int | None, seed: int) -> Problem:
    rng = np.random.default_rng(seed)
    u, v = (np.linalg.qr(rng.normal(size=(m, min(n, p, rank))))[0] for m in (n, p))
    features = u * (np.sqrt(n) * rng.uniform(0.5, 2, u.shape[1])) @ v.T
    start = rng.normal(size=(p,) if n_starts is None else (n_starts, p))
    return Problem(features, rng.normal(size=n), start)


def problems(*, least_rank: int = 0, one_start: bool = False) -> st.SearchStrategy[Problem]:
    """Any shape: p < n, p > n, rank deficient, zero; one start, or several side by side."""
    size, rank = st.integers(1, 12), st.integers(least_rank, 12)
    starts = st.none() if one_start else st.sampled_from([None, 1, 3])
    return st.builds(make_problem, size, size, rank, starts, st.integers(0, 2**32 - 1))


def plain_loop(problem: Problem, w: NDArray, learning_rate: float, n_steps: int) -> NDArray:
    """Weights after 0 ... n_steps steps; central differences of a quadratic are exact."""
    path, unit = [w], np.eye(len(w))
    for _ in range(n_steps):
        gradient = (problem.loss(path[-1] + unit) - problem.loss(path[-1] - unit)) / 2
        path.append(path[-1] - learning_rate * gradient)
    return np.array(path)


def assert_close(received: NDArray, expected: NDArray) -> None:
    assert received.shape == expected.shape
    assert np.abs(received - expected).max() <= TOLERANCE * (1 + np.abs(expected).max())


@few
@given(problems(), st.floats(0.05, 1.05))
def test_every_step_equals_a_plain_loop(problem, fraction):
    rate, steps = fraction * problem.stable_rate(), np.arange(41)
    loops = [plain_loop(problem, w, rate, 40) for w in np.atleast_2d(problem.start)]
    weights = np.stack(loops, axis=1) if problem.start.ndim == 2 else loops[0]
    path, elsewhere = problem.path(rate), problem.features[::-1] + 1

    assert_close(path.weights(steps), weights)
    assert_close(path.losses(steps), problem.loss(weights))
    assert_close(path.outputs(elsewhere, steps), np.einsum("...p,mp->...m", weights, elsewhere))
    moved, start = (np.linalg.norm(w, axis=-1) for w in (weights - problem.start, problem.start))
    assert_close(path.movement(steps), moved / start)
    assert_close(path.weights([7, 0, 7]), weights[[7, 0, 7]])


@few
@given(problems(), fractions, st.integers(0, 60), st.integers(0, 60))
def test_a_path_resumed_from_its_own_weights_goes_on(problem, fraction, k, j):
    path = problem.path(fraction * problem.stable_rate())
    resumed = replace(problem, start=path.weights([k])[0]).path(path.learning_rate)
    assert_close(resumed.weights([j]), path.weights([k + j]))
    assert_close(resumed.losses([j]), path.losses([k + j]))


@few
@given(problems(), st.floats(0.01, 0.999))
def test_below_two_over_the_largest_eigenvalue_the_loss_never_rises(problem, fraction):
    losses = problem.path(fraction * problem.stable_rate()).losses(np.arange(200))
    assert (np.diff(losses, axis=0) <= 1e-14 * losses[0]).all()  # at rest it rounds at 1e-16


@few
@given(problems(least_rank=1, one_start=True), st.floats(1.05, 2.0))
def test_above_it_the_loss_grows_without_bound(problem, fraction):
    steepest = np.linalg.svd(problem.features)[0][:, 0]
    assume(abs(steepest @ (problem.features @ problem.start - problem.labels)) > 1e-2)
    # That component is 1e-7 of the loss or more; its square grows by 1.1^2 a step or more.
    path = problem.path(fraction * problem.stable_rate())
    start, later, last = path.losses([0, 200, 210])
    assert later > 1e6 * start
    assert last > 2 * later
    assert path.stable_learning_rate == pytest.approx(problem.stable_rate(), rel=1e-10)


@few
@given(problems(), fractions, st.integers(1, 10**6))
def test_weights_orthogonal_to_the_features_never_move(problem, fraction, k):
    moved = problem.path(fraction * problem.stable_rate()).weights([k])[0] - problem.start
    into_features = np.linalg.pinv(problem.features, rcond=1e-10) @ problem.features
    assert_close(moved @ into_features.T, moved)
    assert np.any(moved) == np.any(problem.features)


@few
@given(problems(), st.floats(0.2, 0.8))
def test_in_the_end_stands_the_least_norm_correction(problem, fraction):
    # The slowest mode, rate 0.4 / 16 a step at least, is gone after 10 000 steps.
    path = problem.path(fraction * problem.stable_rate())
    assert_close(path.weights([10_000])[0], problem.limit())
    assert_close(path.losses([10_000])[0], problem.loss(problem.limit()))
    assert_close(path.loss_floor, problem.loss(problem.limit()))


@few
@given(problems(least_rank=1, one_start=True))
def test_descent_approaches_the_flow_as_the_learning_rate_halves(problem):
    rate, end = 0.005 * problem.stable_rate(), problem.limit()
    flow = end + expm(-100 * rate * problem.hessian()) @ (problem.start - end)
    gaps = [problem.path(rate / f).weights([100 * f])[0] - flow for f in (1, 2)]
    gap, half = map(np.linalg.norm, gaps)
    assume(gap > 1e-8)  # else rounding, 1e-15, is seen in the ratio
    # The gap is 1/2 eta l^2 t e^(-lt) up to terms smaller by eta l = 0.01.
    assert gap / half == pytest.approx(2, rel=0.02)


@few
@given(problems(least_rank=1, one_start=True), st.integers(1, 1000))
def test_where_the_loss_is_almost_flat_the_path_is_straight(problem, k):
    # k eta l < 1e-13: 1 - (1 - eta l)^k, taken literally, would be 0 here.
    phi, start = 1e-9 * problem.features, np.zeros_like(problem.start)
    path = linear_descent(phi, problem.labels, start=start, learning_rate=0.1)
    straight = 0.1 * k * 2 / len(problem.labels) * phi.T @ problem.labels
    assert np.abs(path.weights([k])[0] - straight).max() <= TOLERANCE * np.abs(straight).max()


def test_without_features_nothing_moves_at_any_learning_rate():
    path = linear_descent(np.zeros((3, 2)), [1, 2, 4], start=np.ones(2), learning_rate=1e6)
    assert (path.weights([0, 10**6]) == 1).all()
    np.testing.assert_allclose(path.losses([0, 10**6]), 7, rtol=1e-15)  # (1 + 4 + 16) / 3
    assert path.stable_learning_rate == np.inf


def test_the_arrays_given_can_change_afterwards():
    path = (problem := make_problem(5, 3, 3, None, seed=0)).path(0.1)
    before = path.weights([0, 3])
    for array in (problem.features, problem.labels, problem.start):
        array += 1
    assert (path.weights([0, 3]) == before).all()


GOOD = {"features": np.eye(3, 2), "labels": np.ones(3), "start": np.ones(2), "learning_rate": 0.1}
SHAPES = [("features", (3,)), ("labels", (3, 1)), ("labels", (2,)), ("start", (3,)),
          ("start", (2, 3)), ("start", ()), ("start", (1, 1, 2))]  # fmt: skip
RATES = (0, -0.1, np.nan, np.inf, True, "0.1")
BAD = [(name, np.ones(shape), f"{name} has shape {shape}") for name, shape in SHAPES]
BAD += [("learning_rate", rate, f"learning_rate={rate!r}") for rate in RATES]


@pytest.mark.parametrize(("name", "value", "message"), BAD)
def test_bad_input_is_named(name, value, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        linear_descent(**GOOD | {name: value})


@pytest.mark.parametrize("steps", [3, [-1], [0.5], [[1]], [True], []])
@pytest.mark.parametrize("method", ["weights", "losses", "movement"])
def test_wrong_steps_and_points_are_named(method, steps):
    with pytest.raises(ValueError, match=re.escape(f"steps={steps!r}")):
        getattr(linear_descent(**GOOD), method)(steps)
    with pytest.raises(ValueError, match=re.escape("features has shape (4, 3)")):
        linear_descent(**GOOD).outputs(np.ones((4, 3)), [0])


def test_a_rate_at_which_descent_diverges_is_named_unless_it_is_wanted():
    given = GOOD | {"features": np.diag([2.0, 1.0, 0.5])[:, :2], "learning_rate": 0.75}
    # The largest eigenvalue is 2 * 2^2 / 3 = 8 / 3.
    with pytest.raises(ValueError, match=r"learning_rate=0\.75: .*2 / 2\.66667 = 0\.75 on"):
        linear_descent(given.pop("features"), given.pop("labels"), **given)
    given = GOOD | {"features": np.diag([2.0, 1.0, 0.5])[:, :2], "learning_rate": 0.8}
    path = linear_descent(given.pop("features"), given.pop("labels"), **given, may_diverge=True)
    assert path.losses([1000])[0] > path.losses([0])[0]


@few
@given(problems(), st.floats(0, 50))
def test_the_flow_solves_its_equation(problem, t):
    flow = linear_descent(problem.features, problem.labels, start=problem.start, learning_rate=None)
    h = 1e-4 / max(float(flow.eigenvalues.max(initial=0)), 1e-3)
    before, now, after = flow.weights([t, t + h, t + 2 * h])
    velocity = (after - before) / (2 * h)
    residual = now @ problem.features.T - problem.labels
    gradient = 2 / len(problem.labels) * residual @ problem.features
    scale = np.abs(gradient).max() + np.abs(now).max() / h * 1e-9 + 1e-9
    assert np.abs(velocity + gradient).max() <= 1e-5 * scale
