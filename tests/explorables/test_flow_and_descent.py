"""Flow and descent: the script's numbers against NumPy's and SciPy's, and what Python refuses."""

import numpy as np
import pytest

from course_utils.data import landscape
from course_utils.explorables import flow_and_descent
from course_utils.training import descend, gradient_flow
from tests.explorables.node import call, needs_node

RIPPLES = landscape("ripples")


def numbers(values):
    """What the figure's table shows for these values of its sliders."""
    n = round(values["time"] / values["rate"])
    every = -(-(n + 1) // 25)
    record = np.arange(n, -1, -every)[::-1]
    start = [values["w1"], values["w2"]]
    path = descend(RIPPLES, start, learning_rate=values["rate"], n_steps=n, record=record)
    first = path[record <= 40]  # later ones are rounding, magnified, where a path is chaotic
    columns = {"time": values["rate"] * record, "w₁": first[:, 0], "w₂": first[:, 1]}
    return columns | {"height": RIPPLES.value(first)}


def with_run():
    """The figure with a run on top, for a browser to show."""
    path = descend(RIPPLES, [0.5, -1.25], learning_rate=1e-3, n_steps=50)
    return flow_and_descent(learning_rate=1e-3, run=path)


def points(n, seed=0):
    return np.random.default_rng(seed).uniform(-2, 2, size=(n, 2))


@needs_node
def test_heights_slopes_and_curvatures_are_the_landscapes(tmp_path):
    w = points(300)
    given = [(name, row.tolist()) for name in ("height", "gradient", "curvature") for row in w]
    found = call("flow_and_descent", given, tmp_path)
    np.testing.assert_allclose(found[:300], RIPPLES.value(w), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found[300:600], RIPPLES.gradient(w), rtol=1e-9, atol=1e-10)
    largest = np.linalg.eigvalsh(RIPPLES.hessian(w))[:, -1]
    np.testing.assert_allclose(found[600:], largest, rtol=1e-9, atol=1e-9)


@needs_node
def test_descent_is_ours(tmp_path):
    # Few steps: where a path is chaotic each step costs digits.
    given = [{"w1": x, "w2": y, "rate": 5e-4, "time": 0.005} for x, y in points(100)]
    paths = call("flow_and_descent", [("descend", [one]) for one in given], tmp_path)
    ours = descend(RIPPLES, points(100), learning_rate=5e-4, n_steps=10)
    theirs = np.stack([[path["x"], path["y"]] for path in paths]).transpose(2, 0, 1)
    np.testing.assert_allclose(theirs, ours, rtol=1e-9, atol=1e-9)


@needs_node
def test_the_flow_is_that_of_another_integrator(tmp_path):
    # Two methods, each with an error of its own tolerance: 1e-8 a step there, 1e-11 here. Starts
    # next to a ridge magnify it, so the law is of nine in ten.
    w = points(60, seed=1)
    given = [{"w1": x, "w2": y, "time": 0.3} for x, y in w]
    paths = call("flow_and_descent", [("flow", [one]) for one in given], tmp_path)
    assert all(path["t"][-1] == pytest.approx(0.3, abs=1e-12) for path in paths)
    ends = np.array([[path["x"][-1], path["y"][-1]] for path in paths])
    apart = np.linalg.norm(ends - gradient_flow(RIPPLES, w, [0.3], rtol=1e-11)[-1], axis=1)
    assert np.quantile(apart, 0.9) < 1e-6
    heights = [RIPPLES.value(np.stack([path["x"], path["y"]], 1)) for path in paths]
    assert all((np.diff(h) < 1e-9).all() for h in heights), "the flow never climbs"


@needs_node
def test_what_the_answer_tells_is_so(tmp_path):
    start = {"w1": 0.5, "w2": -1.25, "time": 1.0}
    given = [("view", [start | {"rate": rate}]) for rate in (0.002, 0.0007)]
    fast, slow = call("flow_and_descent", given, tmp_path)
    assert fast["rests"]
    assert fast["stable"] < 0.002
    assert fast["moves"]
    assert fast["apart"] > 0.3
    assert slow["stable"] > 0.0007
    assert slow["apart"] < 0.01


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"w1": 3}, "w1=3: give a number from -2 to 2"),
        ({"w2": None}, "w2"),
        ({"learning_rate": 1}, "learning_rate=1: give a number from 0.0002 to 0.01"),
        ({"time": 0}, "time=0: give a number from 0.01 to 1"),
        ({"run": np.zeros((3, 3))}, "run"),
        ({"run": np.zeros((1, 2))}, "run"),
    ],
)
def test_what_is_outside_is_refused_by_name(given, says):
    with pytest.raises((ValueError, TypeError), match=says):
        flow_and_descent(**given)


def test_a_run_keeps_its_own_time():
    path = descend(RIPPLES, [0.5, -1.25], learning_rate=1e-3, n_steps=20)
    run = flow_and_descent(learning_rate=1e-3, run=path).start["run"]
    np.testing.assert_allclose(run["t"], 1e-3 * np.arange(21))
    np.testing.assert_allclose(run["y"], path[:, 1])
