"""Denoising: the script's numbers against the theory's, its laws, and what Python refuses."""

import itertools

import numpy as np
import pytest

from course_utils import data, models
from course_utils.explorables import denoising
from course_utils.theory import denoising_modes, fixed_points
from course_utils.training import train_autoencoder
from tests.explorables.node import call, needs_node

RATE = 0.002
EPOCHS = np.geomspace(10, 1e5, 21)
LOW, HIGH = np.array([-1.4, 0, 0, -8, 0]), np.array([1.3, 5, 2, -2, 3])


def grid(n_rows=60, seed=0):
    """Random values of all parameters, all corners, and a mode at the threshold."""
    rng = np.random.default_rng(seed)
    corners = list(itertools.product(*zip(LOW, HIGH, strict=True)))
    for size, noise, decay, start, power in [*rng.uniform(LOW, HIGH, size=(n_rows, 5)), *corners]:
        n = round(10**power)
        yield {"lambda": n * 10**size, "n": n, "rate": RATE, "noise": noise, "decay": decay,
               "u0": 10**start}  # fmt: skip
    yield {"lambda": 500.0, "n": 500, "rate": RATE, "noise": 0.5, "decay": 1.0, "u0": 1e-4}


def curve(one):
    """The theory's closed form."""
    return denoising_modes(
        one["lambda"], one["u0"], n=one["n"], learning_rate=one["rate"],
        noise_variance=one["noise"], weight_decay=one["decay"],
    )  # fmt: skip


def numbers(values):
    """What the figure's table shows for these values of its sliders."""
    one = {"lambda": values["eigenvalue"], "u0": values["start"], "n": 500, "rate": RATE}
    noise, decay = values["noise"], values["decay"]
    shown = {"strength": (noise, decay), "noise alone": (noise, 0), "decay alone": (0, decay)}
    shown["neither"] = (0, 0)
    strengths = {
        name: curve(one | {"noise": s2, "decay": gamma})(EPOCHS)
        for name, (s2, gamma) in shown.items()
    }
    return {"epoch": EPOCHS} | strengths


@needs_node
def test_strengths_and_ends_are_the_theorys(tmp_path):
    given = list(grid())
    calls = [("grow", [one | {"epochs": [0, *EPOCHS]}]) for one in given]
    calls += [("fixedPoint", [one]) for one in given]
    answers = call("denoising", calls, tmp_path)
    for one, strengths, end in zip(given, answers, answers[len(given) :], strict=False):
        np.testing.assert_allclose(strengths, curve(one)([0, *EPOCHS]), rtol=1e-9, atol=1e-300)
        expected = fixed_points(
            one["lambda"], n=one["n"], noise_variance=one["noise"], weight_decay=one["decay"]
        )
        assert end == pytest.approx(float(expected), rel=1e-12)


@needs_node
def test_half_way_is_half_of_the_end(tmp_path):
    given = list(grid())
    calls = [("halfEpoch", [one]) for one in given] + [("fixedPoint", [one]) for one in given]
    answers = call("denoising", calls, tmp_path)
    kinds = []
    for one, half, end in zip(given, answers, answers[len(given) :], strict=False):
        if half == "Infinity":
            assert end == 0
            assert one["lambda"] <= one["n"] * one["decay"]
        elif half == 0:
            assert end <= 2 * one["u0"]
        else:
            assert float(curve(one)(half)) == pytest.approx(end / 2, rel=1e-9)
        kinds.append(half if half in ("Infinity", 0) else "later")
    assert set(kinds) == {"Infinity", 0, "later"}


@needs_node
def test_noise_hastens_the_half_decay_delays_it_and_the_guess_is_right(tmp_path):
    mode = {"lambda": 800, "n": 500, "rate": RATE, "noise": 0.5, "decay": 0.5, "u0": 1e-6}
    given = [mode, mode | {"noise": 5}, mode | {"decay": 1.0}, mode | {"decay": 1.6}]
    now, noisier, slower, off = call("denoising", [("halfEpoch", [g]) for g in given], tmp_path)
    assert (round(now, -1), round(noisier, -1)) == (2990, 2730)
    assert slower > 1.5 * now
    assert off == "Infinity"


@needs_node
def test_the_figure_shows_its_parts(tmp_path):
    values = {"eigenvalue": 800, "noise": 0.5, "decay": 0.5, "start": 1e-6, "n": 500, "rate": RATE}
    (seen,) = call("denoising", [("view", [values])], tmp_path)
    ours = numbers(values)
    names = {"both": "strength", "noise": "noise alone", "decay": "decay alone", "plain": "neither"}
    for name, heading in names.items():
        np.testing.assert_allclose(seen[name]["strengths"][::10], ours[heading], rtol=1e-9)
    lambdas = np.array(seen["lambdas"])
    assert seen["threshold"] == 250
    assert 250 in lambdas
    both = fixed_points(lambdas, n=500, noise_variance=0.5, weight_decay=0.5)
    np.testing.assert_allclose(seen["both"]["ends"], both, rtol=1e-12)
    assert (np.array(seen["noise"]["ends"]) > 0).all()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"eigenvalue": 1}, "eigenvalue=1: give a number from 20 to 10000"),
        ({"noise_variance": -1}, "noise_variance=-1: give a number from 0 to 5"),
        ({"weight_decay": np.nan}, "weight_decay"),
        ({"initial_strength": 0}, "initial_strength=0: give a number from 1e-08 to 0.01"),
        ({"n": 0}, "n=0"),
        ({"learning_rate": 0}, "learning_rate=0"),
        ({"run": [1.0]}, "run=.*train_autoencoder"),
    ],
)
def test_what_is_outside_is_refused_by_name(given, says):
    with pytest.raises(ValueError, match=says):
        denoising(**given)


def descended():
    """500 points of two directions, the stronger with an eigenvalue near 800."""
    points = data.inputs_with_variances(500, [1.6, 0.4], seed=0)
    spectrum = data.spectrum(points, 2)
    start = models.aligned_network(np.eye(2), np.eye(2), np.full(2, 1e-3), hidden_dim=2, seed=0)
    run = train_autoencoder(
        start, spectrum, n_epochs=1000, learning_rate=0.01, noise_variance=0.5,
        record=np.arange(0, 1001, 2),
    )  # fmt: skip
    return spectrum, run


@pytest.fixture(scope="module")
def trained():
    return descended()


def with_run():
    """The figure with a run on top, for a browser to show."""
    spectrum, run = descended()
    eigenvalue = spectrum.eigenvalues[1]
    return denoising(eigenvalue=eigenvalue, learning_rate=0.01, run=run, mode=1)


def test_a_run_lies_on_the_mode_and_has_no_epoch_zero(trained):
    spectrum, run = trained
    eigenvalue = spectrum.eigenvalues[1]
    figure = denoising(
        eigenvalue=eigenvalue, weight_decay=0, learning_rate=0.01, initial_strength=1e-3,
        run=run, mode=1,
    )  # fmt: skip
    drawn = figure.start["run"]
    assert drawn["epochs"][0] == 2
    assert drawn["epochs"][-1] == 1000
    assert len(drawn["epochs"]) == 200
    theory = denoising_modes(eigenvalue, 1e-3, n=500, learning_rate=0.01, noise_variance=0.5)
    np.testing.assert_allclose(drawn["strengths"], theory(drawn["epochs"]), atol=0.01)


def test_a_run_that_does_not_fit_is_refused(trained):
    _, run = trained
    with pytest.raises(ValueError, match="mode=2: choose one of 0, 1"):
        denoising(run=run, mode=2)
