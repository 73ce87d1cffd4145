"""Second moments: all that the squared loss of a linear map knows of its data.

For n points with inputs x and outputs y, rows of X and Y,

    C11 = X'X / n,      C31 = Y'X / n,      C33 = Y'Y / n,
    L(W) = (1/n) sum |y - W x|^2 = tr C33 - 2 tr W C31' + tr W C11 W'.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _validate

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Moments:
    """Made by `moments` from data."""

    c11: Array
    """Of the inputs, shape (d, d)."""
    c31: Array
    """Of outputs with inputs, shape (k, d)."""
    c33: Array
    """Of the outputs, shape (k, k)."""
    best_map: Array
    """C31 C11^-1, the linear map of least loss (and of least norm, where several are), (k, d)."""
    loss_floor: float
    """Its loss: what no linear map can fit."""

    def loss(self, w: ArrayLike) -> Array:
        """L(W) for maps of shape (..., k, d), shape (...).

        A sum of squares: of the distance to the best map along the inputs' principal axes. So small
        losses keep their digits, and directions without variance add nothing, not even rounding.
        """
        maps = np.asarray(w, dtype=np.float64)
        if maps.shape[-2:] != self.c31.shape:
            _validate.shape("w", maps, self.c31.shape)
        variances, axes = np.linalg.eigh(self.c11)
        rounding = len(variances) * np.finfo(float).eps * variances[-1]
        along = (maps - self.best_map) @ axes
        squares = np.einsum("...ij,...ij->...j", along, along)
        return self.loss_floor + squares @ np.where(variances > rounding, variances, 0.0)

    def rotated(self, u: ArrayLike, vt: ArrayLike) -> "Moments":
        """The moments of U'y and V'x: the same data, seen from other axes.

        `u` has the output axes as columns, shape (k, k), `vt` the input axes as rows, shape (d, d).
        """
        u = _validate.orthonormal("u", u, size=len(self.c33))
        vt = _validate.orthonormal("vt", vt, size=len(self.c11))
        return replace(
            self,
            c11=vt @ self.c11 @ vt.T,
            c31=u.T @ self.c31 @ vt.T,
            c33=u.T @ self.c33 @ u,
            best_map=u.T @ self.best_map @ vt.T,
        )


def moments(x: ArrayLike, y: ArrayLike) -> Moments:
    """Second moments of inputs x, shape (n, d), and outputs y, shape (n, k).

    >>> rng = np.random.default_rng(0)
    >>> x = rng.normal(size=(50, 3))
    >>> teacher = np.array([[1.0, 2.0, 0.0]])
    >>> data = moments(x, x @ teacher.T)
    >>> bool(np.allclose(data.best_map, teacher)), bool(data.loss_floor < 1e-25)
    (True, True)
    """
    x, y = _validate.finite("x", x), _validate.finite("y", y)
    _validate.shape("x", x, ("n", "d"))
    _validate.shape("y", y, (len(x), "k"))
    if not x.size or not y.size:
        raise ValueError(f"x has shape {x.shape}, y has shape {y.shape}: give at least one point")
    n = len(x)
    best_map: Array = np.linalg.lstsq(x, y, rcond=None)[0].T.astype(np.float64)
    return Moments(
        c11=x.T @ x / n,
        c31=y.T @ x / n,
        c33=y.T @ y / n,
        best_map=best_map,
        loss_floor=float(np.square(y - x @ best_map.T).sum() / n),
    )
