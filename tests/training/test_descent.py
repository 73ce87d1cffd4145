"""Training against torch's own SGD and autograd, one model at a time."""

import copy
import re
from collections.abc import Iterator
from functools import partial
from itertools import islice, pairwise

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn.functional import mse_loss
from torch.nn.utils import parameters_to_vector

from course_utils.data import ToyRegression
from course_utils.models import (
    DeepMLP,
    FullyConnected,
    ScaledModel,
    ShallowMLP,
    SinusoidalModel,
)
from course_utils.theory import linear_descent
from course_utils.training import DivergedError, log_steps, predict, train

# Both sides: float64, numbers of about 1, at most 40 steps; each rounds at 1e-16 in its own order.
assert_close = partial(np.testing.assert_allclose, rtol=0, atol=1e-12)
KINDS = {"shallow": ShallowMLP, "deep": DeepMLP, "sinusoidal": SinusoidalModel}


def toy(n: int = 15, *, dtype: torch.dtype = torch.float64) -> ToyRegression:
    return ToyRegression(n, target="middle", noise_level=0.1, seed=3, dtype=dtype)


def ensemble(kind: str = "shallow", *, dtype: torch.dtype = torch.float64) -> list[FullyConnected]:
    return [KINDS[kind](width, seed=width, dtype=dtype) for width in (4, 10, 2)]


def vector(model: FullyConnected) -> Tensor:
    return parameters_to_vector(model.parameters()).detach()


