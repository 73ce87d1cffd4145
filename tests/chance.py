"""How far a correct sample may stray before a statistical test calls it wrong.

Seeds are fixed, so a test that passes passes always. The bounds say how likely a correct package
with other seeds would fail: below `FALSE_ALARM` for each comparison named here.
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

FALSE_ALARM = 1e-8
"""For one comparison. A test makes at most a hundred of them: below 1e-6 for each test."""
SIGMAS = 6.5
"""A normal number strays by more with probability 8e-11. Means here are of at least some hundred
events: their skewness, of 0.06 or less, can make this ten times as likely, not a hundred times."""


def assert_mean(values: ArrayLike, expected: ArrayLike, deviation: ArrayLike) -> None:
    """The mean over the first axis is `expected` within `SIGMAS` of its deviation.

    `deviation` is that of a single value.
    """
    values = np.asarray(values, dtype=float)
    strayed = np.abs(values.mean(axis=0) - expected)
    allowed = SIGMAS * np.asarray(deviation) / math.sqrt(len(values))
    assert (strayed <= allowed).all(), f"strayed by {strayed}, allowed {allowed}"


def assert_distribution(
    values: ArrayLike, distribution: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> None:
    """The share of values below x is `distribution(x)`, a continuous function, for every x.

    Dvoretzky, Kiefer and Wolfowitz: it strays by more than e with probability 2 exp(-2 n e^2).
    """
    x = np.sort(np.ravel(np.asarray(values, dtype=float)))
    n, below = len(x), distribution(x)
    strayed = max(np.abs(below - np.arange(k, n + k) / n).max() for k in (0, 1))
    assert strayed <= math.sqrt(math.log(2 / FALSE_ALARM) / (2 * n)), f"strayed by {strayed}"
