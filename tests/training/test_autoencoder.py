"""Training along the directions against loops over all pixels, and against noise that is drawn."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray

from course_utils.data import Spectrum, inputs_with_variances, spectrum
from course_utils.models import LinearNetwork, random_network
from course_utils.theory import fixed_points
from course_utils.training import DivergedError, sampled_denoising_step, train_autoencoder

# float64, numbers of about 1, fewer than a hundred steps; directions of weak modes lose two digits.
TOLERANCE = 1e-11
RATE = 0.1
few = settings(max_examples=20, deadline=None)
seeds, widths = st.integers(0, 2**32 - 1), st.sampled_from([1, 3, 8, 9, 20])
"""Four directions: 8 = 2 K hidden units are trained as they are, more of them in their span."""
noises, decays = st.sampled_from([0.0, 0.3]), st.sampled_from([0.0, 0.2])
regularisers = st.fixed_dictionaries({"noise_variance": noises, "weight_decay": decays})


def assert_close(received: ArrayLike, expected: ArrayLike) -> None:
    assert np.shape(received) == np.shape(expected)
    np.testing.assert_allclose(received, expected, rtol=0, atol=TOLERANCE)


def assert_same(received: LinearNetwork, expected: LinearNetwork) -> None:
    for layer in ("w21", "w32"):
        assert_close(getattr(received, layer), getattr(expected, layer))


def images(n: int, d: int, seed: int) -> tuple[NDArray, Spectrum]:
    """n vectors of d pixels that vary in four directions, by different amounts of about 1."""
    axes = np.linalg.qr(np.random.default_rng(seed).normal(size=(d, d)))[0][:4]
    x = inputs_with_variances(n, 2 * 0.7 ** np.arange(4), seed=seed) @ axes
    return x, spectrum(x)


def along(network: LinearNetwork, data: Spectrum) -> LinearNetwork:
    """What a network of pixels has along the directions: the network that ours trains."""
    return LinearNetwork(network.w21 @ data.directions.T, data.directions @ network.w32)


def among_pixels(network: LinearNetwork, data: Spectrum) -> LinearNetwork:
    """The other way round."""
    return LinearNetwork(network.w21 @ data.directions, data.directions.T @ network.w32)


def in_pixels(network, x, n_epochs, *, noise_variance=0.0, weight_decay=0.0) -> LinearNetwork:
    """A plain loop over all pixels, with both layers' gradients by hand."""
    w21, w32 = network.w21, network.w32
    for _ in range(n_epochs):
        hidden = x @ w21.T
        error = (hidden @ w32.T - x) / len(x)
        product = noise_variance * w32 @ w21
        step21 = (error @ w32).T @ x + w32.T @ product + weight_decay * w21
        step32 = error.T @ hidden + product @ w21.T + weight_decay * w32
        w21, w32 = w21 - RATE * step21, w32 - RATE * step32
    return LinearNetwork(w21, w32)


def ours(network: LinearNetwork, data: Spectrum, n_epochs: int, **regularised) -> LinearNetwork:
    run = {"n_epochs": n_epochs, "learning_rate": RATE, "record": [0, n_epochs]}
    return train_autoencoder(network, data, **run, **regularised).final


@few
@given(seeds, widths, noises, decays)
def test_an_epoch_is_minus_the_slope_of_half_the_denoising_loss_and_decay(seed, m, noise, decay):
    """Expected over errors of +-s sqrt(d) on one pixel: their mean is 0, their covariance s^2 I."""
    x, data = images(7, 4, seed)
    x, start = data.coordinates(x), random_network(4, m, 4, scale=0.3, seed=seed)
    errors = np.sqrt(noise * 4) * np.vstack([np.eye(4), -np.eye(4)])
    seen = (x[:, None] + errors).reshape(-1, 4)

    def loss(w21, w32):
        away = np.repeat(x, 8, axis=0) - seen @ np.swapaxes(w32 @ w21, -1, -2)
        sizes = np.square(w21).sum(axis=(-1, -2)) + np.square(w32).sum(axis=(-1, -2))
        return np.square(away).sum(axis=-1).mean(axis=-1) / 2 + decay / 2 * sizes

    end = ours(start, data, 1, noise_variance=noise, weight_decay=decay)
    w = {"w21": start.w21, "w32": start.w32}
    for layer in w:
        units = np.eye(w[layer].size).reshape(-1, *w[layer].shape)
        # The loss is quadratic in each weight: central differences are exact, with any step.
        up, down = (loss(**w | {layer: w[layer] + moved}) for moved in (units, -units))
        slope = (up - down).reshape(w[layer].shape) / 2
        assert_close(getattr(end, layer), w[layer] - RATE * slope)


@few
@given(seeds, widths, regularisers, st.integers(4, 9), st.integers(4, 12))
def test_any_start_along_the_directions_is_followed(seed, m, regularised, n, d):
    """That is any start at all where there are no other directions, for d = 4."""
    x, data = images(n, d, seed)
    here = along(random_network(d, m, d, scale=0.3, seed=seed), data)
    start, end = among_pixels(here, data), ours(here, data, 50, **regularised)
    assert_same(among_pixels(end, data), in_pixels(start, x, 50, **regularised))


