"""The scaled weight: the script's numbers against the model's, and what Python refuses."""

import numpy as np
import pytest

from course_utils.explorables import scaled_weight
from course_utils.explorables.scaled_weight import ONE, STEPS, X, descend, linearised_way
from course_utils.theory import linear_descent
from tests.explorables.node import call, needs_node


def grid(n, seed=0):
    """Corners, and random values of all sliders."""
    for alpha in (1.0, 1e4):
        for label in (0.5, 4.0):
            for rate in (0.002, 0.2):
                yield {"alpha": alpha, "label": label, "rate": rate}
    rng = np.random.default_rng(seed)
    for a, y, r in rng.uniform([0, 0.5, -2.7], [4, 4, -0.7], size=(n, 3)):
        yield {"alpha": 10**a, "label": y, "rate": 10**r}


def numbers(values):
    """What the figure's table shows for these values of its sliders."""
    w = descend(values["alpha"], values["label"], values["rate"], STEPS)[::20]
    point = {"x": X, "y": values["label"], "alpha": values["alpha"]}
    return {
        "α(w − w₀)": values["alpha"] * (w - ONE.w0),
        "linearised": linearised_way(values["label"], values["rate"], STEPS)[::20],
        "relative movement": np.abs(w - ONE.w0) / ONE.w0,
        "α² loss": values["alpha"] ** 2 * ONE.loss(w, **point),
    }


def with_run():
    """The figure with a run on top, for a browser to show."""
    return scaled_weight(alpha=100, run=[1.5, 1.505, 1.51])


@needs_node
def test_output_slope_and_factor_are_the_models(tmp_path):
    weights = np.linspace(-2, 3, 101)
    names = ("output", "slope", "factor")
    got = call("scaled_weight", [(f, [w]) for f in names for w in weights.tolist()], tmp_path)
    expected = [getattr(ONE, name)(weights, X) for name in names]
    np.testing.assert_allclose(got, np.concatenate(expected), rtol=1e-9, atol=1e-11)


@needs_node
def test_losses_and_the_criterion_are_the_models(tmp_path):
    given = [one | {"ways": np.linspace(-1, 1, 21).tolist()} for one in grid(100)]
    calls = [(f, [one]) for one in given for f in ("losses", "criterion")]
    got = call("scaled_weight", calls, tmp_path)
    for one, shown, kappa in zip(given, got[::2], got[1::2], strict=True):
        alpha, point = one["alpha"], {"x": X, "y": one["label"], "alpha": one["alpha"]}
        w = ONE.w0 + np.array(one["ways"]) / alpha
        for name, loss in (("model", ONE.loss), ("linearised", ONE.linearised_loss)):
            expected = alpha**2 * loss(w, **point)
            np.testing.assert_allclose(shown[name], expected, rtol=1e-9, atol=1e-9)
        assert kappa == pytest.approx(ONE.criterion(**point), rel=1e-9)


@needs_node
def test_each_step_is_numpys(tmp_path):
    # One step from each weight of the script's path: long paths over ripples are chaotic.
    given = [one | {"steps": 60} for one in grid(100)]
    paths = call("scaled_weight", [("train", [one]) for one in given], tmp_path)
    for one, ways in zip(given, paths, strict=True):
        u, alpha = np.array(ways), one["alpha"]
        assert u[0] == 0
        w = ONE.w0 + u[:-1] / alpha
        steep = (alpha * ONE.output(w, X) - one["label"]) * ONE.slope(w, X)
        # Rounding of w is 1e-16 of it; alpha and the slope of the ripples enlarge it.
        np.testing.assert_allclose(u[1:], u[:-1] - one["rate"] * steep, rtol=1e-9, atol=1e-7)
        assert len(u) == 61 or abs(u[-1]) >= 5 * alpha * (1 - 1e-9)


@needs_node
def test_the_linearised_path_is_the_theorys_at_every_alpha(tmp_path):
    given = [one | {"steps": 50} for one in grid(100)]
    paths = call("scaled_weight", [("trainLinearised", [one]) for one in given], tmp_path)
    for one, ways in zip(given, paths, strict=True):
        # Its loss, (alpha h - y)^2 on the one point, is 2 alpha^2 times ours, so its rate is less.
        lazy = linear_descent(
            [[one["alpha"] * float(ONE.slope(ONE.w0, X))]], [one["label"]],
            start=[0.0], learning_rate=one["rate"] / 2 / one["alpha"] ** 2,
        )  # fmt: skip
        expected = one["alpha"] * lazy.weights(np.arange(51))[:, 0]
        np.testing.assert_allclose(ways, expected, rtol=1e-9, atol=1e-12)


@needs_node
def test_the_way_is_of_order_one_over_alpha_and_the_detour_of_its_square(tmp_path):
    given = [{"alpha": a, "label": 3.0, "rate": 0.01} for a in (1e3, 1e4)]
    few, many = call("scaled_weight", [("view", [one]) for one in given], tmp_path)
    assert few["movement"][-1] / many["movement"][-1] == pytest.approx(10, rel=0.01)
    detours = [abs(v["movement"][-1] - v["lineMovement"][-1]) for v in (few, many)]
    assert detours[0] / detours[1] == pytest.approx(100, rel=0.2)
    assert few["reached"] == pytest.approx(few["lineReached"], abs=1)


@needs_node
def test_the_answer_to_the_question_is_true(tmp_path):
    given = [{"alpha": a, "label": 3.0, "rate": 0.01} for a in (5.0, 5000.0)]
    few, many = call("scaled_weight", [("view", [one]) for one in given], tmp_path)
    assert 0.5 < few["reached"] / many["reached"] < 2


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"alpha": 0.5}, "alpha=0.5: give a number from 1 to 10000"),
        ({"label": np.nan}, "label"),
        ({"label": "three"}, "label"),
        ({"learning_rate": 1}, "learning_rate=1: give a number from 0.002 to 0.2"),
        ({"run": [[1.5, 1.6]]}, "run"),
        ({"run": [1.5]}, "run has 1 weights: give two or more"),
        ({"run": [1.5, np.inf]}, "run"),
    ],
)
def test_what_is_outside_is_refused_by_name(given, says):
    with pytest.raises(ValueError, match=says):
        scaled_weight(**given)


def test_a_run_lies_on_the_landscape_of_its_alpha():
    path = descend(100.0, 3.0, 0.01, 20)
    run = scaled_weight(alpha=100, run=path).start["run"]
    np.testing.assert_allclose(run["ways"], 100 * (path - 1.5))
    np.testing.assert_allclose(run["heights"], (100 * ONE.output(path, X) - 3) ** 2 / 2)
    np.testing.assert_allclose(run["movement"], np.abs(path - 1.5) / 1.5)
