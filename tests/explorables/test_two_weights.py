"""Two weights: the script's numbers against NumPy's and the theory's, and what Python refuses."""

import numpy as np
import pytest

from course_utils.explorables import two_weights
from course_utils.explorables.two_weights import descend
from course_utils.theory import TwoLayerModes
from tests.explorables.node import call, needs_node


def grid(n, seed=0):
    """Random values of all sliders."""
    rng = np.random.default_rng(seed)
    low, high = np.array([0.2, -2.5, -2.5, -2.0]), np.array([2.0, 2.5, 2.5, -0.5])
    names = ("target", "w1", "w2", "rate")
    for values in rng.uniform(low, high, size=(n, 4)):
        yield dict(zip(names, values, strict=True)) | {"rate": 10 ** values[3]}


def numbers(values):
    """What the figure's table shows for these values of its sliders."""
    path = descend(*(values[key] for key in ("target", "w1", "w2", "rate")), 24)
    return {"w₁": path[:, 0], "w₂": path[:, 1], "strength": path.prod(axis=1)}


def with_run():
    """The figure with a run on top, for a browser to show."""
    return two_weights(run=descend(1.0, 0.5, 0.5, 0.1, 20))


@needs_node
def test_the_paths_are_numpys(tmp_path):
    # Chaotic paths lose digits with every step, so few steps.
    given = [one | {"steps": 12} for one in grid(200)]
    for one, path in zip(
        given, call("two_weights", [("descend", [g]) for g in given], tmp_path), strict=True
    ):
        n = len(path["w1"])
        ours = descend(one["target"], one["w1"], one["w2"], one["rate"], n - 1)
        np.testing.assert_allclose(
            np.stack([path["w1"], path["w2"]], 1), ours, rtol=1e-9, atol=1e-12
        )
        assert n == 13 or np.abs(ours[-1]).max() >= 1e6


@needs_node
def test_the_flow_is_the_theorys(tmp_path):
    times = np.linspace(0, 6, 9)
    given = [
        {"target": g["target"], "start": g["w1"] * g["w2"],
         "imbalance": abs(g["w1"] ** 2 - g["w2"] ** 2), "times": times.tolist()}
        for g in grid(300)
    ]  # fmt: skip
    given += [given[0] | {"start": 0.0}, given[0] | {"start": 0.0, "imbalance": 0.0}]
    curves = call("two_weights", [("flow", [g]) for g in given], tmp_path)
    for one, curve in zip(given, curves, strict=True):
        modes = TwoLayerModes(one["target"], one["start"], imbalances=one["imbalance"])
        np.testing.assert_allclose(curve, modes(times), rtol=1e-9, atol=1e-12)


@needs_node
def test_below_the_stable_rate_a_small_push_dies_out_and_above_it_grows(tmp_path):
    # The law is of small distances from a minimum, so it is tried next to one.
    targets, *starts, _ = np.array([list(one.values()) for one in grid(50, seed=1)]).T
    imbalances = np.abs(starts[0] ** 2 - starts[1] ** 2)
    given = [{"target": s, "imbalance": c} for s, c in zip(targets, imbalances, strict=True)]
    rates = call("two_weights", [("stableRate", [one]) for one in given], tmp_path)
    for s, c, stable in zip(targets, imbalances, rates, strict=True):
        w2 = np.sqrt((c + np.hypot(c, 2 * s)) / 2)
        for factor in (0.95, 1.05):
            path = descend(s, s / w2 + 1e-7, w2, factor * stable, 20)
            errors = np.abs(path.prod(axis=1) - s)
            assert (errors[-1] < errors[0]) == (factor < 1)


def test_a_step_multiplies_the_imbalance_by_one_minus_a_squared():
    for one in grid(50, seed=2):
        path = descend(*one.values(), 3)
        difference = path[:, 1] ** 2 - path[:, 0] ** 2
        a = 2 * one["rate"] * (one["target"] - path[:-1].prod(axis=1))
        np.testing.assert_allclose(
            difference[1:], (1 - a**2) * difference[:-1], rtol=1e-8, atol=1e-9
        )


@needs_node
@pytest.mark.parametrize(
    ("rate", "fate"), [(0.1, "settled"), (0.25, "settled"), (0.55, "diverged")]
)
def test_it_says_what_becomes_of_a_path(tmp_path, rate, fate):
    values = {"target": 1.0, "w1": 0.3, "w2": 2.0, "rate": rate}
    (view,) = call("two_weights", [("view", [values])], tmp_path)
    assert view["fate"] == fate
    if fate == "settled":  # at the flow's minimum below its stable rate, at a flatter one above
        assert (view["end"] < 3.5) == (rate > view["stable"])


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"target": 5}, "target=5: give a number from 0.2 to 2"),
        ({"w1": np.nan}, "w1"),
        ({"w2": "two"}, "w2"),
        ({"learning_rate": 0}, "learning_rate=0: give a number from 0.01 to 1"),
        ({"run": [1.0, 2.0]}, "run"),
        ({"run": [[1.0, 2.0, 3.0]] * 3}, "run"),
        ({"run": [[1.0, np.inf]] * 3}, "run"),
    ],
)
def test_what_is_outside_is_refused_by_name(given, says):
    with pytest.raises(ValueError, match=says):
        two_weights(**given)


def test_a_run_keeps_its_own_time():
    path = descend(1.0, 0.5, 0.5, 0.1, 20)
    run = two_weights(learning_rate=0.1, run=path).start["run"]
    np.testing.assert_allclose(run["times"], 0.2 * np.arange(21))
    np.testing.assert_allclose(run["strengths"], path[:, 0] * path[:, 1])
