"""Depth: the deeper the network, the longer the wait and the steeper the rise.

A mode that D layers share evenly, each with the weight u^(1/D), has the strength u:

    tau du/dt = D u^(2 - 2/D) (s - u).

With x = u / s and w = x^(1/D) time is a function of the strength, the same for all modes of one
depth once it is counted in units of tau / s^(2 - 2/D):

    clock(w) = w^(2 - D) / (2 - D) - (1/D) sum_j Re[ z_j^2 ln(1 - w / z_j) ]

with the roots of unity z_j = e^(2 pi i j / D), and ln w for the first term at D = 2. That is the
antiderivative of w^(1 - D) / (1 - w^D), in partial fractions. The strength at a time is found by
inverting the clock, on a table fine enough for ten digits, in a coordinate in which the curve is
smooth: y = ln(x / (1 - x)) below s, y = ln(x - 1) above. Far above s the partial fractions cancel,
and the clock is the time since a fall from infinity, a hypergeometric function.

For a small start the first term rules: the wait is tau u0^-(1 - 2/D) / (D - 2) for D > 2, and
grows only with the logarithm of 1 / u0 for D = 2.
"""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import hyp2f1

from course_utils import _validate
from course_utils.theory._modes import Array, in_blocks, set_together

TABLE_STEP = 1 / 256
"""Step in y of the table: cubic interpolation between its nodes errs by less than 3e-11."""
SATURATED = 40.0
"""Here y means a strength within rounding of s."""


