"""A model of one weight, in which scaling, linearisation and loss can be drawn.

h(x; w) = (w - w0) f(x, w),   f(x, w) = w x / 2 + ln(1 + w^2) x / 5 + sin(exp(2 w)) / 10
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _validate

Array = NDArray[np.float64]


@dataclass(frozen=True)
class OneWeightModel:
    """h(x; w) = (w - w0) f(x, w), which is 0 at w = w0.

    Weights w and inputs x are numbers or arrays that broadcast; results have their common shape.

    >>> model = OneWeightModel()
    >>> float(model.output(1.5, 2.0)), bool(model.slope(1.5, 2.0) == model.factor(1.5, 2.0))
    (0.0, True)
    """

    w0: float = 1.5

    def factor(self, w: ArrayLike, x: ArrayLike) -> Array:
        """f(x, w), the slope of h in w at the start."""
        w, x = np.asarray(w, dtype=np.float64), np.asarray(x, dtype=np.float64)
        return w * x / 2 + np.log1p(w**2) * x / 5 + np.sin(np.exp(2 * w)) / 10

    def output(self, w: ArrayLike, x: ArrayLike) -> Array:
        """h(x; w)."""
        return (np.asarray(w) - self.w0) * self.factor(w, x)

    def linearised(self, w: ArrayLike, x: ArrayLike) -> Array:
        """h(x; w0) + (w - w0) dh/dw(x; w0), and h(x; w0) = 0."""
        return (np.asarray(w) - self.w0) * self.factor(self.w0, x)

    def slope(self, w: ArrayLike, x: ArrayLike) -> Array:
        """dh/dw."""
        return self.factor(w, x) + (np.asarray(w) - self.w0) * self._factor_slope(w, x)

    def curvature(self, w: ArrayLike, x: ArrayLike) -> Array:
        """d2h/dw2."""
        w, x = np.asarray(w, dtype=np.float64), np.asarray(x, dtype=np.float64)
        e = np.exp(2 * w)
        second = (
            2 * (1 - w**2) / (1 + w**2) ** 2 * x / 5
            + (4 * e * np.cos(e) - 4 * e**2 * np.sin(e)) / 10
        )
        return 2 * self._factor_slope(w, x) + (w - self.w0) * second

    def _factor_slope(self, w: ArrayLike, x: ArrayLike) -> Array:
        w, x = np.asarray(w, dtype=np.float64), np.asarray(x, dtype=np.float64)
        e = np.exp(2 * w)
        return x / 2 + 2 * w / (1 + w**2) * x / 5 + 2 * e * np.cos(e) / 10

    def loss(self, w: ArrayLike, *, x: float, y: float, alpha: float) -> Array:
        """(alpha h(x; w) - y)^2 / (2 alpha^2), the loss of the scaled model on the point (x, y)."""
        _validate.positive("alpha", alpha)
        return (alpha * self.output(w, x) - y) ** 2 / (2 * alpha**2)

    def linearised_loss(self, w: ArrayLike, *, x: float, y: float, alpha: float) -> Array:
        """The same with the linearised model in place of h."""
        _validate.positive("alpha", alpha)
        return (alpha * self.linearised(w, x) - y) ** 2 / (2 * alpha**2)

    def criterion(self, *, x: float, y: float, alpha: float) -> float:
        """kappa = |alpha h(x; w0) - y| / alpha |h''| / |h'|^2 at the start; small: lazy.

        >>> round(OneWeightModel().criterion(x=1.5, y=3.0, alpha=1.0), 4)
        5.6907
        """
        _validate.positive("alpha", alpha)
        slope = self.slope(self.w0, x)
        return float(abs(y) / alpha * abs(self.curvature(self.w0, x)) / slope**2)
