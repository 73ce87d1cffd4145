"""Noisy samples of a function of one variable, drawn in shuffled batches."""

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from course_utils import _validate


def simple(x: Tensor) -> Tensor:
    """One ramp: max(0.3 x, 0)."""
    return (0.3 * x).clamp(min=0)


def middle(x: Tensor) -> Tensor:
    """Three straight pieces: |x + 1/2| - 2 max(x - 1/2, 0) - 0.4."""
    return (x + 0.5).abs() - 2 * (x - 0.5).clamp(min=0) - 0.4


def complicated(x: Tensor) -> Tensor:
    """Two frequencies mixed: sin(10 x) cos(2 x + 1)."""
    return torch.sin(10 * x) * torch.cos(2 * x + 1)


TARGETS: dict[str, Callable[[Tensor], Tensor]] = {
    "simple": simple,
    "middle": middle,
    "complicated": complicated,
}


class ToyRegression:
    """`n` points (x, y) with x uniform on [xmin, xmax] and y = f(x) + noise_level * N(0, 1).

    Parameters
    ----------
    n : number of points.
    target : name of the function f, one of `TARGETS`.
    xmin, xmax : ends of the interval.
    noise_level : standard deviation of the label noise, in units of y.
    seed : fixes the points, the noise and the order of the batches.
    dtype, device : of the tensors; the same seed gives the same points on every device.

    Attributes
    ----------
    inputs, labels : tensors of shape (n, 1).

    Raises
    ------
    ValueError : for an unknown target, n < 1, an empty interval or a negative noise level.

    >>> dataset = ToyRegression(15, target="middle", seed=0)
    >>> dataset.inputs.shape, dataset.labels.shape
    (torch.Size([15, 1]), torch.Size([15, 1]))
    """

    def __init__(
        self,
        n: int,
        *,
        target: str = "middle",
        xmin: float = -1.0,
        xmax: float = 1.0,
        noise_level: float = 0.0,
        seed: int,
        dtype: torch.dtype = torch.float32,
        device: str | torch.device = "cpu",
    ) -> None:
        _validate.whole("n", n, at_least=1)
        _validate.choice("target", target, TARGETS)
        if not -math.inf < xmin < xmax < math.inf:
            raise ValueError(f"xmin={xmin!r}, xmax={xmax!r}: give finite numbers, xmin < xmax")
        if not 0 <= noise_level < math.inf:
            raise ValueError(f"noise_level={noise_level!r}: give a finite number of at least 0")
        self.target, self.xmin, self.xmax, self.noise_level = target, xmin, xmax, noise_level
        self.generator = torch.Generator().manual_seed(seed)
        # Drawn in float64 on the CPU, so that dtype and device do not change the data.
        drawn: dict[str, Any] = {
            "generator": self.generator,
            "dtype": torch.float64,
            "device": "cpu",
        }
        x = xmin + (xmax - xmin) * torch.rand(n, 1, **drawn)
        noise = torch.randn(n, 1, **drawn)
        self.inputs = x.to(device, dtype)
        self.labels = (TARGETS[target](x) + noise_level * noise).to(device, dtype)
        self._order = torch.empty(0, dtype=torch.long, device="cpu")

    def __len__(self) -> int:
        return len(self.inputs)

    @torch.inference_mode(mode=False)
    def next_indices(self, batch_size: int) -> Tensor:
        """Indices of the next batch, shape (at most batch_size,).

        The points are shuffled, dealt out in batches, and shuffled again when none is left; the
        last batch of a round is smaller where `batch_size` does not divide n.
        """
        _validate.whole("batch_size", batch_size, at_least=1)
        if not len(self._order):
            self._order = torch.randperm(len(self), generator=self.generator, device="cpu")
        batch, self._order = self._order[:batch_size], self._order[batch_size:]
        return batch.to(self.inputs.device)

    def next_batch(self, batch_size: int) -> tuple[Tensor, Tensor]:
        """Inputs and labels of the next batch, each of shape (at most batch_size, 1).

        >>> dataset = ToyRegression(5, seed=0)
        >>> [len(dataset.next_batch(2)[0]) for _ in range(4)]
        [2, 2, 1, 2]
        """
        batch = self.next_indices(batch_size)
        return self.inputs[batch], self.labels[batch]

    def grid(self, n_points: int = 1000) -> tuple[Tensor, Tensor]:
        """`n_points` equispaced inputs on [xmin, xmax] and the noise-free target there."""
        x = torch.linspace(self.xmin, self.xmax, n_points, dtype=torch.float64, device="cpu")[
            :, None
        ]
        return x.to(self.inputs), TARGETS[self.target](x).to(self.labels)

    def risk(self, model: Callable[[Tensor], Tensor]) -> float:
        """True risk: mean square of model(x) - f(x) over 1000 equispaced points.

        >>> ToyRegression(15, target="simple", seed=0).risk(simple) < 1e-15
        True
        """
        x, f = self.grid()
        like = next(model.parameters(), x) if isinstance(model, torch.nn.Module) else x
        with torch.no_grad():
            outputs = model(x.to(like)).to(f)
        _validate.shape("model(x)", outputs, tuple(f.shape))
        return float((outputs - f).square().mean())
