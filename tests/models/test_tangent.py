"""Jacobian, kernel, products and linearisation: against autograd, exact cases and each other."""

import subprocess
import sys

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from course_utils.models import (
    DeepMLP,
    ScaledModel,
    ShallowMLP,
    SinusoidalModel,
    jacobian,
    kernel_product,
    linearised,
    parameter_vector,
    tangent,
    tangent_kernel,
)

few = settings(max_examples=20, deadline=None)
double = {"dtype": torch.float64}
MODELS = {
    "shallow": ShallowMLP(7, seed=0, **double),
    "deep": DeepMLP(4, seed=1, **double),
    "scaled": ScaledModel(DeepMLP(4, seed=2, **double), 3.0),
    "torch's own": nn.Sequential(nn.Linear(1, 5), nn.Tanh(), nn.BatchNorm1d(5), nn.Linear(5, 1))
    .double()
    .eval(),
}
each_model = pytest.mark.parametrize("name", MODELS)


def points(n: int, seed: int = 0) -> torch.Tensor:
    return 2 * torch.rand(n, 1, generator=torch.Generator().manual_seed(seed), **double) - 1


def row_by_row(model: nn.Module, x: torch.Tensor) -> torch.Tensor:
    """The oracle: one backward pass for each output."""
    wanted = [p for p in model.parameters() if p.requires_grad]
    rows = [torch.autograd.grad(y, wanted) for point in x for y in model(point[None])[0]]
    return torch.stack([torch.cat([g.flatten() for g in row]) for row in rows])


@each_model
@pytest.mark.parametrize("n", [1, 6])
def test_rows_are_autograds_gradients(name, n):
    x = points(n)
    torch.testing.assert_close(
        jacobian(MODELS[name], x), row_by_row(MODELS[name], x), rtol=1e-12, atol=1e-14
    )


@each_model
def test_the_kernel_holds_products_of_gradients(name):
    x, other = points(6), points(4, seed=1)
    j, k = row_by_row(MODELS[name], x), row_by_row(MODELS[name], other)
    for received, expected in [
        (tangent_kernel(MODELS[name], x), j @ j.T),
        (tangent_kernel(MODELS[name], x, other), j @ k.T),
    ]:
        torch.testing.assert_close(received, expected, rtol=1e-12, atol=1e-13)


@each_model
def test_the_product_is_the_kernel_times_a_vector_and_symmetric(name):
    x = points(6)
    product, kernel = kernel_product(MODELS[name], x), tangent_kernel(MODELS[name], x)
    columns = torch.stack([product(e) for e in torch.eye(6, **double)], dim=1)
    torch.testing.assert_close(columns, kernel, rtol=1e-11, atol=1e-12)


@each_model
def test_linearised_is_the_output_and_the_slope(name):
    model, x = MODELS[name], points(5)
    change = torch.randn(
        len(parameter_vector(model)), generator=torch.Generator().manual_seed(0), **double
    )
    expected = model(x)[:, 0].detach() + row_by_row(model, x) @ change
    torch.testing.assert_close(linearised(model, x, change), expected, rtol=1e-11, atol=1e-12)


