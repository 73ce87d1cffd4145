"""The synaptic basis of random data against the loss on these data and descent of it."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from course_utils.theory import synaptic_basis
from tests.theory.simulation import assert_close

few = settings(max_examples=30, deadline=None)
seeds = st.integers(0, 2**32 - 1)
widths = st.integers(1, 6)
leading_axes = st.sampled_from([(), (1,), (3,), (2, 4)])
ROUNDING = 1e-12
"""Moments have eigenvalues between 0.1 and 10, so that little is lost where they are inverted."""


def orthogonal(rng: np.random.Generator, n: int) -> NDArray:
    return np.linalg.qr(rng.normal(size=(n, n)))[0]


def make_data(seed: int, k: int, d: int, n: int = 30) -> tuple[NDArray, NDArray]:
    """Inputs (n, d) whose moments have eigenvalues between 0.1 and 10, outputs (n, k) at random."""
    rng = np.random.default_rng(seed)
    directions = np.linalg.qr(rng.normal(size=(n, d)))[0]
    x = np.sqrt(n) * directions * 10 ** rng.uniform(-0.5, 0.5, d) @ orthogonal(rng, d)
    return x, rng.normal(size=(n, k))


def moments(x: NDArray, y: NDArray) -> tuple[NDArray, NDArray]:
    return x.T @ x / len(x), y.T @ x / len(x)


def loss(w: NDArray, x: NDArray, y: NDArray) -> NDArray:
    """Of maps of shape (..., k, d) the mean square error."""
    return np.square(y - x @ np.swapaxes(w, -1, -2)).sum(axis=-1).mean(axis=-1)


@few
@given(seeds, widths, widths)
def test_the_best_map_is_diagonal_there(seed, k, d):
    x, y = make_data(seed, k, d)
    basis, best = synaptic_basis(*moments(x, y)), np.linalg.lstsq(x, y)[0].T
    strengths = np.diagonal(basis.s)
    assert basis.s.shape == (k, d)
    assert (np.count_nonzero(basis.s), strengths.min() > 0) == (min(k, d), True)
    assert (np.diff(strengths) <= 0).all()
    assert_close(basis.to_synaptic(best), basis.s, ROUNDING, strengths[0])
    assert_close(basis.to_original(basis.s), best, ROUNDING, strengths[0])
    assert_close(basis.u @ basis.u.T, np.eye(k), ROUNDING, 1.0)
    assert_close(basis.vt @ basis.vt.T, np.eye(d), ROUNDING, 1.0)
    read = x @ basis.vt.T  # the inputs, along the input directions
    assert_close(basis.input_moments, read.T @ read / len(read), ROUNDING, 10.0)


@few
@given(seeds, widths, widths, leading_axes)
def test_there_and_back_again(seed, k, d, axes):
    basis = synaptic_basis(*moments(*make_data(seed, k, d)))
    w = np.random.default_rng(seed + 1).normal(size=(*axes, k, d))
    for one_way, back in [
        (basis.to_synaptic, basis.to_original),
        (basis.to_original, basis.to_synaptic),
    ]:
        assert_close(back(one_way(w)), w, ROUNDING, 10.0)
        assert_close(np.linalg.norm(one_way(w)), np.linalg.norm(w), ROUNDING)
        one_by_one = np.array([one_way(w[i]) for i in np.ndindex(axes)])
        assert_close(one_way(w), one_by_one.reshape(w.shape), ROUNDING, 10.0)


@few
@given(seeds, widths, widths, leading_axes)
def test_the_gradient_is_that_of_the_loss(seed, k, d, axes):
    x, y = make_data(seed, k, d)
    basis = synaptic_basis(*moments(x, y))
    w_bar = np.random.default_rng(seed + 1).normal(size=(*axes, k, d))
    expected = np.empty_like(w_bar)
    for i, j in np.ndindex(k, d):
        unit = np.zeros((k, d))
        unit[i, j] = 1.0
        up, down = (loss(basis.to_original(w_bar + h * unit), x, y) for h in (1, -1))
        expected[..., i, j] = (up - down) / 2  # exact, as the loss is quadratic
    assert_close(basis.gradient(w_bar), expected, ROUNDING, 100.0)
    assert (basis.gradient(basis.s) == 0).all()


def data_with_axes(seed: int, k: int, d: int, *, shared: bool) -> tuple[NDArray, NDArray, NDArray]:
    """Moments C11 and C31, and the variances: those along the best map's axes, or turned away."""
    rng = np.random.default_rng(seed)
    u, v = orthogonal(rng, k), orthogonal(rng, d)
    variances = np.linspace(0.5, 2.0, d)
    axes = v if shared else v @ orthogonal(rng, d)
    best = np.zeros((k, d))
    np.fill_diagonal(best[: min(k, d), : min(k, d)], np.arange(min(k, d), 0, -1.0))
    c11 = axes * variances @ axes.T
    return c11, u @ best @ v.T @ c11, variances


