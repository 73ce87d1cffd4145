"""What the closed forms in time are held against: fine integration, and laws of their arguments."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

MODES = 1e-10
"""What the course promises of single modes. The integration here errs by some 1e-12."""


def integrate(
    right_side: Callable[[NDArray], NDArray],
    start: NDArray,
    times: NDArray,
    *,
    longest_step: float = np.inf,
) -> NDArray:
    """The solution of dy/dt = right_side(y) at increasing times, shape (T, *start.shape).

    It stops at every time, as interpolation would cost digits. The absolute tolerance is below any
    start, so that errors stay relative. Where some components rest while others move, steps as long
    as the time in which the resting ones return would shake these by 1e-10: keep steps shorter.
    """

    def flat(_: float, y: NDArray) -> NDArray:
        return right_side(y.reshape(start.shape)).ravel()

    path, y = [], start.ravel()
    for began, t in zip([0.0, *times], times, strict=False):
        if t > began:
            options = {"rtol": 1e-13, "atol": 1e-60, "max_step": longest_step}
            with np.errstate(over="ignore", invalid="ignore"):  # in trial steps that are too long
                solution = solve_ivp(flat, (began, t), y, method="DOP853", **options)
            assert solution.success
            y = solution.y[:, -1]
        path.append(y.reshape(start.shape))
    return np.array(path)


def derivative(function: Callable[[NDArray], NDArray], t: NDArray, h: float) -> NDArray:
    """d function / dt by five points: with h = 1e-3 of the time scale it errs by 1e-12."""
    near, far = (function(t + i * h) - function(t - i * h) for i in (1, 2))
    return (8 * near - far) / (12 * h)


def assert_close(received: Any, expected: Any, tolerance: float = MODES, scale: Any = None) -> None:
    """Equal to a share `tolerance` of `scale`; where none is given, of the expected number."""
    received, expected = np.asarray(received), np.asarray(expected)
    assert received.shape == expected.shape
    allowed = tolerance * (np.abs(expected) if scale is None else np.asarray(scale))
    difference = np.abs(received - expected)
    # A start of exactly 0 leaves no scale at all; such a mode has to be exactly 0.
    assert (difference <= allowed).all(), f"up to {np.nanmax(difference)}, {received} {expected}"


def some_zero(rng: np.random.Generator, values: NDArray) -> NDArray:
    """`values`, about every fifth replaced by 0."""
    return np.where(rng.random(values.shape) < 0.2, 0.0, values)


def check_shapes(kind: Callable[..., Any], **fields: Any) -> None:
    """For modes of shape S and times of shape T: shape T + S, each number as if alone.

    Enough times are among them to be computed in several blocks.
    """
    modes, arrays = kind(**fields), np.broadcast_arrays(*map(np.asarray, fields.values()))
    for shape in [(), (0,), (1,), (2, 3), (7, 1, 5000)]:
        t = np.linspace(0, 3, int(np.prod(shape))).reshape(shape)
        received = modes(t)
        assert received.shape == shape + arrays[0].shape
        for i in np.ndindex(arrays[0].shape):
            alone = kind(**{name: a[i] for name, a in zip(fields, arrays, strict=True)})
            assert alone.rate(0.5).shape == ()
            assert modes.rate(0.5)[i] == alone.rate(0.5)
            assert_close(received[(..., *i)].ravel()[::1001], alone(t.ravel()[::1001]))
    before, given = modes(1.0), fields[next(iter(fields))]
    given += 1
    assert (modes(1.0) == before).all()  # what was given can change afterwards