@few
@given(seeds, widths, decays)
def test_without_noise_the_weights_from_pixels_may_start_anywhere(seed, m, decay):
    """What W21 makes of pixels beside the directions is never seen, and decays by itself."""
    x, data = images(5, 12, seed)
    anywhere = random_network(12, m, 12, scale=0.3, seed=seed)
    inside = among_pixels(along(anywhere, data), data)
    beside = (1 - RATE * decay) ** 50 * (anywhere.w21 - inside.w21)
    end = among_pixels(ours(along(anywhere, data), data, 50, weight_decay=decay), data)
    start = LinearNetwork(anywhere.w21, inside.w32)
    expected = in_pixels(start, x, 50, weight_decay=decay)
    assert_same(LinearNetwork(end.w21 + beside, end.w32), expected)


@settings(few, max_examples=8)
@given(seeds, noises)
def test_what_starts_beside_the_directions_disturbs_by_its_square(seed, noise):
    """Not exact: W32 beside the directions acts back on W21, as does W21 where there is noise."""
    (x, data), gaps = images(5, 12, seed), []
    for scale in (1e-2, 1e-3):
        start = random_network(12, 6, 12, scale=scale, seed=seed)
        end = ours(along(start, data), data, 10, noise_variance=noise)
        full = along(in_pixels(start, x, 10, noise_variance=noise), data)
        gaps.append(np.linalg.norm(end.w21 - full.w21) / np.linalg.norm(full.w21))
    assert 0 < gaps[0] < 1e-2  # 100 scale^2: by twelve pixels, six units, and growth in ten epochs
    assert gaps[0] / gaps[1] == pytest.approx(100, rel=0.1)


@few
@given(seeds, widths, regularisers)
def test_networks_side_by_side_do_not_feel_each_other(seed, width, regularised):
    data, rng = images(6, 4, seed)[1], np.random.default_rng(seed)
    rates, shapes = RATE * rng.uniform(0.1, 1, size=(2, 3)), [(2, 3, width, 4), (2, 3, 4, width)]
    together = LinearNetwork(*(0.3 * rng.normal(size=shape) for shape in shapes))
    run = {"n_epochs": 40, "record": [0, 7, 40], **regularised}
    all_runs = train_autoencoder(together, data, learning_rate=rates, **run)
    for i in np.ndindex(2, 3):
        alone = LinearNetwork(together.w21[i], together.w32[i])
        one = train_autoencoder(alone, data, learning_rate=rates[i], **run)
        there = LinearNetwork(all_runs.networks.w21[:, *i], all_runs.networks.w32[:, *i])
        assert_same(there, one.networks)
        assert_close(all_runs.losses[:, *i], one.losses)
    expected = data.autoencoder_moments(noise_variance=regularised["noise_variance"])
    assert_close(all_runs.losses, expected.loss(all_runs.maps))


def test_an_epoch_is_the_mean_of_epochs_with_drawn_noise():
    (x, data), start = images(5, 4, seed=0), random_network(4, 2, 4, scale=0.5, seed=0)
    step = {"coordinates": data.coordinates(x), "learning_rate": RATE}
    draws, rng = 4000, np.random.default_rng(0)
    drawn = [
        sampled_denoising_step(start, noise_variance=0.7, rng=rng, **step) for _ in range(draws)
    ]
    end = ours(start, data, 1, noise_variance=0.7)
    for layer in ("w21", "w32"):
        steps = np.array([getattr(network, layer) for network in drawn])
        z = (steps.mean(axis=0) - getattr(end, layer)) / steps.std(axis=0) * draws**0.5
        assert np.abs(z).max() < 5  # of 8 numbers: more in one of two hundred thousand seeds
    assert_same(
        sampled_denoising_step(start, noise_variance=0, rng=rng, **step), ours(start, data, 1)
    )


@few
@given(seeds, st.integers(8, 12), regularisers)
def test_training_ends_at_the_fixed_points(seed, m, regularised):
    """The slowest of modes grows by e^(2 (lambda - g) t / tau), with (lambda - g) / n > 0.4."""
    data = images(6, 4, seed)[1]
    end = ours(random_network(4, m, 4, scale=0.3, seed=seed), data, 1500, **regularised)
    assert_close(end.map, np.diag(fixed_points(data.eigenvalues, n=6, **regularised)))


SMALL, (VECTORS, DATA) = random_network(4, 3, 4, scale=0.1, seed=0), images(5, 4, seed=0)
GOOD = {
    train_autoencoder: {"data": DATA, "n_epochs": 5, "learning_rate": 0.1},
    sampled_denoising_step: {"coordinates": VECTORS, "rng": np.random.default_rng(0)}
    | {"learning_rate": 0.1, "noise_variance": 0.5},
}
NUMBERS = ("learning_rate", -0.1), ("learning_rate", "fast"), ("noise_variance", -0.1)
BAD = [(function, *bad) for function in GOOD for bad in (*NUMBERS, ("noise_variance", [0.1, 0.2]))]
BAD += [(train_autoencoder, "n_epochs", -1), (train_autoencoder, "record", [6]),
        (train_autoencoder, "weight_decay", np.nan), (train_autoencoder, "weight_decay", [0.1]),
        (sampled_denoising_step, "coordinates", np.ones((5, 3)))]  # fmt: skip


@pytest.mark.parametrize(("function", "name", "value"), BAD)
def test_bad_input_is_named(function, name, value):
    message = f"{name} has shape" if isinstance(value, np.ndarray) else f"{name}={value!r}"
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        function(SMALL, **GOOD[function] | {name: value})


def test_a_diverged_run_names_the_learning_rate_that_was_given():
    with pytest.raises(DivergedError, match=r"learning_rate=9\.0: try a smaller one"):
        train_autoencoder(SMALL, DATA, n_epochs=3000, learning_rate=9.0)
