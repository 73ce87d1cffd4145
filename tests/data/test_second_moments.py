"""The loss from second moments against the data themselves."""

import re
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray

from course_utils.data import Moments, moments

# float64, sums of some dozen numbers of about 1. The inputs' singular values lie between 0.5 and 2
# or are 0, so that no division makes it worse.
TOLERANCE = 1e-12
few = settings(max_examples=50, deadline=None)
seeds = st.integers(0, 2**32 - 1)
leading_axes = st.sampled_from([(), (1,), (3,), (2, 3)])


def assert_close(received: ArrayLike, expected: ArrayLike) -> None:
    received, expected = np.asarray(received), np.asarray(expected)
    assert received.shape == expected.shape
    scale = 1 + np.abs(expected).max(initial=0)
    np.testing.assert_allclose(received, expected, rtol=0, atol=TOLERANCE * scale)


def orthonormal(rows: int, columns: int, rng: np.random.Generator) -> NDArray:
    return np.linalg.qr(rng.normal(size=(rows, columns)))[0]


def make_data(n: int, d: int, k: int, rank: int, seed: int) -> tuple[NDArray, NDArray]:
    rng = np.random.default_rng(seed)
    u, v = (orthonormal(rows, min(n, d, rank), rng) for rows in (n, d))
    x = u * (np.sqrt(n) * rng.uniform(0.5, 2, u.shape[1])) @ v.T
    return x, rng.normal(size=(n, k))


size = st.integers(1, 6)
data = st.builds(make_data, st.integers(1, 12), size, size, st.integers(0, 6), seeds)
"""Any shape: fewer points than inputs, rank deficient, no inputs at all; noise in the outputs."""


def random_maps(x: NDArray, y: NDArray, *leading: int) -> NDArray:
    return np.random.default_rng(len(x)).normal(size=(*leading, y.shape[1], x.shape[1]))


def loss_of_the_data(w: NDArray, x: NDArray, y: NDArray) -> float:
    return float(
        np.mean([np.sum((target - w @ point) ** 2) for point, target in zip(x, y, strict=True)])
    )


@few
@given(data, leading_axes)
def test_the_loss_is_the_mean_over_points(xy, leading):
    x, y = xy
    maps, m = random_maps(x, y, *leading), moments(x, y)
    losses = m.loss(maps)
    assert losses.shape == leading
    for index in np.ndindex(leading):
        w = maps[index]
        assert_close(losses[index], loss_of_the_data(w, x, y))
        traces = np.trace(m.c33) - 2 * np.trace(w @ m.c31.T) + np.trace(w @ m.c11 @ w.T)
        assert_close(losses[index], traces)


@few
@given(data)
def test_moments_are_means_of_products(xy):
    x, y = xy
    m = moments(x.tolist(), y.tolist())
    for received, left, right in [(m.c11, x, x), (m.c31, y, x), (m.c33, y, y)]:
        assert_close(
            received, np.mean([np.outer(a, b) for a, b in zip(left, right, strict=True)], axis=0)
        )


@few
@given(data)
def test_the_best_map_is_least_squares_of_least_norm(xy):
    x, y = xy
    m = moments(x, y)
    assert_close(m.best_map, (np.linalg.pinv(x, rcond=1e-10) @ y).T)
    assert_close(m.best_map @ m.c11, m.c31)  # the gradient of the loss is 0 there
    assert_close(m.loss_floor, loss_of_the_data(m.best_map, x, y))
    assert_close(m.loss(m.best_map), m.loss_floor)
    assert (m.loss(m.best_map + random_maps(x, y, 20)) >= m.loss_floor).all()


@few
@given(data, st.integers(1, 11))
def test_a_small_loss_keeps_its_digits(xy, digits):
    x, _ = xy
    teacher = np.random.default_rng(0).normal(size=(2, x.shape[1]))
    m = moments(x, x @ teacher.T)
    assert 0 <= m.loss_floor < 1e-26
    away = 10.0**-digits * random_maps(x, x @ teacher.T)
    expected = np.square(x @ away.T).sum() / len(x)
    # Rounding moves the best map, of about 1, by 1e-14, and the loss by that times a distance of
    # some 10^-digits. The traces would err by 1e-15 in the loss itself, which is as small as 1e-22.
    tolerance = 1e-13 * 10.0**-digits
    np.testing.assert_allclose(m.loss(teacher + away), expected, rtol=1e-12, atol=tolerance)


@few
@given(data, leading_axes, seeds)
def test_from_other_axes_the_same_data_have_the_same_losses(xy, leading, seed):
    (x, y), rng = xy, np.random.default_rng(seed)
    u, vt = (orthonormal(side, side, rng) for side in (y.shape[1], x.shape[1]))
    there, maps = moments(x, y).rotated(u, vt), random_maps(x, y, *leading)
    assert_close(there.loss(u.T @ maps @ vt.T), moments(x, y).loss(maps))
    afresh = moments(x @ vt.T, y @ u)
    for field in fields(Moments):
        assert_close(getattr(there, field.name), getattr(afresh, field.name))
    back = there.rotated(u.T, vt.T)
    for field in fields(Moments):
        assert_close(getattr(back, field.name), getattr(moments(x, y), field.name))


def test_the_arrays_given_can_change_afterwards():
    x, y = make_data(6, 3, 2, 3, seed=0)
    m, same = moments(x, y), moments(x.copy(), y.copy())
    before = replace(m)
    x += 1
    y += 1
    assert m.loss(np.ones((2, 3))) == same.loss(np.ones((2, 3))) == before.loss(np.ones((2, 3)))


BAD = [
    ({"x": np.ones(3)}, "x has shape (3,)"),
    ({"y": np.ones(4)}, "y has shape (4,)"),
    ({"y": np.ones((3, 2))}, "y has shape (3, 2): give an array of shape (4, k)"),
    ({"x": [[1.0, 2.0], [3.0]]}, "x=[[1.0, 2.0], [3.0]]"),
    ({"y": np.full((4, 2), np.nan)}, "y=array"),
    ({"x": np.ones((0, 3)), "y": np.ones((0, 2))}, "x has shape (0, 3), y has shape (0, 2)"),
    ({"x": np.ones((4, 0))}, "x has shape (4, 0)"),
    ({"y": np.ones((4, 0))}, "y has shape (4, 0)"),
]


@pytest.mark.parametrize(("bad", "message"), BAD)
def test_bad_data_are_named(bad, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        moments(**{"x": np.ones((4, 3)), "y": np.ones((4, 2))} | bad)


@pytest.mark.parametrize("shape", [(), (3,), (2, 2), (3, 2), (5, 3, 2)])
def test_maps_of_another_shape_are_named(shape):
    with pytest.raises(ValueError, match=re.escape(f"w has shape {shape}")):
        moments(np.ones((4, 3)), np.ones((4, 2))).loss(np.ones(shape))


BAD_AXES = [
    ({"u": np.eye(3)}, "u has shape (3, 3)"),
    ({"vt": np.eye(3, 2)}, "vt has shape (3, 2)"),
    ({"u": 2 * np.eye(2)}, "u: the axes are not orthonormal"),
    ({"vt": np.ones((3, 3))}, "vt: the axes are not orthonormal"),
    ({"u": np.full((2, 2), np.inf)}, "u=array"),
]


@pytest.mark.parametrize(("bad", "message"), BAD_AXES)
def test_bad_axes_are_named(bad, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        moments(np.eye(4, 3), np.eye(4, 2)).rotated(**{"u": np.eye(2), "vt": np.eye(3)} | bad)
