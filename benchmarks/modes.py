"""Modes at 1000 times: closed forms, all modes at once, and a twin that integrates each alone."""

from collections.abc import Callable

import numpy as np
from scipy.integrate import solve_ivp

from course_utils.theory import BalancedModes, DeepModes, OneLayerModes, TwoLayerModes

Outcome = tuple[np.ndarray, ...]
TIMES = np.linspace(0, 20, 1000)

KINDS: dict[str, tuple[Callable, Callable]] = {
    "one layer": (
        lambda s, u0, lam, c: OneLayerModes(s, u0, variances=lam),
        lambda u, s, lam, c: s - lam * u,
    ),
    "balanced": (
        lambda s, u0, lam, c: BalancedModes(s, u0, variances=lam),
        lambda u, s, lam, c: 2 * u * (s - lam * u),
    ),
    "two layers": (
        lambda s, u0, lam, c: TwoLayerModes(s, u0, variances=lam, imbalances=c),
        lambda u, s, lam, c: (c**2 + 4 * u**2) ** 0.5 * (s - lam * u),
    ),
    "three layers": (
        lambda s, u0, lam, c: DeepModes(3, s, u0),
        lambda u, s, lam, c: 3 * abs(u) ** (4 / 3) * (s - u),
    ),
}
"""Closed form, and du/dt, from correlation, start, variance and imbalance."""


def modes(n: int) -> tuple[np.ndarray, ...]:
    """n modes that cover the same range, however many: correlations, starts, ..."""
    return (
        np.linspace(0.5, 3, n),
        np.geomspace(1e-3, 1e-1, n),
        np.linspace(2, 0.5, n),
        np.linspace(0, 3, n),
    )


def twin(kind: str, n_modes: int) -> Outcome:
    """Mode after mode, by SciPy's integrator with eight digits a step."""
    _, rate = KINDS[kind]
    strengths = np.empty((len(TIMES), n_modes))
    for i, (s, u0, lam, c) in enumerate(np.array(modes(n_modes)).T.tolist()):
        path = solve_ivp(
            lambda t, u, fixed=(s, lam, c): [rate(u[0], *fixed)],
            (TIMES[0], TIMES[-1]),
            [u0],
            t_eval=TIMES,
            rtol=1e-8,
            atol=1e-10,
        )
        strengths[:, i] = path.y[0]
    return (strengths,)


def ours(kind: str, n_modes: int) -> Outcome:
    make, _ = KINDS[kind]
    return (make(*modes(n_modes))(TIMES),)
