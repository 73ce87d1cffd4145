"""Datasets and models cross as what they are."""

import dataclasses

import numpy as np
import pytest
import torch
from torch import nn

from course_utils import data, models
from course_utils.instructor.inside import objects
from course_utils.instructor.inside.codec import CodecError
from tests.instructor.inside import wire
from tests.instructor.inside.course_objects import MODELS, X, numbers, params
from tests.instructor.inside.wire import crossed, packed, received, refuse, sent


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_a_model_arrives_whole(model):
    arrived = crossed(model)
    assert type(arrived) is type(model)
    assert [type(m) for m in arrived.modules()] == [type(m) for m in model.modules()]
    assert numbers(arrived) == numbers(model)
    x = X.to(next(model.parameters()))
    assert torch.equal(arrived(x), model(x))
    arrived(x).sum().backward()
    assert vars(arrived).keys() == vars(model).keys()
    assert all(p.data_ptr() != q.data_ptr() for p, q in zip(*params(arrived, model), strict=True))


def test_frozen_parameters_stay_frozen():
    model = models.ShallowMLP(3, seed=0).requires_grad_(False)
    model.layers[0].weight.requires_grad_(True)
    assert numbers(crossed(model)) == numbers(model)


@pytest.mark.parametrize("dealt", [0, 1, 3, 4, 9])
def test_a_dataset_goes_on_where_it_was(dealt):
    dataset = data.ToyRegression(7, noise_level=0.1, seed=0, dtype=torch.float64)
    for _ in range(dealt):
        dataset.next_batch(2)
    arrived = crossed(dataset)
    assert type(arrived) is data.ToyRegression
    assert arrived.risk(data.regression.middle) == dataset.risk(data.regression.middle)
    for _ in range(9):
        for mine, theirs in zip(dataset.next_batch(2), arrived.next_batch(2), strict=True):
            assert torch.equal(mine, theirs)


def records():
    x = np.random.default_rng(0).normal(size=(6, 3))
    return {
        "network": models.random_network(3, 2, 2, scale=1.0, seed=0),
        "one weight": models.OneWeightModel(0.5),
        "moments": data.moments(x, x),
        "spectrum": data.spectrum(x, 2),
        "images": data.Images("digits", x.reshape(6, 3, 1, 1), np.arange(6)),
    }


@pytest.mark.parametrize("record", records().values(), ids=records())
def test_a_record_arrives_with_its_fields(record):
    arrived = crossed(record)
    assert type(arrived) is type(record)
    for field in dataclasses.fields(record):
        mine, theirs = getattr(record, field.name), getattr(arrived, field.name)
        assert type(mine) is type(theirs)
        assert np.array_equal(mine, theirs)


@pytest.mark.parametrize("name", data.LANDSCAPES)
def test_a_landscape_is_the_one_of_that_name(name):
    assert crossed(data.landscape(name)) is data.landscape(name)


def test_a_class_of_a_student_is_none_of_the_course():
    class Mine(models.ShallowMLP):
        pass

    class Forged:
        pass

    Forged.__module__, Forged.__qualname__ = "course_utils.data.regression", "Forged"
    with pytest.raises(CodecError, match="Mine"):
        sent(Mine(2, seed=0), lambda v, e: objects.encode(v, e) or refuse(v))
    with pytest.raises(CodecError, match="no class of the course"):
        received(sent(Forged(), wire.encoded))


def test_objects_within_objects_have_a_limit_too():
    around = data.ToyRegression(3, seed=0)
    around.again = around
    model = nn.Linear(1, 1)
    for _ in range(50):
        model = nn.Sequential(model)
    for value in (around, model):
        with pytest.raises(CodecError, match="levels"):
            sent(value, wire.encoded)
    node, n_levels = ["n"], 60
    name = "course_utils.models.one_weight.OneWeightModel"
    for _ in range(n_levels):
        node = ["o", name, ["d", [[["s", 1], node]]]]
    with pytest.raises(CodecError, match="too deep"):
        received(packed(node, b"a" * n_levels))
