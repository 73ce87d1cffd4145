"""Training of a linearised model, from its kernel alone.

A model h(x; w) = h(x; w0) + J (w - w0) is trained on the mean square error of n points, labels y.
With the kernel K = J J^T = V diag(l) V^T and the residual r_0 = h(w0) - y, gradient descent and
gradient flow of L leave of the residual along v_i

    q_i = (1 - 2 eta l_i / n)^k      after k steps,
    q_i = exp(-2 l_i t / n)          after a time t of dw/dt = - grad L,

and, with c_i = (1 - q_i) / l_i  v_i . r_0,

    h(x) - h_0(x) = - K(x, X) V c,       |w - w0|^2 = sum_i l_i c_i^2.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _validate
from course_utils.theory._relaxation import (
    check_stable,
    checked_times,
    learned_per_rate,
    remaining,
)

Array = NDArray[np.float64]


@dataclass(frozen=True)
class KernelDescent:
    """The path of the outputs as a function of time; made by `kernel_descent`.

    Times are whole steps of descent, or, with `learning_rate` None, real times of gradient flow,
    in both cases an array of shape (K,).
    """

    eigenvalues: Array
    """l of the kernel, largest first, shape (n,)."""
    eigenvectors: Array
    """v as columns, shape (n, n)."""
    labels: Array
    initial: Array
    learning_rate: float | None

    @property
    def stable_learning_rate(self) -> float:
        """Descent converges below this learning rate, n / max l, and diverges above it."""
        top = float(self.eigenvalues.max(initial=0))
        return len(self.labels) / top if top else np.inf

    def outputs(self, times: ArrayLike) -> Array:
        """Outputs on the training points, shape (K, n)."""
        return self.labels + (self._remaining(times) * self._along) @ self.eigenvectors.T

    def losses(self, times: ArrayLike) -> Array:
        """Mean square errors on the training points, shape (K,)."""
        return np.square(self._remaining(times) * self._along).mean(axis=1)

    def outputs_at(self, cross_kernel: ArrayLike, initial: ArrayLike, times: ArrayLike) -> Array:
        """Outputs at m other points, shape (K, m), from their kernel with the training points.

        `cross_kernel` has shape (m, n), `initial` outputs at those points shape (m,).
        """
        cross, h0 = (
            _validate.finite("cross_kernel", cross_kernel),
            _validate.finite("initial", initial),
        )
        _validate.shape("cross_kernel", cross, ("m", len(self.labels)))
        _validate.shape("initial", h0, (len(cross),))
        return h0 - self._coefficients(times) @ (cross @ self.eigenvectors).T

    def distances(self, times: ArrayLike) -> Array:
        """The way of the weights |w - w0|, shape (K,)."""
        return np.sqrt((self.eigenvalues * self._coefficients(times) ** 2).sum(axis=1))

    @property
    def _along(self) -> Array:
        return (self.initial - self.labels) @ self.eigenvectors

    @property
    def _rates(self) -> Array:
        """Of each mode, per step of descent or per unit of time of the flow."""
        return 2 * self.eigenvalues / len(self.labels) * (self.learning_rate or 1)

    def _times(self, times: ArrayLike) -> Array:
        return checked_times(times, flow=self.learning_rate is None)[:, np.newaxis]

    def _remaining(self, times: ArrayLike) -> Array:
        return remaining(self._rates, self._times(times), flow=self.learning_rate is None)

    def _coefficients(self, times: ArrayLike) -> Array:
        """c, shape (K, n)."""
        scale = 2 / len(self.labels) * (self.learning_rate or 1)  # rates over eigenvalues
        per_rate = learned_per_rate(
            self._rates, self._times(times), flow=self.learning_rate is None
        )
        return scale * per_rate * self._along


def kernel_descent(
    kernel: ArrayLike,
    labels: ArrayLike,
    *,
    initial: ArrayLike | None = None,
    learning_rate: float | None,
) -> KernelDescent:
    """Gradient descent of a linearised model on the mean square error, for every step at once.

    Parameters
    ----------
    kernel : K of the training points, shape (n, n), symmetric, no negative eigenvalues.
    labels : shape (n,).
    initial : outputs at the start, shape (n,); 0 if None.
    learning_rate : eta of w <- w - eta grad L, time in steps; None for the flow dw/dt = -grad L.

    Raises
    ------
    ValueError : for shapes that do not fit, a matrix that is no kernel, or a learning rate at which
        descent diverges; the message gives the bound n / max l.

    >>> import numpy as np
    >>> features = np.random.default_rng(0).normal(size=(5, 9))
    >>> path = kernel_descent(features @ features.T, np.ones(5), learning_rate=0.1)
    >>> w = np.zeros(9)
    >>> for _ in range(20):
    ...     w = w - 0.1 * 2 / 5 * features.T @ (features @ w - 1)
    >>> bool(np.allclose(path.outputs([20])[0], features @ w, rtol=0, atol=1e-14))
    True
    >>> bool(np.isclose(path.distances([20])[0], np.linalg.norm(w)))
    True
    """
    k, y = _validate.finite("kernel", kernel), _validate.finite("labels", labels)
    _validate.shape("kernel", k, ("n", "n"))
    _validate.shape("kernel", k, (len(k), len(k)))
    _validate.shape("labels", y, (len(k),))
    h0 = np.zeros_like(y) if initial is None else _validate.finite("initial", initial)
    _validate.shape("initial", h0, (len(k),))
    if not len(k):
        raise ValueError("kernel of 0 points: give at least one")
    if not np.allclose(k, k.T, rtol=1e-5, atol=1e-7 * np.abs(k).max()):
        raise ValueError("kernel is not symmetric: give K(X, X), in which K[i, j] = K[j, i]")
    values, vectors = np.linalg.eigh((k + k.T) / 2)
    if values[0] < -1e-5 * max(values[-1], 0):
        raise ValueError(f"kernel has the negative eigenvalue {values[0]:.3g}: give one J J^T")
    values = np.maximum(values, 0)  # rounding
    if learning_rate is not None:
        _validate.positive("learning_rate", learning_rate)
        check_stable(learning_rate, 2 * values[-1] / len(k))
    return KernelDescent(values[::-1].copy(), vectors[:, ::-1].copy(), y, h0, learning_rate)
