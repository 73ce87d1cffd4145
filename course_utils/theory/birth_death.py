"""Mass that grows where a potential is low: the replicator equation, and what n particles add.

dmu/dt = div(mu grad V) - alpha (V - Vbar) mu,      Vbar the mean of V under mu.

The first term moves mass downhill, the second kills it where V is above its mean and lets it grow
where V is below. Time is in units in which the flow is dtheta/dt = -grad V; `alpha` is per unit of
time and of V. Source: Rotskoff, Jelassi, Bruna and Vanden-Eijnden 2019.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _validate

Array = NDArray[np.float64]


def replicator(
    potential: ArrayLike, times: ArrayLike, *, alpha: float = 1.0, masses: ArrayLike | None = None
) -> Array:
    """Masses at `times`, shape (K, N), where V is fixed and nothing moves.

    mu_i(t) = mu_i(0) exp(-alpha t V_i) / sum_j mu_j(0) exp(-alpha t V_j)

    Parameters
    ----------
    potential : V of N particles, shape (N,).
    times : at least 0, shape (K,).
    masses : at the start, at least 0 and not all 0, shape (N,); scaled to sum 1. Equal if None.

    Raises
    ------
    ValueError : for numbers that are negative or not finite, or shapes that do not fit.

    >>> replicator([0.0, 1.0], [0.0, np.log(3)])
    array([[0.5 , 0.5 ],
           [0.75, 0.25]])
    """
    v, t = _validate.finite("potential", potential), _validate.finite("times", times, at_least=0)
    _validate.shape("potential", v, ("N",))
    _validate.shape("times", t, ("K",))
    _validate.not_negative("alpha", alpha)
    mu = _masses(masses, len(v))
    above = np.maximum(v - v[mu > 0].min(), 0)  # so that late times keep what the start was
    with np.errstate(divide="ignore"):
        exponents = np.log(mu) - alpha * np.outer(t, above)
    grown = np.exp(exponents - exponents.max(axis=1, keepdims=True))
    return grown / grown.sum(axis=1, keepdims=True)


def bowl_mean(
    times: ArrayLike,
    *,
    curvature: float,
    variance: float,
    dimension: int = 1,
    alpha: float = 1.0,
) -> Array:
    """Vbar - min V of V = (l/2) |theta|^2 in D dimensions, from a centred normal mu(0), fixed V.

    The mass stays normal, of variance 1 / (1 / variance + alpha l t), so that

    Vbar(t) = (D/2) l / (1 / variance + alpha l t)  ->  D / (2 alpha t),

    whatever the curvature l and the start: mass only multiplies, so the closer to the minimum it
    has to be, the less of it there was. Any V with a minimum of this kind ends on the same law.

    >>> bowl_mean([0.0, 1000.0], curvature=2.0, variance=1.0).round(6)
    array([1.e+00, 5.e-04])
    """
    t = _validate.finite("times", times, at_least=0)
    _validate.positive("curvature", curvature)
    _validate.positive("variance", variance)
    _validate.whole("dimension", dimension, at_least=1)
    _validate.not_negative("alpha", alpha)
    return dimension / 2 * curvature / (1 / variance + alpha * curvature * t)


def energy_rates(
    potential: ArrayLike,
    squared_slopes: ArrayLike,
    *,
    alpha: float = 1.0,
    masses: ArrayLike | None = None,
) -> tuple[float, float]:
    """What motion, and what birth and death, add to the energy per unit of time; both at most 0.

    dE/dt = - int |grad V|^2 dmu - alpha Var_mu V

    where V is the first variation of E, so that it holds for particles that interact too.

    Parameters
    ----------
    potential, squared_slopes : V and |grad V|^2 of N particles, shape (N,).
    masses : as in `replicator`.

    >>> energy_rates([0.0, 2.0], [1.0, 3.0], alpha=0.5)
    (-2.0, -0.5)
    """
    v, slopes = (
        _validate.finite("potential", potential),
        _validate.finite("squared_slopes", squared_slopes, at_least=0),
    )
    _validate.shape("potential", v, ("N",))
    _validate.shape("squared_slopes", slopes, v.shape)
    _validate.not_negative("alpha", alpha)
    mu = _masses(masses, len(v))
    return -float(mu @ slopes), -float(alpha * mu @ (v - mu @ v) ** 2)


def sampling_floor(overlaps: ArrayLike, n: int, *, masses: ArrayLike | None = None) -> float:
    """Mean square of f_n - f where f_n averages n particles drawn from mu, f its mean over mu.

    E |f_n - f|^2 = (1 / n) (int K(theta, theta) dmu - int int K(theta, theta') dmu dmu)

    Parameters
    ----------
    overlaps : K of N particles among each other, shape (N, N): means over inputs of the product
        of what two of them put out.
    n : how many are drawn, with replacement.
    masses : as in `replicator`.

    >>> sampling_floor(np.eye(2), 10)
    0.05
    """
    k = _validate.finite("overlaps", overlaps)
    _validate.shape("overlaps", k, (len(k) if k.ndim else "N",) * 2)
    _validate.whole("n", n, at_least=1)
    mu = _masses(masses, len(k))
    return float(mu @ np.diagonal(k) - mu @ k @ mu) / n


def _masses(masses: ArrayLike | None, n: int) -> Array:
    """Masses of sum 1, equal if None."""
    if masses is None:
        return np.full(n, 1 / n)
    given = _validate.finite("masses", masses, at_least=0)
    _validate.shape("masses", given, (n,))
    if not given.sum() > 0:
        raise ValueError(f"masses={masses!r}: give at least one above 0")
    return given / given.sum()
