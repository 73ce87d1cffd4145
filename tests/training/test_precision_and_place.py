"""Models, data and computation may differ in dtype and device; models keep their own."""

import numpy as np
import pytest
import torch

from course_utils.data import ToyRegression
from course_utils.models import FullyConnected, ShallowMLP, SinusoidalModel
from course_utils.theory import linear_descent
from course_utils.training import predict, train


def test_predict_and_risk_take_data_of_another_precision():
    dataset = ToyRegression(8, seed=0, dtype=torch.float64)
    model = ShallowMLP(5, seed=0)
    x, f = dataset.grid()
    outputs = predict(model, x)
    with torch.no_grad():
        expected = model(x.float())[:, 0].numpy()
    np.testing.assert_array_equal(outputs, expected)
    by_hand = np.square(expected.astype(float) - f[:, 0].numpy()).mean()
    assert dataset.risk(model) == pytest.approx(by_hand, rel=1e-12)


def test_the_default_device_does_not_move_the_data():
    usual = ToyRegression(6, noise_level=0.1, seed=3)
    with torch.device("meta"):  # holds no numbers: whatever lands there is lost
        dataset = ToyRegression(6, noise_level=0.1, seed=3)
        batch, grid = dataset.next_indices(4), dataset.grid()
    assert torch.equal(dataset.inputs, usual.inputs)
    assert torch.equal(dataset.labels, usual.labels)
    assert torch.equal(batch, usual.next_indices(4))
    assert torch.equal(grid[1], usual.grid()[1])


def test_far_apart_records_change_nothing():
    """The run is looked at every thousand steps, recorded or not; the batches are the same."""
    runs = []
    for record in ([2500], [0, 700, 1400, 2500]):
        model = SinusoidalModel(4, seed=1, dtype=torch.float64)
        dataset = ToyRegression(6, seed=1, dtype=torch.float64)
        run = train(model, dataset, n_steps=2500, learning_rate=0.01, batch_size=4, record=record)
        runs.append((run.losses[-1], run.movement[-1]))
    assert runs[0] == runs[1]


@pytest.mark.parametrize(
    ("models", "error", "said"),
    [
        (torch.nn.Linear(1, 1), TypeError, "models: Linear is none of"),
        ([torch.nn.Linear(1, 1)], TypeError, "models: Linear is none of"),
        ([], ValueError, r"models=\[\]"),
    ],
)
def test_what_is_no_model_is_named(models, error, said):
    dataset = ToyRegression(4, seed=0)
    with pytest.raises(error, match=said):
        train(models, dataset, n_steps=1, learning_rate=0.1)
    with pytest.raises(error, match=said):
        predict(models, dataset.inputs)


def test_a_model_of_several_outputs_is_refused():
    with pytest.raises(ValueError, match=r"models\[0\] has 3 outputs"):
        train(
            FullyConnected([1, 5, 3], seed=0),
            ToyRegression(4, seed=0),
            n_steps=1,
            learning_rate=0.1,
        )


@pytest.mark.parametrize("batch_size", [0, -1, 2.5, "4"])
def test_a_bad_batch_size_is_named_even_if_it_is_not_used(batch_size):
    with pytest.raises(ValueError, match=f"batch_size={batch_size!r}"):
        train(
            ShallowMLP(2, seed=0),
            ToyRegression(4, seed=0),
            n_steps=0,
            learning_rate=0.1,
            batch_size=batch_size,
        )


def test_movement_from_nothing_has_no_unit():
    path = linear_descent(np.eye(2), [1, 2], start=[0, 0], learning_rate=0.1)
    with pytest.raises(ValueError, match="start=0"):
        path.movement([1])


@pytest.mark.parametrize("name", ["features", "labels", "start"])
def test_infinite_input_is_named(name):
    good = {"features": np.eye(2), "labels": np.ones(2), "start": np.ones(2)}
    bad = good | {name: np.where(good[name] == 1, np.nan, good[name])}
    with pytest.raises(ValueError, match=f"{name} is empty or not finite"):
        linear_descent(bad["features"], bad["labels"], start=bad["start"], learning_rate=0.1)
