"""Two layers, any start: from the logistic curve of a balanced mode to the lazy exponential.

A mode with weights w1 and w2 has the strength u = w1 w2. Its imbalance c = |w2^2 - w1^2| is
conserved, so that w1^2 + w2^2 = sqrt(c^2 + 4 u^2), and

    tau du/dt = sqrt(c^2 + 4 u^2) (s - l u).

The squares p = (w1 + w2)^2 and q = (w1 - w2)^2 have u = (p - q) / 4 and p q = c^2, and p obeys a
Riccati equation of its own (q the same one with -s):

    tau dp/dt = 2 s p - l (p^2 - c^2) / 2.

Its solution is a ratio of two exponentials with the rate k = sqrt(l^2 c^2 + 4 s^2). With
e = e^(-k t / tau), r = 2 s / k and g = (1 - e) / k it reads

    p(t) = (p0 (1 + r) + p0 e (1 - r) + g l c^2) / ((1 - r) + e (1 + r) + g l p0),

a form in which only positive numbers are added, and no limit (c, s, l or k to 0) is an exception.
Beside a large c the difference p - q would lose the digits of u. So u = (p - c) (1 + c / p) / 4,

    p - c = ((p0 - c) ((1 + r) + e (1 - r) - g l c) + 4 c s g) / ((1 - r) + e (1 + r) + g l p0).
"""

from dataclasses import KW_ONLY, dataclass

import numpy as np
from numpy.typing import ArrayLike

from course_utils import _validate
from course_utils.theory._modes import Array, Modes, mean_decay, ratio, set_together


@dataclass(frozen=True)
class TwoLayerModes(Modes):
    """Modes of a two-layer network: tau du/dt = sqrt(c^2 + 4 u^2) (s - l u), any sign of s and u0.

    With c = 0 this is BalancedModes for u0 > 0; with c far above s / l the curve is the exponential
    of a one-layer network, c times as fast: the lazy limit. Equation and solution are derived at
    the head of this file.

    >>> modes = TwoLayerModes(1.0, initial_strengths=0.0, imbalances=[0.0, 2.0, 200.0])
    >>> modes(0.01).round(3).tolist()
    [0.0, 0.02, 0.865]
    """

    _: KW_ONLY
    imbalances: Array = 0.0  # type: ignore[assignment]
    """c >= 0: |w2^2 - w1^2|, in the unit of the strength."""

    def __post_init__(self) -> None:
        super().__post_init__()
        imbalances = _validate.finite("imbalances", self.imbalances, at_least=0)
        names = ["correlations", "initial_strengths", "variances"]
        set_together(self, {n: getattr(self, n) for n in names} | {"imbalances": imbalances})

    def rate(self, strengths: ArrayLike) -> Array:
        """du/dt at the given strengths, which broadcast with the modes."""
        u = np.asarray(strengths)
        drive = self.correlations - self.variances * u
        return np.hypot(self.imbalances, 2 * u) * drive / self.time_constant

    def _strengths(self, t: Array) -> Array:
        c = np.where(self.imbalances < 1e-150, 0.0, self.imbalances)  # c^2 would be no number
        lam = self.variances
        # Of p and q take the one that is not 0 at the start; where it is q, u and s change sign.
        sign = np.where(self.initial_strengths < 0, -1.0, 1.0)
        s, u0 = sign * self.correlations, np.abs(self.initial_strengths)
        size = np.hypot(c, 2 * u0)
        p0, beyond = 2 * u0 + size, 2 * u0 * (1 + ratio(2 * u0, size + c))
        k = np.hypot(lam * c, 2 * s)
        above, below = one_plus_and_minus_ratio(2 * s, k, lam * c)

        e, g = np.exp(-k * t), t * mean_decay(k * t)
        share = lam * c * g
        room = below + above * e + lam * p0 * g
        p = ratio(p0 * above + p0 * below * e + c * share, room)
        beyond = beyond * (above + below * e - share) + 4 * c * s * g
        gap = np.sign(beyond) * ratio(np.abs(beyond), room)
        return sign * gap * (1 + ratio(c, p)) / 4


def one_plus_and_minus_ratio(a: Array, k: Array, b: Array) -> tuple[Array, Array]:
    """1 + a / k and 1 - a / k, where k = sqrt(a^2 + b^2), each to full precision; 1 and 1 at k = 0.

    Where a is close to k the difference is b^2 / (k (k + a)) instead.
    """
    k = np.where(k > 0, k, 1.0)
    far = 1 + np.abs(a) / k
    near = np.where(k > 0, b / k * (b / (k + np.abs(a))), 1.0)
    near = np.where((a == 0) & (b == 0), 1.0, near)
    return np.where(a >= 0, far, near), np.where(a >= 0, near, far)
