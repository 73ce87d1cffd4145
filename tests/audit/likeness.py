"""What two values have in common: their shapes, and how far their numbers are apart."""

import copy
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch


@dataclass(frozen=True)
class Likeness:
    """A value as text and shapes on the one side, and all its numbers in one row on the other."""

    shapes: tuple[Any, ...]
    numbers: tuple[float, ...]

    def distance(self, other: "Likeness") -> float:
        """Relative, number by number, since their units differ; shorter rows are repeated."""
        mine = np.asarray(self.numbers or (0.0,))
        theirs = np.resize(np.asarray(other.numbers or (0.0,)), mine.shape)
        size = np.abs(mine) + np.abs(theirs)
        apart = np.abs(mine - theirs) / np.where(size > 0, size, 1)
        return float(np.nan_to_num(apart, nan=1.0).sum())


def likeness(value: Any) -> Likeness:
    shapes: list[Any] = []
    numbers: list[np.ndarray] = []
    for piece in _pieces(value):
        if isinstance(piece, np.ndarray):
            shapes.append(piece.shape)
            numbers.append(piece.astype(np.float64).ravel())
        else:
            shapes.append(piece)
    row = np.concatenate(numbers) if numbers else np.zeros(0)
    return Likeness(tuple(shapes), tuple(row.tolist()))


def _pieces(value: Any) -> Iterator[Any]:
    """Arrays for what is numbers, texts for the rest."""
    if isinstance(value, torch.Tensor):
        yield value.detach().cpu().numpy()
    elif isinstance(value, bool | int | float | np.ndarray | np.generic):
        array = np.asarray(value)
        yield array if array.dtype.kind in "biuf" else repr(value)
    elif isinstance(value, list | tuple):
        yield f"[{len(value)}"
        for one in value:
            yield from _pieces(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield repr(key)
            yield from _pieces(one)
    elif isinstance(value, torch.nn.Module):
        plain = {k: v for k, v in vars(value).items() if isinstance(v, bool | int | float | str)}
        yield type(value).__name__
        yield from _pieces({**value.state_dict(), **plain})
    elif isinstance(value, torch.Generator):
        yield from _pieces(value.get_state())
    elif isinstance(value, str) or value is None or inspect.isroutine(value):
        yield repr(value)
    else:  # a data set, a landscape
        yield type(value).__name__
        yield from _pieces(vars(value))


def fitted(value: Any, wanted: Any) -> Any:
    """The numbers of one value, cut or repeated to the shapes of another."""
    if isinstance(wanted, list | tuple):
        own = value if isinstance(value, list | tuple) and value else [value]
        return type(wanted)(fitted(own[i % len(own)], one) for i, one in enumerate(wanted))
    if likeness(value).shapes == likeness(wanted).shapes:
        return value
    row = np.asarray(likeness(value).numbers or (0.0,))
    if isinstance(wanted, torch.Tensor):
        return torch.tensor(np.resize(row, tuple(wanted.shape))).to(wanted.dtype)
    if isinstance(wanted, np.ndarray):
        return np.resize(row, wanted.shape).astype(wanted.dtype)
    return type(wanted)(row[0]) if isinstance(wanted, bool | int | float | np.generic) else value


def become(value: Any, other: Any) -> None:
    """Change a value in place to another's numbers, as far as it can be changed."""
    if isinstance(value, torch.Tensor):
        with torch.no_grad():
            value.copy_(fitted(other, value))
    elif isinstance(value, np.ndarray):
        value[...] = fitted(other, value)
    elif isinstance(value, list):
        value[:] = fitted(other, value)
    elif isinstance(value, torch.nn.Module):
        for mine, its in zip(value.parameters(), other.parameters(), strict=False):
            become(mine, its)
    elif likeness(vars(value)).shapes == likeness(vars(other)).shapes:
        vars(value).update(copy.deepcopy(vars(other)))
