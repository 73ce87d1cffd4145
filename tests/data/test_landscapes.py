"""Landscapes: derivatives against autograd on an independent copy of the formulas."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_utils.data import LANDSCAPES, landscape

few = settings(max_examples=40, deadline=None)
places = arrays(np.float64, st.sampled_from([(2,), (3, 2), (2, 2, 2)]), elements=st.floats(-3, 3))
FORMULAS = {
    "ripples": lambda x, y: (
        torch.sin(x + 4) * (torch.cos(3 * y - 5) + 0.3)
        + 0.5 * torch.cos(2 * (x + 2) * (y - 4) ** 2)
    ),
    "bowl": lambda x, y: x**2 / 2 + 5 * y**2,
    "double well": lambda x, y: (x**2 - 1) ** 2 / 4 + y**2 / 2,
    "product": lambda x, y: (1 - x * y) ** 2 / 2,
}
each_landscape = pytest.mark.parametrize("name", FORMULAS)


def test_there_are_those_and_no_others():
    assert set(LANDSCAPES) == set(FORMULAS)
    assert all(landscape(name).name == name for name in LANDSCAPES)


@each_landscape
@few
@given(w=places)
def test_values_and_derivatives_are_autograds(name, w):
    def formula(point: torch.Tensor) -> torch.Tensor:
        return FORMULAS[name](point[0], point[1])

    points = torch.from_numpy(w.reshape(-1, 2))
    oracle = {
        "value": [formula(p) for p in points],
        "gradient": [torch.func.grad(formula)(p) for p in points],
        "hessian": [torch.func.jacrev(torch.func.grad(formula))(p) for p in points],
    }
    for what, expected in oracle.items():
        received = getattr(landscape(name), what)(w)
        wanted = torch.stack(expected).numpy().reshape(received.shape)
        assert received.shape == w.shape[:-1] + wanted.shape[w.ndim - 1 :]
        # Terms up to 8 * 5^2 * 7^2 = 10^4, and arguments of sines up to 500.
        np.testing.assert_allclose(received, wanted, rtol=1e-9, atol=1e-9)


def test_an_unknown_name_and_points_of_another_size_are_named():
    with pytest.raises(ValueError, match="name='hill': choose one of 'ripples', 'bowl'"):
        landscape("hill")
    for call in (landscape("bowl").value, landscape("bowl").gradient, landscape("bowl").hessian):
        with pytest.raises(ValueError, match=r"points has shape \(3,\)"):
            call([1.0, 2.0, 3.0])