@few
@given(st.integers(2, 40), st.integers(0, 99))
def test_of_a_linear_model_the_jacobian_is_its_features(half, seed):
    model, x = SinusoidalModel(2 * half, seed=seed, **double), points(5, seed)
    torch.testing.assert_close(jacobian(model, x), model.design_matrix(x), rtol=1e-12, atol=1e-13)
    change = torch.linspace(-1, 1, 2 * half + 1, **double)
    moved = model.design_matrix(x) @ (model.weight_vector() + change)
    torch.testing.assert_close(linearised(model, x, change), moved, rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("memory", [1, 3 * 22 * 8, 10**9])
def test_the_size_of_the_pieces_changes_nothing(memory, monkeypatch):
    model, x, other = MODELS["shallow"], points(10), points(7, seed=1)
    expected = jacobian(model, x), tangent_kernel(model, x), tangent_kernel(model, x, other)
    monkeypatch.setattr(tangent, "PIECE", memory)
    received = jacobian(model, x), tangent_kernel(model, x), tangent_kernel(model, x, other)
    for r, e in zip(received, expected, strict=True):
        torch.testing.assert_close(r, e, rtol=1e-13, atol=1e-14)


def test_nothing_changes_the_model_or_its_gradients():
    model = MODELS["torch's own"]
    before = {k: v.clone() for k, v in model.state_dict().items()}
    jacobian(model, points(4)), tangent_kernel(model, points(4))
    kernel_product(model, points(4))(torch.ones(4, **double))
    assert all(torch.equal(before[k], v) for k, v in model.state_dict().items())
    assert all(p.grad is None for p in model.parameters())


def test_ten_thousand_parameters_and_a_thousand_points_stay_under_two_gigabytes():
    """In a process of its own, whose peak the system keeps; the interpreter's share included.

    Of VmHWM, since ru_maxrss of a new process begins with the memory of the one that started it.
    """
    code = """
import os, re, resource, torch
from course_utils.models import ShallowMLP, tangent_kernel
model = ShallowMLP(3333, seed=0, dtype=torch.float64)
x = torch.linspace(-1, 1, 1000).double()[:, None]
kernel = tangent_kernel(model, x)
assert kernel.shape == (1000, 1000) and sum(p.numel() for p in model.parameters()) == 10_000
if os.path.exists("/proc/self/status"):
    print(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1])
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    kilobytes = int(subprocess.check_output([sys.executable, "-c", code], text=True))
    assert kilobytes < 2 * 2**20, f"{kilobytes / 2**20:.2f} GB"


@pytest.mark.parametrize(
    "layer", [nn.Dropout(0.5), nn.BatchNorm1d(5), nn.AlphaDropout(0.1), nn.InstanceNorm1d(5)]
)
def test_training_mode_is_refused_where_it_matters(layer):
    model = nn.Sequential(nn.Linear(1, 5), layer, nn.Linear(5, 1)).double()
    for call in (jacobian, tangent_kernel, kernel_product):
        with pytest.raises(ValueError, match=r"training mode.*'1'.*call model\.eval\(\) first"):
            call(model, points(3))
    if not isinstance(layer, nn.InstanceNorm1d):  # which wants a batch of sequences
        assert jacobian(model.eval(), points(3)).shape[0] == 3


def test_what_does_not_fit_is_named_with_its_size_and_a_way_out():
    model, x = MODELS["shallow"], points(50)
    with pytest.raises(
        ValueError, match=r"Jacobian of shape \(50, 22\) needs .*models.tangent_kernel"
    ):
        jacobian(model, x, max_bytes=50 * 22 * 8 - 1)
    with pytest.raises(
        ValueError, match=r"kernel of shape \(50, 50\) needs .*models.kernel_product"
    ):
        tangent_kernel(model, x, max_bytes=50 * 50 * 8 - 1)
    million = torch.empty(10**6, 1, **double)
    with pytest.raises(ValueError, match=r"needs 7\.45e\+03 GB"):
        tangent_kernel(model, million)


@pytest.mark.parametrize(
    ("model", "x", "said"),
    [
        (
            MODELS["shallow"],
            points(3).float(),
            "x is torch.float32 on cpu, the model torch.float64",
        ),
        (MODELS["shallow"], points(3)[:, 0], "x has shape"),
        (nn.Linear(1, 2).double(), points(3), "give a model of one output"),
        (nn.Linear(1, 1).double().requires_grad_(False), points(3), "no parameters that want"),
    ],
)
def test_bad_input_is_named(model, x, said):
    with pytest.raises(ValueError, match=said):
        jacobian(model, x)


def test_vectors_of_another_length_are_named():
    model, x = MODELS["shallow"], points(3)
    with pytest.raises(ValueError, match=r"v has shape \(4,\)"):
        kernel_product(model, x)(torch.ones(4, **double))
    with pytest.raises(ValueError, match=r"change has shape \(4,\)"):
        linearised(model, x, torch.ones(4, **double))


@pytest.mark.cuda
def test_a_model_on_a_gpu_is_computed_there():
    model, x = ShallowMLP(100, seed=0, **double), points(20)
    expected = tangent_kernel(model, x), kernel_product(model, x)(torch.ones(20, **double))
    model, x = model.to("cuda"), x.to("cuda")
    received = tangent_kernel(model, x), kernel_product(model, x)(torch.ones_like(x[:, 0]))
    for r, e in zip(received, expected, strict=True):
        assert r.is_cuda
        np.testing.assert_allclose(r.cpu(), e, rtol=1e-10)