def plain_descent(
    model: FullyConnected, dataset: ToyRegression, rate: float, batch_size: int | None
) -> Iterator[tuple[float, Tensor]]:
    """Loss on all points and parameters after 0, 1, 2, ... steps of torch's SGD on a copy."""
    model = copy.deepcopy(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    while True:
        yield mse_loss(model(dataset.inputs), dataset.labels).item(), vector(model)
        x, y = dataset.next_batch(batch_size or len(dataset))
        optimizer.zero_grad()
        mse_loss(model(x), y).backward()
        optimizer.step()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("batch_size", [None, 4, 15, 100])
def test_each_model_of_an_ensemble_equals_torch_sgd(kind, batch_size):
    models, starts, rates = ensemble(kind), ensemble(kind), (0.05, 0.02, 0.1)
    run = {"n_steps": 40, "batch_size": batch_size, "record": range(41)}
    history = train(models, toy(), learning_rate=rates, **run)
    assert (history.losses[-1] < history.losses[0]).all()
    for m, rate in enumerate(rates):
        steps = islice(plain_descent(starts[m], toy(), rate, batch_size), 41)
        losses, weights = zip(*steps, strict=True)
        moved = [(w - weights[0]).norm() / weights[0].norm() for w in weights]
        assert_close(history.losses[:, m], losses)
        assert_close(history.movement[:, m], moved)
        assert_close(vector(models[m]), weights[-1])


@pytest.mark.parametrize("feature_dim", [2, 8, 40])
def test_a_linear_model_follows_the_closed_form(feature_dim):
    dataset, model = toy(), SinusoidalModel(feature_dim, seed=1, dtype=torch.float64)
    phi, start = model.design_matrix(dataset.inputs), model.weight_vector()
    path = linear_descent(phi, dataset.labels[:, 0], start=start, learning_rate=0.05)
    history = train(model, dataset, n_steps=500, learning_rate=0.05)
    assert (history.steps == log_steps(500)).all()
    # After 500 steps, and with the closed form's own promise of 1e-10.
    assert_close(history.losses, path.losses(history.steps), atol=1e-10)
    assert_close(history.movement, path.movement(history.steps), atol=1e-10)
    assert_close(model.weight_vector(), path.weights([500])[0], atol=1e-10)


@settings(max_examples=15, deadline=None)
@given(st.sets(st.integers(0, 12), min_size=1), st.sampled_from([None, 4]))
def test_what_is_recorded_does_not_change_the_run(record, batch_size):
    (model, twin), steps = (ShallowMLP(5, seed=0) for _ in "ab"), sorted(record)
    run = {"n_steps": 12, "learning_rate": 0.1, "batch_size": batch_size}
    history = train(model, toy(dtype=torch.float32), **run, record=steps)
    every = train(twin, toy(dtype=torch.float32), **run, record=range(13))
    assert history.steps.tolist() == steps
    assert (history.losses == every.losses[steps]).all()
    assert (history.movement == every.movement[steps]).all()
    assert torch.equal(vector(model), vector(twin))  # also where the last record is not the end


def test_a_list_has_an_axis_of_models_and_a_model_alone_has_none():
    models = ensemble()
    run = {"n_steps": 3, "learning_rate": 0.1, "record": [0, 3]}
    for chosen, axis in [(models, (3,)), (models[:1], (1,)), (models[0], ())]:
        history = train(chosen, toy(), **run)
        assert history.losses.shape == history.movement.shape == (2, *axis)
        assert predict(chosen, toy(7).inputs).shape == (7, *axis)
    expected = [[model(x).item() for model in models] for x in toy(7).inputs]
    assert_close(predict(models, toy(7).inputs), expected)


def test_models_keep_their_dtype_where_another_one_computes():
    single, models, starts = (make(dtype=torch.float32) for make in (toy, ensemble, ensemble))
    run = {"n_steps": 20, "learning_rate": 0.1, "record": range(21)}
    history = train(models, single, **run, dtype=torch.float64)
    assert {p.dtype for model in models for p in model.parameters()} == {torch.float32}
    single.inputs, single.labels = single.inputs.double(), single.labels.double()
    for m, start in enumerate(starts):
        # float32 arithmetic would be 1e-7 off.
        steps = islice(plain_descent(start.double(), single, 0.1, None), 21)
        assert_close(history.losses[:, m], [loss for loss, _ in steps])


@pytest.mark.parametrize("record", [None, [0], [5, 2000]])
@pytest.mark.parametrize("batch_size", [None, 4])
@pytest.mark.parametrize(("kind", "rate"), [("sinusoidal", 1.5), ("shallow", 8.0), ("deep", 9.0)])
def test_a_diverged_run_names_its_step_and_leaves_no_trace(kind, rate, batch_size, record):
    models = [KINDS[kind](6, seed=0), KINDS[kind](10, seed=1)]
    steps = plain_descent(models[1], toy(dtype=torch.float32), rate, batch_size)
    bad = next(k for k, (loss, w) in enumerate(steps) if not np.isfinite([loss, *w]).all())
    starts, run = [*map(vector, models)], {"learning_rate": [1e-3, rate], "batch_size": batch_size}
    with pytest.raises(DivergedError, match=rf"^model 1 .* step {bad} .*_rate={rate:g}:"):
        train(models, toy(dtype=torch.float32), n_steps=2000, record=record, **run)
    assert all(torch.equal(vector(m), w) for m, w in zip(models, starts, strict=True))
    train(models, toy(dtype=torch.float32), n_steps=bad - 1, **run)  # so far it was finite


@pytest.mark.parametrize("record", [None, [5]])
def test_a_start_that_is_not_finite_is_named(record):
    model = ShallowMLP(5, seed=0)
    torch.nn.init.constant_(model.layers[0].bias, torch.nan)
    with pytest.raises(DivergedError, match="start"):
        train(model, toy(dtype=torch.float32), n_steps=10, learning_rate=0.1, record=record)


def test_dataset_and_model_serve_autograd_in_the_middle_of_a_round():
    dataset, model = toy(), ShallowMLP(5, seed=0, dtype=torch.float64)
    train(model, dataset, n_steps=1, learning_rate=0.1, batch_size=4)
    model(dataset.inputs)[dataset.next_indices(4)].sum().backward()
    assert model.layers[0].weight.grad.any()


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 10**7), st.integers(2, 300))
def test_log_steps_grow_by_one_ratio(n_steps, n_records):
    steps = log_steps(n_steps, n_records=n_records)
    assert (steps.dtype, *steps[[0, 1, -1]]) == (np.int64, 0, 1, n_steps)
    assert len(steps) <= n_records + 1
    ratio = n_steps ** (1 / (n_records - 1))
    for step, following in pairwise(steps[1:]):  # exact up to rounding each by 1/2
        assert step < following <= ratio * (step + 0.5) + 0.5 + 1e-6


