"""Gradient descent of a linear model, solved for every step at once.

The loss of weights w on features Phi (n, p) and labels y (n,) is L(w) = |Phi w - y|^2 / n. With the
singular value decomposition Phi = sum_i s_i u_i v_i^T, the residual r_k = Phi w_k - y and the step
w_{k+1} = w_k - eta grad L(w_k),

    u_i . r_k = (1 - eta l_i)^k  u_i . r_0,      l_i = 2 s_i^2 / n,
    w_k = w_0 - sum_i (1 - (1 - eta l_i)^k) / s_i  (u_i . r_0) v_i,

over the non-zero singular values. The l_i are the non-zero eigenvalues of the Hessian of L. The
change of the weights never leaves the span of the v_i. The flow dw/dt = -grad L(w) has exp(-l_i t)
in place of the powers.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _validate
from course_utils.theory._relaxation import check_stable, checked_times, learned, remaining

Array = NDArray[np.float64]


@dataclass(frozen=True)
class LinearDescent:
    """The path of gradient descent as a function of the step; made by `linear_descent`.

    Steps are whole numbers k >= 0, shape (K,); of the flow, with `learning_rate` None, real times
    t >= 0 instead. For a start of shape (M, p), M paths side by side, every result has the axis M
    after the axis K.
    """

    start: Array
    learning_rate: float | None
    singular_values: Array
    """Non-zero singular values s of the features, largest first, shape (r,)."""
    directions: Array
    """Their right singular vectors v as rows, shape (r, p)."""
    initial_residuals: Array
    """The residual at step 0 along their left singular vectors u, shape (r,) or (M, r)."""
    loss_floor: Array
    """What no weights can fit: the loss of the residual outside the image of the features."""
    n: int
    """Number of points."""

    @property
    def eigenvalues(self) -> Array:
        """Non-zero eigenvalues l = 2 s^2 / n of the loss's Hessian, largest first, shape (r,)."""
        return 2 * self.singular_values**2 / self.n

    @property
    def stable_learning_rate(self) -> float:
        """Descent converges below this learning rate, 2 / max l, and diverges above it."""
        top = float(self.eigenvalues.max(initial=0))
        return 2 / top if top else np.inf

    def losses(self, steps: ArrayLike) -> Array:
        """Training loss after each of `steps`, shape (K,) or (K, M)."""
        left = remaining(self._rates, self._step_axis(steps), flow=self.learning_rate is None)
        return self.loss_floor + np.square(left * self.initial_residuals).sum(axis=-1) / self.n

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

    def _displacements(self, steps: ArrayLike) -> Array:
        """v . (w_k - w_0) for every direction, shape (K, ..., r)."""
        share = learned(self._rates, self._step_axis(steps), flow=self.learning_rate is None)
        return -share / self.singular_values * self.initial_residuals

    @property
    def _rates(self) -> Array:
        """Of each direction, per step of descent or per unit of time of the flow."""
        return self.eigenvalues * (1 if self.learning_rate is None else self.learning_rate)

    def _step_axis(self, steps: ArrayLike) -> Array:
        k = checked_times(steps, flow=self.learning_rate is None)
        return k.reshape(-1, *[1] * self.start.ndim)


def linear_descent(
    features: ArrayLike,
    labels: ArrayLike,
    *,
    start: ArrayLike,
    learning_rate: float | None,
    may_diverge: bool = False,
) -> LinearDescent:
    """Full-batch gradient descent on the mean square error of a linear model, for every step.

    Parameters
    ----------
    features : shape (n, p); add a column of ones for a bias.
    labels : shape (n,).
    start : initial weights, shape (p,), or (M, p) for M starts side by side.
    learning_rate : eta of w <- w - eta grad L, L the mean square; time is in steps. None for the
        flow dw/dt = -grad L, in whose time k steps take k eta.
    may_diverge : whether a learning rate of 2 / max l or more is wanted.

    Raises
    ------
    ValueError : for shapes that do not fit, a learning rate that is not positive, or one at which
        descent diverges; the message gives the bound.

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
    if learning_rate is not None:
        _validate.positive("learning_rate", learning_rate)
    for name, values in {"features": phi, "labels": y, "start": w0}.items():
        if not np.isfinite(values).all() or not len(y):
            raise ValueError(f"{name} is empty or not finite: give finite numbers, n at least 1")
    n = len(y)
    u, s, vt = np.linalg.svd(phi, full_matrices=False)
    not_zero = s > max(phi.shape) * np.finfo(float).eps * s.max(initial=0)
    u, s, vt = u[:, not_zero], s[not_zero], vt[not_zero]
    if learning_rate is not None and not may_diverge:
        check_stable(learning_rate, 2 * float(s.max(initial=0)) ** 2 / n)
    residual = w0 @ phi.T - y
    along = residual @ u
    return LinearDescent(
        start=w0.copy(),
        learning_rate=None if learning_rate is None else float(learning_rate),
        singular_values=s,
        directions=vt,
        initial_residuals=along,
        loss_floor=np.square(residual - along @ u.T).sum(axis=-1) / n,
        n=n,
    )
