"""Comparisons for the checks in the notebooks, with messages that teach.

A failed comparison has two parts: a *public* one (which function, at which stage, the likely
misconception, where to look) and the *values* (expected, received). A visible check shows both.
Of a hidden one a student sees the public part only, so it never holds an expected value.

    check = Check("LinSin_phi")
    phi = check.array(model.phi(x), shape=(15, 8), why="a row per input, a column per feature")
    check.close(phi[0], [0, 0, 1, 1], why="at x = 0 sines are 0 and cosines are 1")
"""

from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray


class CheckFailed(AssertionError):
    """`public` says what is wrong, `values` what was expected and what came."""

    def __init__(self, public: str, values: str = "") -> None:
        super().__init__(f"{public}\n{values}" if values else public)
        self.public, self.values = public, values


class Check:
    """Comparisons on behalf of the function called `name`.

    >>> Check("double").close(3.0, 4.0, why="twice the input")
    Traceback (most recent call last):
    course_utils.checks.comparing.CheckFailed: double: wrong values: twice the input.
    Expected 4.
    Received 3.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def fail(self, public: str, values: str = "") -> NoReturn:
        """Raise CheckFailed with this message."""
        stop = "" if public.endswith("?") else "."
        raise CheckFailed(f"{self.name}: {public}{stop}", values)

    def true(self, condition: object, why: str) -> None:
        """Fail with `why` unless `condition` holds."""
        if not condition:
            self.fail(why)

    def array(
        self, value: Any, *, shape: tuple[int, ...] | None = None, why: str = ""
    ) -> NDArray[np.float64]:
        """`value` as a float64 array with finite entries, of the given shape.

        Takes tensors (attached to a graph or not), arrays, numbers, and lists of any of these.
        """
        if value is None:
            self.fail("it returned None: is a `return` missing?")
        try:
            array = np.asarray(_plain(value))
            if array.dtype.kind not in "biuf":  # no text, no complex numbers, no objects
                raise TypeError(array.dtype)
            array = array.astype(np.float64)  # a copy
        except Exception:  # objects may raise anything when read
            self.fail(f"expected numbers, it returned {_kind(value)}{_because(why)}")
        if shape is not None and array.shape != shape:
            self.fail(f"wrong shape{_because(why)}", f"Expected {shape}\nReceived {array.shape}")
        if not np.isfinite(array).all():
            self.fail("some of the numbers are infinite or not a number (nan)")
        return array

    def close(
        self,
        received: Any,
        expected: ArrayLike,
        *,
        why: str,
        rtol: float = 1e-4,
        atol: float = 1e-6,
    ) -> None:
        """Fail unless every entry of `received` is within atol + rtol * |expected|."""
        want = self.array(expected)
        got = self.array(received, shape=want.shape, why=why)
        if not np.allclose(got, want, rtol=rtol, atol=atol):
            self.fail(
                f"wrong values{_because(why)}", f"Expected {_show(want)}\nReceived {_show(got)}"
            )

    def differs(self, received: Any, misconception: ArrayLike, *, why: str) -> None:
        """Fail with `why` where `received` equals what a known misconception gives.

        Call it before `close`, to name the mistake and not only the difference.
        """
        wrong = np.asarray(misconception, dtype=np.float64)
        got = self.array(received)
        if got.shape == wrong.shape and np.allclose(got, wrong, rtol=1e-4, atol=1e-6):
            self.fail(why, f"Received {_show(got)}")


def _plain(value: Any) -> Any:
    """Tensors, alone or in lists, as what NumPy reads."""
    if hasattr(value, "detach"):
        return value.detach().cpu().numpy()
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value


def _kind(value: object) -> str:
    return f"a {type(value).__name__}"


def _because(why: str) -> str:
    return f": {why}" if why else ""


def _show(array: NDArray[np.float64]) -> str:
    """Few digits, few entries."""
    return np.array2string(array, precision=5, suppress_small=True, threshold=20, edgeitems=3)
