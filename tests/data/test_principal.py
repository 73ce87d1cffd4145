"""Principal directions against numpy's singular values, and the loss that they bring with them."""

import re
import tracemalloc

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray

from course_utils.data import load_images, spectrum

# float64, sums of some hundred numbers of about 1. An eigenvalue, a sum of squares, errs by this
# share of the largest; the smallest is 1e-4 of it.
TOLERANCE = 1e-12
few = settings(max_examples=30, deadline=None)
seeds = st.integers(0, 2**32 - 1)
counts, noises = st.integers(1, 12), st.floats(0, 4) | st.sampled_from([0.0, 1e-9])


def assert_close(received: ArrayLike, expected: ArrayLike, tolerance: float = TOLERANCE) -> None:
    received, expected = np.asarray(received), np.asarray(expected)
    assert received.shape == expected.shape
    atol = tolerance * np.abs(expected).max(initial=1e-300)
    np.testing.assert_allclose(received, expected, rtol=0, atol=atol)


def orthonormal(rows: int, columns: int, seed: int) -> NDArray:
    return np.linalg.qr(np.random.default_rng(seed).normal(size=(rows, columns)))[0]


def like(received: NDArray, expected: NDArray) -> NDArray:
    """The expected directions, each with the sign of the one received."""
    return np.sign((received * expected).sum(axis=1, keepdims=True)) * expected


@st.composite
def clouds(draw):
    """Vectors, tall or wide, of full rank or less, and their singular values and directions."""
    rank = draw(st.integers(1, 6))
    n, d = rank + draw(st.integers(0, 20)), rank + draw(st.integers(0, 20))
    sizes = draw(st.floats(1e-3, 1e3)) * draw(st.floats(1.1, 2.5)) ** -np.arange(rank)
    directions = orthonormal(d, rank, draw(seeds)).T
    return orthonormal(n, rank, draw(seeds)) * sizes @ directions, sizes, directions


@few
@given(clouds())
def test_it_finds_what_the_vectors_are_made_of(cloud):
    vectors, sizes, directions = cloud
    data = spectrum(vectors)
    assert data.n == len(vectors)
    assert_close(data.eigenvalues, sizes**2)
    # Of weak directions rounding turns more: by its share of a gap, here of 1e-5 of the largest.
    assert_close(data.directions, like(data.directions, directions), 1e-9)
    assert_close(data.directions @ data.directions.T, np.eye(len(sizes)))
    assert data.kept == pytest.approx(1, rel=1e-12)


@few
@given(counts, counts, seeds, st.integers(1, 12))
def test_of_any_vectors_it_keeps_the_first_and_their_share_of_the_sum(n, d, seed, k):
    vectors = np.random.default_rng(seed).normal(size=(n, d)) + 1  # the mean is not subtracted
    k = min(k, n, d)
    everything, first = spectrum(vectors), spectrum(vectors, k)
    s = np.linalg.svd(vectors, compute_uv=False)
    assume(s[-1] > 1e-6 * s[0])
    assert first.directions.shape == (k, d)
    assert_close(everything.eigenvalues, s**2)
    assert_close(first.eigenvalues, s[:k] ** 2)
    # They diagonalise the second moments, and the sum of those is the sum of squares.
    coordinates = first.coordinates(vectors)
    assert_close(coordinates.T @ coordinates, np.diag(s[:k] ** 2), 1e-11)
    assert first.kept == pytest.approx(np.square(coordinates).sum() / np.square(vectors).sum())
    assert max(first.kept, everything.kept) <= 1


@few
@given(clouds())
def test_turned_vectors_have_turned_directions_tall_or_wide(cloud):
    """The same vectors among more pixels, of which they see nothing else: wide instead of tall."""
    vectors, d = cloud[0], cloud[0].shape[1]
    turn = orthonormal(len(vectors) + d + 1, d, seed=0)
    here, there = spectrum(vectors), spectrum(vectors @ turn.T)
    assert_close(there.eigenvalues, here.eigenvalues)
    assert_close(there.directions @ turn, like(there.directions @ turn, here.directions), 1e-9)
    assert_close(np.square(here.coordinates(vectors)).sum(axis=0), here.eigenvalues, 1e-11)


@few
@given(clouds())
def test_directions_point_up_whatever_the_signs_of_the_vectors(cloud):
    vectors, _, directions = cloud
    two_largest = np.sort(np.abs(directions), axis=1)[:, -2:]
    assume(directions.shape[1] == 1 or (two_largest[:, 1] - two_largest[:, 0]).min() > 1e-6)
    data = spectrum(vectors)
    assert (data.directions.max(axis=1) > -data.directions.min(axis=1)).all()
    assert_close(spectrum(-vectors).directions, data.directions, 1e-9)


