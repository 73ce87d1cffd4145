"""Plain twins: what the chapter computes, as one would write it first. One model at a time, a step
of autograd and of `torch.optim.SGD`, losses and weights saved at every step.
"""

import numpy as np
import torch
from torch import nn

from course_utils.data import ToyRegression


def train_one(
    model: nn.Module, dataset: ToyRegression, *, n_steps: int, learning_rate: float
) -> tuple[list[float], list[np.ndarray]]:
    """Losses before each step, and all weights after it."""
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    criterion = nn.MSELoss()
    losses, weights = [], []
    for _ in range(n_steps):
        inputs, labels = dataset.next_batch(len(dataset))
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach().numpy())
        with torch.no_grad():
            weights.append(np.concatenate([p.numpy().ravel() for p in model.parameters()]))
    return losses, weights


def train_all(
    models: list[nn.Module], dataset: ToyRegression, *, n_steps: int, learning_rate: float
) -> tuple[np.ndarray, np.ndarray]:
    """One after the other; final losses and relative movements."""
    losses, movement = [], []
    for model in models:
        start = np.concatenate([p.detach().numpy().ravel() for p in model.parameters()])
        _, weights = train_one(model, dataset, n_steps=n_steps, learning_rate=learning_rate)
        movement.append(np.linalg.norm(weights[-1] - start) / np.linalg.norm(start))
        with torch.no_grad():
            losses.append(float((model(dataset.inputs) - dataset.labels).square().mean()))
    return np.array(losses), np.array(movement)
