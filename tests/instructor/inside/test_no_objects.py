"""Objects that no encoder makes."""

import pytest

from course_utils.instructor.inside.codec import CodecError
from tests.instructor.inside import wire
from tests.instructor.inside.wire import attributes, packed

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
