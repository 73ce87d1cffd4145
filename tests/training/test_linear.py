"""Training from second moments against loops over the data, autograd and slopes of the loss."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from course_utils.data import moments
from course_utils.models import LinearNetwork
from course_utils.training import DivergedError, log_steps, train_linear
from tests.training.loops import (
    autograd_descent,
    make_data,
    plain_descent,
    stable_rate,
    start_for,
)

# float64, numbers of about 1, some hundred steps at most; each rounds at 1e-16 in its own order.
TOLERANCE = 1e-12
few = settings(max_examples=25, deadline=None)
size, seeds = st.integers(1, 5), st.integers(0, 2**32 - 1)
widths, decays = st.integers(1, 12), st.sampled_from([0.0, 0.1])
data = st.builds(make_data, st.integers(1, 10), size, size, st.integers(0, 5), seeds)


def assert_close(received: ArrayLike, expected: ArrayLike, tolerance: float = TOLERANCE) -> None:
    received, expected = np.asarray(received), np.asarray(expected)
    assert received.shape == expected.shape
    atol = tolerance * (1 + np.abs(expected).max(initial=0))
    np.testing.assert_allclose(received, expected, rtol=0, atol=atol)


@few
@given(data, widths, decays, decays, st.sampled_from([plain_descent, autograd_descent]))
def test_every_step_is_that_of_a_loop_over_the_data(xy, width, gamma, decay, by_another_way):
    network, rate, m = start_for(xy, hidden_dim=width), stable_rate(xy), moments(*xy)
    slower = {"weight_decay": gamma, "decay": decay}
    run = train_linear(network, m, n_steps=40, learning_rate=rate, **slower, record=range(41))
    w21, w32 = by_another_way(network, xy, 40, rate, **slower)
    assert_close(run.networks.w21, w21)
    assert_close(run.networks.w32, w32)
    assert_close(run.maps, w32 @ w21)
    residuals = xy[0] @ np.swapaxes(w32 @ w21, 1, 2) - xy[1]
    assert_close(run.losses, np.square(residuals).sum(axis=2).mean(axis=1))
    assert_close(run.final.map, run.maps[-1])


@few
@given(data, widths, decays)
def test_a_step_is_minus_the_slope_of_loss_and_weight_decay(xy, width, gamma):
    network, m = start_for(xy, hidden_dim=width), moments(*xy)
    end = train_linear(network, m, n_steps=1, learning_rate=0.3, weight_decay=gamma).final
    for name, loss in [
        ("w21", lambda w21: m.loss(network.w32 @ w21)),
        ("w32", lambda w32: m.loss(w32 @ network.w21)),
    ]:
        w = getattr(network, name)
        units = np.eye(w.size).reshape(-1, *w.shape)
        # Both are quadratic in each weight: central differences are exact, with any step.
        up, down = (
            loss(w + moved) + gamma * np.square(w + moved).sum(axis=(1, 2))
            for moved in (units, -units)
        )
        assert_close(getattr(end, name), w - 0.3 * (up - down).reshape(w.shape) / 2)


@few
@given(data, widths, decays, st.sampled_from([(1,), (3,), (2, 2)]), st.booleans())
def test_networks_side_by_side_do_not_feel_each_other(xy, width, gamma, leading, one_rate):
    together, m = start_for(xy, *leading, hidden_dim=width), moments(*xy)
    rates = stable_rate(xy) * np.linspace(0.2, 1, int(np.prod(leading))).reshape(leading)
    rates = rates.flat[0] if one_rate else rates
    settings = {"n_steps": 50, "decay": 0.1, "weight_decay": gamma, "record": [0, 1, 50]}
    run = train_linear(together, m, learning_rate=rates, **settings)
    assert run.losses.shape == (3, *leading)
    for i in np.ndindex(leading):
        alone = LinearNetwork(together.w21[i], together.w32[i])
        rate = np.broadcast_to(rates, leading)[i]
        single = train_linear(alone, m, learning_rate=rate, **settings)
        assert_close(run.losses[:, *i], single.losses)
        assert_close(run.networks.w21[:, *i], single.networks.w21)
        assert_close(run.networks.w32[:, *i], single.networks.w32)


@settings(few, max_examples=10)
@given(st.sets(st.integers(0, 30) | st.integers(990, 1020), min_size=1), decays)
def test_what_is_recorded_does_not_change_the_run(record, decay):
    xy, steps = make_data(5, 3, 2, 3, seed=0), sorted(record)
    run = {"n_steps": 1020, "learning_rate": stable_rate(xy), "decay": decay}
    some = train_linear(start_for(xy), moments(*xy), **run, record=steps)
    every = train_linear(start_for(xy), moments(*xy), **run, record=range(1021))
    assert some.steps.tolist() == steps
    assert (some.networks.w21 == every.networks.w21[steps]).all()
    assert (some.networks.w32 == every.networks.w32[steps]).all()
    assert_close(some.losses, every.losses[steps])


def test_logarithmic_steps_are_recorded_by_default():
    xy = make_data(5, 3, 2, 3, seed=0)
    run = train_linear(start_for(xy), moments(*xy), n_steps=300, learning_rate=0.01)
    assert (run.steps == log_steps(300)).all()
    assert run.maps.shape == (len(run.steps), 2, 3)


@few
@given(data, widths, seeds)
def test_in_synaptic_space_the_same_run_is_seen_from_other_axes(xy, width, seed):
    network, m, rng = start_for(xy, hidden_dim=width), moments(*xy), np.random.default_rng(seed)
    u, vt = (np.linalg.qr(rng.normal(size=(n, n)))[0] for n in m.c31.shape)
    run = {"n_steps": 60, "learning_rate": stable_rate(xy)}
    here = train_linear(network, m, **run)
    turned = LinearNetwork(network.w21 @ vt.T, u.T @ network.w32)
    there = train_linear(turned, m.rotated(u, vt), **run)
    assert_close(there.maps, u.T @ here.maps @ vt.T)
    assert_close(there.networks.w21, here.networks.w21 @ vt.T)
    assert_close(there.losses, here.losses)


@few
@given(data)
def test_weights_from_inputs_that_never_vary_stay(xy):
    network, m = start_for(xy), moments(*xy)
    run = train_linear(network, m, n_steps=100, learning_rate=stable_rate(xy))
    nowhere = np.eye(len(m.c11)) - np.linalg.pinv(xy[0], rcond=1e-10) @ xy[0]
    moved = run.networks.w21 - network.w21
    assert_close(moved @ nowhere, np.zeros_like(moved))


@few
@given(data, widths, st.sampled_from([(), (2,)]))
def test_no_steps_leave_the_start_and_a_run_leaves_the_network_given(xy, width, leading):
    network, twin = (start_for(xy, *leading, hidden_dim=width) for _ in "ab")
    m = moments(*xy)
    run = train_linear(network, m, n_steps=0, learning_rate=1.0)
    assert run.steps.tolist() == [0]
    assert_close(run.final.w21, network.w21)
    assert_close(run.final.w32, network.w32)
    assert_close(run.losses, m.loss(network.map)[None])
    train_linear(network, m, n_steps=20, learning_rate=stable_rate(xy))
    assert (network.w21 == twin.w21).all()
    assert (network.w32 == twin.w32).all()


@pytest.mark.parametrize("rates", [3.0, [1e-3, 3.0]])
@pytest.mark.parametrize("n_steps", [3, 4, 5, 6, 7, 8, 9, 2500])
def test_a_diverged_run_says_so_with_its_learning_rate(rates, n_steps):
    """However few the steps: weights that are finite, but whose loss is not, count as diverged."""
    xy = make_data(8, 3, 2, 3, seed=0)
    network, run = start_for(xy, *np.shape(rates)), {"n_steps": n_steps, "record": [0, n_steps]}
    message = rf"by step \d+ with learning_rate={re.escape(repr(rates))}: try a smaller one"
    try:
        losses = train_linear(network, moments(*xy), learning_rate=rates, **run).losses
    except DivergedError as error:
        assert re.search(message, str(error))  # noqa: PT017
    else:
        assert np.isfinite(losses).all()
        assert n_steps < 9


def test_a_run_that_diverges_after_its_last_record_says_so_too():
    xy = make_data(8, 3, 2, 3, seed=0)
    with pytest.raises(DivergedError):
        train_linear(start_for(xy), moments(*xy), n_steps=100, learning_rate=3.0, record=[0, 1])


LEADING = [("learning_rate", [0.1, 0.1]), ("learning_rate", [0.1, 0.1, -0.1]),
           ("learning_rate", [[0.1] * 3])]  # fmt: skip
BAD = [
    ("n_steps", -1), ("n_steps", 2.5), ("record", [3, 1]), ("record", [0, 11]), ("record", []),
    ("learning_rate", 0.0), ("learning_rate", np.nan), ("learning_rate", "fast"),
    ("decay", -0.1), ("decay", np.inf), ("decay", [0.1, 0.2]),
    ("weight_decay", -0.1), ("weight_decay", np.nan), ("weight_decay", [0.1]), *LEADING,
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), BAD)
def test_bad_settings_are_named(name, value):
    xy = make_data(5, 3, 2, 3, seed=0)
    with pytest.raises(ValueError, match=rf"^{name}(=| has shape)"):
        train_linear(
            start_for(xy, 3), moments(*xy), **{"n_steps": 10, "learning_rate": 0.1} | {name: value}
        )


def test_moments_of_other_inputs_or_outputs_are_named():
    network = start_for(make_data(5, 3, 2, 3, seed=0))
    for d, k in [(4, 2), (3, 1)]:
        other = moments(*make_data(5, d, k, 3, seed=0))
        with pytest.raises(ValueError, match=re.escape(f"moments.c31 has shape ({k}, {d})")):
            train_linear(network, other, n_steps=1, learning_rate=0.1)
