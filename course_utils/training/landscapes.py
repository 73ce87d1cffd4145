"""Descent on a landscape of two weights: by steps, and by the flow that small steps follow."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import solve_ivp

from course_utils import _validate
from course_utils.data import Landscape
from course_utils.training.steps import CHECKED_EVERY, DivergedError, recorded_steps

Array = NDArray[np.float64]


def descend(
    landscape: Landscape,
    starts: ArrayLike,
    *,
    learning_rate: ArrayLike,
    n_steps: int,
    record: ArrayLike | None = None,
) -> Array:
    """Gradient descent w <- w - eta grad f(w) from every start at once.

    Parameters
    ----------
    starts : shape (..., 2).
    learning_rate : eta, one for all starts or one for each, of the shape of the leading axes.
    record : the steps to record, increasing; all of them from 0 on if None.

    Returns
    -------
    Points after each recorded step, shape (K, ..., 2). Step k is the time k eta of the flow.

    Raises
    ------
    ValueError : for bad settings.
    DivergedError : where a point leaves the finite numbers.

    >>> from course_utils.data import landscape
    >>> descend(landscape("bowl"), [1.0, 1.0], learning_rate=0.05, n_steps=2)
    array([[1.    , 1.    ],
           [0.95  , 0.5   ],
           [0.9025, 0.25  ]])
    """
    w = _starts(starts)
    _validate.whole("n_steps", n_steps)
    eta = _validate.finite("learning_rate", learning_rate)
    if eta.shape not in ((), w.shape[:-1]):
        _validate.shape("learning_rate", eta, w.shape[:-1])
    for rate in eta.flat:
        _validate.positive("learning_rate", float(rate))
    steps = np.arange(n_steps + 1) if record is None else recorded_steps(record, n_steps)
    eta, wanted, path = eta[..., np.newaxis], set(steps.tolist()), []
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(n_steps + 1):
            if step in wanted:
                path.append(w.copy())
            if (step in wanted or step % CHECKED_EVERY == 0) and not np.isfinite(w).all():
                raise DivergedError(
                    f"a point left the finite numbers by step {step} with "
                    f"learning_rate={learning_rate!r}: try a smaller one"
                )
            if step < n_steps:
                w -= eta * landscape.gradient(w)
    return np.stack(path)


def gradient_flow(
    landscape: Landscape, starts: ArrayLike, times: ArrayLike, *, rtol: float = 1e-10
) -> Array:
    """The flow dw/dt = -grad f(w) from every start, by DOP853 with the tolerance `rtol`.

    Parameters
    ----------
    starts : shape (..., 2).
    times : increasing, from 0 on, shape (K,), in units in which k steps of descent with learning
        rate eta take k eta.

    Returns
    -------
    Points at those times, shape (K, ..., 2).

    >>> from course_utils.data import landscape
    >>> end = gradient_flow(landscape("bowl"), [1.0, 1.0], [0.0, 1.0])[-1]
    >>> bool(np.allclose(end, [np.exp(-1), np.exp(-10)], rtol=0, atol=1e-9))
    True
    """
    w = _starts(starts)
    t = _validate.finite("times", times, at_least=0)
    if t.ndim != 1 or not len(t) or (np.diff(t) <= 0).any():
        raise ValueError(f"times={times!r}: give increasing numbers of at least 0, shape (K,)")
    _validate.positive("rtol", rtol)
    if t[-1] == 0:
        return w[np.newaxis]

    def velocity(_: float, flat: Array) -> Array:
        return -landscape.gradient(flat.reshape(w.shape)).ravel()

    solution = solve_ivp(
        velocity, (0.0, t[-1]), w.ravel(), t_eval=t, method="DOP853", rtol=rtol, atol=rtol / 100
    )
    if not solution.success:
        raise DivergedError(f"the flow could not be followed to t={t[-1]:g}: {solution.message}")
    return solution.y.T.reshape(len(t), *w.shape)


def _starts(starts: ArrayLike) -> Array:
    w = _validate.finite("starts", starts)
    if w.shape[-1:] != (2,):
        _validate.shape("starts", w, ("...", 2))
    return w
