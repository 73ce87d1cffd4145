"""The fit closest to the start: normal equations, where descent ends, and the padding."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.theory import least_norm, linear_descent

few = settings(max_examples=40, deadline=None)
sizes = {"seed": st.integers(0, 999), "n": st.integers(1, 8), "p": st.integers(1, 12)}


def draw(seed: int, n: int, p: int):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, p)), rng.normal(size=n), rng.normal(size=p)


@few
@given(**sizes)
def test_it_solves_the_normal_equations_and_moves_within_the_rows(seed, n, p):
    phi, y, start = draw(seed, n, p)
    w = least_norm(phi, y, start=start)
    scale = np.linalg.norm(phi) * np.linalg.norm(w) + np.linalg.norm(y)
    conditioned = np.linalg.cond(phi) * 1e-13 * np.linalg.norm(phi) * scale
    assert np.linalg.norm(phi.T @ (phi @ w - y)) <= conditioned
    rows = np.linalg.qr(phi.T)[0]
    outside = (w - start) - rows @ (rows.T @ (w - start))
    assert np.linalg.norm(outside) <= 1e-9 * (1 + np.linalg.norm(w - start))


@few
@given(**sizes)
def test_it_is_where_descent_ends(seed, n, p):
    phi, y, start = draw(seed, n, p)
    if np.linalg.cond(phi) > 1e3:
        return  # 1e12 steps would not be enough
    path = linear_descent(phi, y, start=start, learning_rate=0.5 * n / np.linalg.norm(phi, 2) ** 2)
    w = least_norm(phi, y, start=start)
    np.testing.assert_allclose(path.weights([10**12])[0], w, rtol=1e-8, atol=1e-8)


def test_many_problems_at_once_are_each_alone():
    rng = np.random.default_rng(0)
    phi, y, starts = rng.normal(size=(3, 1, 5, 4)), rng.normal(size=5), rng.normal(size=(3, 2, 4))
    together = least_norm(phi, y, start=starts)
    assert together.shape == (3, 2, 4)
    for i in range(3):
        for m in range(2):
            alone = least_norm(phi[i, 0], y, start=starts[i, m])
            np.testing.assert_allclose(together[i, m], alone, rtol=1e-12, atol=1e-13)


@few
@given(**sizes, more=st.integers(1, 6))
def test_columns_of_zeros_change_nothing_and_stay_at_their_start(seed, n, p, more):
    phi, y, start = draw(seed, n, p)
    padded = np.hstack([phi, np.zeros((n, more))])
    w = least_norm(padded, y, start=np.r_[start, np.arange(1.0, more + 1)])
    np.testing.assert_allclose(w[:p], least_norm(phi, y, start=start), rtol=1e-7, atol=1e-7)
    np.testing.assert_array_equal(w[p:], np.arange(1.0, more + 1))


def test_small_directions_are_left_out_below_rcond():
    phi = np.diag([1.0, 1e-6])
    np.testing.assert_allclose(least_norm(phi, [1.0, 1.0]), [1, 1e6])
    np.testing.assert_allclose(least_norm(phi, [1.0, 1.0], rcond=1e-5), [1, 0])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"features": np.ones(3)}, "give shapes"),
        ({"labels": np.ones(4)}, "labels has shape"),
        ({"start": np.ones(4)}, "start has shape"),
        ({"features": [[np.inf, 1.0]]}, "features="),
    ],
)
def test_bad_input_is_named(change, said):
    good = {"features": np.ones((3, 2)), "labels": np.ones(3), "start": np.ones(2)}
    with pytest.raises(ValueError, match=said):
        least_norm(**(good | change))
