"""Gradient descent of a linear model, solved for every step at once.

The loss of weights w on features Phi (n, p) and labels y (n,) is L(w) = |Phi w - y|^2 / n. One step
w <- w - eta grad L multiplies the residual along the left singular vector u_i of Phi by

    1 - eta l_i,    l_i = 2 s_i^2 / n    (eigenvalue of the Hessian, s_i singular value),

so that after k steps the weights have moved along the right singular vector v_i by

    c_i(k) - c_i(0) = - (1 - (1 - eta l_i)^k) / l_i * dL/dc_i(0)    (-k eta dL/dc_i(0) at l_i = 0).

Weights orthogonal to every v_i never move.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _validate

Array = NDArray[np.float64]


@dataclass(frozen=True)
class LinearDescent:
    """The path of gradient descent as a function of the step; made by `linear_descent`.

    Steps are whole numbers k >= 0, shape (K,). For a start of shape (M, p), M paths side by side,
    every result has the axis M after the axis K.
    """

    start: Array
    learning_rate: float
    eigenvalues: Array
    """Eigenvalues l of the loss's Hessian, largest first, shape (min(n, p),)."""
    directions: Array
    """Eigenvectors of the Hessian as rows, shape (min(n, p), p)."""
    initial_residuals: Array
    """Residual at step 0 along the left singular vectors, divided by sqrt(n)."""
    loss_floor: Array
    """What no weights can fit: the residual outside the image of the features."""

    @property
    def stable_learning_rate(self) -> float:
        """Descent converges below this learning rate, 2 / max l, and diverges above it."""
        top = float(self.eigenvalues.max(initial=0))
        return 2 / top if top else np.inf

    def losses(self, steps: ArrayLike) -> Array:
        """Training loss after each of `steps`, shape (K,) or (K, M)."""
        remaining = self._remaining(steps) * self.initial_residuals
        return self.loss_floor + np.square(remaining).sum(axis=-1)

    def weights(self, steps: ArrayLike) -> Array:
        """Weights after each of `steps`, shape (K, p) or (K, M, p)."""
        return self.start + self._displacements(steps) @ self.directions

    def outputs(self, features: ArrayLike, steps: ArrayLike) -> Array:
        """What the model says of other points, features (m, p): shape (K, m) or (K, M, m)."""
        phi = np.asarray(features, dtype=np.float64)
        _validate.shape("features", phi, ("m", self.directions.shape[1]))
        return self.weights(steps) @ phi.T

    def movement(self, steps: ArrayLike) -> Array:
        """Relative movement |w_k - w_0| / |w_0|, shape (K,) or (K, M)."""
        length = np.linalg.norm(self.start, axis=-1)
        if not np.all(length):
            raise ValueError("start=0: movement is relative to its length; give one that is not 0")
        return np.linalg.norm(self._displacements(steps), axis=-1) / length

    def _remaining(self, steps: ArrayLike) -> Array:
        """(1 - eta l)^k, shape (K, ..., modes)."""
        return (1 - self.learning_rate * self.eigenvalues) ** self._step_axis(steps)

    def _displacements(self, steps: ArrayLike) -> Array:
        """c(k) - c(0) along the directions, shape (K, ..., modes)."""
        gradient = np.sqrt(2 * self.eigenvalues) * self.initial_residuals
        return -self._learned_over_eigenvalue(steps) * gradient

    def _learned_over_eigenvalue(self, steps: ArrayLike) -> Array:
        """(1 - (1 - eta l)^k) / l, and its limit k eta at l = 0."""
        k, rate = self._step_axis(steps), self.learning_rate * self.eigenvalues
        slow = rate < 0.5  # there 1 - (1 - rate)^k loses digits, expm1 and log1p do not
        learned = np.where(
            slow, -np.expm1(k * np.log1p(-np.where(slow, rate, 0))), 1 - (1 - rate) ** k
        )
        flat = self.eigenvalues == 0
        return np.where(flat, k * self.learning_rate, learned / np.where(flat, 1, self.eigenvalues))

    def _step_axis(self, steps: ArrayLike) -> NDArray[np.int64]:
        k = np.asarray(steps)
        if k.ndim != 1 or not np.issubdtype(k.dtype, np.integer) or (k < 0).any():
            raise ValueError(f"steps={steps!r}: give a 1-D array of whole numbers of at least 0")
        return k.reshape(-1, *[1] * self.start.ndim)


def linear_descent(
    features: ArrayLike, labels: ArrayLike, *, start: ArrayLike, learning_rate: float
) -> LinearDescent:
    """Full-batch gradient descent on the mean square error of a linear model, for every step.

    Parameters
    ----------
    features : shape (n, p); add a column of ones for a bias.
    labels : shape (n,).
    start : initial weights, shape (p,), or (M, p) for M starts side by side.
    learning_rate : eta of w <- w - eta grad L, L the mean square; time is in steps.

    Raises
    ------
    ValueError : for shapes that do not fit, or a learning rate that is not positive.

    >>> import numpy as np
    >>> rng = np.random.default_rng(0)
    >>> features, labels = rng.normal(size=(20, 3)), rng.normal(size=20)
    >>> path = linear_descent(features, labels, start=np.zeros(3), learning_rate=0.1)
    >>> w = np.zeros(3)
    >>> for _ in range(50):
    ...     w = w - 0.1 * 2 / 20 * features.T @ (features @ w - labels)
    >>> bool(np.allclose(path.weights([50])[0], w, rtol=0, atol=1e-14))
    True
    """
    phi, y, w0 = (np.asarray(a, dtype=np.float64) for a in (features, labels, start))
    _validate.shape("features", phi, ("n", "p"))
    _validate.shape("labels", y, (len(phi),))
    _validate.shape("start", w0, ("M", phi.shape[1]) if w0.ndim == 2 else (phi.shape[1],))
    _validate.positive("learning_rate", learning_rate)
    for name, values in {"features": phi, "labels": y, "start": w0}.items():
        if not np.isfinite(values).all() or not len(y):
            raise ValueError(f"{name} is empty or not finite: give finite numbers, n at least 1")
    n = len(y)
    u, s, directions = np.linalg.svd(phi, full_matrices=False)
    residual = w0 @ phi.T - y
    fitted = s > max(phi.shape) * np.finfo(float).eps * s.max(initial=0)
    along = np.where(fitted, residual @ u, 0)
    return LinearDescent(
        start=w0.copy(),
        learning_rate=float(learning_rate),
        eigenvalues=2 * s**2 / n,
        directions=directions,
        initial_residuals=along / np.sqrt(n),
        loss_floor=np.square(residual - along @ u.T).sum(axis=-1) / n,
    )
