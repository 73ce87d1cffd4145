"""What comes back changes numbers alone."""

import numpy as np
import pytest
import torch
from torch import nn

from course_utils import data, models
from course_utils.instructor.inside import objects
from tests.instructor.inside import wire
from tests.instructor.inside.course_objects import numbers
from tests.instructor.inside.test_objects import records
from tests.instructor.inside.wire import crossed, sent


def test_a_trained_model_arrives():
    for make in (
        lambda seed: models.DeepMLP(3, seed=seed),
        lambda seed: models.ScaledModel(models.ShallowMLP(3, seed=seed), 2.0),
        lambda seed: models.ParticleNetwork(2, 3, seed=seed),
    ):
        mine, theirs = make(0), make(1)
        held = list(mine.parameters())
        objects.copy_back(mine, crossed(theirs))
        assert numbers(mine) == numbers(theirs)
        assert all(p is q for p, q in zip(held, mine.parameters(), strict=True))


def test_a_dealt_dataset_arrives():
    mine, theirs = (data.ToyRegression(7, seed=0) for _ in range(2))
    generator = mine.generator
    for _ in range(5):
        theirs.next_batch(2)
    objects.copy_back(mine, crossed(theirs))
    assert mine.generator is generator
    for _ in range(9):
        assert torch.equal(mine.next_indices(3), theirs.next_indices(3))


def test_data_of_a_check_stay_its_own():
    mine, theirs = data.ToyRegression(7, seed=0), data.ToyRegression(7, seed=1, target="simple")
    theirs.xmin, theirs.more = 0.5, 1
    before = {k: v for k, v in vars(mine).items() if k not in ("generator", "_order")}
    objects.copy_back(mine, crossed(theirs))
    after = {k: v for k, v in vars(mine).items() if k not in ("generator", "_order")}
    assert before.keys() == after.keys()
    assert all(after[k] is before[k] for k in before)
    for name, record in records().items():
        held = dict(vars(record))
        objects.copy_back(record, crossed(records()[name]))
        assert all(vars(record)[k] is held[k] for k in held)


def test_landscapes_stay_what_they_are():
    """All checks share them."""
    before = {name: dict(vars(known)) for name, known in data.LANDSCAPES.items()}
    objects.copy_back(data.landscape("ripples"), crossed(data.landscape("bowl")))
    assert {name: vars(known) for name, known in data.LANDSCAPES.items()} == before


@pytest.mark.parametrize("change", ["shape", "dtype", "missing", "none", "frozen", "more"])
def test_parameters_that_do_not_fit_are_ignored(change):
    mine, theirs = models.ShallowMLP(3, seed=0), models.ShallowMLP(3, seed=1)
    layer = theirs.layers[0]
    if change == "shape":
        layer.weight = nn.Parameter(torch.zeros(1, 3))
    elif change == "dtype":
        layer.weight = nn.Parameter(torch.zeros(3, 1, dtype=torch.float64))
    elif change == "missing":
        del layer.weight
    elif change == "none":
        layer.weight = None
    elif change == "frozen":
        theirs.requires_grad_(False)
    else:
        layer.extra = nn.Parameter(torch.zeros(2))
        theirs.append = models.ShallowMLP(2, seed=0)
    before, other = numbers(mine), numbers(theirs)
    objects.copy_back(mine, crossed(theirs))
    after = numbers(mine)
    assert after.keys() == before.keys()
    kept = {k for k in after if after[k] == before[k]}
    assert kept == (set() if change in ("frozen", "more") else {"layers.0.weight"})
    assert all(after[k][1] == other[k][1] for k in after.keys() - kept)
    assert all(wants for *_, wants in after.values())


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("_order", torch.zeros(2)),
        ("_order", torch.zeros(2, 2, dtype=torch.long)),
        ("_order", [1, 2]),
        ("_order", None),
        ("generator", None),
        ("generator", 3),
    ],
)
def test_a_state_of_batches_that_does_not_fit_is_ignored(attribute, value):
    mine, theirs = data.ToyRegression(5, seed=0), data.ToyRegression(5, seed=0)
    mine.next_indices(2)
    held = getattr(mine, attribute)
    theirs.generator.manual_seed(9)
    setattr(theirs, attribute, value)
    objects.copy_back(mine, crossed(theirs))
    assert getattr(mine, attribute) is held


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (models.ShallowMLP(3, seed=0), models.DeepMLP(3, seed=0)),
        (models.ShallowMLP(3, seed=0), None),
        ([1, 2], [3, 4]),
        ({"a": 1}, {"a": 2}),
        (torch.zeros(2), torch.ones(2)),
        (np.zeros(2), np.ones(2)),
        (torch.Generator().manual_seed(0), torch.Generator().manual_seed(1)),
        (3, 4),
        (None, None),
    ],
)
def test_nothing_else_changes(mine, theirs):
    before = sent(mine, wire.encoded)
    objects.copy_back(mine, theirs)
    assert sent(mine, wire.encoded) == before
