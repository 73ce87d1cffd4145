"""The random numbers of runs of particles, from three streams for each seed.

They are drawn `CHUNK` steps at a time whatever is recorded, and each kind has a stream of its own,
so that a run does not depend on the runs beside it.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from course_utils.data import sphere_inputs

CHUNK = 64
"""Steps whose random numbers are drawn at once."""


class Draws(NamedTuple):
    """The random numbers of one step of R runs of n particles in d dimensions."""

    inputs: Tensor | None
    """B inputs from the unit sphere, shape (R, B, d)."""
    uniform: Tensor
    """Numbers in [0, 1) that decide on birth and death, shape (R, 3, n)."""
    newcomers: Tensor | None
    """Standard normal weights, shape (R, n, d)."""


def draws(
    seeds: Sequence[int], like: Tensor, *, batch_size: int | None, newcomers: bool
) -> Iterator[Draws]:
    """Step after step without end; runs of one seed share the numbers.

    `like` has shape (R, n, d) and the dtype and device of the runs. Without a `batch_size` there
    are no inputs, and newcomers only where they are wanted.
    """
    _, n, d = like.shape
    distinct = list(dict.fromkeys(seeds))
    streams = [_streams(seed, like.device) for seed in distinct]
    of_run = torch.tensor([distinct.index(seed) for seed in seeds], device=like.device)
    kind: dict[str, Any] = {"dtype": like.dtype, "device": like.device}
    while True:
        kinds = [
            [sphere_inputs(CHUNK, batch_size, d, seed=s[0], **kind) for s in streams]
            if batch_size
            else None,
            [torch.rand(CHUNK, 3, n, generator=s[1], **kind) for s in streams],
            [torch.randn(CHUNK, n, d, generator=s[2], **kind) for s in streams]
            if newcomers
            else None,
        ]
        yield from map(Draws, *(_each_run(drawn, of_run) for drawn in kinds))


def _each_run(drawn: list[Tensor] | None, of_run: Tensor) -> Iterator[Tensor | None]:
    """Step after step what each run gets, of numbers drawn for each seed."""
    if drawn is None:
        yield from [None] * CHUNK
    elif len(drawn) == 1:
        yield from (step.expand(len(of_run), *step.shape) for step in drawn[0])
    else:
        yield from (step[of_run] for step in torch.stack(drawn, dim=1))


def _streams(seed: int, device: torch.device) -> list[torch.Generator]:
    keys = np.random.SeedSequence(seed).generate_state(3, dtype=np.uint32)
    return [torch.Generator(device).manual_seed(int(key)) for key in keys]
