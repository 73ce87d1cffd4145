"""Features and fit: the script's weights against NumPy's, and what Python refuses."""

import importlib

import numpy as np
import pytest

from course_utils.data import ToyRegression
from course_utils.explorables import features_and_fit
from course_utils.theory import least_norm
from tests.explorables.node import call, needs_node

OURS = importlib.import_module("course_utils.explorables.features_and_fit")


def numbers(values):
    """What the figure's table shows for these values of its sliders."""
    x, z = OURS.draw(OURS.DRAWS[0])
    n = int(values["n"])
    labels = OURS.target(x[:n]) + values["noise"] * z[:n]
    sizes = np.arange(0, 61, 2)
    loss, risk = np.array([OURS.fit(p, x[:n], labels)[1:] for p in sizes]).T
    below = sizes + 1 < n  # beyond, the loss is rounding
    return {"features": sizes, "training loss": loss[below], "true risk": risk}


def with_run():
    """The figure with a run on top, for a browser to show."""
    return features_and_fit(run=[[2, 0.1], [10, 0.01], [30, 0.5]])


@needs_node
@pytest.mark.parametrize("seed", OURS.DRAWS)
def test_the_weights_are_those_of_least_norm(tmp_path, seed):
    # Both lose as many digits as the condition number has; where it leaves too few, it is no test.
    x, z = OURS.draw(seed)
    cases = [(p, n) for n in (10, 17, 20, 40) for p in range(0, 61, 6)]
    kept = [
        (rows, OURS.target(x[:n]) + 0.1 * z[:n])
        for p, n in cases
        if np.linalg.cond(rows := OURS.waves(x[:n], p)) < 1e5
    ]
    assert len(kept) > len(cases) / 2
    given = [("leastNorm", [{"rows": rows.tolist(), "labels": y.tolist()}]) for rows, y in kept]
    for (rows, labels), weights in zip(
        kept, call("features_and_fit", given, tmp_path), strict=True
    ):
        ours = least_norm(rows, labels)
        np.testing.assert_allclose(weights, ours, rtol=1e-9, atol=1e-9 * np.abs(ours).max())


@needs_node
def test_target_and_waves_are_those_of_the_course(tmp_path):
    dataset = ToyRegression(50, target="middle", seed=0)
    x, y = dataset.inputs[:, 0].double().numpy(), dataset.labels[:, 0].double().numpy()
    given = [("target", [v]) for v in x] + [("waves", [v, 8]) for v in x]
    found = call("features_and_fit", given, tmp_path)
    np.testing.assert_allclose(found[:50], y, atol=1e-6)  # the course's is in 32 bits
    np.testing.assert_allclose(found[50:], OURS.waves(x, 8), rtol=1e-9, atol=1e-12)


def test_the_risk_of_the_first_points_has_a_peak_at_as_many_weights_as_points():
    risks = numbers({"n": 20, "noise": 0.1})["true risk"]
    best, last = risks[:6].min(), risks[-1]
    peak = risks[8:12].max()  # p from 16 to 22
    assert peak > 100 * last > 100 * best


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"n_features": 7}, "n_features=7: give an even number"),
        ({"n_features": 100}, "n_features=100: give a number from 0 to 60"),
        ({"n_points": 5}, "n_points=5: give a number from 10 to 40"),
        ({"noise_level": 1.0}, "noise_level=1.0: give a number from 0 to 0.3"),
        ({"run": [1, 2, 3]}, "run has shape"),
        ({"run": [[2, 0.1], [4, 0.0]]}, "run: a risk of 0: give risks above 0"),
    ],
)
def test_what_is_outside_is_refused_by_name(given, says):
    with pytest.raises(ValueError, match=says):
        features_and_fit(**given)


def test_a_run_is_its_numbers_of_features_and_risks():
    run = features_and_fit(run=[[2, 0.1], [4, 0.05]]).start["run"]
    assert run == {"features": [2, 4], "risks": [0.1, 0.05]}
