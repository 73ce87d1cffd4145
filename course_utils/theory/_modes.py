"""What the closed forms of single modes share: arguments, the axis of times, one function."""

import math
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _validate

Array = NDArray[np.float64]
BLOCK = 2**15
"""Numbers computed at a time: a few arrays of this size fit into a core's cache."""


@dataclass(frozen=True)
class Modes:
    """Modes that grow on their own, as a function of time.

    All fields but the time constant are numbers or arrays that broadcast to one shape S. Called
    with times t >= 0 of shape T, in the unit of `time_constant`, it gives strengths of shape T + S.
    """

    correlations: Array
    """s: what input and output have in common along the mode, a singular value of C31."""
    initial_strengths: Array
    """u0: the product of the mode's weights at t = 0."""
    _: KW_ONLY
    variances: Array = 1.0  # type: ignore[assignment]
    """l >= 0: the variance of the inputs along the mode; 1 where they are whitened."""
    time_constant: float = 1.0
    """tau > 0. Descent of (1/n) sum |y - W x|^2 with learning rate eta: tau = 1 / (2 eta) steps."""

    def __post_init__(self) -> None:
        _validate.positive("time_constant", self.time_constant)
        arrays = {
            "correlations": _validate.finite("correlations", self.correlations),
            "initial_strengths": _validate.finite("initial_strengths", self.initial_strengths),
            "variances": _validate.finite("variances", self.variances, at_least=0),
        }
        set_together(self, arrays)

    def __call__(self, t: ArrayLike) -> Array:
        times = _validate.finite("t", t, at_least=0)
        return in_blocks(self._strengths, times / self.time_constant, self.initial_strengths.shape)

    def _strengths(self, t: Array) -> Array:
        """Strengths at times in units of the time constant, t of shape T + (1, ..., 1)."""
        raise NotImplementedError


def set_together(problem: object, arrays: dict[str, Array]) -> None:
    """Set fields of a frozen dataclass to arrays, broadcast to one shape."""
    try:
        together = np.broadcast_arrays(*arrays.values())
    except ValueError:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise ValueError(f"shapes do not fit together: {shapes}") from None
    for name, array in zip(arrays, together, strict=True):
        object.__setattr__(problem, name, array)


def in_blocks(function: Callable[[Array], Array], t: Array, shape: tuple[int, ...]) -> Array:
    """function(t) of shape t.shape + shape, for `t` with an axis of length 1 for each of `shape`.

    It is called for a block of times at a time, so that what it computes with stays in the cache.
    """
    axis = t.reshape(-1, *[1] * len(shape))
    block = max(1, BLOCK // max(1, math.prod(shape)))
    out = np.empty((len(axis), *shape))
    for start in range(0, len(axis), block):
        out[start : start + block] = function(axis[start : start + block])
    return out.reshape(t.shape + shape)


def mean_decay(z: ArrayLike) -> Array:
    """The mean of e^-x for x between 0 and z >= 0: (1 - e^-z) / z, and 1 at z = 0.

    >>> mean_decay([0.0, 1e-12, 1e4]).round(6).tolist()
    [1.0, 1.0, 0.0001]
    """
    z = np.asarray(z, dtype=np.float64)
    return np.divide(-np.expm1(-z), z, out=np.ones_like(z), where=z > 0)


def ratio(numerator: Array, denominator: Array) -> Array:
    """numerator / denominator of numbers that are not negative; 0 where the numerator is 0."""
    out = np.zeros(np.broadcast_shapes(numerator.shape, denominator.shape))
    with np.errstate(divide="ignore", over="ignore"):  # growth without bound ends at infinity
        return np.divide(numerator, denominator, out=out, where=numerator > 0)
