"""Linear denoising autoencoders: what noise and weight decay do to a mode.

A two-layer autoencoder descends on the expected loss of n images x with noise of variance s^2 on
every pixel, and with weight decay gamma:

    (1/2n) sum E |x - W (x + noise)|^2 + (gamma/2) (|W21|^2 + |W32|^2),      W = W32 W21.

Along an eigenvector of sum x x' with the eigenvalue lambda (not divided by n) the strength u of a
balanced mode obeys

    tau du/dt = 2 u (lambda - g - xi u),      tau = n / eta epochs,
    g = n gamma,   xi = lambda + n s^2,

a logistic curve that ends at max(0, lambda - g) / xi. Noise lowers the end and leaves the early
rate 2 lambda / tau alone; decay lowers both, and switches off modes with lambda < g.
"""

import numpy as np
from numpy.typing import ArrayLike

from course_utils import _validate
from course_utils.theory._modes import Array
from course_utils.theory.balanced_modes import BalancedModes


def denoising_modes(
    eigenvalues: ArrayLike,
    initial_strengths: ArrayLike,
    *,
    n: int,
    learning_rate: float,
    noise_variance: float = 0.0,
    weight_decay: float = 0.0,
) -> BalancedModes:
    """The strengths of an autoencoder's modes as a function of time, in epochs.

    Parameters
    ----------
    eigenvalues : lambda of sum x x', shape S, at least 0.
    initial_strengths : u0 at least 0, a number or of shape S; `effective_initial_strengths` for a
        random start.
    n : number of images.
    learning_rate : eta of full-batch gradient descent on the loss above.
    noise_variance, weight_decay : s^2 and gamma, at least 0.

    Source: Pretorius, Kroon and Kamper (2018).

    >>> modes = denoising_modes([50.0, 5.0], 1e-3, n=10, learning_rate=0.1, noise_variance=0.5)
    >>> modes([0, 10, 1000]).round(3).tolist()
    [[0.001, 0.001], [0.873, 0.003], [0.909, 0.5]]
    """
    drive, saturation = _drive_and_saturation(eigenvalues, n, noise_variance, weight_decay)
    _validate.positive("learning_rate", learning_rate)
    starts = _validate.finite("initial_strengths", initial_strengths, at_least=0)
    return BalancedModes(drive, starts, variances=saturation, time_constant=n / learning_rate)


def fixed_points(
    eigenvalues: ArrayLike, *, n: int, noise_variance: float = 0.0, weight_decay: float = 0.0
) -> Array:
    """Where modes end: max(0, lambda - g) / (lambda + n s^2), and 0 where there is no data.

    >>> fixed_points([50.0, 5.0, 0.0], n=10, weight_decay=1.0).tolist()
    [0.8, 0.0, 0.0]
    """
    drive, saturation = _drive_and_saturation(eigenvalues, n, noise_variance, weight_decay)
    grown = np.maximum(drive, 0)
    return np.divide(grown, saturation, out=np.zeros_like(grown), where=saturation > 0)


def effective_initial_strengths(w21: ArrayLike, w32: ArrayLike, directions: ArrayLike) -> Array:
    """The strengths from which the modes of a small random start seem to have begun, shape (K,).

    u0_i = |P_i (W21 v_i + W32' v_i)|^2 / 4, where P_i projects the hidden layer to what is
    orthogonal to these vectors of the faster modes: the part of the start that grows as two
    balanced layers would, and is not soon taken over by a faster mode. For m hidden units and
    entries of variance a^2 its mean is about m a^2 / 2.

    Parameters
    ----------
    w21, w32 : layers at the start, shapes (m, d) and (d, m).
    directions : v_i as rows, fastest first, shape (K, d), K at most m.

    >>> rng = np.random.default_rng(0)
    >>> w21, w32 = 1e-3 * rng.normal(size=(100, 4)), 1e-3 * rng.normal(size=(4, 100))
    >>> (effective_initial_strengths(w21, w32, np.eye(4)) / (100 * 1e-6 / 2)).round(1).tolist()
    [1.0, 0.8, 0.9, 1.4]
    """
    w21, w32 = _validate.finite("w21", w21), _validate.finite("w32", w32)
    v = _validate.finite("directions", directions)
    _validate.shape("w21", w21, ("m", "d"))
    _validate.shape("w32", w32, w21.T.shape)
    _validate.shape("directions", v, ("K", w21.shape[1]))
    if len(v) > len(w21):
        raise ValueError(f"directions: {len(v)} modes need as many hidden units, not {len(w21)}")
    left = (w21 + w32.T) @ v.T
    rounding = len(left) * np.finfo(float).eps * np.linalg.norm(left, axis=0).max(initial=0)
    for i in range(len(v)):
        size = np.linalg.norm(left[:, i])
        if size > rounding:  # else it adds no direction to those of the faster modes
            axis = left[:, i] / size
            left[:, i + 1 :] -= np.outer(axis, axis @ left[:, i + 1 :])
    return np.square(left).sum(axis=0) / 4


def _drive_and_saturation(
    eigenvalues: ArrayLike, n: int, noise_variance: float, weight_decay: float
) -> tuple[Array, Array]:
    """lambda - g and lambda + n s^2."""
    _validate.whole("n", n, at_least=1)
    lam = _validate.finite("eigenvalues", eigenvalues, at_least=0)
    noise = _validate.finite("noise_variance", noise_variance, at_least=0)
    gamma = _validate.finite("weight_decay", weight_decay, at_least=0)
    return lam - n * gamma, lam + n * noise
