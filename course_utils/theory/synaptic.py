"""Synaptic space: the basis in which a linear network's modes may part.

With U S V' the singular value decomposition of the best map C31 C11^-1, a map W reads there
W_bar = U' W V. The loss L(W) = (1/n) sum |y - W x|^2 has the gradient

    dL/dW_bar = -2 (S - W_bar) V' C11 V,

so that entry (i, j) of W_bar hears of another entry only through V' C11 V. Where this matrix is
diagonal, and the start is, every mode evolves on its own (OneLayerModes, TwoLayerModes).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course_utils import _validate
from course_utils.theory._modes import Array


@dataclass(frozen=True)
class SynapticBasis:
    """A change of basis for maps of shape (k, d); made by `synaptic_basis`."""

    u: Array
    """Output directions as columns, shape (k, k)."""
    s: Array
    """The best map in this basis, diagonal, largest first, shape (k, d)."""
    vt: Array
    """Input directions as rows, shape (d, d)."""
    input_moments: Array
    """V' C11 V, shape (d, d): the second moments of the inputs along the input directions."""

    def to_synaptic(self, w: ArrayLike) -> Array:
        """U' W V for maps of shape (..., k, d)."""
        return self.u.T @ self._maps("w", w) @ self.vt.T

    def to_original(self, w_bar: ArrayLike) -> Array:
        """U W_bar V', the way back, for maps of shape (..., k, d)."""
        return self.u @ self._maps("w_bar", w_bar) @ self.vt

    def gradient(self, w_bar: ArrayLike) -> Array:
        """dL/dW_bar, shape (..., k, d)."""
        return 2 * (self._maps("w_bar", w_bar) - self.s) @ self.input_moments

    def _maps(self, name: str, w: ArrayLike) -> Array:
        maps = np.asarray(w, dtype=np.float64)
        if maps.shape[-2:] != self.s.shape:
            _validate.shape(name, maps, self.s.shape)
        return maps


def synaptic_basis(c11: ArrayLike, c31: ArrayLike) -> SynapticBasis:
    """The synaptic basis of data with the given second moments.

    Parameters
    ----------
    c11 : moments of the inputs, shape (d, d), symmetric and of full rank.
    c31 : moments of outputs with inputs, shape (k, d).

    Raises
    ------
    ValueError : for shapes that do not fit, or a direction without variance: there no map is best.

    >>> basis = synaptic_basis(np.diag([2.0, 0.5]), np.array([[0.0, 0.5], [2.0, 0.0]]))
    >>> np.abs(basis.to_synaptic([[0.0, 1.0], [1.0, 0.0]])).round(12).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    inputs, cross = _validate.finite("c11", c11), _validate.finite("c31", c31)
    _validate.shape("c31", cross, ("k", "d"))
    _validate.shape("c11", inputs, (cross.shape[1], cross.shape[1]))
    if np.abs(inputs - inputs.T).max() > 1e-8 * np.abs(inputs).max():
        raise ValueError("c11 is not symmetric: give the second moments of the inputs")
    variances = np.linalg.eigvalsh(inputs)
    if variances.min() <= len(inputs) * np.finfo(float).eps * variances.max():
        raise ValueError(
            f"c11 has the eigenvalue {variances.min():.2g}: a direction without variance has no "
            "best map; leave it out first, as data.whiten does"
        )
    u, s, vt = np.linalg.svd(np.linalg.solve(inputs, cross.T).T)
    best = np.zeros(cross.shape)
    np.fill_diagonal(best, s)
    return SynapticBasis(u=u, s=best, vt=vt, input_moments=vt @ inputs @ vt.T)
