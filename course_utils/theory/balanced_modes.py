"""Two layers that share a mode evenly: the logistic curve.

When w1^2 = w2^2 at the start, it stays so, and the strength u = w1 w2 >= 0 of the mode obeys

    tau du/dt = 2 u (s - l u),      u(t) = u0 e^x / (1 + 2 l u0 (t / tau) (e^x - 1) / x),

with x = 2 s t / tau. For whitened inputs, l = 1, this is u = s e^x / (e^x - 1 + s / u0).
Both sides of the fraction are divided by e^x where x > 0, so that nothing overflows.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course_utils.theory._modes import Array, Modes, mean_decay, ratio


@dataclass(frozen=True)
class BalancedModes(Modes):
    """Balanced modes of a two-layer network: tau du/dt = 2 u (s - l u), u0 >= 0.

    A start at 0 stays there. With s < 0 (a strong weight decay, say) the mode dies out. Source:
    Saxe, McClelland and Ganguli (2014), for whitened inputs.

    Raises
    ------
    ValueError : for u0 < 0: there TwoLayerModes is the one to use.

    >>> modes = BalancedModes([4.0, 1.0], initial_strengths=1e-3, time_constant=2.0)
    >>> half_times = 2.0 / (2 * np.array([4.0, 1.0])) * np.log(np.array([4.0, 1.0]) / 1e-3 - 1)
    >>> np.diagonal(modes(half_times)).round(12).tolist()
    [2.0, 0.5]
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.initial_strengths < 0).any():
            raise ValueError(
                f"initial_strengths={self.initial_strengths!r}: a balanced mode that starts below "
                "0 is another problem; use TwoLayerModes, which takes any sign"
            )

    def rate(self, strengths: ArrayLike) -> Array:
        """du/dt at the given strengths, which broadcast with the modes."""
        u = np.asarray(strengths)
        return 2 * u * (self.correlations - self.variances * u) / self.time_constant

    def _strengths(self, t: Array) -> Array:
        x = 2 * self.correlations * t
        saturation = 2 * self.variances * self.initial_strengths * t * mean_decay(np.abs(x))
        grown = self.initial_strengths * np.exp(np.minimum(x, 0))
        room = np.exp(-np.maximum(x, 0)) + saturation
        return ratio(grown, room)
