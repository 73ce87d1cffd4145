"""Datasets and models cross as what they are; what comes back changes numbers alone."""

import dataclasses

import numpy as np
import pytest
import torch
from torch import nn

from course_utils import data, models
from course_utils.instructor.inside import objects
from course_utils.instructor.inside.codec import CodecError
from tests.instructor.inside import wire
from tests.instructor.inside.wire import attributes, crossed, packed, received, refuse, sent

X = torch.linspace(-1, 1, 6).unsqueeze(1)
MODELS = {
    "fully connected": models.FullyConnected([1, 3, 2, 1], seed=0),
    "shallow": models.ShallowMLP(4, seed=0),
    "deep": models.DeepMLP(3, seed=1, dtype=torch.float64),
    "sinusoidal": models.SinusoidalModel(4, omega=2.0, seed=2),
    "scaled": models.ScaledModel(models.ShallowMLP(4, seed=0), 3.0),
    "particles": models.ParticleNetwork(1, 5, seed=3),
    "teacher": models.PlantedTeacher(1, 5, seed=4, dtype=torch.float64),
    "linear": nn.Linear(1, 2, bias=False),
    "sequential": nn.Sequential(nn.Linear(1, 2), models.FullyConnected([2, 1], seed=0)),
}


def numbers(module):
    return {k: (p.dtype, p.tolist(), p.requires_grad) for k, p in module.named_parameters()}


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


def params(*modules):
    return [list(module.parameters()) for module in modules]


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


# objects that no encoder makes --------------------------------------------------------------------

TOY = "course_utils.data.regression.ToyRegression"
NETWORK = "course_utils.models.linear.LinearNetwork"
MLP = "course_utils.models.fully_connected.ShallowMLP"
PARTICLES = "course_utils.models.particles.ParticleNetwork"
HANDLE = ["h", 0, "function"]


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        *((TOY, name) for name in ("next_batch", "risk", "__len__", "__class__", "__dict__")),
        *((NETWORK, name) for name in ("map", "imbalance", "__post_init__", "__eq__")),
        *((MLP, name) for name in ("forward", "features", "parameters", "register_buffer")),
        *((MLP, name) for name in ("_parameters", "_modules", "_forward_hooks", "_anything")),
        *((MLP, name) for name in ("training", "__call__", "_call_impl", "__setattr__")),
        *((PARTICLES, name) for name in ("positions", "extra_repr", "named_parameters")),
        ("Linear", "forward"),
        ("Sequential", "append"),
    ],
)
def test_no_attribute_takes_the_place_of_a_method(name, attribute):
    for value in (HANDLE, ["n"], ["l", []]):
        plain, keys = attributes(**{attribute: value})
        if name in (TOY, NETWORK):
            message = packed(["o", name, plain], keys)
        else:
            message = packed(["m", name, plain, ["l", []], ["d", []]], keys)
        with pytest.raises(CodecError):
            wire.link().decoder.message(message)


def module(plain=("d", []), own=("l", []), within=("d", []), name=MLP):
    return ["m", name, list(plain), list(own), list(within)]


def parameter(name, value, wants=("b", True)):
    return ["l", [["t", [["s", len(name)], list(value), list(wants)]]]]


@pytest.mark.parametrize(
    "tree",
    [
        module(own=HANDLE),
        module(within=HANDLE),
        module(plain=HANDLE),
        module(within=("l", [])),
        module(own=("d", [])),
        module(own=parameter("w", HANDLE)),
        module(own=parameter("w", ("f", "0x1p0"))),
        module(own=parameter("w", ("a", "<f8", [0], 0))),
        module(own=parameter("w", ("n",), HANDLE)),
        module(own=parameter("w", ("n",), ("n",))),
        module(own=parameter("w", ("T", "int64", [0], 0))),
        module(own=("l", [["t", [["n"], ["n"], ["b", True]]]])),
        module(own=("l", [["s", 3]])),
        module(within=("d", [[["s", 1], ["n"]]])),
        module(within=("d", [[["s", 1], HANDLE]])),
        module(within=("d", [[["n"], module()]])),
        module(name=NETWORK),
        ["o", MLP, ["d", []]],
        ["o", NETWORK, HANDLE],
        ["o", NETWORK, ["l", []]],
        ["o", NETWORK, ["d", [[["b", True], ["n"]]]]],
        ["o", NETWORK],
        ["o", NETWORK, ["d", []], ["d", []]],
        ["o", "landscape", HANDLE],
        ["o", "landscape", ["s", 4]],
        ["o", "landscape"],
        ["o", ["l", []], ["d", []]],
        ["o", None],
        ["m"],
    ],
)
def test_what_is_no_object_is_refused_and_nothing_is_asked(tree):
    with pytest.raises(CodecError):
        wire.link().decoder.message(packed(tree, b"abcdefgh"))


@pytest.mark.parametrize("name", ["", "a.b", "forward", "parameters", "__class__", "training"])
def test_no_part_of_a_module_has_a_name_that_is_taken(name):
    for parts in (
        {"own": parameter(name, ("n",))},
        {"within": ("d", [[["s", len(name)], module(name="Linear")]])},
    ):
        with pytest.raises(CodecError):
            wire.link().decoder.message(packed(module(**parts), name.encode()))


def test_a_property_of_a_module_is_not_read_while_it_is_made():
    """`register_parameter` looks whether the name is taken, and so reads properties."""
    plain, keys = attributes(charges=HANDLE, weights=HANDLE)
    tree = module(plain, parameter("positions", ("n",)), name=PARTICLES)
    with pytest.raises(CodecError):
        wire.link().decoder.message(packed(tree, keys + b"positions"))


# copy_back ----------------------------------------------------------------------------------------


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