BAD = [
    ("n_steps", -1), ("n_steps", 2.5), ("batch_size", 0), ("batch_size", -1), ("batch_size", 2.5),
    ("record", [3, 1]), ("record", [1, 1]), ("record", [0, 11]), ("record", [-1, 2]),
    ("record", [0.5]), ("record", []), ("record", [[0, 1]]), ("learning_rate", 0.0),
    ("learning_rate", -0.1), ("learning_rate", np.nan), ("learning_rate", np.inf),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), BAD)
def test_bad_settings_are_named_and_nothing_is_trained(name, value):
    model = ShallowMLP(5, seed=0, dtype=torch.float64)
    start, run = vector(model), {"n_steps": 10, "learning_rate": 0.1} | {name: value}
    with pytest.raises(ValueError, match=rf"{name}=.*{re.escape(repr(value))}"):
        train(model, toy(), **run)
    assert torch.equal(vector(model), start)


@pytest.mark.parametrize("rates", [[0.1, 0.1], [[0.1, 0.1, 0.1]], [0.1, 0.1, -0.1]])
def test_learning_rates_are_one_or_one_for_each(rates):
    with pytest.raises(ValueError, match=r"learning_rate( has shape|=.*-0\.1)"):
        train(ensemble(), toy(), n_steps=1, learning_rate=rates)


def test_log_steps_have_two_ends():
    assert log_steps(0).tolist() == [0]
    for bad in ({"n_steps": -1}, {"n_steps": 1.5}, {"n_records": 1}):
        with pytest.raises(ValueError, match=r"n_(steps|records)=[-1.5]+:"):
            log_steps(**{"n_steps": 10} | bad)


@pytest.mark.cuda
def test_a_gpu_computes_the_same():
    here, there = ensemble("deep"), ensemble("deep")
    run = {"n_steps": 100, "learning_rate": 0.05, "batch_size": 4}
    expected, history = train(here, toy(), **run), train(there, toy(), **run, device="cuda")
    # The looser bound is for 100 steps, whose sums run in another order.
    assert_close(history.losses, expected.losses, atol=1e-10)
    assert_close(history.movement, expected.movement, atol=1e-10)
    assert {p.device.type for model in there for p in model.parameters()} == {"cpu"}
    for model, twin in zip(there, here, strict=True):
        assert_close(vector(model), vector(twin), atol=1e-10)


@pytest.mark.parametrize("alpha", [None, 10.0])
def test_divergence_says_below_which_rate_the_start_is_stable(alpha):
    """For a model that is linear in its weights that bound is exact, on either side."""
    dataset = ToyRegression(8, seed=0, dtype=torch.float64)

    def model():
        waves = SinusoidalModel(6, seed=0, dtype=torch.float64)
        return waves if alpha is None else ScaledModel(waves, alpha)

    with pytest.raises(DivergedError, match="stable below") as caught:
        train(model(), dataset, n_steps=5000, learning_rate=5.0)
    bound = float(str(caught.value).rsplit(" ", 1)[1])
    history = train(model(), dataset, n_steps=5000, learning_rate=0.99 * bound)
    assert history.losses[-1] <= history.losses[0]
    with pytest.raises(DivergedError):
        train(model(), dataset, n_steps=100_000, learning_rate=1.05 * bound, record=[0])
