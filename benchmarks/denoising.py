"""Denoising autoencoders: a plain twin among all pixels, and ours along 40 directions.

Three networks each: as they are, with weight decay, and with noise as its expected penalty. Trained
ones set out from one start, with entries from N(0, 1e-8) at every pixel, and are compared by the
strengths of five modes. What ours drops starts at 1e-4 as well, and acts back by its square times
pixels and rates: 1e-4 of the strengths at most, in as many epochs as the twin runs.
"""

from functools import cache

import numpy as np
import torch

from course_utils.data import load_images, spectrum
from course_utils.models import LinearNetwork
from course_utils.theory import denoising_modes
from course_utils.training import train_autoencoder

Outcome = tuple[np.ndarray, ...]
MODES = [0, 3, 7, 15, 31]
KEPT, U0 = 40, 1e-6
REGULARISED = [(0.0, 0.0), (0.0, 0.5), (0.5, 0.0)]
"""Noise variance and weight decay of each of the three."""
SETTINGS = {"large_digits": (500, 256, 2e-3), "patches": (300, 512, 5e-4)}
"""Images, hidden units and learning rate."""


@cache
def pixels(name: str) -> np.ndarray:
    return load_images(name, n=SETTINGS[name][0], seed=0).as_vectors()


@cache
def start(name: str) -> LinearNetwork:
    rng, m, d = np.random.default_rng(0), SETTINGS[name][1], pixels(name).shape[1]
    return LinearNetwork(1e-4 * rng.normal(size=(m, d)), 1e-4 * rng.normal(size=(d, m)))


@cache
def shown(name: str) -> np.ndarray:
    """The directions of the modes that are compared."""
    return spectrum(pixels(name), KEPT).directions[MODES]


def trained_twin(name: str, n_epochs: int) -> Outcome:
    """All pixels of all images in every epoch, and layers as large as they are."""
    x, (n, _, rate) = torch.tensor(pixels(name)), SETTINGS[name]
    v, outcome = shown(name), []
    for noise, decay in REGULARISED:
        encoder, decoder = torch.tensor(start(name).w21.T), torch.tensor(start(name).w32.T)
        for _ in range(n_epochs):
            code = x @ encoder
            error = (code @ decoder - x) / n
            to_encoder = x.T @ (error @ decoder.T) + decay * encoder
            to_decoder = code.T @ error + decay * decoder
            if noise:  # noise / 2 |encoder decoder|^2 is the penalty
                to_encoder += noise * encoder @ (decoder @ decoder.T)
                to_decoder += noise * (encoder.T @ encoder) @ decoder
            encoder -= rate * to_encoder
            decoder -= rate * to_decoder
        outcome.append(np.sum((v @ encoder.numpy()) * (decoder.numpy() @ v.T).T, axis=1))
    return tuple(outcome)


def trained_ours(name: str, n_epochs: int) -> Outcome:
    data, outcome = spectrum(pixels(name), KEPT), []
    along = data.directions.T
    network = LinearNetwork(start(name).w21 @ along, along.T @ start(name).w32)
    for noise, decay in REGULARISED:
        run = train_autoencoder(
            network,
            data,
            n_epochs=n_epochs,
            learning_rate=SETTINGS[name][2],
            noise_variance=noise,
            weight_decay=decay,
            record=[n_epochs],
        )
        outcome.append(np.diagonal(run.maps[0])[MODES])
    return tuple(outcome)


def curves_twin(name: str, n_epochs: int) -> Outcome:
    """Each curve from a full decomposition of its own, all directions, epoch after epoch."""
    (n, _, rate), outcome = SETTINGS[name], []
    for noise, decay in REGULARISED:
        eigenvalues = np.linalg.svd(pixels(name))[1] ** 2
        drive, saturation = eigenvalues - n * decay, eigenvalues + n * noise
        strengths = []
        for epoch in range(1, n_epochs + 1):
            grown = np.exp(2 * drive * epoch * rate / n)
            strengths.append(drive * grown / (saturation * (grown - 1) + drive / U0))
        outcome.append(np.array(strengths)[:, :KEPT])
    return tuple(outcome)


def curves_ours(name: str, n_epochs: int) -> Outcome:
    n, _, rate = SETTINGS[name]
    eigenvalues, outcome = spectrum(pixels(name), KEPT).eigenvalues, []
    for noise, decay in REGULARISED:
        modes = denoising_modes(
            eigenvalues, U0, n=n, learning_rate=rate, noise_variance=noise, weight_decay=decay
        )
        outcome.append(modes(np.arange(1, n_epochs + 1)))
    return tuple(outcome)
