"""The stacked network: its gradients against autograd, and padding that changes nothing."""

import copy

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn.functional import mse_loss

from course_utils.data import ToyRegression
from course_utils.models import FullyConnected, ShallowMLP, SinusoidalModel
from course_utils.training import train
from course_utils.training.ensemble import EVERYTHING, Ensemble

# float64; sums of up to some ten numbers of about 1, taken in another order.
TOLERANCE = 1e-12
few = settings(max_examples=30, deadline=None)


seeds = st.integers(0, 2**32 - 1)
same_depth = st.integers(0, 4).flatmap(
    lambda depth: st.lists(
        st.lists(st.integers(1, 9), min_size=depth, max_size=depth), min_size=1, max_size=4
    )
)
"""Hidden widths of one to four networks, all of one depth, each of its own widths."""


def networks(hidden: list[list[int]], seed: int) -> list[FullyConnected]:
    return [
        FullyConnected([1, *widths, 1], seed=seed + m, dtype=torch.float64)
        for m, widths in enumerate(hidden)
    ]


def toy(n: int = 9) -> ToyRegression:
    return ToyRegression(n, target="complicated", seed=1, dtype=torch.float64)


def stack(models: list[FullyConnected], data: ToyRegression) -> Ensemble:
    """A stack of its own: without the graphs of the models."""
    with torch.no_grad():
        return Ensemble(models, data.inputs, data.labels)


def rates(models: list[FullyConnected], scale: float = 1.0) -> Tensor:
    """A learning rate for each model, none like the other."""
    return scale * torch.arange(1, len(models) + 1, dtype=torch.float64).reshape(-1, 1, 1)


def padding(ensemble: Ensemble, models: list[FullyConnected]) -> list[Tensor]:
    """For each parameter of the stack, where it belongs to no unit of its model."""
    masks = [torch.ones_like(p, dtype=torch.bool) for p in ensemble.parameters]
    weights, biases = masks[: len(masks) // 2], masks[len(masks) // 2 :]
    for m, model in enumerate(models):
        for layer, weight, bias in zip(model.layers, weights, biases, strict=True):
            weight[m, : layer.in_features, : layer.out_features] = False
            bias[m, :, : layer.out_features] = False
    return masks


def assert_close(received: Tensor, expected: Tensor) -> None:
    torch.testing.assert_close(received, expected, rtol=0, atol=TOLERANCE)


@few
@given(same_depth, seeds)
def test_outputs_and_losses_are_those_of_the_models(hidden, seed):
    models, data = networks(hidden, seed), toy()
    ensemble = stack(models, data)
    with torch.no_grad():
        for m, model in enumerate(models):
            output = model(data.inputs)
            assert_close(ensemble.layers()[-1][m], output)
            assert_close(ensemble.losses()[m], mse_loss(output, data.labels))


@few
@given(same_depth, seeds, st.sampled_from([EVERYTHING, [2], [7, 0, 3, 4]]))
def test_a_step_subtracts_the_gradients_of_autograd(hidden, seed, batch):
    models, data = networks(hidden, seed), toy()
    ensemble, indices = stack(models, data), torch.arange(9)[batch]
    starts = copy.deepcopy(models)
    with torch.no_grad():
        ensemble.descend(batch if batch == EVERYTHING else indices, rates(models))
        ensemble.write_back()
    for rate, model, start in zip(rates(models).flatten(), models, starts, strict=True):
        loss = mse_loss(start(data.inputs[indices]), data.labels[indices])
        w0, w = list(start.parameters()), list(model.parameters())
        for before, after, gradient in zip(w0, w, torch.autograd.grad(loss, w0), strict=True):
            assert_close(before.detach() - after.detach(), rate * gradient)


@few
@given(same_depth, seeds)
def test_padding_stays_exactly_zero(hidden, seed):
    models = networks(hidden, seed)
    ensemble = stack(models, toy())
    padded = padding(ensemble, models)
    with torch.no_grad():
        for _ in range(20):
            ensemble.descend(EVERYTHING, rates(models, 0.01))
    for parameter, mask in zip(ensemble.parameters, padded, strict=True):
        assert not parameter[mask].any()
    assert (ensemble.movement() > 0).all()


@few
@given(same_depth, seeds, st.integers(1, 9))
def test_a_model_does_not_feel_its_neighbours(hidden, seed, batch_size):
    run = {"n_steps": 10, "learning_rate": 0.05, "batch_size": batch_size}
    models, alone = networks(hidden, seed), networks(hidden, seed)
    together = train(models, toy(), **run)
    for m, (model, twin) in enumerate(zip(models, alone, strict=True)):
        single = train(twin, toy(), **run)
        assert_close(torch.tensor(together.losses[:, m]), torch.tensor(single.losses))
        assert_close(torch.tensor(together.movement[:, m]), torch.tensor(single.movement))
        for p, q in zip(model.parameters(), twin.parameters(), strict=True):
            assert_close(p.detach(), q.detach())


def test_features_of_different_dimension_are_padded_too():
    models = [SinusoidalModel(p, seed=p, dtype=torch.float64) for p in (2, 6, 4)]
    ensemble = stack(models, toy())
    with torch.no_grad():
        ensemble.descend(EVERYTHING, rates(models, 0.01))
        outputs = ensemble.layers()[-1]
        ensemble.write_back()
        for m, model in enumerate(models):
            assert_close(outputs[m], model(toy().inputs))


@pytest.mark.parametrize("dtypes", [("float32", "float64"), ("float64", "float32")])
def test_a_model_keeps_its_digits_whatever_the_precision_of_its_neighbours(dtypes):
    models = [ShallowMLP(5, seed=0, dtype=getattr(torch, dtype)) for dtype in dtypes]
    starts = copy.deepcopy(models)
    with torch.no_grad():
        Ensemble(models, toy().inputs, toy().labels).write_back()
    for model, start in zip(models, starts, strict=True):
        assert torch.equal(model.layers[0].weight, start.layers[0].weight)


def test_a_snapshot_brings_the_parameters_back():
    models = networks([[3], [5]], seed=0)
    ensemble = stack(models, toy())
    before = [p.clone() for p in ensemble.parameters]
    snapshot = ensemble.snapshot()
    with torch.no_grad():
        ensemble.descend(EVERYTHING, rates(models))
        assert (ensemble.movement() > 0).all()
        ensemble.restore(snapshot)
    assert all(torch.equal(p, q) for p, q in zip(ensemble.parameters, before, strict=True))
    assert (ensemble.movement() == 0).all()


@pytest.mark.parametrize("broken", [torch.nan, torch.inf])
def test_only_the_model_that_is_not_finite_is_reported(broken):
    models = networks([[3]] * 3, seed=0)
    torch.nn.init.constant_(models[1].layers[0].bias, broken)
    assert stack(models, toy()).is_finite().tolist() == [True, False, True]


@pytest.mark.parametrize("hidden", [[], [[3], [3, 3]]])
def test_several_depths_or_no_models_are_refused(hidden):
    with pytest.raises(ValueError, match=r"models of \[.*give at least one, all of one depth"):
        stack(networks(hidden, seed=0), toy())
