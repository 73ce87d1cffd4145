"""The principal directions of data, where linear networks are trained.

For n vectors x of length d, rows of X, the directions are the eigenvectors of sum x x' = X'X, and
the eigenvalues lambda are not divided by n; the mean is not subtracted. Where d is larger than n,
both come from the n x n matrix X X', so that no d x d matrix is ever made.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import eigh

from course_utils import _validate
from course_utils.data.linear import sign_of_largest
from course_utils.data.second_moments import Moments

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Spectrum:
    """The leading principal directions of n vectors; made by `spectrum`.

    Each direction points where its component of largest size is positive.
    """

    eigenvalues: Array
    """lambda_i of sum x x', largest first, shape (K,)."""
    directions: Array
    """The directions v_i as rows, shape (K, d)."""
    kept: float
    """The share of sum |x|^2 that lies along them, at most 1."""
    n: int
    """Number of vectors."""

    def coordinates(self, vectors: ArrayLike) -> Array:
        """v_i . x for vectors of shape (..., d), shape (..., K)."""
        return np.asarray(vectors, dtype=np.float64) @ self.directions.T

    def autoencoder_moments(self, *, noise_variance: float = 0.0) -> Moments:
        """Second moments of x + noise as input and x as output, along the directions.

        The expected loss of a map that sees white noise of variance s^2 on each pixel is the loss
        without noise plus s^2 tr W W': as if C11 were C + s^2 I, with C31 = C33 = C.
        """
        _validate.not_negative("noise_variance", noise_variance)
        noise = float(noise_variance)
        c = self.eigenvalues / self.n
        best = np.divide(c, c + noise, out=np.zeros_like(c), where=c > 0)
        return Moments(
            c11=np.diag(c + noise),
            c31=np.diag(c),
            c33=np.diag(c),
            best_map=np.diag(best),
            loss_floor=noise * float(best.sum()),
        )


def spectrum(vectors: ArrayLike, n_components: int | None = None) -> Spectrum:
    """Eigenvalues and directions of the rows of `vectors`, shape (n, d).

    Parameters
    ----------
    n_components : how many, K; all with an eigenvalue above rounding if None.

    Raises
    ------
    ValueError : for vectors that are not finite, all zero, or of lower rank than `n_components`.

    >>> rng = np.random.default_rng(0)
    >>> data = spectrum(rng.normal(size=(20, 1000)), 5)
    >>> data.directions.shape, bool(np.allclose(data.directions @ data.directions.T, np.eye(5)))
    ((5, 1000), True)
    """
    x = _validate.finite("vectors", vectors)
    _validate.shape("vectors", x, ("n", "d"))
    n, d = x.shape
    wide = d > n
    size = min(n, d)
    wanted = size
    if n_components is not None:
        _validate.whole("n_components", n_components, at_least=1)
        wanted = min(n_components, size)
    gram = x @ x.T if wide else x.T @ x
    total = float(np.trace(gram))
    if not total > 0:
        raise ValueError("vectors: all are zero, so there is no direction to find")
    values, axes = eigh(gram, subset_by_index=(size - wanted, size - 1))
    values, axes = values[::-1], axes[:, ::-1]
    rank = int((values > 10 * max(n, d) * np.finfo(float).eps * values[0]).sum())
    if n_components is not None and n_components > rank:
        raise ValueError(f"n_components={n_components}: the vectors have rank {rank}")
    values, axes = values[:rank], axes[:, :rank]
    # Orthonormal as they stand, but for the rounding that weak directions see: hence QR.
    directions = np.linalg.qr(x.T @ axes)[0].T if wide else axes.T
    directions = directions * sign_of_largest(directions)
    return Spectrum(values.copy(), directions, min(1.0, float(values.sum()) / total), n)
