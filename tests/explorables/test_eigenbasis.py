"""The eigenbasis: the script's numbers against `linear_descent`'s, and what Python refuses."""

import itertools

import numpy as np
import pytest

from course_utils.explorables import eigenbasis
from course_utils.explorables.eigenbasis import STEPS, descent, features_of
from tests.explorables.node import call, needs_node

START = {"condition": 20.0, "angle": 30.0, "rate": 1.5, "w1": 0.5, "w2": 2.3}
LOW, HIGH = np.array([1, 0, 0.05, -3.5, -2.4]), np.array([100, 90, 2.2, 3.5, 2.4])


def grid(n, seed=0):
    """Corners, and random values of all sliders."""
    random = np.random.default_rng(seed).uniform(LOW, HIGH, size=(n, 5))
    for values in (*itertools.product(*zip(LOW, HIGH, strict=True)), *random):
        yield dict(zip(START, map(float, values), strict=True))


def steep_first(values):
    """v_1 and v_2 as columns."""
    t = np.deg2rad(values["angle"])
    return np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]])


def numbers(values):
    """What the figure's table shows for these values of its sliders."""
    model, k = descent(**values), np.arange(31)
    path = model.weights(k)
    c = path @ steep_first(values)
    return {"w₁": path[:, 0], "w₂": path[:, 1], "coordinate 1": c[:, 0],
            "coordinate 2": c[:, 1], "loss": model.losses(k)}  # fmt: skip


def with_run():
    """The figure with a run on top, for a browser to show."""
    return eigenbasis(run=[[1.0, 1.0], [0.5, 0.8], [0.2, 0.6]])


@needs_node
def test_path_coordinates_and_losses_are_the_theorys(tmp_path):
    given, k = list(grid(150)), np.arange(STEPS + 1)
    views = call("eigenbasis", [("view", [one]) for one in given], tmp_path)
    for one, seen in zip(given, views, strict=True):
        model = descent(**one)
        path = model.weights(k)
        near = {"rtol": 1e-9, "atol": 1e-9 * np.abs(path).max()}
        np.testing.assert_allclose(np.stack([seen["w1"], seen["w2"]], 1), path, **near)
        c = path @ steep_first(one)
        np.testing.assert_allclose(np.stack([seen["c1"], seen["c2"]], 1), c, **near)
        losses = model.losses(k)
        # Where a coordinate is 0 but for rounding, so is its part.
        np.testing.assert_allclose(seen["losses"], losses, rtol=1e-9, atol=1e-24 * losses.max())
        np.testing.assert_allclose(
            seen["factors"], 1 - one["rate"] * np.array([1, 1 / one["condition"]]), rtol=1e-9
        )
        np.testing.assert_allclose(
            np.sort(seen["factors"]), np.sort(1 - one["rate"] * model.eigenvalues), rtol=1e-9,
            atol=1e-14,
        )  # fmt: skip


@needs_node
def test_to_the_right_basis_and_back_is_the_same_point(tmp_path):
    given = list(grid(50))
    bases = call("eigenbasis", [("rightBasis", [one]) for one in given], tmp_path)
    points = [[one["w1"], one["w2"]] for one in given]
    there = [("toCoordinates", [b, p]) for b, p in zip(bases, points, strict=True)]
    turned = call("eigenbasis", there, tmp_path)
    for one, basis, p, c in zip(given, bases, points, turned, strict=True):
        np.testing.assert_allclose(np.transpose(basis), steep_first(one), rtol=1e-9, atol=1e-15)
        np.testing.assert_allclose(c, steep_first(one).T @ p, rtol=1e-9, atol=1e-14)
    back = [("toWeights", [b, c]) for b, c in zip(bases, turned, strict=True)]
    np.testing.assert_allclose(call("eigenbasis", back, tmp_path), points, rtol=1e-9, atol=1e-14)


@needs_node
def test_the_loss_is_level_on_each_contour(tmp_path):
    given = list(grid(30))
    drawn = call("eigenbasis", [("contours", [one]) for one in given], tmp_path)
    for one, (xs, ys) in zip(given, drawn, strict=True):
        points = np.array([xs, ys], dtype=float).T.reshape(7, -1, 2)
        assert np.isnan(points[:, -1]).all()
        phi = features_of(one["condition"], one["angle"])
        losses = np.square(points[:, :-1] @ phi.T).sum(axis=2) / 2
        radii = np.array([0.3, 0.6, 1, 1.5, 2, 2.7, 3.5])[:, None]
        np.testing.assert_allclose(losses, radii**2 / 2 + 0 * losses, rtol=1e-9)


@needs_node
def test_the_step_of_a_thousandth_is_the_theorys(tmp_path):
    given = [one | {"rate": min(one["rate"], 1.95)} for one in grid(60)]
    found = call("eigenbasis", [("stepsToThousandth", [one]) for one in given], tmp_path)
    k = np.arange(10_001)
    for one, step in zip(given, found, strict=True):
        losses = descent(**one).losses(k)
        low = losses <= 1e-3 * losses[0]
        assert step == (low.argmax() if low.any() else -1)


@needs_node
def test_the_answer_to_the_question_is_true_of_more_than_one_start(tmp_path):
    starts = [{"w1": 0.5, "w2": 2.3}, {"w1": -2.0, "w2": 1.5}, {"w1": 0.0, "w2": 1.0}]
    for start in starts:
        given = [START | start | {"rate": rate} for rate in (0.5, 1.0, 1.8, 1.99)]
        steps = call("eigenbasis", [("stepsToThousandth", [one]) for one in given], tmp_path)
        assert steps[2] < steps[1] < steps[0] < steps[3]
    q = call("eigenbasis", [("factors", [START | {"rate": r}]) for r in (1.8, 1.0)], tmp_path)
    np.testing.assert_allclose(q, [[-0.8, 0.91], [0, 0.95]], atol=1e-12)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"condition_number": 0.5}, "condition_number=0.5: give a number from 1 to 100"),
        ({"angle": np.nan}, "angle"),
        ({"learning_rate": 3}, "learning_rate=3: give a number from 0.05 to 2.2"),
        ({"w1": "one"}, "w1"),
        ({"w2": 2.5}, "w2=2.5: give a number from -2.4 to 2.4"),
        ({"run": [1.0, 2.0]}, "run"),
        ({"run": [[1.0, 2.0, 3.0]] * 3}, "run"),
        ({"run": [[1.0, 2.0]]}, "run has shape"),
        ({"run": [[1.0, np.inf]] * 3}, "run"),
    ],
)
def test_what_is_outside_is_refused_by_name(given, says):
    with pytest.raises(ValueError, match=says):
        eigenbasis(**given)


def test_a_run_by_the_plain_loop_has_the_theorys_losses():
    phi, w = features_of(20, 30), np.array([0.5, 2.3])
    path = [w]
    for _ in range(20):
        path.append(path[-1] - 1.5 * phi.T @ (phi @ path[-1]))
    run = eigenbasis(run=path).start["run"]
    np.testing.assert_allclose(run["losses"], descent(**START).losses(np.arange(21)), rtol=1e-9)
    np.testing.assert_allclose(run["w2"], np.array(path)[:, 1])
