"""Argument checks whose errors name the argument, its value and the remedy."""

from collections.abc import Iterable
from numbers import Integral, Real

import numpy as np
from numpy.typing import ArrayLike, NDArray


def positive(name: str, value: float) -> None:
    """Raise ValueError unless `value` is a finite number above zero."""
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 < value < float("inf"):
        raise ValueError(f"{name}={value!r}: give a finite number above 0")


def not_negative(name: str, value: float) -> None:
    """Raise ValueError unless `value` is a finite number of at least zero."""
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 <= value < float("inf"):
        raise ValueError(f"{name}={value!r}: give a finite number of at least 0")


def whole(name: str, value: int, *, at_least: int = 0) -> None:
    """Raise ValueError unless `value` is an integer of at least `at_least`."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < at_least:
        raise ValueError(f"{name}={value!r}: give a whole number of at least {at_least}")


def choice(name: str, value: object, options: Iterable[object]) -> None:
    """Raise ValueError unless `value` is one of `options`."""
    known = list(options)
    if value not in known:
        raise ValueError(f"{name}={value!r}: choose one of {', '.join(map(repr, known))}")


def shape(name: str, value: object, expected: tuple[int | str, ...]) -> None:
    """Raise ValueError unless `value` has the expected shape; text stands for any length."""
    received = tuple(getattr(value, "shape", ()))
    fits = len(received) == len(expected) and all(
        isinstance(e, str) or r == e for r, e in zip(received, expected, strict=True)
    )
    if not fits:
        wanted = ", ".join(map(str, expected)) + ("," if len(expected) == 1 else "")
        raise ValueError(f"{name} has shape {received}: give an array of shape ({wanted})")


def finite(name: str, value: ArrayLike, *, at_least: float = -np.inf) -> NDArray[np.float64]:
    """`value` as a new float64 array; ValueError unless all of it is finite and large enough."""
    try:
        array = np.asarray(value, dtype=np.float64).copy()
    except (TypeError, ValueError):
        raise ValueError(f"{name}={value!r}: give numbers, in an array of one shape") from None
    if not np.isfinite(array).all():
        raise ValueError(f"{name}={value!r}: give finite numbers")
    if (array < at_least).any():
        raise ValueError(f"{name}={value!r}: give numbers of at least {at_least:g}")
    return array


def orthonormal(name: str, value: ArrayLike, *, size: int | None = None) -> NDArray[np.float64]:
    """`value` as a new float64 array; ValueError unless it is square and its rows orthonormal."""
    array = finite(name, value)
    length = size if size is not None else array.shape[-1] if array.ndim else "k"
    shape(name, array, (length, length))
    if not np.allclose(array @ array.T, np.eye(len(array)), atol=1e-8):
        raise ValueError(f"{name}: the axes are not orthonormal; take those of an SVD")
    return array
