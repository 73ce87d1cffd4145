"""Inputs spread evenly over the unit sphere."""

import torch
from torch import Tensor

from course_utils import _validate


def sphere_inputs(
    *shape: int,
    seed: int | torch.Generator,
    dtype: torch.dtype = torch.float32,
    device: str | torch.device | None = None,
) -> Tensor:
    """Points of length 1 in any direction with equal probability; the last axis holds a point.

    A Gaussian vector has no preferred direction, so what is left of it at length 1 is uniform.

    >>> x = sphere_inputs(100, 50, seed=0)
    >>> x.shape, bool(torch.allclose(x.norm(dim=1), torch.ones(100)))
    (torch.Size([100, 50]), True)
    """
    for axis, size in enumerate(shape or (0,)):
        _validate.whole(f"shape[{axis}]", size, at_least=1)
    if not isinstance(seed, torch.Generator):
        seed = torch.Generator(device or "cpu").manual_seed(seed)
    x = torch.randn(*shape, generator=seed, dtype=dtype, device=device)
    return x.div_(torch.linalg.vector_norm(x, dim=-1, keepdim=True))
