"""Linear networks: plain twins, which compute with all data at every step, and ours.

Each returns the losses, and what else was computed, after every `EVERY` steps.
"""

from functools import cache

import numpy as np
import torch

from course_utils.data import inputs_with_variances, load_images, moments, whiten
from course_utils.models import LinearNetwork, aligned_network, random_network
from course_utils.theory import synaptic_basis
from course_utils.training import train_linear

Outcome = tuple[np.ndarray, ...]
EVERY = 100


@cache
def digits() -> tuple[np.ndarray, np.ndarray]:
    """1000 digits, whitened, and which of the ten each is, as -1 or 1."""
    images = load_images("digits", seed=0)
    inputs = whiten(images.as_vectors(), 61)
    return inputs[:1000], 2 * np.eye(10)[images.labels[:1000]] - 1


def scratch_start() -> LinearNetwork:
    return random_network(61, 20, 10, scale=1.0, seed=0)


def scratch_twin(n_steps: int, *, learning_rate: float = 1e-3) -> Outcome:
    """Errors carried back through the network, an outer product for each point, then their sum."""
    (inputs, targets), start = digits(), scratch_start()
    first, second, losses = start.w21.copy(), start.w32.copy(), []
    for step in range(n_steps + 1):
        hidden = inputs @ first.T
        error = hidden @ second.T - targets
        if step % EVERY == 0:
            losses.append(np.sum(error**2) / len(inputs))
        to_outputs = 2 * error / len(inputs)
        to_hidden = np.sum(to_outputs[:, :, np.newaxis] * second[np.newaxis], axis=1)
        step_second = np.sum(to_outputs[:, :, np.newaxis] * hidden[:, np.newaxis, :], axis=0)
        step_first = np.sum(to_hidden[:, :, np.newaxis] * inputs[:, np.newaxis, :], axis=0)
        first -= learning_rate * step_first
        second -= learning_rate * step_second
    return (np.array(losses),)


def scratch_ours(n_steps: int, *, learning_rate: float = 1e-3) -> Outcome:
    run = train_linear(
        scratch_start(),
        moments(*digits()),
        n_steps=n_steps,
        learning_rate=learning_rate,
        record=np.arange(0, n_steps + 1, EVERY),
    )
    return (run.losses,)


TEACHER = np.diag([0.01001, 1.0])
N_TRAIN, N_TEST = 50, 5000


@cache
def two_inputs(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Inputs of variances 2 and 0.02, and what the teacher says to them."""
    inputs = inputs_with_variances(n, [2.0, 0.02], seed=seed)
    return inputs, inputs @ TEACHER.T


def synaptic_start() -> LinearNetwork:
    """In synaptic space, balanced in no mode."""
    strengths, imbalances = [0.01, 0.002], [0.003, -0.005]
    return aligned_network(
        np.eye(2), np.eye(2), strengths, hidden_dim=50, imbalances=imbalances, seed=0
    )


def synaptic_twin(n_steps: int, *, step_size: float = 1e-3) -> Outcome:
    """In torch, with loss, its gradients, risk and weights at every step, all of them kept.

    The step has no factor 2, and its sums are over points.
    """
    (inputs, targets), (fresh, wanted) = (
        map(torch.tensor, two_inputs(n, seed)) for n, seed in [(N_TRAIN, 0), (N_TEST, 1)]
    )
    squares = torch.nn.MSELoss(reduction="sum")
    start = synaptic_start()
    model = torch.nn.Sequential(
        torch.nn.Linear(2, 50, bias=False, dtype=torch.float64),
        torch.nn.Linear(50, 2, bias=False, dtype=torch.float64),
    )
    with torch.no_grad():
        for layer, weights in zip(model, (start.w21, start.w32), strict=True):
            layer.weight.copy_(torch.tensor(weights))
    products = inputs.T @ inputs
    u, s, vt = torch.linalg.svd(targets.T @ inputs @ torch.inverse(products))
    best, seen = torch.diag(s), vt @ products @ vt.T
    losses, risks, maps, gaps = [], [], [], []
    for _ in range(n_steps + 1):
        outputs = inputs @ (u @ (model[1].weight @ model[0].weight) @ vt).T
        loss = squares(outputs, targets)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            first, second = model[0].weight, model[1].weight
            product = second @ first
            risks.append(squares(fresh @ (u @ product @ vt).T, wanted).item())
            maps.append(product)
            gaps.append((product - best) ** 2)
            to_best = (best - product) @ seen
            up_first, up_second = second.T @ to_best, to_best @ first.T
            first += step_size * up_first
            second += step_size * up_second
    means = np.array(losses) / N_TRAIN, np.array(risks) / N_TEST
    return tuple(values[::EVERY] for values in (*means, torch.stack(gaps).sum(dim=(1, 2)).numpy()))


def synaptic_ours(n_steps: int, *, step_size: float = 1e-3) -> Outcome:
    train, test = (moments(*two_inputs(n, seed)) for n, seed in [(N_TRAIN, 0), (N_TEST, 1)])
    basis = synaptic_basis(train.c11, train.c31)
    run = train_linear(
        synaptic_start(),
        train.rotated(basis.u, basis.vt),
        n_steps=n_steps,
        learning_rate=step_size * N_TRAIN / 2,
        record=np.arange(0, n_steps + 1, EVERY),
    )
    risks = test.loss(basis.to_original(run.maps))
    return run.losses, risks, np.square(run.maps - basis.s).sum(axis=(1, 2))
