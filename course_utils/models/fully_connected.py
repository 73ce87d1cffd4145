"""Networks of one input and one output, and their initialisations.

Every model is a fixed feature map followed by fully connected layers with ReLU between them, so
that `training` can stack any of them into one batched computation.
"""

import math
from itertools import pairwise

import torch
from torch import Tensor, nn

from course_utils import _validate


class FullyConnected(nn.Module):
    """Layers of the given `widths`, ReLU between them, none after the last.

    Weights and biases of a layer with `fan_in` inputs are uniform on [-1, 1] / sqrt(fan_in), which
    is PyTorch's default for `nn.Linear`; here they come from `seed` and not from a global state.

    >>> sum(p.numel() for p in FullyConnected([1, 10, 1], seed=0).parameters())
    31
    """

    def __init__(self, widths: list[int], *, seed: int, dtype: torch.dtype = torch.float32) -> None:
        super().__init__()
        if len(widths) < 2:
            raise ValueError(f"widths={widths!r}: give at least those of input and output")
        for i, width in enumerate(widths):
            _validate.whole(f"widths[{i}]", width, at_least=1)
        generator = torch.Generator().manual_seed(seed)
        self.layers = nn.ModuleList()
        for fan_in, fan_out in pairwise(widths):
            layer = nn.utils.skip_init(nn.Linear, fan_in, fan_out, dtype=dtype)
            bound = 1 / math.sqrt(fan_in)
            for parameter in layer.parameters():
                nn.init.uniform_(parameter, -bound, bound, generator=generator)
            self.layers.append(layer)

    def features(self, x: Tensor) -> Tensor:
        """What the first layer sees: here the input itself, shape (n, 1)."""
        return x

    def forward(self, x: Tensor) -> Tensor:
        """Outputs of shape (n, 1) for inputs of shape (n, 1)."""
        *hidden, last = self.layers
        h = self.features(x)
        for layer in hidden:
            h = torch.relu(layer(h))
        return last(h)


class ShallowMLP(FullyConnected):
    """One hidden ReLU layer: 1 - hidden_dim - 1."""

    def __init__(self, hidden_dim: int, *, seed: int, dtype: torch.dtype = torch.float32) -> None:
        _validate.whole("hidden_dim", hidden_dim, at_least=1)
        super().__init__([1, hidden_dim, 1], seed=seed, dtype=dtype)
        self.hidden_dim = hidden_dim


class DeepMLP(FullyConnected):
    """Five hidden ReLU layers: 1 - hidden_dim (five times) - 1."""

    def __init__(self, hidden_dim: int, *, seed: int, dtype: torch.dtype = torch.float32) -> None:
        _validate.whole("hidden_dim", hidden_dim, at_least=1)
        super().__init__([1, *[hidden_dim] * 5, 1], seed=seed, dtype=dtype)
        self.hidden_dim = hidden_dim


class SinusoidalModel(FullyConnected):
    """A linear model, with bias, on cosines and sines of 1 ... feature_dim / 2 times `omega` x.

    The features are the real and imaginary parts of exp(i k omega x), pair by pair:
    cos(omega x), sin(omega x), cos(2 omega x), sin(2 omega x), ...

    With omega = pi (the default) the features are orthogonal on [-1, 1] and no two points of that
    interval but its ends look the same to the model.

    Raises
    ------
    ValueError : for an odd or zero `feature_dim`, or an `omega` that is not positive.

    >>> SinusoidalModel(4, seed=0).features(torch.tensor([[0.5]])).round(decimals=3).abs()
    tensor([[0., 1., 1., 0.]])
    """

    def __init__(
        self,
        feature_dim: int,
        *,
        omega: float = math.pi,
        seed: int,
        dtype: torch.dtype = torch.float32,
    ) -> None:
        _validate.whole("feature_dim", feature_dim, at_least=2)
        if feature_dim % 2:
            raise ValueError(
                f"feature_dim={feature_dim}: give an even number, a pair per frequency"
            )
        _validate.positive("omega", omega)
        super().__init__([feature_dim, 1], seed=seed, dtype=dtype)
        self.feature_dim, self.omega = feature_dim, omega

    def features(self, x: Tensor) -> Tensor:
        """Features of inputs of shape (n, 1), shape (n, feature_dim)."""
        k = torch.arange(1, self.feature_dim // 2 + 1, dtype=x.dtype, device=x.device)
        waves = torch.polar(torch.ones((), dtype=x.dtype, device=x.device), self.omega * k * x)
        return torch.view_as_real(waves).flatten(start_dim=1)

    def design_matrix(self, x: Tensor) -> Tensor:
        """Features and a column of ones for the bias, shape (n, feature_dim + 1)."""
        return torch.cat([self.features(x), torch.ones_like(x)], dim=1)

    def weight_vector(self) -> Tensor:
        """Weights, then the bias, shape (feature_dim + 1,); design_matrix(x) @ it is the output.

        >>> model, x = SinusoidalModel(4, seed=0), torch.linspace(-1, 1, 5).unsqueeze(1)
        >>> bool(torch.allclose(model.design_matrix(x) @ model.weight_vector(), model(x)[:, 0]))
        True
        """
        return torch.cat([parameter.detach().flatten() for parameter in self.parameters()])