@dataclass(frozen=True)
class DeepModes:
    """Balanced modes of a network with D >= 2 layers: tau du/dt = D u^(2 - 2/D) (s - u).

    Inputs are whitened, s >= 0 and u0 >= 0; singular values and initial strengths broadcast to one
    shape S. Called with times t >= 0 of shape T, in the unit of `time_constant`, it gives strengths
    of shape T + S, to 1e-10 of s, or of the start where that is above s. (Where the wait itself is
    long, rounding of t costs more: 1e-9 for D = 5 and u0 = 1e-14.) A start at 0 stays there. Source
    of the equation: Saxe, McClelland and Ganguli (2014).

    Raises
    ------
    ValueError : for a negative s (take the sign into a singular vector) or u0, or a depth below 2.

    >>> modes = DeepModes(3, 1.0, initial_strengths=[1e-3, 1e-6])
    >>> modes.time_to_reach(0.5).round(1).tolist()
    [9.1, 99.1]
    >>> np.diagonal(modes(modes.time_to_reach(0.5))).round(10).tolist()
    [0.5, 0.5]
    """

    depth: int
    singular_values: Array
    initial_strengths: Array
    _: KW_ONLY
    time_constant: float = 1.0

    def __post_init__(self) -> None:
        _validate.whole("depth", self.depth, at_least=2)
        _validate.positive("time_constant", self.time_constant)
        names = ("singular_values", "initial_strengths")
        set_together(self, {n: _validate.finite(n, getattr(self, n), at_least=0) for n in names})

    def rate(self, strengths: ArrayLike) -> Array:
        """du/dt at the given strengths, which broadcast with the modes."""
        u = np.asarray(strengths)
        growth = self.depth * u**self._power
        return growth * (self.singular_values - u) / self.time_constant

    def time_to_reach(self, strengths: ArrayLike) -> Array:
        """When each mode has the given strength: negative before the start, inf if never."""
        u, u0, s = np.broadcast_arrays(
            _validate.finite("strengths", strengths, at_least=0),
            self.initial_strengths,
            self.singular_values,
        )
        times = np.full(u.shape, np.inf)
        times[u == u0] = 0
        moving = (u != u0) & (u > 0) & (u0 > 0) & (s > 0) & (np.sign(s - u) == np.sign(s - u0))
        dying = (u != u0) & (u > 0) & (u0 > 0) & (s == 0)
        power = self._power
        waited = (u[dying] ** -power - u0[dying] ** -power) / (power * self.depth)
        times[dying] = self.time_constant * waited
        u, u0, s = u[moving], u0[moving], s[moving]
        waited = self._clock(np.log(u / s)) - self._clock(np.log(u0 / s))
        times[moving] = self.time_constant * waited / s**self._power
        return times

    def __call__(self, t: ArrayLike) -> Array:
        times = _validate.finite("t", t, at_least=0) / self.time_constant
        s, u0 = self.singular_values, self.initial_strengths
        strengths = np.broadcast_to(u0, times.shape + u0.shape).copy()
        for where, curve in [
            ((u0 > 0) & (u0 < s), self._rising),
            ((u0 > s) & (s > 0), self._falling),
            ((u0 > 0) & (s == 0), self._dying),
        ]:
            if where.any():
                function = curve(s[where], u0[where])
                strengths[..., where] = in_blocks(function, times, s[where].shape)
        return strengths

    @property
    def _power(self) -> float:
        return 2 - 2 / self.depth

    def _clock(self, log_x: Array) -> Array:
        """Time at x = u / s in units of tau / s^(2 - 2/D), up to a constant on each side of s."""
        two = np.array([np.log(2.0)])
        shift = self._partial_fractions(two) - self._far_above(two)
        clock, far = np.empty_like(log_x), log_x > two
        clock[far] = self._far_above(log_x[far])
        clock[~far] = self._partial_fractions(log_x[~far])
        clock[~far & (log_x > 0)] -= shift
        return clock

    def _far_above(self, log_x: Array) -> Array:
        """The integral of 1 / (D x^(2 - 2/D) (x - 1)) from x to infinity, to all digits."""
        a = self._power
        return np.exp(-a * log_x) / (self.depth * a) * hyp2f1(1, a, 1 + a, np.exp(-log_x))

    def _partial_fractions(self, log_x: Array) -> Array:
        """The antiderivative of w^(1 - D) / (1 - w^D) in w = x^(1/D)."""
        log_w = log_x / self.depth
        w = np.exp(log_w)
        roots = np.exp(2j * np.pi * np.arange(1, self.depth) / self.depth)
        total = np.log(np.abs(np.expm1(log_w)))
        for z in roots:
            total = total + (z**2 * np.log(1 - w / z)).real
        first = log_w if self.depth == 2 else w ** (2 - self.depth) / (2 - self.depth)
        return first - total / self.depth

    def _rising(self, s: Array, u0: Array) -> Callable[[Array], Array]:
        """0 < u0 < s, with y = ln(x / (1 - x)): dy/d(clock) = D x^(1 - 2/D)."""
        start = np.log(u0 / (s - u0))
        y = np.arange(min(start.min(), SATURATED), SATURATED + 2 * TABLE_STEP, TABLE_STEP)
        log_x = -np.logaddexp(0, -y)
        slope = self.depth * np.exp(log_x * (1 - 2 / self.depth))
        read = self._inverted_clock(y, log_x, slope)
        began, speed = self._clock(-np.logaddexp(0, -start)), s**self._power
        return lambda t: s / (1 + np.exp(-read(began + speed * t)))

    def _falling(self, s: Array, u0: Array) -> Callable[[Array], Array]:
        """u0 > s > 0, with y = ln(x - 1): dy/d(clock) = -D x^(2 - 2/D)."""
        start = np.log((u0 - s) / s)
        y = np.arange(max(start.max(), -SATURATED), -SATURATED - 2 * TABLE_STEP, -TABLE_STEP)
        log_x = np.logaddexp(0, y)
        slope = -self.depth * np.exp(log_x * self._power)
        read = self._inverted_clock(y, log_x, slope)
        began, speed = self._clock(np.logaddexp(0, start)), s**self._power
        return lambda t: s * (1 + np.exp(read(began + speed * t)))

    def _dying(self, s: Array, u0: Array) -> Callable[[Array], Array]:
        """s = 0: tau du/dt = -D u^(3 - 2/D), a power of time."""
        power = self._power
        return lambda t: u0 * (1 + power * self.depth * u0**power * t) ** (-1 / power)

    def _inverted_clock(self, y: Array, log_x: Array, slope: Array) -> Callable[[Array], Array]:
        """y as a function of the clock, from a table of both and of dy/d(clock)."""
        clock = self._clock(log_x)
        width, rise = np.diff(clock), np.diff(y)
        first, last = width * slope[:-1], width * slope[1:]

        def read(now: Array) -> Array:
            i = np.clip(np.searchsorted(clock, now) - 1, 0, len(width) - 1)
            x = np.minimum((now - clock[i]) / width[i], 1)
            bend, twist = 3 * rise[i] - 2 * first[i] - last[i], first[i] + last[i] - 2 * rise[i]
            return y[i] + x * (first[i] + x * (bend + x * twist))

        return read
