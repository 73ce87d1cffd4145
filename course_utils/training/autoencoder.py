"""Training of linear denoising autoencoders, in the principal directions of their data."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from course_utils import _validate
from course_utils.data import Spectrum
from course_utils.models import LinearNetwork
from course_utils.training.linear import LinearHistory, train_linear


def train_autoencoder(
    network: LinearNetwork,
    data: Spectrum,
    *,
    n_epochs: int,
    learning_rate: ArrayLike,
    noise_variance: float = 0.0,
    weight_decay: float = 0.0,
    record: ArrayLike | None = None,
) -> LinearHistory:
    """Full-batch gradient descent on the expected denoising loss, in the directions of `data`.

    The loss is (1/2n) sum E |x - W (x + noise)|^2 + (gamma/2) (|W21|^2 + |W32|^2), with noise of
    variance s^2 on every pixel; `learning_rate` is that of this loss, and an epoch is a step. The
    expectation is taken exactly. The recorded `losses` are 1/n sum E |x - W (x + noise)|^2 along
    the directions, without the decay.

    Parameters
    ----------
    network : its weights along the directions, shapes (m, K) and (K, m), or several along leading
        axes. For one of d pixels that is w21 @ directions.T and directions @ w32.
    data : the spectrum of the images; directions it leaves out are left out of the network.

    Raises
    ------
    ValueError : for bad settings, or a network of another size than the directions.
    DivergedError : where weights, or the losses that they lead to, stop being finite numbers.

    >>> from course_utils.data import spectrum
    >>> from course_utils.models import random_network
    >>> images = spectrum(np.random.default_rng(0).normal(size=(50, 8)), 4)
    >>> start = random_network(4, 6, 4, scale=0.01, seed=0)
    >>> run = train_autoencoder(start, images, n_epochs=2000, learning_rate=0.05, noise_variance=1)
    >>> bool(np.allclose(np.diagonal(run.maps[-1]), 1 / (1 + 50 / images.eigenvalues)))
    True
    """
    _validate.whole("n_epochs", n_epochs)
    _validate.not_negative("weight_decay", weight_decay)
    k = len(data.eigenvalues)
    _validate.shape("network.map", network.map, (*network.map.shape[:-2], k, k))
    m = data.autoencoder_moments(noise_variance=noise_variance)
    run = train_linear(
        network,
        # Half of its loss: then the rates that errors name are those given.
        replace(m, c11=m.c11 / 2, c31=m.c31 / 2, c33=m.c33 / 2, loss_floor=m.loss_floor / 2),
        n_steps=n_epochs,
        learning_rate=learning_rate,
        weight_decay=weight_decay / 2,
        record=record,
    )
    return replace(run, losses=2 * run.losses)


def sampled_denoising_step(
    network: LinearNetwork,
    coordinates: ArrayLike,
    *,
    learning_rate: float,
    noise_variance: float,
    rng: np.random.Generator,
) -> LinearNetwork:
    """One epoch with noise that is drawn, and not averaged over; no weight decay.

    `coordinates` are those of the images along the directions, shape (n, K).
    """
    x = _validate.finite("coordinates", coordinates)
    _validate.shape("coordinates", x, ("n", network.w21.shape[-1]))
    _validate.positive("learning_rate", learning_rate)
    _validate.not_negative("noise_variance", noise_variance)
    noisy = x + np.sqrt(noise_variance) * rng.normal(size=x.shape)
    hidden = noisy @ network.w21.T
    error = (hidden @ network.w32.T - x) / len(x)
    step21 = (error @ network.w32).T @ noisy
    return LinearNetwork(
        network.w21 - learning_rate * step21, network.w32 - learning_rate * error.T @ hidden
    )
