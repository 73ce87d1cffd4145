"""The Hessian of the loss: exact for linear models, finite differences of gradients for others."""

import copy

import numpy as np
import pytest
import torch

from course_utils.data import ToyRegression
from course_utils.models import DeepMLP, ShallowMLP, SinusoidalModel, loss_hessian, sharpness
from course_utils.theory import linear_descent

double = {"dtype": torch.float64}
DATA = ToyRegression(9, seed=0, **double)


def test_of_a_linear_model_it_is_that_of_least_squares():
    model = SinusoidalModel(6, seed=0, **double)
    phi = model.design_matrix(DATA.inputs)
    hessian = loss_hessian(model, DATA.inputs, DATA.labels)
    torch.testing.assert_close(hessian, 2 / 9 * phi.T @ phi, rtol=1e-12, atol=1e-13)
    path = linear_descent(phi, DATA.labels[:, 0], start=np.zeros(7), learning_rate=0.01)
    top = sharpness(model, DATA.inputs, DATA.labels)
    assert top == pytest.approx(2 / path.stable_learning_rate, rel=1e-10)


@pytest.mark.parametrize("model", [ShallowMLP(5, seed=0, **double), DeepMLP(3, seed=0, **double)])
def test_of_a_network_it_is_the_change_of_the_gradient(model):
    def gradient() -> torch.Tensor:
        loss = (model(DATA.inputs) - DATA.labels).square().mean()
        gradients = torch.autograd.grad(loss, list(model.parameters()))
        return torch.cat([g.flatten() for g in gradients])

    hessian = loss_hessian(model, DATA.inputs, DATA.labels)
    torch.testing.assert_close(hessian, hessian.T, rtol=1e-12, atol=1e-13)
    start = torch.nn.utils.parameters_to_vector(model.parameters()).detach()
    for direction in torch.randn(
        3, len(start), generator=torch.Generator().manual_seed(0)
    ).double():
        sides = []
        for sign in (1, -1):  # so short that no unit switches: kinks are further away
            moved = start + sign * 1e-6 * direction
            torch.nn.utils.vector_to_parameters(moved, model.parameters())
            sides.append(gradient())
        torch.nn.utils.vector_to_parameters(start, model.parameters())
        difference = (sides[0] - sides[1]) / 2e-6
        # Rounding 1e-16 / 1e-6 and a truncation of order 1e-12.
        torch.testing.assert_close(hessian @ direction, difference, rtol=1e-7, atol=1e-8)


def test_what_is_too_large_or_does_not_fit_is_named():
    model = ShallowMLP(1400, seed=0, **double)
    with pytest.raises(ValueError, match="model has 4201 parameters: give one of at most 4000"):
        loss_hessian(model, DATA.inputs, DATA.labels)
    with pytest.raises(ValueError, match="labels has shape"):
        loss_hessian(ShallowMLP(3, seed=0, **double), DATA.inputs, DATA.labels[:, 0])


def test_single_precision_is_no_obstacle():
    data, model = ToyRegression(8, seed=0), DeepMLP(6, seed=0)  # LAPACK fails on its matrix
    exact = sharpness(copy.deepcopy(model).double(), data.inputs.double(), data.labels.double())
    assert sharpness(model, data.inputs, data.labels) == pytest.approx(exact, rel=1e-4)
