"""The risk of the least-norm fit of random features: under, at and beyond n = p.

The rows of the features are standard normal, the labels y = x . beta + sigma N(0, 1), the fit that
of least squares, of least norm where it is not unique. Its excess risk E (x . (w - beta))^2, in the
mean over features and noise, is

    sigma^2 p / (n - p - 1)                                      for p < n - 1,
    |beta|^2 (1 - n / p) + sigma^2 n / (p - n - 1)               for p > n + 1,

and infinite in between: the mean of an inverse Wishart matrix. As the limit of large n and p it is
in Hastie, Montanari, Rosset and Tibshirani (2022).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _validate

Array = NDArray[np.float64]


def least_norm_risk(n: ArrayLike, p: ArrayLike, *, noise: ArrayLike, signal: ArrayLike) -> Array:
    """Mean excess risk of the least-norm fit on n Gaussian rows of p features.

    Parameters
    ----------
    n, p : whole numbers of at least 1, or arrays of them.
    noise : standard deviation sigma of the label noise.
    signal : length |beta| of the true weights.

    All broadcast; the result has their common shape.

    >>> least_norm_risk(20, [5, 10, 19, 20, 21, 40, 10**6], noise=1.0, signal=2.0).round(3)
    array([0.357, 1.111,   inf,   inf,   inf, 3.053, 4.   ])
    """
    sizes = [_validate.finite(name, value, at_least=1) for name, value in {"n": n, "p": p}.items()]
    for name, value in zip(("n", "p"), sizes, strict=True):
        if (value % 1).any():
            raise ValueError(f"{name}={value!r}: give whole numbers")
    sigma = _validate.finite("noise", noise, at_least=0)
    length = _validate.finite("signal", signal, at_least=0)
    points, features, sigma, length = np.broadcast_arrays(*sizes, sigma, length)
    risk = np.full(points.shape, np.inf)
    few, many = features < points - 1, features > points + 1
    spread = np.where(few | many, np.abs(points - features) - 1, 1)
    # Without noise fewer features than points find beta exactly.
    risk = np.where(few | ((sigma == 0) & (features <= points)), sigma**2 * features / spread, risk)
    beyond = length**2 * (1 - points / features) + sigma**2 * points / spread
    return np.where(many | ((sigma == 0) & (features > points)), beyond, risk)
