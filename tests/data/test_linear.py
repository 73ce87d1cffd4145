"""Inputs with second moments to order: each law holds for any size, rank and seed."""

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from course_utils.data import inputs_with_variances, load_images, semantic_tree, whiten

# float64, numbers of about 1, sums of some dozen of them; singular vectors lose a factor of at
# most ten to the gap between two singular values, a large mean the digits that it takes.
TOLERANCE = 1e-11
few = settings(max_examples=50, deadline=None)
seeds = st.integers(0, 2**32 - 1)


def assert_close(received: NDArray, expected: NDArray, *, atol: float = TOLERANCE) -> None:
    np.testing.assert_allclose(received, expected, rtol=0, atol=atol)


def orthonormal(rows: int, columns: int, seed: int, *, centred: bool = False) -> NDArray:
    drawn = np.random.default_rng(seed).normal(size=(rows, columns))
    return np.linalg.qr(drawn - drawn.mean(axis=0) if centred else drawn)[0]


@st.composite
def clouds(draw):
    """Points and what they are made of: scores of variance 1, axes, and the larger sizes first."""
    rank = draw(st.integers(1, 6))
    n, d = draw(st.integers(rank + 1, 15)), draw(st.integers(rank, 10))
    scores = np.sqrt(n) * orthonormal(n, rank, draw(seeds), centred=True)
    axes = orthonormal(d, rank, draw(seeds)).T
    sizes = draw(st.floats(1e-3, 1e3)) * 1.5 ** -np.arange(rank)
    points = scores * sizes @ axes + sizes[0] * draw(st.floats(-10, 10))
    return points, scores, axes


@few
@given(clouds(), st.integers(1, 6))
def test_whitened_vectors_are_the_scores_largest_first_each_axis_pointing_up(cloud, n_components):
    points, scores, axes = cloud
    n_components = min(n_components, len(axes))
    first_two = np.sort(np.abs(axes), axis=1)[:, -2:]
    assume(axes.shape[1] == 1 or (first_two[:, 1] - first_two[:, 0]).min() > 1e-6)  # not a tie
    up = np.array([np.sign(axis[np.abs(axis).argmax()]) for axis in axes])
    assert_close(whiten(points, n_components), (scores * up)[:, :n_components])


@few
@given(st.integers(2, 20), st.integers(1, 8), seeds)
def test_whitened_vectors_have_unit_moments_and_mean_0(n, d, seed):
    points = np.random.default_rng(seed).normal(size=(n, d)) + 3
    # n points span n - 1 directions; the smallest variance of few points can be 1e-3 of the rest.
    x = whiten(points, min(n - 1, d))
    assert x.shape == (n, min(n - 1, d))
    assert_close(x.T @ x / n, np.eye(x.shape[1]))
    assert_close(x.mean(axis=0), 0, atol=1e-8)


@few
@given(clouds(), st.integers(1, 3), st.sampled_from([0.0, 1.0, 1e6]))
def test_more_components_than_directions_are_refused_with_the_rank(cloud, beyond, far_away):
    points, _, axes = cloud
    # A feature that is the same in all points is no direction, however large it is.
    constant = np.full((len(points), 1), 0.1 + far_away * np.abs(points).max())
    message = f"n_components={len(axes) + beyond}: the vectors vary in {len(axes)} directions"
    with pytest.raises(ValueError, match=message):
        whiten(np.hstack([points, constant]), len(axes) + beyond)


def test_points_that_are_all_the_same_vary_in_no_direction():
    with pytest.raises(ValueError, match="vary in 0 directions"):
        whiten(np.full((7, 3), 0.1), 1)


def test_the_digits_vary_in_61_directions():
    vectors = load_images("digits", seed=0).as_vectors()
    x = whiten(vectors, 61)
    assert_close(x.T @ x / len(x), np.eye(61))
    assert_close(x.mean(axis=0), 0)
    with pytest.raises(ValueError, match="vary in 61 directions"):
        whiten(vectors, 62)


sizes = st.integers(1, 8).flatmap(lambda d: st.tuples(st.integers(d, 20), st.just(d)))


@few
@given(sizes, st.booleans(), seeds)
def test_inputs_have_exactly_these_moments_along_these_axes(size, turned, seed):
    n, d = size
    variances = np.random.default_rng(seed).uniform(0.01, 4, d)
    vt = orthonormal(d, d, seed).T if turned else np.eye(d)
    x = inputs_with_variances(n, variances, axes=vt if turned else None, seed=seed)
    assert x.shape == (n, d)
    assert_close(x.T @ x / n, vt.T @ np.diag(variances) @ vt)


def test_the_seed_alone_decides_which_inputs():
    one, same, other = (inputs_with_variances(9, [2.0, 0.1], seed=seed) for seed in (0, 0, 1))
    assert (one == same).all()
    assert not np.isclose(one, other).any()


@pytest.mark.parametrize("levels", range(1, 7))
def test_an_item_has_the_features_of_the_nodes_above_it(levels):
    x, y = semantic_tree(levels)
    n = 2**levels
    assert_close(x.T @ x / n, np.eye(n))
    assert np.count_nonzero(x) == n
    nodes = [(level, node) for level in range(levels + 1) for node in range(2**level)]
    # The item's first `level` binary digits are the number of its ancestor there.
    below = [[(item >> (levels - level)) == node for level, node in nodes] for item in range(n)]
    assert (y == np.array(below)).all()
    assert (y[x.argmax(axis=0)] == y).all()  # row i of x is the unit vector of item i


@pytest.mark.parametrize("levels", range(1, 7))
def test_a_level_of_the_tree_is_a_singular_value(levels):
    x, y = semantic_tree(levels)
    n = 2**levels
    # Level 0 tells nothing apart; level l > 0 halves the 2^(l - 1) groups of the level above it.
    expected = [
        np.sqrt((2 ** (levels + 1 - level) - 1) / n)
        for level in range(levels + 1)
        for _ in range(2**level // 2 or 1)
    ]
    assert_close(np.linalg.svd(y.T @ x / n)[1], np.array(expected))


WHITEN = (whiten, {"vectors": np.eye(4), "n_components": 2})
INPUTS = (inputs_with_variances, {"n": 5, "variances": [1.0, 2.0], "seed": 0})
TREE = (semantic_tree, {"levels": 2})
BAD = [
    (*WHITEN, "vectors", np.ones(3), "vectors has shape (3,)"),
    (*WHITEN, "vectors", [[1.0, np.nan]], "vectors=[[1.0, nan]]"),
    (*WHITEN, "n_components", 0, "n_components=0"),
    (*WHITEN, "n_components", 1.5, "n_components=1.5"),
    (*INPUTS, "n", 1, "n=1: give a whole number of at least 2"),
    (*INPUTS, "n", 5.0, "n=5.0"),
    (*INPUTS, "variances", [1.0, 0.0], "variances=[1.0, 0.0]"),
    (*INPUTS, "variances", [1.0, np.inf], "variances=[1.0, inf]"),
    (*INPUTS, "variances", 1.0, "variances has shape ()"),
    (*INPUTS, "axes", np.eye(3), "axes has shape (3, 3)"),
    (*INPUTS, "axes", [[1.0, 0.0], [1.0, 0.0]], "axes: the axes are not orthonormal"),
    (*TREE, "levels", 0, "levels=0"),
    (*TREE, "levels", 2.0, "levels=2.0"),
]


@pytest.mark.parametrize(("function", "good", "name", "value", "message"), BAD)
def test_bad_input_is_named(function, good, name, value, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        function(**good | {name: value})
