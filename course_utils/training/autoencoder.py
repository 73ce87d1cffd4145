"""Training of linear denoising autoencoders, in the principal directions of their data."""

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

    >>> from course_utils.data import spectrum
    >>> from course_utils.models import random_network
    >>> images = spectrum(np.random.default_rng(0).normal(size=(50, 8)), 4)
    >>> start = random_network(4, 6, 4, scale=0.01, seed=0)
    >>> run = train_autoencoder(start, images, n_epochs=2000, learning_rate=0.05, noise_variance=1)
    >>> bool(np.allclose(np.diagonal(run.maps[-1]), 1 / (1 + 50 / images.eigenvalues)))
    True
    """
    noise = float(_validate.finite("noise_variance", noise_variance, at_least=0))
    return train_linear(
        network,
        data.autoencoder_moments(noise_variance=noise),
        n_steps=n_epochs,
        learning_rate=np.asarray(learning_rate, dtype=np.float64) / 2,  # of twice the loss
        weight_decay=weight_decay,
        record=record,
    )


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
    noisy = x + np.sqrt(noise_variance) * rng.normal(size=x.shape)
    hidden = noisy @ network.w21.T
    error = (hidden @ network.w32.T - x) / len(x)
    step21 = (error @ network.w32).T @ noisy
    return LinearNetwork(
        network.w21 - learning_rate * step21, network.w32 - learning_rate * error.T @ hidden
    )
