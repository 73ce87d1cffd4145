"""The whole two-layer network at once, no mode needed: a matrix Riccati equation.

For whitened inputs and a balanced start, W21 W21' = W32' W32, stack the layers as Q = [W21'; W32],
of shape (d + k, m). With F = [[0, C31'], [C31, 0]] gradient flow reads

    tau d(QQ')/dt = F QQ' + QQ' F - (QQ')^2,
    QQ'(t) = e^(Ft/tau) Q0 [I + Q0' G Q0]^-1 Q0' e^(Ft/tau),     G = int_0^(t/tau) e^(2Fs) ds,

and W32 W21 is its lower left block. In the eigenbasis of F, with eigenvalues f and P the rows of
Q0 there, G is diagonal: (e^(2 f t / tau) - 1) / (2 f), and t / tau at f = 0.

Written so, the exponentials overflow and the inverse loses all digits of slow modes. Instead stack
[I; sqrt(G) P] = B R, with orthonormal columns B. Then I + P' G P = R' R, and

    Q(t) = e^(ft) P R^-1 = (e^(ft) / sqrt(G)) B_low,

where e^(ft) / sqrt(G) = sqrt(2 f / (1 - e^(-2 f t))) stays bounded: no inverse is taken.
"""

from dataclasses import KW_ONLY, dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import qr

from course_utils import _validate
from course_utils.theory._modes import Array, mean_decay

LONGEST_STRETCH = 100.0
"""Growth e^this within one factorisation; longer times are put together from several."""


@dataclass(frozen=True)
class WholeNetwork:
    """A two-layer linear network under gradient flow, whitened inputs, from a balanced start.

    Parameters
    ----------
    w21, w32 : the layers at t = 0, shapes (m, d) and (k, m), with w21 w21' = w32' w32.
    c31 : what outputs and inputs have in common, shape (k, d); of any rank.
    time_constant : tau. Gradient descent of (1/n) sum |y - W x|^2 with rate eta: 1 / (2 eta) steps.

    Raises
    ------
    ValueError : for shapes that do not fit, or a start that is not balanced: there only modes have
        a closed form (TwoLayerModes), and `training.train_linear` goes on.

    Source: Braun et al. (2022), who generalise a solution of Fukumizu's.

    >>> network = WholeNetwork(np.eye(2) / 10, np.eye(2) / 10, [[2.0, 1.0], [0.0, 1.0]])
    >>> bool(np.allclose(network.maps([0, 100]), [np.eye(2) / 100, [[2, 1], [0, 1]]]))
    True
    """

    w21: Array
    w32: Array
    c31: Array
    _: KW_ONLY
    time_constant: float = 1.0

    def __post_init__(self) -> None:
        for name in ("w21", "w32", "c31"):
            object.__setattr__(self, name, _validate.finite(name, getattr(self, name)))
        _validate.shape("w21", self.w21, ("m", "d"))
        _validate.shape("w32", self.w32, ("k", len(self.w21)))
        _validate.shape("c31", self.c31, (len(self.w32), self.w21.shape[1]))
        _validate.positive("time_constant", self.time_constant)
        first, second = self.w21 @ self.w21.T, self.w32.T @ self.w32
        gap, size = np.abs(first - second).max(initial=0), np.abs(first).max(initial=0)
        if gap > 1e-8 * max(size, np.abs(second).max(initial=0)):
            raise ValueError(
                f"w21, w32: the start is not balanced, w21 w21' and w32' w32 differ by {gap:.2g}; "
                "use TwoLayerModes for aligned modes, training.train_linear for any start"
            )

    def maps(self, t: ArrayLike) -> Array:
        """W32 W21 at times t >= 0 of shape (T,), shape (T, k, d)."""
        d = self.w21.shape[1]
        return self.gram(t)[:, d:, :d]

    def gram(self, t: ArrayLike) -> Array:
        """QQ' at times t >= 0 of shape (T,), shape (T, d + k, d + k)."""
        times = _validate.finite("t", t, at_least=0)
        _validate.shape("t", times, ("T",))
        f, basis = self._eigenbasis()
        q, now = basis.T @ np.vstack([self.w21.T, self.w32]), 0.0
        longest = LONGEST_STRETCH / max(f.max(initial=0), 1e-300)
        grams = np.empty((len(times), len(q), len(q)))
        for i in np.argsort(times):
            t_end = times[i] / self.time_constant
            while now < t_end:
                step = min(longest, t_end - now)
                q, now = flow(q, f, step), (t_end if step < longest else now + step)
            grams[i] = basis @ q @ q.T @ basis.T
        return grams

    def _eigenbasis(self) -> tuple[Array, Array]:
        """Eigenvalues of F, shape (d + k,), and its eigenvectors as columns."""
        k, d = self.c31.shape
        u, s, vt = np.linalg.svd(self.c31)
        r = len(s)
        rising, falling = (np.vstack([vt[:r].T, sign * u[:, :r]]) / np.sqrt(2) for sign in (1, -1))
        rest = np.zeros((d + k, d + k - 2 * r))
        rest[:d, : d - r], rest[d:, d - r :] = vt[r:].T, u[:, r:]
        return np.r_[s, -s, np.zeros(d + k - 2 * r)], np.hstack([rising, falling, rest])


def flow(q: Array, f: Array, t: float) -> Array:
    """Rows of Q in the eigenbasis of F after a time t > 0, in units of tau; up to a rotation."""
    root, fastest = np.sqrt(t * mean_decay(2 * np.abs(f) * t)), f.max(initial=0)
    # sqrt(G) is e^(ft) root for f > 0, root for f <= 0; both blocks are divided by the largest.
    growth = np.exp((np.maximum(f, 0) - fastest) * t)
    stack = np.vstack([(growth * root)[:, None] * q, np.exp(-fastest * t) * np.eye(q.shape[1])])
    # Rows of very different size keep their own digits where they are sorted, columns pivoted.
    order = np.argsort(-np.abs(stack).max(axis=1), kind="stable")
    b = np.empty_like(stack)
    b[order] = qr(stack[order], mode="economic", pivoting=True)[0]
    bounded = np.exp(np.minimum(f, 0) * t) / root
    return bounded[:, None] * b[: len(q)]
