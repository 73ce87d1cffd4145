"""Where gradient descent on a linear model ends: the fit that is closest to the start.

w = w0 + Phi^+ (y - Phi w0)
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _validate

Array = NDArray[np.float64]


def least_norm(
    features: ArrayLike, labels: ArrayLike, *, start: ArrayLike = 0.0, rcond: float = 1e-12
) -> Array:
    """Weights of least squares; of all that fit as well, those closest to the start.

    Many problems at once: the leading axes of all three broadcast. Problems of several numbers of
    features are put side by side by columns of zeros, whose weights stay where they started.

    Parameters
    ----------
    features : shape (..., n, p).
    labels : shape (..., n).
    start : weights, shape (..., p); or 0.
    rcond : singular values below this share of the largest count as zero.

    Returns
    -------
    weights, shape (..., p).

    >>> import numpy as np
    >>> least_norm([[3.0, 4.0]], [25.0])        # the multiple of (3, 4) with 3 a + 4 b = 25
    array([3., 4.])
    """
    phi, y, w0 = (
        _validate.finite(name, value)
        for name, value in {"features": features, "labels": labels, "start": start}.items()
    )
    if phi.ndim < 2 or y.ndim < 1:
        raise ValueError(
            f"features of shape {phi.shape}, labels of shape {y.shape}: "
            "give shapes (..., n, p) and (..., n)"
        )
    n, p = phi.shape[-2:]
    _validate.shape("labels", y, (*y.shape[:-1], n))
    w0 = np.broadcast_to(w0, (p,)) if w0.ndim == 0 else w0
    _validate.shape("start", w0, (*w0.shape[:-1], p))
    missing = y - np.einsum("...np,...p->...n", phi, w0)
    return w0 + np.einsum("...pn,...n->...p", np.linalg.pinv(phi, rcond=rcond), missing)
