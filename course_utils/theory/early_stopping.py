"""When to stop: the risk of a linear model over time, mode by mode.

Gradient descent from zero on |X theta - y|^2 / (2 n), where the features have the deviations
sigma_i and are uncorrelated, the labels are X theta* + noise of deviation sigma, and step sizes
eta_i may differ between the features. After k steps mode i has kept the share

    q_i = (1 - eta_i sigma_i^2)^k

of its way, and the risk, the mean square error on a new noisy label, is

    R(k) = sigma^2 + sum_i [ sigma_i^2 theta_i^2 q_i^2 + (sigma^2 / n) (1 - q_i)^2 ].

The first term of a mode falls as it is learned, the second rises as it fits noise; their sum is
least where q_i = (sigma^2 / n) / (sigma_i^2 theta_i^2 + sigma^2 / n). When modes reach that point
at different times, the sum over them can fall, rise and fall again: double descent in time.
"""

from dataclasses import KW_ONLY, dataclass

import numpy as np
from numpy.typing import ArrayLike

from course_utils import _validate
from course_utils.theory._modes import Array, set_together


@dataclass(frozen=True)
class EarlyStopping:
    """The risk of a linear model under gradient descent, as a function of the step.

    Parameters
    ----------
    deviations : sigma_i >= 0, one for each feature, shape (p,).
    target : theta*_i, the true weights, shape (p,).
    noise : sigma >= 0, standard deviation of the labels' noise.
    n : number of training points.
    step_sizes : eta_i, one for all features or one for each; 0 <= eta_i sigma_i^2 <= 1.

    Exact in the mean over the noise where X'X / n = diag(sigma_i^2). Source: Heckel and Yilmaz
    (2021).

    >>> model = EarlyStopping([2.0, 0.5], [1.0, 1.0], noise=1.0, n=10, step_sizes=0.1)
    >>> model.risk([0, 10, 10**4]).round(3).tolist()
    [5.25, 1.255, 1.2]
    >>> model.best_steps.round(1).tolist()
    [7.3, 49.5]
    """

    deviations: Array
    target: Array
    _: KW_ONLY
    noise: float
    n: int
    step_sizes: Array

    def __post_init__(self) -> None:
        noise_is_fine(self.noise, self.n)
        arrays = {
            "deviations": _validate.finite("deviations", self.deviations, at_least=0),
            "target": _validate.finite("target", self.target),
            "step_sizes": _validate.finite("step_sizes", self.step_sizes, at_least=0),
        }
        set_together(self, arrays)
        _validate.shape("deviations", self.deviations, ("p",))
        rates = self.step_sizes * self.deviations**2
        if (rates > 1).any():
            raise ValueError(
                f"step_sizes={self.step_sizes!r}: mode {rates.argmax()} would overshoot; "
                "stay below 1 / deviations^2"
            )

    def risk(self, k: ArrayLike) -> Array:
        """R after k steps, k >= 0 of any shape; whole steps are what descent visits."""
        return self.noise**2 + self.mode_risks(k).sum(axis=-1)

    def mode_risks(self, k: ArrayLike) -> Array:
        """What each mode adds to the risk after k steps, shape (..., p)."""
        steps = _validate.finite("k", k, at_least=0)[..., np.newaxis]
        rates = self.step_sizes * self.deviations**2
        with np.errstate(divide="ignore", invalid="ignore"):
            log_q = np.where(steps > 0, steps * np.log1p(-rates), 0.0)
        q, learned = np.exp(log_q), -np.expm1(log_q)
        not_learned = (self.deviations * self.target * q) ** 2
        noise_fitted = self.noise**2 / self.n * learned**2
        return not_learned + noise_fitted

    @property
    def best_steps(self) -> Array:
        """Where the risk of each mode is least, a real number of steps, shape (p,).

        0 for a mode without target; inf where every step helps, or none makes a difference.
        """
        q = best_shares(self.deviations, self.target, self.noise, self.n)
        rates = self.step_sizes * self.deviations**2
        with np.errstate(divide="ignore", invalid="ignore"):
            steps = np.log(q) / np.log1p(-rates)
        # At rate 1 the first step learns it all: better than none where q is below 1 / 2.
        steps = np.where(rates == 1, q < 0.5, steps)
        return np.where(q == 1, 0.0, steps)


def aligned_step_sizes(
    deviations: ArrayLike, target: ArrayLike, *, noise: float, n: int, best_step: float
) -> Array:
    """Step sizes with which every mode is at its best after `best_step` steps, shape (p,).

    eta_i = (1 - q_i^(1 / k)) / sigma_i^2 with q_i the best share of mode i. All modes then turn at
    the same time, so that the risk has a single minimum, the least that any stopping can reach.
    Modes without target or deviation get 0: they do not move.

    >>> sizes = aligned_step_sizes([2.0, 0.5], [1.0, 1.0], noise=1.0, n=10, best_step=20)
    >>> model = EarlyStopping([2.0, 0.5], [1.0, 1.0], noise=1.0, n=10, step_sizes=sizes)
    >>> model.best_steps.round(9).tolist()
    [20.0, 20.0]
    """
    _validate.positive("best_step", best_step)
    given = [
        _validate.finite("deviations", deviations, at_least=0),
        _validate.finite("target", target),
    ]
    still = EarlyStopping(*given, noise=noise, n=n, step_sizes=np.zeros(()))
    sigma, shares = still.deviations, best_shares(still.deviations, still.target, noise, n)
    moving = (sigma > 0) & (shares < 1)
    with np.errstate(divide="ignore"):
        learned = -np.expm1(np.log(shares) / best_step)
    return np.divide(learned, sigma**2, out=np.zeros_like(learned), where=moving)


def best_shares(deviations: Array, target: Array, noise: float, n: int) -> Array:
    """q_i at which mode i adds least to the risk; 1 for a mode without target."""
    signal, blur = (deviations * target) ** 2, noise**2 / n
    return np.divide(blur, signal + blur, out=np.ones_like(signal), where=signal > 0)


def noise_is_fine(noise: float, n: int) -> None:
    _validate.not_negative("noise", noise)
    _validate.whole("n", n, at_least=1)
