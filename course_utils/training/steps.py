"""What runs share: steps to record, settings for each run, the error of one that diverges."""

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from course_utils import _validate

CHECKED_EVERY = 1000
"""Steps between two looks for infinities; a run that diverged replays at most as many."""


class DivergedError(ArithmeticError):
    """A run left the finite numbers; the message says which model, and after which step."""


def log_steps(n_steps: int, *, n_records: int = 200) -> NDArray[np.int64]:
    """Whole steps from 0 to `n_steps`, about evenly spaced in their logarithm.

    >>> log_steps(1000, n_records=5)
    array([   0,    1,    6,   32,  178, 1000])
    """
    _validate.whole("n_steps", n_steps)
    _validate.whole("n_records", n_records, at_least=2)
    if n_steps == 0:
        return np.array([0])
    return np.unique(np.r_[0, np.geomspace(1, n_steps, n_records).round().astype(int)])


def recorded_steps(record: ArrayLike | None, n_steps: int) -> NDArray[np.int64]:
    """The steps to record, `log_steps(n_steps)` if None; ValueError unless they increase."""
    steps = log_steps(n_steps) if record is None else np.array(record)
    whole = steps.ndim == 1 and len(steps) and np.issubdtype(steps.dtype, np.integer)
    if not (whole and steps[0] >= 0 and steps[-1] <= n_steps and (steps[1:] > steps[:-1]).all()):
        raise ValueError(f"record={record!r}: give increasing whole steps from 0 to {n_steps=}")
    return steps


def one_for_each(name: str, value: ArrayLike, n: int) -> torch.Tensor:
    """Positive numbers of shape (n,), from one for all or one for each."""
    numbers = np.asarray(value, dtype=np.float64)
    if numbers.shape not in ((), (n,)):
        _validate.shape(name, numbers, (n,))
    for number in numbers.flat:
        _validate.positive(name, float(number))
    return torch.tensor(np.broadcast_to(numbers, n).copy())