@few
@given(seeds, widths, widths)
def test_modes_part_where_the_inputs_share_the_axes(seed, k, d):
    c11, c31, variances = data_with_axes(seed, k, d, shared=True)
    basis = synaptic_basis(c11, c31)
    n = min(k, d)
    # Directions that the best map does not read, d - k of them, may be turned among themselves.
    assert_close(basis.input_moments[:n], np.diag(variances)[:n], ROUNDING, 1.0)
    start = np.zeros((k, d))
    start[range(n), range(n)] = np.random.default_rng(seed).normal(size=n)
    w = basis.to_original(start)
    for _ in range(100):
        w = w - 0.1 * 2 * (w @ c11 - c31)
    expected, s = np.zeros((k, d)), np.arange(n, 0, -1.0)
    left = (1 - 0.1 * 2 * variances[:n]) ** 100
    expected[range(n), range(n)] = s + left * (np.diagonal(start) - s)
    assert_close(basis.to_synaptic(w), expected, ROUNDING, 10.0)


@few
@given(seeds, widths, st.integers(2, 6))
def test_modes_stir_each_other_where_they_do_not(seed, k, d):
    c11, c31, _ = data_with_axes(seed, k, d, shared=False)
    basis = synaptic_basis(c11, c31)
    w, off_diagonal = basis.to_original(np.zeros((k, d))), np.eye(k, d) == 0
    assert np.abs(basis.gradient(np.zeros((k, d)))[off_diagonal]).max() > 1e-8
    for _ in range(3):
        w = w - 0.1 * 2 * (w @ c11 - c31)
    assert np.abs(basis.to_synaptic(w)[off_diagonal]).max() > 1e-9


def test_a_start_off_the_diagonal_moves_off_it_as_well():
    c11, c31, _ = data_with_axes(0, 2, 3, shared=True)
    w_bar = np.zeros((2, 3))
    w_bar[0, 1] = 1.0
    assert synaptic_basis(c11, c31).gradient(w_bar)[0, 1] == pytest.approx(2 * 1.25, rel=1e-12)


GOOD = {"c11": np.eye(3), "c31": np.ones((2, 3))}
BAD = [("c11", np.eye(2), "c11 has shape (2, 2)"), ("c11", np.ones(3), "c11 has shape (3,)")]
BAD += [("c31", np.ones(3), "c31 has shape (3,)"), ("c31", 1.0, "c31 has shape ()")]
BAD += [(name, np.full((3, 3), np.inf), f"{name}=") for name in GOOD]
BAD += [(name, [[1.0], [1.0, 2.0]], f"{name}=[[1.0], [1.0, 2.0]]") for name in GOOD]
BAD += [("c11", np.diag([1.0, 1.0, v]), "a direction without variance") for v in (0, 1e-17, -1.0)]
BAD += [("c11", np.zeros((3, 3)), "c11 has the eigenvalue 0: a direction without variance")]
BAD += [("c11", np.eye(3) + np.eye(3, k=1), "c11 is not symmetric")]


@pytest.mark.parametrize(("name", "value", "message"), BAD)
def test_bad_input_is_named(name, value, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        synaptic_basis(**GOOD | {name: value})


METHODS = [("to_synaptic", "w"), ("to_original", "w_bar"), ("gradient", "w_bar")]


@pytest.mark.parametrize(("method", "name"), METHODS)
@pytest.mark.parametrize("shape", [(3,), (3, 2), (2, 3, 1), ()])
def test_maps_of_the_wrong_shape_are_named(method, name, shape):
    message = f"{name} has shape {shape}: give an array of shape (2, 3)"
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        getattr(synaptic_basis(**GOOD), method)(np.ones(shape))
