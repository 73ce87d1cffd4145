"""Functions of two weights to descend on, with their derivatives written out.

ripples      sin(x + 4) (cos(3 y - 5) + 0.3) + 0.5 cos(2 (x + 2) (y - 4)^2)
bowl         (x^2 + 10 y^2) / 2
double well  (x^2 - 1)^2 / 4 + y^2 / 2
product      (1 - x y)^2 / 2, the loss of a linear network of two weights
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _validate

Array = NDArray[np.float64]
Derivatives = tuple[Array, ...]


@dataclass(frozen=True)
class Landscape:
    """A function of two weights; points have shape (..., 2), any number of them at once."""

    name: str
    box: tuple[float, float]
    """Ends of both axes where it is usually drawn."""
    _value: Callable[[Array, Array], Array]
    _first: Callable[[Array, Array], Derivatives]
    """d/dx, d/dy."""
    _second: Callable[[Array, Array], Derivatives]
    """d2/dx2, d2/dxdy, d2/dy2."""

    def value(self, points: ArrayLike) -> Array:
        """Heights, shape (...).

        >>> landscape("bowl").value([[1.0, 1.0], [2.0, 0.0]])
        array([5.5, 2. ])
        """
        return self._value(*_coordinates(points))

    def gradient(self, points: ArrayLike) -> Array:
        """The uphill direction, shape (..., 2)."""
        return np.stack(np.broadcast_arrays(*self._first(*_coordinates(points))), axis=-1)

    def hessian(self, points: ArrayLike) -> Array:
        """The curvature matrix, shape (..., 2, 2)."""
        xx, xy, yy = np.broadcast_arrays(*self._second(*_coordinates(points)))
        return np.stack([np.stack([xx, xy], axis=-1), np.stack([xy, yy], axis=-1)], axis=-2)


def landscape(name: str) -> Landscape:
    """The landscape of that name, one of `LANDSCAPES`.

    >>> landscape("product").gradient([2.0, 1.0])
    array([1., 2.])

    Raises
    ------
    ValueError : for an unknown name.
    """
    _validate.choice("name", name, LANDSCAPES)
    return LANDSCAPES[name]


def _coordinates(points: ArrayLike) -> tuple[Array, Array]:
    array = np.asarray(points, dtype=np.float64)
    if array.shape[-1:] != (2,):
        _validate.shape("points", array, ("...", 2))
    return array[..., 0], array[..., 1]


def _ripples(x: Array, y: Array) -> Array:
    return np.sin(x + 4) * (np.cos(3 * y - 5) + 0.3) + 0.5 * np.cos(2 * (x + 2) * (y - 4) ** 2)


def _ripples_first(x: Array, y: Array) -> Derivatives:
    a, s = y - 4, np.sin(2 * (x + 2) * (y - 4) ** 2)
    return (
        np.cos(x + 4) * (np.cos(3 * y - 5) + 0.3) - s * a**2,
        -3 * np.sin(x + 4) * np.sin(3 * y - 5) - 2 * s * (x + 2) * a,
    )


def _ripples_second(x: Array, y: Array) -> Derivatives:
    a, b = y - 4, x + 2
    s, c = np.sin(2 * b * a**2), np.cos(2 * b * a**2)
    return (
        -np.sin(x + 4) * (np.cos(3 * y - 5) + 0.3) - 2 * c * a**4,
        -3 * np.cos(x + 4) * np.sin(3 * y - 5) - 2 * s * a - 4 * c * b * a**3,
        -9 * np.sin(x + 4) * np.cos(3 * y - 5) - 2 * s * b - 8 * c * b**2 * a**2,
    )


LANDSCAPES: dict[str, Landscape] = {
    given.name: given
    for given in [
        Landscape("ripples", (-3.0, 3.0), _ripples, _ripples_first, _ripples_second),
        Landscape(
            "bowl",
            (-2.0, 2.0),
            lambda x, y: (x**2 + 10 * y**2) / 2,
            lambda x, y: (x, 10 * y),
            lambda x, y: (np.ones_like(x), np.zeros_like(x), np.full_like(x, 10.0)),
        ),
        Landscape(
            "double well",
            (-2.0, 2.0),
            lambda x, y: (x**2 - 1) ** 2 / 4 + y**2 / 2,
            lambda x, y: (x**3 - x, y),
            lambda x, y: (3 * x**2 - 1, np.zeros_like(x), np.ones_like(x)),
        ),
        Landscape(
            "product",
            (-3.0, 3.0),
            lambda x, y: (1 - x * y) ** 2 / 2,
            lambda x, y: ((x * y - 1) * y, (x * y - 1) * x),
            lambda x, y: (y**2, 2 * x * y - 1, x**2),
        ),
    ]
}
