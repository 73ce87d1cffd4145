"""What the chapter on scaling states: three laws, one identity, and where the third law breaks."""

import numpy as np
import pytest
import torch

from course_utils.data import ToyRegression
from course_utils.models import (
    DeepMLP,
    ScaledModel,
    ShallowMLP,
    jacobian,
    parameter_vector,
)
from course_utils.theory import linear_descent
from course_utils.training import log_steps, predict, train

double = {"dtype": torch.float64}
DATA = ToyRegression(10, target="middle", seed=0, **double)
ETA, STEPS = 0.01, 1000


def laws(network, inputs, alphas):
    """Way, detour and difference of the outputs, for each alpha."""
    members = [ScaledModel(network, alpha) for alpha in alphas]
    train(members, DATA, n_steps=STEPS, learning_rate=ETA / alphas**2)
    gradients = jacobian(network, DATA.inputs)
    path = linear_descent(
        gradients, DATA.labels[:, 0], start=np.zeros(gradients.shape[1]), learning_rate=ETA
    )
    change = path.weights([STEPS])[0]
    w0 = parameter_vector(network).numpy()
    moved = np.stack([parameter_vector(m).numpy() for m in members]) - w0
    lines = path.outputs(jacobian(network, inputs), [STEPS])[0]
    gap = predict(members, inputs).T - lines
    return (
        np.linalg.norm(moved, axis=1),
        np.linalg.norm(moved - change / alphas[:, None], axis=1),
        np.sqrt(np.square(gap).mean(axis=1)),
    )


def slope(alphas, measured) -> float:
    return np.polyfit(np.log(alphas), np.log(measured), 1)[0]


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_way_detour_and_outputs_fall_with_powers_of_alpha(seed):
    # The next order is a share 1 / alpha of each: with alpha from 1000 on, 1e-3 times a constant.
    alphas = np.array([1e3, 3e3, 1e4])
    measured = laws(DeepMLP(8, seed=seed, **double), DATA.inputs, alphas)
    for values, expected in zip(measured, (-1, -2, -1), strict=True):
        assert slope(alphas, values) == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize("seed", [0, 1])
def test_between_the_points_moving_kinks_halve_the_exponent(seed):
    alphas = np.array([10.0, 30, 100, 300])
    x, _ = DATA.grid(4000)
    network = ShallowMLP(100, seed=seed, **double)
    everywhere = slope(alphas, laws(network, x, alphas)[2])
    assert -0.65 < everywhere < -0.35


def test_loss_curves_of_large_alphas_are_that_of_the_linearisation():
    network = DeepMLP(8, seed=0, **double)
    steps = log_steps(STEPS, n_records=20)
    run = train(
        [ScaledModel(network, a) for a in (1e3, 1e5)], DATA, n_steps=STEPS,
        learning_rate=[ETA / 1e6, ETA / 1e10], record=steps,
    )  # fmt: skip
    gradients = jacobian(network, DATA.inputs)
    path = linear_descent(
        gradients, DATA.labels[:, 0], start=np.zeros(gradients.shape[1]), learning_rate=ETA
    )
    errors = np.abs(run.losses / path.losses(steps)[:, None] - 1).max(axis=0)
    assert errors[0] < 3e-3
    assert errors[1] < 3e-5


def test_descent_on_the_scaled_loss_is_descent_towards_nudged_labels():
    network, alpha = DeepMLP(5, seed=3, **double), 50.0
    scaled, plain = ScaledModel(network, alpha), DeepMLP(5, seed=3, **double)
    asked = ToyRegression(10, target="middle", seed=0, **double)
    asked.labels = scaled.nudged_labels(DATA.inputs, DATA.labels).detach()
    train(plain, asked, n_steps=50, learning_rate=0.05)
    optimizer = torch.optim.SGD(scaled.parameters(), lr=0.05 / alpha**2)
    for _ in range(50):
        optimizer.zero_grad()
        (scaled(DATA.inputs) - DATA.labels).square().mean().backward()
        optimizer.step()
    way = (parameter_vector(plain) - parameter_vector(network)).norm()
    assert (parameter_vector(scaled) - parameter_vector(plain)).norm() < 1e-10 * way


def test_single_precision_loses_the_way():
    def way(dtype: torch.dtype) -> float:
        data = ToyRegression(10, target="middle", seed=0, dtype=dtype)
        model = ScaledModel(DeepMLP(8, seed=0, dtype=dtype), 1e6)
        return train(model, data, n_steps=1000, learning_rate=ETA / 1e12).movement[-1]

    assert way(torch.float32) < 0.01 * way(torch.float64)
