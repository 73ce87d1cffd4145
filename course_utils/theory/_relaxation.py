"""What is left of a mode after a time, and what has been learned: of descent, and of its flow.

descent, rate eta l, steps k:   q = (1 - eta l)^k          flow, rate l, time t:   q = exp(-l t)
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def remaining(rates: Array, times: Array, *, flow: bool) -> Array:
    """q; rates and times broadcast."""
    return np.exp(-rates * times) if flow else (1 - rates) ** times


def learned(rates: Array, times: Array, *, flow: bool) -> Array:
    """1 - q; where it is small by expm1 and log1p, which keep all digits."""
    if flow:
        return -np.expm1(-rates * times)
    by_logarithm = -np.expm1(times * np.log1p(-np.minimum(rates, 0.5)))
    return np.where(rates < 0.5, by_logarithm, 1 - (1 - rates) ** times)


def learned_per_rate(rates: Array, times: Array, *, flow: bool) -> Array:
    """(1 - q) / rate, and its limit, the time itself, at rate 0."""
    positive = rates > 0
    quotient = learned(rates, times, flow=flow) / np.where(positive, rates, 1)
    return np.where(positive, quotient, times)


def checked_times(times: ArrayLike, *, flow: bool) -> Array:
    """1-D times of at least 0, whole steps for descent; ValueError if they are not."""
    t = np.asarray(times)
    if flow:
        if (
            t.ndim != 1
            or t.dtype.kind not in "iuf"
            or not (t >= 0).all()
            or not np.isfinite(t).all()
        ):
            raise ValueError(f"times={times!r}: give a 1-D array of finite numbers of at least 0")
        return t.astype(np.float64)
    if t.ndim != 1 or not np.issubdtype(t.dtype, np.integer) or (t < 0).any():
        raise ValueError(f"steps={times!r}: give a 1-D array of whole numbers of at least 0")
    return t


def check_stable(learning_rate: float, largest: float) -> None:
    """ValueError where descent with that rate diverges on a curvature `largest`."""
    if learning_rate * largest >= 2:
        raise ValueError(
            f"learning_rate={learning_rate!r}: gradient descent diverges from "
            f"2 / {largest:.6g} = {2 / largest:.6g} on; give a smaller one"
        )
