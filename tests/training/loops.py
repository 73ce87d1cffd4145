"""Two-layer linear networks trained the plain way: from the data, at every step."""

import numpy as np
import torch
from numpy.typing import NDArray

from course_utils.models import LinearNetwork

Data = tuple[NDArray, NDArray]
"""Inputs, shape (n, d), and outputs, shape (n, k)."""
Path = tuple[NDArray, NDArray]
"""Both layers after 0, 1, 2, ... steps."""


def make_data(n: int, d: int, k: int, rank: int, seed: int) -> Data:
    """n points; inputs of full rank or less, noisy outputs."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, min(rank, d))) @ np.linalg.qr(rng.normal(size=(d, d)))[0][:rank]
    return x, rng.normal(size=(n, k))


def start_for(xy: Data, *leading: int, seed: int = 0, hidden_dim: int = 4) -> LinearNetwork:
    """Networks for the data; they can be wide, wider than inputs and outputs together."""
    rng, d, k = np.random.default_rng(seed), xy[0].shape[1], xy[1].shape[1]
    shapes = (*leading, hidden_dim, d), (*leading, k, hidden_dim)
    return LinearNetwork(*(rng.normal(size=shape, scale=0.5) for shape in shapes))


def stable_rate(xy: Data) -> float:
    """Well below 2 / curvature: with entries of about 0.5 the layers' norms stay below some 3."""
    return 0.02 / (1 + np.square(xy[0]).sum(axis=1).mean())


def plain_descent(
    network: LinearNetwork,
    xy: Data,
    n_steps: int,
    learning_rate: float,
    *,
    weight_decay: float = 0,
    decay: float = 0,
) -> Path:
    """From the data, point by point in arrays: outputs forward, errors back."""
    (x, y), w21, w32, path = xy, network.w21, network.w32, []
    for k in range(n_steps + 1):
        path.append((w21, w32))
        hidden = x @ w21.T
        away = 2 * (hidden @ w32.T - y)
        gradient32 = np.mean(away[:, :, None] * hidden[:, None, :], axis=0)
        gradient21 = np.mean((away @ w32)[:, :, None] * x[:, None, :], axis=0)
        rate = learning_rate / (1 + decay * k)
        w21, w32 = (
            w21 - rate * (gradient21 + 2 * weight_decay * w21),
            w32 - rate * (gradient32 + 2 * weight_decay * w32),
        )
    return tuple(map(np.array, zip(*path, strict=True)))


def autograd_descent(
    network: LinearNetwork,
    xy: Data,
    n_steps: int,
    learning_rate: float,
    *,
    weight_decay: float = 0,
    decay: float = 0,
) -> Path:
    """torch's gradients and optimizer, on the loss as it is defined."""
    x, y = map(torch.tensor, xy)
    weights = [torch.tensor(w, requires_grad=True) for w in (network.w21, network.w32)]
    optimizer, path = torch.optim.SGD(weights, lr=learning_rate), []
    slower = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: 1 / (1 + decay * k))
    for _ in range(n_steps + 1):
        path.append([w.detach().numpy().copy() for w in weights])
        loss = (x @ weights[0].T @ weights[1].T - y).square().sum(dim=1).mean()
        sizes = sum(w.square().sum() for w in weights)
        optimizer.zero_grad()
        (loss + weight_decay * sizes).backward()
        optimizer.step()
        slower.step()
    return tuple(map(np.array, zip(*path, strict=True)))
