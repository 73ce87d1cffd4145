"""Means over the unit circle by quadrature: what the closed forms over the sphere are held against.

Between the angles at which some neuron switches, relu of scalar products are sines: products of
a few of them are integrated by 12 Gauss points on pieces of at most a quarter turn to rounding.
Gradients too: the switching angles move with the weights, but there the integrand is continuous.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

NODES, WEIGHTS = np.polynomial.legendre.leggauss(12)


def circle(*weights: Tensor) -> tuple[Tensor, Tensor]:
    """Points of shape (N, 2) on the circle, and what each counts in the mean, for these neurons."""
    theta = torch.cat([w.detach().reshape(-1, 2) for w in weights]).numpy()
    angles = np.arctan2(theta[:, 1], theta[:, 0])
    switches = np.concatenate([angles + np.pi / 2, angles - np.pi / 2]) % (2 * np.pi)
    ends = np.unique(np.r_[switches, np.linspace(0, 2 * np.pi, 5)])
    middle, half = (ends[1:] + ends[:-1]) / 2, (ends[1:] - ends[:-1]) / 2
    t = (middle[:, None] + half[:, None] * NODES).ravel()
    points = np.stack([np.cos(t), np.sin(t)], axis=1)
    return torch.tensor(points), torch.tensor((half[:, None] * WEIGHTS).ravel() / (2 * np.pi))


def mean_products(a: Tensor, b: Tensor) -> Tensor:
    """E[relu(a_i . x) relu(b_j . x)] over the circle, shape (n, m)."""
    x, share = circle(a, b)
    return (x @ a.T).clamp_min(0).T @ (share[:, None] * (x @ b.T).clamp_min(0))


def mean_square(weights: Tensor, charges: Tensor) -> Tensor:
    """E[f^2] over the circle of f(x) = sum_i q_i relu(b_i . x)."""
    x, share = circle(weights)
    return share @ ((x @ weights.T).clamp_min(0) @ charges).square()


def in_their_plane(a: NDArray, b: NDArray) -> tuple[NDArray, NDArray]:
    """Coordinates of two vectors in a plane that holds both."""
    axes = np.linalg.qr(np.stack([a, b], axis=1))[0]
    return a @ axes, b @ axes
