"""One layer: every mode relaxes to its end at a rate that its own inputs set.

Gradient flow of W on (1/n) sum |y - W x|^2, along a direction of the inputs of variance l:

    tau du/dt = s - l u,      u(t) = u0 e^(-l t / tau) + s (1 - e^(-l t / tau)) / l.

A direction without variance has s = 0 in any data and does not move; the formula then reads
u0 + s t / tau.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course_utils.theory._modes import Array, Modes, mean_decay


@dataclass(frozen=True)
class OneLayerModes(Modes):
    """Modes of a network without hidden layer: tau du/dt = s - l u, for any start.

    >>> modes = OneLayerModes([2.0, 1.0], initial_strengths=0.0, time_constant=10.0)
    >>> modes([0, 10 * np.log(2), 1000]).round(3).tolist()
    [[0.0, 0.0], [1.0, 0.5], [2.0, 1.0]]
    """

    def rate(self, strengths: ArrayLike) -> Array:
        """du/dt at the given strengths, which broadcast with the modes."""
        return (self.correlations - self.variances * np.asarray(strengths)) / self.time_constant

    def _strengths(self, t: Array) -> Array:
        z = self.variances * t
        return self.initial_strengths * np.exp(-z) + self.correlations * t * mean_decay(z)
