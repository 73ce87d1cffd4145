"""The model of one weight: its derivatives against finite differences, its laws in alpha."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.models import OneWeightModel

few = settings(max_examples=50, deadline=None)
weights = st.floats(-1.5, 1.8)
inputs = st.floats(-2, 2)
SEEDS_ALPHAS = [1, 5, 10, 50, 100, 1000, 2000, 10_000]
POINT = {"x": 1.5, "y": 3.0}


def central(function, at: float, step: float) -> float:
    """Fourth-order central difference."""
    far, near = (function(at + s * step) - function(at - s * step) for s in (2, 1))
    return (8 * near - far) / (12 * step)


@few
@given(weights, inputs, weights)
def test_derivatives_are_those_of_the_output(w, x, w0):
    model = OneWeightModel(w0)
    # exp(2 w) turns sin by up to 37 radians: rounding 1e-16 / 1e-4, truncation (75 * 1e-4)^4.
    for function, derivative in [(model.output, model.slope), (model.slope, model.curvature)]:
        expected = central(lambda v, f=function: float(f(v, x)), w, 1e-4)
        assert float(derivative(w, x)) == pytest.approx(expected, rel=1e-5, abs=1e-5)


@few
@given(weights, inputs)
def test_the_linearisation_touches_the_model_at_the_start(w0, x):
    model = OneWeightModel(w0)
    assert model.output(w0, x) == 0 == model.linearised(w0, x)
    line = (model.linearised(w0 + 1.0, x) - model.linearised(w0 - 1.0, x)) / 2
    assert line == pytest.approx(model.slope(w0, x), rel=1e-12, abs=1e-14)


def test_the_seeds_model_has_kappa_5_6907_over_alpha():
    for alpha in SEEDS_ALPHAS:
        assert OneWeightModel().criterion(**POINT, alpha=alpha) == pytest.approx(
            5.690738940688 / alpha, rel=1e-10
        )


def test_the_loss_is_the_seeds_formula():
    def f(x: float, w: float) -> float:
        return w * x / 2 + np.log(1 + w**2) * x / 5 + 0.1 * np.sin(np.exp(2 * w))

    for w, alpha in [(0.3, 1.0), (1.7, 50.0)]:
        by_hand = (alpha * f(1.5, w) * (w - 1.5) - 3) ** 2 / 2 / alpha**2
        linear = (alpha * f(1.5, 1.5) * (w - 1.5) - 3) ** 2 / 2 / alpha**2
        assert OneWeightModel().loss(w, **POINT, alpha=alpha) == pytest.approx(by_hand, rel=1e-12)
        received = OneWeightModel().linearised_loss(w, **POINT, alpha=alpha)
        assert received == pytest.approx(linear, rel=1e-12)


def test_at_the_goal_of_the_linearisation_the_error_is_half_of_kappa():
    model, errors, kappas = OneWeightModel(), [], []
    for alpha in (1e4, 1e5, 1e6):
        goal = model.w0 + 3 / alpha / model.slope(model.w0, 1.5)
        errors.append(float(alpha * abs(model.output(goal, 1.5) - model.linearised(goal, 1.5)) / 3))
        kappas.append(model.criterion(**POINT, alpha=alpha))
    # The next term is of relative order 1 / alpha.
    np.testing.assert_allclose(errors, np.array(kappas) / 2, rtol=0.02)
    np.testing.assert_allclose(errors[1:], np.array(kappas[1:]) / 2, rtol=0.002)


@pytest.mark.parametrize("alpha", [0, -1.0, np.inf])
def test_a_bad_alpha_is_named(alpha):
    model = OneWeightModel()
    for call in (
        lambda: model.loss(1.0, **POINT, alpha=alpha),
        lambda: model.linearised_loss(1.0, **POINT, alpha=alpha),
        lambda: model.criterion(**POINT, alpha=alpha),
    ):
        with pytest.raises(ValueError, match=f"alpha={alpha!r}"):
            call()
