"""Enlarged digits and pieces of photographs, against what scikit-learn brings."""

from collections import defaultdict

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.datasets import load_sample_images

from course_utils.data import Images, load_images

EVERYTHING = {"large_digits": (1797, 28, 28, 1), "patches": (520, 32, 32, 3)}


@pytest.fixture(scope="module")
def photographs() -> list[NDArray[np.uint8]]:
    return load_sample_images().images


@pytest.mark.parametrize(("name", "shape"), EVERYTHING.items())
@pytest.mark.parametrize("n", [None, 7])
def test_they_have_the_form_of_all_images(name, shape, n):
    images = load_images(name, n=n, seed=0)
    assert images.name == name
    assert images.pixels.shape == (n or shape[0], *shape[1:])
    assert images.labels.shape == (n or shape[0],)
    assert (images.pixels.dtype, images.labels.dtype) == (np.float64, np.int64)
    assert images.pixels.min() >= 0
    assert images.pixels.max() <= 1
    assert images.as_vectors().shape == (n or shape[0], np.prod(shape[1:]))


@pytest.mark.parametrize("name", EVERYTHING)
def test_a_sample_is_the_head_of_the_seeds_own_order(name):
    everything = load_images(name, seed=1)
    sample = load_images(name, n=20, seed=1)
    assert (sample.pixels == everything.pixels[:20]).all()
    assert (sample.labels == everything.labels[:20]).all()
    assert not (load_images(name, seed=2).labels == everything.labels).all()
    with pytest.raises(ValueError, match=f"'{name}' has {len(everything)} images"):
        load_images(name, n=len(everything) + 1, seed=1)


@pytest.fixture(scope="module")
def digits() -> tuple[Images, Images]:
    """All of them, small and large, for one seed."""
    return load_images("digits", seed=3), load_images("large_digits", seed=3)


def test_large_digits_are_the_small_ones_in_the_same_order(digits):
    small, large = digits
    assert (small.labels == large.labels).all()
    # Each small pixel is spread over 3.5 x 3.5, and blurred: the root mean square that its average
    # is off is 0.0975, a quarter of the spread of all pixels.
    fine = large.pixels.repeat(2, axis=1).repeat(2, axis=2).reshape(1797, 8, 7, 8, 7)
    gaps = fine.mean(axis=(2, 4)) - small.pixels[..., 0]
    assert np.sqrt(np.mean(gaps**2)) < 0.1
    nearest = np.square(fine.mean(axis=(2, 4))[:50, None] - small.pixels[None, ..., 0]).sum((2, 3))
    assert (nearest.argmin(axis=1) == np.arange(50)).all()


def test_large_digits_run_straight_between_the_middles_of_small_pixels(digits):
    small, large = (images.pixels[:20, ..., 0] for images in digits)
    places = (np.arange(28) + 0.5) * 8 / 28 - 0.5  # of large pixels, in small ones
    weights = np.maximum(0, 1 - np.abs(np.clip(places, 0, 7)[:, None] - np.arange(8)))
    np.testing.assert_allclose(large, weights @ small @ weights.T, rtol=0, atol=1e-12)


@pytest.fixture(scope="module")
def patches() -> Images:
    return load_images("patches", seed=3)


def places_of_rows(photo: NDArray[np.uint8]) -> dict[bytes, list[tuple[int, int]]]:
    """Where 32 pixels side by side are found in it."""
    places = defaultdict(list)
    for i, row in enumerate(photo[:-31]):
        line = row.tobytes()
        for j in range(len(row) - 31):
            places[line[3 * j : 3 * j + 96]].append((i, j))
    return places


def test_each_patch_is_a_piece_of_the_photograph_that_labels_it_and_none_overlap(
    patches, photographs
):
    seen = [np.zeros(photo.shape[:2], dtype=int) for photo in photographs]
    places = [places_of_rows(photo) for photo in photographs]
    whole = np.round(patches.pixels * 255).astype(np.uint8)
    np.testing.assert_allclose(whole / 255, patches.pixels, rtol=0, atol=1e-15)
    for patch, label in zip(whole, patches.labels, strict=True):
        photo, found = photographs[label], []
        for i, j in places[label][patch[0].tobytes()]:
            if (photo[i : i + 32, j : j + 32] == patch).all():
                found.append((i, j))
        [(i, j)] = found  # no piece comes twice in a photograph
        seen[label][i : i + 32, j : j + 32] += 1
    for photo, times in zip(photographs, seen, strict=True):
        assert times.max() == 1
        assert times.sum() == (photo.shape[0] // 32) * (photo.shape[1] // 32) * 32**2
    counts = [(photo.shape[0] // 32) * (photo.shape[1] // 32) for photo in photographs]
    assert np.bincount(patches.labels).tolist() == counts
    assert sum(counts) == 520
