"""The rest of seed 003 as it is written there, and as the chapters compute it: the scaled networks,
the sweep over dimensions, the regression, the landscape.
"""

import copy
import math

import numpy as np
import torch
from torch import Tensor, nn

from benchmarks.twins import train_one
from course_utils.data import ToyRegression, landscape
from course_utils.models import DeepMLP, ScaledModel, SinusoidalModel
from course_utils.theory import linear_descent
from course_utils.training import descend, train

Outcome = tuple[np.ndarray, ...]
ALPHAS = np.array([1, 100, 1000])


def _ten_points() -> ToyRegression:
    return ToyRegression(10, target="middle", seed=0, dtype=torch.float64)


class _Scaled(nn.Module):
    """A copy of the network, and the network itself hidden in a list."""

    def __init__(self, base: nn.Module, alpha: float) -> None:
        super().__init__()
        self.network, self.alpha, self.hidden = copy.deepcopy(base), alpha, [base]

    def forward(self, x: Tensor) -> Tensor:
        with torch.no_grad():
            base = self.hidden[0](x).detach()
        return self.alpha * (self.network(x) - base)


def scaled_twin(n_steps: int) -> Outcome:
    """Three networks, one after the other."""
    base, data, losses = DeepMLP(8, seed=0, dtype=torch.float64), _ten_points(), []
    for alpha in ALPHAS.tolist():
        model = _Scaled(base, alpha)
        train_one(model, data, n_steps=n_steps, learning_rate=0.01 / alpha**2)
        with torch.no_grad():
            losses.append(float((model(data.inputs) - data.labels).square().mean()))
    return (np.array(losses),)


def scaled_ours(n_steps: int) -> Outcome:
    base = DeepMLP(8, seed=0, dtype=torch.float64)
    members = [ScaledModel(base, alpha) for alpha in ALPHAS.tolist()]
    run = train(members, _ten_points(), n_steps=n_steps, learning_rate=0.01 / ALPHAS**2)
    return (run.losses[-1],)


def _fifty_points() -> ToyRegression:
    return ToyRegression(50, target="middle", noise_level=0.05, seed=0)


def _ten_starts(dimension: int) -> list[SinusoidalModel]:
    return [SinusoidalModel(dimension, omega=0.2 * math.pi, seed=i) for i in range(10)]


def sweep_twin(n_dimensions: int) -> Outcome:
    """Ten models of each dimension, the largest first, one after the other; losses and risks."""
    losses, risks, data = [], [], _fifty_points()
    for dimension in range(198, 198 - 2 * n_dimensions, -2):
        for model in _ten_starts(dimension):
            train_one(model, data, n_steps=1000, learning_rate=0.1)
            with torch.no_grad():
                losses.append(float((model(data.inputs) - data.labels).square().mean()))
            risks.append(data.risk(model))
    return np.array(losses), np.array(risks)


def sweep_ours(n_dimensions: int) -> Outcome:
    losses, risks, data = [], [], _fifty_points()
    (x, f), labels = data.grid(), data.labels[:, 0]
    for dimension in range(198, 198 - 2 * n_dimensions, -2):
        models = _ten_starts(dimension)
        features = models[0].design_matrix(data.inputs)
        start = np.stack([model.weight_vector() for model in models])
        path = linear_descent(features, labels, start=start, learning_rate=0.1, may_diverge=True)
        losses.append(path.losses([1000])[0])
        outputs = path.outputs(models[0].design_matrix(x), [1000])[0]
        risks.append(np.square(outputs - f[:, 0].numpy()).mean(axis=1))
    return np.concatenate(losses), np.concatenate(risks)


def _regression() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(100, 5000)) / math.sqrt(5000), rng.normal(size=(5000, 1))
    return x, y, rng.normal(size=(100, 1)) / 10


def regression_twin(n_steps: int) -> Outcome:
    """p = 100, n = 5000, a learning rate of .001 on half of the sum of squares."""
    x, y, w = _regression()
    xxt, xy, losses = x @ x.T, x @ y, []
    for _ in range(n_steps):
        w = w - 0.001 * xxt @ w + 0.001 * xy
        losses.append(np.linalg.norm(x.T @ w - y) ** 2 / 5000)
    return np.array(losses), w[:, 0]


def regression_ours(n_steps: int) -> Outcome:
    x, y, w = _regression()
    path = linear_descent(x.T, y[:, 0], start=w[:, 0], learning_rate=0.001 * 5000 / 2)
    return path.losses(np.arange(1, n_steps + 1)), path.weights([n_steps])[0]


RATES = (0.0001, 0.002)


class _Point(nn.Module):
    """Two weights, and the height of the landscape there."""

    def __init__(self, start: np.ndarray) -> None:
        super().__init__()
        self.param = nn.Parameter(torch.from_numpy(start.copy()))

    def forward(self) -> Tensor:
        x, y = self.param[0], self.param[1]
        return torch.sin(x + 4) * (torch.cos(3 * y - 5) + 0.3) + 0.5 * torch.cos(
            2 * (x + 2) * (y - 4) ** 2
        )


def _hundred_starts() -> np.ndarray:
    return np.random.default_rng(0).uniform(-1.5, 1.5, size=(100, 2))


def ripples_twin(n_starts: int) -> Outcome:
    """10 000 steps from each start with each rate, one after the other.

    Compared are the points after 10 steps, and for the small rate the last ones too. With the large
    one paths bounce in valleys too sharp for it: two that differ by rounding part within 100 steps.
    """
    early, last = [], []
    for start in _hundred_starts()[:n_starts]:
        for rate in RATES:
            point, path = _Point(start), []
            optimizer = torch.optim.SGD(point.parameters(), lr=rate)
            for _ in range(10_000):
                optimizer.zero_grad()
                point().backward()
                optimizer.step()
                with torch.no_grad():
                    path.append(np.copy(point.param))
            early.append(path[9])
            last.append(path[-1])
    return np.array(early), np.array(last[::2])


def ripples_ours(n_starts: int) -> Outcome:
    starts = np.repeat(_hundred_starts()[:n_starts], len(RATES), axis=0)
    rates = np.tile(RATES, n_starts)
    path = descend(landscape("ripples"), starts, learning_rate=rates, n_steps=10_000)
    return path[10], path[-1, ::2]
