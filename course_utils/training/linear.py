"""Gradient descent of two-layer linear networks, from the second moments of the data.

    dL/dW21 = 2 W32' (W C11 - C31),      dL/dW32 = 2 (W C11 - C31) W21',      W = W32 W21.

A step never sees the data, so that its cost does not grow with the number of points. Two rotations
that change nothing else make it cheaper still: of the inputs, to their principal axes, where C11 is
diagonal and W C11 costs next to nothing; and of the hidden units, to the span of the weights, of at
most d + k dimensions, which no gradient leaves.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _validate
from course_utils.data import Moments
from course_utils.models import LinearNetwork
from course_utils.training.steps import CHECKED_EVERY, DivergedError, recorded_steps

Array = NDArray[np.float64]


@dataclass(frozen=True)
class LinearHistory:
    """What was recorded after each of `steps` steps, shape (K,)."""

    steps: NDArray[np.int64]
    losses: Array
    """L, shape (K,), or (K, ...) for networks with leading axes."""
    networks: LinearNetwork
    """The weights, with an axis of length K in front."""

    @property
    def maps(self) -> Array:
        """W32 W21, shape (K, ..., k, d)."""
        return self.networks.map

    @property
    def final(self) -> LinearNetwork:
        """The network after the last recorded step."""
        return LinearNetwork(self.networks.w21[-1], self.networks.w32[-1])


def train_linear(
    network: LinearNetwork,
    moments: Moments,
    *,
    n_steps: int,
    learning_rate: ArrayLike,
    weight_decay: float = 0.0,
    decay: float = 0.0,
    record: ArrayLike | None = None,
) -> LinearHistory:
    """Full-batch gradient descent on L(W) + gamma (|W21|^2 + |W32|^2), in float64.

    L is the mean of |y - W x|^2 over the points, gamma the weight decay. Step number k, from 0, has
    the learning rate eta / (1 + decay k). One step of rate eta is a time of 2 eta time constants of
    the closed forms in `theory`, which flow on half of this.

    Parameters
    ----------
    network : one network, or several along leading axes; it stays as it is.
    moments : of the data; `moments.rotated(u, vt)` trains in synaptic space.
    learning_rate : eta, one for all networks or one for each, of the shape of the leading axes.
    record : the steps to record, increasing; `log_steps(n_steps)` if None.

    Raises
    ------
    ValueError : for bad settings, or shapes that do not fit.
    DivergedError : where weights, or the losses that they lead to, stop being finite numbers.

    >>> from course_utils.data import moments
    >>> from course_utils.models import random_network
    >>> x = np.random.default_rng(0).normal(size=(50, 3))
    >>> start = random_network(3, 4, 2, scale=0.1, seed=0)
    >>> run = train_linear(start, moments(x, x[:, :2]), n_steps=2000, learning_rate=0.05)
    >>> bool(np.allclose(run.maps[-1], [[1, 0, 0], [0, 1, 0]]))
    True
    """
    _validate.whole("n_steps", n_steps)
    for name, value in {"decay": decay, "weight_decay": weight_decay}.items():
        _validate.shape(name, _validate.finite(name, value, at_least=0), ())
    steps = recorded_steps(record, n_steps)
    leading, (k, d) = network.map.shape[:-2], network.map.shape[-2:]
    _validate.shape("moments.c31", moments.c31, (k, d))
    rates = _validate.finite("learning_rate", learning_rate)
    if rates.shape not in ((), leading):
        _validate.shape("learning_rate", rates, leading)
    for rate in rates.flat:
        _validate.positive("learning_rate", float(rate))

    variances, axes = np.linalg.eigh(moments.c11)
    hidden, w21, w32 = _hidden_basis(network.w21 @ axes, network.w32)
    descend = _descent(w21, w32, variances, moments.c31 @ axes, rates, weight_decay)
    first, second = [], []
    now, wanted = 0, set(steps.tolist())
    for stop in sorted({*wanted, *range(CHECKED_EVERY, n_steps, CHECKED_EVERY), n_steps}):
        with np.errstate(over="ignore", invalid="ignore"):
            descend(1 / (1 + decay * np.arange(now, stop)))
            size = np.square(w21).sum() * np.square(w32).sum() * variances[-1]
        now = stop
        if not np.isfinite(size):  # then the loss cannot be computed either
            raise DivergedError(
                f"weights or losses left the finite numbers by step {stop} with "
                f"learning_rate={learning_rate!r}: try a smaller one"
            )
        if stop in wanted:
            first.append(w21.copy())
            second.append(w32.copy())
    networks = LinearNetwork(
        hidden @ np.stack(first) @ axes.T, np.stack(second) @ np.swapaxes(hidden, -1, -2)
    )
    return LinearHistory(steps, moments.loss(networks.map), networks)


def _hidden_basis(w21: Array, w32: Array) -> tuple[Array, Array, Array]:
    """Orthonormal axes of the hidden units, shape (..., m, r), and the layers seen from there."""
    (m, d), k = w21.shape[-2:], w32.shape[-2]
    if m <= d + k:
        return np.eye(m), w21.copy(), w32.copy()
    stack = np.concatenate([w21, np.swapaxes(w32, -1, -2)], axis=-1)
    axes, layers = np.linalg.qr(stack)
    return axes, layers[..., :d].copy(), np.swapaxes(layers[..., d:], -1, -2).copy()


def _descent(
    w21: Array, w32: Array, variances: Array, c31: Array, rates: Array, weight_decay: float
) -> Callable[[Array], None]:
    """A function that takes steps in place, one for each factor of the learning rate."""
    w21_t, w32_t = np.swapaxes(w21, -1, -2), np.swapaxes(w32, -1, -2)
    error, step21, step32 = w32 @ w21, np.empty_like(w21), np.empty_like(w32)
    twice = 2 * float(rates) if rates.ndim == 0 else 2 * rates[..., np.newaxis, np.newaxis]

    def descend(factors: Array) -> None:
        for factor in factors.tolist():
            np.matmul(w32, w21, out=error)
            np.multiply(error, variances, out=error)
            np.subtract(error, c31, out=error)
            np.multiply(error, twice * factor, out=error)
            np.matmul(w32_t, error, out=step21)
            np.matmul(error, w21_t, out=step32)
            if weight_decay:
                shrink = 1 - twice * factor * weight_decay
                np.multiply(w21, shrink, out=w21)
                np.multiply(w32, shrink, out=w32)
            np.subtract(w21, step21, out=w21)
            np.subtract(w32, step32, out=w32)

    return descend
