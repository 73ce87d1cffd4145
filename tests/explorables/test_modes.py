"""Modes: the script's numbers against the theory's, laws of depth, and what Python refuses."""

import itertools

import numpy as np
import pytest

from course_utils import data, models
from course_utils.explorables import modes
from course_utils.explorables.modes import end_of_time, modes_of
from course_utils.theory import DeepModes
from course_utils.training import train_linear
from tests.explorables.node import call, needs_node

TIMES = np.concatenate([[0], np.geomspace(1e-3, 3e3, 40)])
LOW, HIGH = np.array([0.5, -6.0, 0.0]), np.array([4.0, np.log10(0.2), 10.0])


def grid(depth, n=40, seed=0):
    """One mode: random values of its sliders, and all corners."""
    rng = np.random.default_rng(seed)
    corners = list(itertools.product(*zip(LOW, HIGH, strict=True)))
    for s, power, c in [*rng.uniform(LOW, HIGH, size=(n, 3)), *corners]:
        yield {"s": s, "u0": 10**power, "depth": depth, "imbalance": c}


def numbers(values):
    """What the figure's table shows for these values of its sliders."""
    goals = np.array([values[key] for key in ("s1", "s2", "s3")])
    flow = modes_of(goals, values["start"], int(values["depth"]), values["imbalance"])
    t = np.linspace(0, end_of_time(flow, goals), 21)
    u = flow(t)
    loss = np.square(goals - u).sum(axis=1)
    return {"time": t, "u₁": u[:, 0], "u₂": u[:, 1], "u₃": u[:, 2], "loss": loss}


@needs_node
def test_strengths_and_half_times_are_the_theorys(tmp_path):
    given = [one for depth in (1, 2, 3, 4) for one in grid(depth)]
    calls = [("strengths", [one | {"times": TIMES.tolist()}]) for one in given]
    calls += [("timeTo", [one | {"share": 0.5}]) for one in given]
    answers = call("modes", calls, tmp_path)
    for one, curve, half in zip(given, answers[: len(given)], answers[len(given) :], strict=True):
        flow = modes_of(np.array(one["s"]), *(one[k] for k in ("u0", "depth", "imbalance")))
        # DeepModes interpolates: to 1e-10 of s. Its clock does not, and is exact next.
        atol = 2e-10 * one["s"] if one["depth"] > 2 else 1e-12
        np.testing.assert_allclose(curve, flow(TIMES), rtol=1e-9, atol=atol)
        assert float(flow(half)) == pytest.approx(one["s"] / 2, rel=1e-9)


@needs_node
def test_deep_strengths_are_on_time(tmp_path):
    given = [one for depth in (3, 4) for one in grid(depth, seed=1)]
    calls = [("deep", [one | {"times": TIMES.tolist()}]) for one in given]
    for one, curve in zip(given, call("modes", calls, tmp_path), strict=True):
        flow = DeepModes(one["depth"], one["s"], one["u0"])
        u = np.array(curve)
        moving = u < 0.99 * one["s"]
        t = flow.time_to_reach(u[moving])
        np.testing.assert_allclose(t, TIMES[moving], rtol=1e-9, atol=1e-10)
        assert moving.sum() > 5


@needs_node
def test_the_figure_sums_up_its_modes(tmp_path):
    rng = np.random.default_rng(2)
    keys = ("s1", "s2", "s3", "start", "imbalance")
    low, high = [0.5, 0.5, 0.5, 1e-6, 0], [4, 4, 4, 0.2, 10]
    rows = rng.uniform(low, high, size=(40, 5))
    given = [dict(zip(keys, row, strict=True)) | {"depth": 1 + k % 4} for k, row in enumerate(rows)]
    for one, seen in zip(
        given, call("modes", [("view", [g]) for g in given], tmp_path), strict=True
    ):
        ours = numbers(one)
        np.testing.assert_allclose(seen["times"][::12], ours["time"], rtol=1e-12)
        np.testing.assert_allclose(seen["loss"][::12], ours["loss"], rtol=1e-7, atol=1e-9)
        goals = np.array(seen["goals"])
        flow = modes_of(goals, one["start"], one["depth"], one["imbalance"])
        last = np.argmax(seen["halves"])
        assert seen["share"] == pytest.approx(flow(seen["early"])[last] / goals[last], rel=1e-8)


@needs_node
def test_what_the_chapter_says_of_depth_and_imbalance(tmp_path):
    def half(s, u0, depth, imbalance=0.0):
        one = {"s": s, "u0": u0, "depth": depth, "imbalance": imbalance, "share": 0.5}
        return call("modes", [("timeTo", [one])], tmp_path)[0]

    assert half(4, 1e-4, 2) == pytest.approx(np.log(4e4 - 1) / 8)
    assert half(4, 1e-4, 4) > 5 * half(4, 1e-4, 2)
    # The guess and its answer: a large start turns the order round.
    assert [round(half(4, 0.2, depth), 2) for depth in (2, 4)] == [0.37, 0.23]
    assert half(1, 1e-6, 2, 10.0) == pytest.approx(np.log(2) / 10, rel=0.01)
    assert half(1, 1e-6, 3) / half(1, 1e-3, 3) == pytest.approx(10, rel=0.1)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"singular_values": [4, 2]}, "singular_values"),
        ({"singular_values": [4, 2, 0.1]}, r"singular_values\[2\]=.*give a number from 0.5 to 4"),
        ({"initial_strength": 0}, "initial_strength=0: give a number from 1e-06 to 0.2"),
        ({"depth": 5}, "depth=5: choose one of 1, 2, 3, 4"),
        ({"imbalance": np.nan}, "imbalance"),
        ({"run": [1.0, 2.0]}, "run=.*train_linear"),
    ],
)
def test_what_is_outside_is_refused_by_name(given, says):
    with pytest.raises(ValueError, match=says):
        modes(**given)


def descended():
    """Descent of three modes, aligned, from 1e-2, at rate 0.002."""
    X, eye = data.inputs_with_variances(20, np.ones(3), seed=0), np.eye(3)
    moments = data.moments(X, X * [4.0, 2.0, 1.0])
    start = models.aligned_network(eye, eye, np.full(3, 1e-2), hidden_dim=3, seed=0)
    return train_linear(
        start, moments, n_steps=1000, learning_rate=0.002, record=np.arange(0, 1001, 2)
    )


@pytest.fixture(scope="module")
def trained():
    return descended()


def with_run():
    """The figure with a run on top, for a browser to show."""
    return modes(initial_strength=1e-2, run=descended(), learning_rate=0.002)


def test_a_run_lies_on_the_modes_and_is_thinned(trained):
    run = modes(initial_strength=1e-2, run=trained, learning_rate=0.002).start["run"]
    assert len(run["times"]) == 200
    assert run["times"][-1] == pytest.approx(4)
    theory = modes_of(np.array([4.0, 2.0, 1.0]), 1e-2, 2, 0.0)(run["times"])
    np.testing.assert_allclose(np.transpose(run["strengths"]), theory, atol=0.05)
    np.testing.assert_allclose(run["losses"], np.square([4, 2, 1] - theory).sum(axis=1), atol=0.3)


def test_a_run_needs_its_rate(trained):
    with pytest.raises(ValueError, match="learning_rate=None: give the rate of the run"):
        modes(run=trained)
