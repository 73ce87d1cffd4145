"""Comparisons for the checks in the notebooks, with messages that teach.

A failed comparison has two parts: a *public* one (which function, at which stage, the likely
misconception, where to look) and the *values* (expected, received). A visible check shows both.
Of a hidden one a student sees the public part only, so it never holds an expected value.

    check = Check("LinSin_phi")
    phi = check.array(model.phi(x), shape=(15, 8), why="a row per input, a column per feature")
    check.close(phi[0], [0, 0, 1, 1], why="at x = 0 sines are 0 and cosines are 1")
"""

import sys
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray


class CheckFailed(AssertionError):
    """`public` says what is wrong, `values` what was expected and what came."""

    def __init__(self, public: str, values: str = "") -> None:
        super().__init__(f"{public}\n{values}" if values else public)
        self.public, self.values = public, values


class Check:
    """Comparisons on behalf of the function called `name`, or of the method `Class.name`.

    Where the notebook that asks has something else by this name, that is said at once.

    >>> Check("double").close(3.0, 4.0, why="twice the input")
    Traceback (most recent call last):
    course_utils.checks.comparing.CheckFailed: double: wrong values: twice the input.
    Expected 4.
    Received 3.

    >>> triple = 3.0
    >>> Check("triple")
    Traceback (most recent call last):
    course_utils.checks.comparing.CheckFailed: triple: it is no function but a float: \
was the name used for something else?
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._came_rounded = False  # whether a number came in less than float64
        if wrong := _no_function(name, sys._getframe(1).f_globals):
            self.fail(f"it is {wrong}: was the name used for something else?")

    def fail(self, public: str, values: str = "") -> NoReturn:
        """Raise CheckFailed with this message."""
        stop = "" if public.endswith("?") else "."
        raise CheckFailed(f"{self.name}: {public}{stop}", values)

    def true(self, condition: object, why: str) -> None:
        """Fail with `why` unless `condition` holds."""
        if not condition:
            self.fail(why)

    def lend(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, called with copies of the arrays that a check gives it.

        An answer may write into what it gets. The check's own numbers stay as they are, so that
        no later comparison blames the answer for what it was asked with. Tensors that come back
        are detached, for NumPy to read. So it is where answers are graded, too.

        >>> numbers = np.zeros(2)
        >>> float(Check("fill").lend(lambda array: array.fill(7) or array.sum())(numbers))
        14.0
        >>> numbers.tolist()
        [0.0, 0.0]
        """

        def ask(*args: Any, **kwargs: Any) -> Any:
            named = {key: _copied(value) for key, value in kwargs.items()}
            return _detached(function(*map(_copied, args), **named))

        return ask

    def numbers(
        self, value: Any, *, shape: tuple[int, ...] | None = None, why: str = ""
    ) -> NDArray[np.float64]:
        """As `array`, where infinity and nan are numbers, too.

        >>> Check("time").numbers([1, np.inf])
        array([ 1., inf])
        """
        if value is None:
            self.fail("it returned None: is a `return` missing?")
        try:
            array = np.asarray(_plain(value))
            if array.dtype.kind not in "biuf":  # no text, no complex numbers, no objects
                raise TypeError(array.dtype)
            self._came_rounded |= array.dtype in (np.float16, np.float32)
            array = array.astype(np.float64)  # a copy
        except Exception:  # objects may raise anything when read
            self.fail(f"expected numbers, it returned {_kind(value)}{_because(why)}")
        if shape is not None and array.shape != shape:
            self.fail(f"wrong shape{_because(why)}", f"Expected {shape}\nReceived {array.shape}")
        return array

    def array(
        self, value: Any, *, shape: tuple[int, ...] | None = None, why: str = ""
    ) -> NDArray[np.float64]:
        """`value` as a float64 array with finite entries, of the given shape.

        Takes tensors (attached to a graph or not), arrays, numbers, and lists of any of these.
        """
        array = self.numbers(value, shape=shape, why=why)
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
        rounded = self._came_rounded
        want = self.array(expected)
        self._came_rounded = rounded  # what is expected may be rounded
        got = self.array(received, shape=want.shape, why=why)
        if not np.allclose(got, want, rtol=rtol, atol=atol):
            near = self._came_rounded and np.allclose(got, want, rtol=1e-3, atol=1e-3)
            digits = "; it returned float32, which has 7 digits: is float64 needed" if near else ""
            self.fail(
                f"wrong values{_because(why)}{digits}{'?' if near else ''}",
                f"Expected {_show(want)}\nReceived {_show(got)}",
            )

    def differs(self, received: Any, misconception: ArrayLike, *, why: str) -> None:
        """Fail with `why` where `received` equals what a known misconception gives.

        Call it before `close`, to name the mistake and not only the difference.
        """
        wrong = np.asarray(misconception, dtype=np.float64)
        got = self.array(received)
        if got.shape == wrong.shape and np.allclose(got, wrong, rtol=1e-4, atol=1e-6):
            self.fail(why, f"Received {_show(got)}")


def _no_function(name: str, namespace: Mapping[str, Any]) -> str:
    """What stands in the place of a function or a method; empty if nothing else does.

    Nothing is asked of stand-ins: what they stand for is known where the answers run.
    """
    owner, _, method = name.partition(".")
    found = namespace.get(owner, print)
    if method:
        if not isinstance(found, type):
            return "" if callable(found) else f"no class but {_kind(found)}"
        found = getattr(found, method, print)
    if isinstance(found, type):
        return "no function but a class"
    return "" if callable(found) else f"no function but {_kind(found)}"


def _copied(value: Any) -> Any:
    """Arrays and tensors, alone or in lists, once more; all else as it is."""
    if type(value) in (list, tuple):
        return type(value)(_copied(v) for v in value)
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value).__name__ == "Tensor" and hasattr(value, "detach"):
        return value.detach().clone().requires_grad_(value.requires_grad)
    return value


def _detached(value: Any) -> Any:
    """Tensors, alone or in lists, without their graph; all else as it is."""
    if type(value) in (list, tuple):
        return type(value)(_detached(v) for v in value)
    return value.detach() if type(value).__name__ == "Tensor" else value


def _plain(value: Any) -> Any:
    """Tensors, alone or in lists, as what NumPy reads."""
    if hasattr(value, "detach"):
        return value.detach().cpu().numpy()
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value


def _kind(value: object) -> str:
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _because(why: str) -> str:
    return f": {why}" if why else ""


def _show(array: NDArray[np.float64]) -> str:
    """Few digits, few entries."""
    return np.array2string(array, precision=5, suppress_small=True, threshold=20, edgeitems=3)