@few
@given(st.integers(1, 6), st.integers(0, 3000), st.integers(1, 5), seeds, st.booleans())
def test_rounding_is_no_direction_of_vectors_of_lower_rank(side, more, rank, seed, wide):
    rng, rank = np.random.default_rng(seed), min(rank, side)
    vectors = rng.normal(size=(side + more, rank)) @ rng.normal(size=(rank, side))
    vectors = vectors.T if wide else vectors
    s = np.linalg.svd(vectors, compute_uv=False)
    assume(s[rank - 1] > 1e-3 * s[0])
    assert len(spectrum(vectors).eigenvalues) == rank
    assert len(spectrum(vectors, rank).eigenvalues) == rank
    for beyond in (1, 100):
        message = f"n_components={rank + beyond}: the vectors have rank {rank}"
        with pytest.raises(ValueError, match=message):
            spectrum(vectors, rank + beyond)


@pytest.mark.parametrize("smallest", [1e-3, 1e-5, 1e-7])
@pytest.mark.parametrize("shape", [(10, 40), (40, 10)])
def test_directions_are_orthonormal_the_weakest_as_well(shape, smallest):
    left, right = (orthonormal(side, 10, seed=side) for side in shape)
    data = spectrum(left * np.geomspace(1, smallest, 10) @ right.T)
    assert_close(data.directions @ data.directions.T, np.eye(len(data.eigenvalues)))


def test_of_wide_vectors_no_square_of_pixels_is_made():
    n, d = 50, 20_000
    vectors = np.random.default_rng(0).normal(size=(n, d))
    tracemalloc.start()
    spectrum(vectors)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * d**2 / 30  # it is a hundredth of d^2 numbers, the vectors themselves a 400th


@few
@given(clouds(), noises, st.integers(1, 4), seeds)
def test_moments_give_the_expected_loss_of_a_denoiser_of_pixels(cloud, noise, k, seed):
    """Expected over errors of +-s sqrt(d) on one pixel: their mean is 0, their covariance s^2 I."""
    vectors, (n, d) = cloud[0] / cloud[1][0], cloud[0].shape
    data = spectrum(vectors, min(k, len(cloud[1])))
    m, v = data.autoencoder_moments(noise_variance=noise), data.directions
    w = np.random.default_rng(seed).normal(size=(3, len(v), len(v)))
    errors = np.sqrt(noise * d) * np.vstack([np.eye(d), -np.eye(d)])
    seen = vectors[:, None] + errors
    inside = vectors @ v.T @ v
    dropped = (1 - data.kept) * np.square(vectors).sum() / n
    for matrix, loss in zip(w, m.loss(w), strict=True):
        outputs = seen @ (v.T @ matrix @ v).T
        means = [np.square(x[:, None] - outputs).sum() / (n * 2 * d) for x in (inside, vectors)]
        assert [loss, loss + dropped] == pytest.approx(means, rel=1e-10)


@few
@given(clouds(), noises, seeds)
def test_the_best_map_is_best_and_its_loss_is_the_floor(cloud, noise, seed):
    data, k = spectrum(cloud[0] / cloud[1][0]), len(cloud[1])
    m = data.autoencoder_moments(noise_variance=noise)
    shares = data.eigenvalues / (data.eigenvalues + data.n * noise)
    assert_close(m.best_map, np.diag(shares))
    assert_close(m.best_map @ m.c11, m.c31)  # where the slope of the loss is 0
    # Of c a share s^2 / (c + s^2) is lost, by shrinking and by noise together: all digits of it.
    assert m.loss_floor == pytest.approx((noise * shares).sum(), rel=1e-11, abs=0)
    assert m.loss(m.best_map) == m.loss_floor
    worse = m.best_map + 0.1 * np.random.default_rng(seed).normal(size=(10, k, k))
    assert (m.loss(worse) > m.loss_floor).all()
    for c in (m.c31, m.c33, m.c11 - noise * np.eye(k)):
        assert_close(c, np.diag(data.eigenvalues / data.n), 1e-11 * (1 + noise * data.n))


def test_coordinates_of_one_vector_or_of_many():
    images = load_images("digits", n=30, seed=0).as_vectors()
    data = spectrum(images, 7)
    many = data.coordinates(images.reshape(5, 6, 64))
    assert many.shape == (5, 6, 7)
    assert_close(many.reshape(30, 7), images @ data.directions.T)
    assert_close(data.coordinates(images[3]), many[0, 3])


BAD = [
    ((np.zeros((3, 2)),), "vectors: all are zero"),
    (([1.0, 2.0],), "vectors has shape (2,): give an array of shape (n, d)"),
    (([[1.0, np.nan]],), "vectors=[[1.0, nan]]: give finite numbers"),
    (("pixels",), "vectors='pixels'"),
    *[((np.eye(3), k), f"n_components={k!r}: give a whole number") for k in (0, -1, 1.5, True)],
    ((np.eye(3), 4), "n_components=4: the vectors have rank 3"),
]


@pytest.mark.parametrize(("given", "message"), BAD)
def test_bad_input_is_named(given, message):
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        spectrum(*given)


@pytest.mark.parametrize("noise", [-1e-9, np.inf, None, "much"])
def test_wrong_noise_is_named(noise):
    with pytest.raises(ValueError, match=re.escape(f"noise_variance={noise!r}")):
        spectrum(np.eye(3)).autoencoder_moments(noise_variance=noise)
