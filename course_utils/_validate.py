"""Argument checks whose errors name the argument, its value and the remedy."""

from collections.abc import Iterable
from numbers import Integral, Real


def positive(name: str, value: float) -> None:
    """Raise ValueError unless `value` is a finite number above zero."""
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 < value < float("inf"):
        raise ValueError(f"{name}={value!r}: give a finite number above 0")


def whole(name: str, value: int, *, at_least: int = 0) -> None:
    """Raise ValueError unless `value` is an integer of at least `at_least`."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < at_least:
        raise ValueError(f"{name}={value!r}: give a whole number of at least {at_least}")


def choice(name: str, value: object, options: Iterable[object]) -> None:
    """Raise ValueError unless `value` is one of `options`."""
    known = list(options)
    if value not in known:
        raise ValueError(f"{name}={value!r}: choose one of {', '.join(map(repr, known))}")


def shape(name: str, value: object, expected: tuple[int | str, ...]) -> None:
    """Raise ValueError unless `value` has the expected shape; text stands for any length."""
    received = tuple(getattr(value, "shape", ()))
    fits = len(received) == len(expected) and all(
        isinstance(e, str) or r == e for r, e in zip(received, expected, strict=True)
    )
    if not fits:
        wanted = ", ".join(map(str, expected)) + ("," if len(expected) == 1 else "")
        raise ValueError(f"{name} has shape {received}: give an array of shape ({wanted})")
