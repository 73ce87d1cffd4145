"""The codec: every value arrives as it was sent."""

import collections
import enum
import math
import struct

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from course_utils.instructor.inside import codec
from tests.instructor.inside.wire import crossed

many = settings(max_examples=250, deadline=None, database=None)
some = settings(max_examples=150, deadline=None, database=None)


def same(a, b):
    """Of exactly the same types, bit by bit; a NaN is a NaN."""
    if type(a) is not type(b):
        return False
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return same(list(a), list(b)) and same(list(a.values()), list(b.values()))
    if isinstance(a, (np.ndarray, np.generic)):
        return (a.dtype, a.shape, a.tobytes()) == (b.dtype, b.shape, b.tobytes())
    if isinstance(a, torch.Tensor):
        return (a.dtype, a.shape) == (b.dtype, b.shape) and bits(a) == bits(b)
    if isinstance(a, float):
        return (math.isnan(a) and math.isnan(b)) or struct.pack("d", a) == struct.pack("d", b)
    if isinstance(a, complex):
        return same((a.real, a.imag), (b.real, b.imag))
    return a == b


def bits(tensor):
    plain = tensor.detach().resolve_conj().resolve_neg().contiguous()
    return plain.reshape(-1).view(torch.uint8).numpy().tobytes() if plain.numel() else b""


numbers = npst.boolean_dtypes() | npst.integer_dtypes() | npst.floating_dtypes()
numbers |= npst.complex_number_dtypes()
either_order = numbers.flatmap(lambda d: st.sampled_from([d, d.newbyteorder()]))
shapes = npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
arrays = npst.arrays(either_order, shapes)
scalars = numbers.flatmap(lambda d: npst.arrays(d.newbyteorder("="), ())).map(lambda a: a[()])
text = st.text(st.characters(exclude_categories=()), max_size=12)
keys = st.none() | st.booleans() | st.integers() | text | st.binary(max_size=6) | st.floats()
plain = keys | st.complex_numbers() | scalars | arrays
plain |= st.sampled_from(sorted(codec.DTYPES)).map(codec.DTYPES.get)
values = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(keys | st.tuples(keys, keys), inner, max_size=4)
    ),
    max_leaves=12,
)


@many
@given(values)
def test_values_arrive_as_they_were_sent(value):
    assert same(crossed(value), value)


@some
@given(arrays, st.data())
def test_arrays_arrive_whatever_their_layout(array, data):
    views = [array.T, array[..., None], array[None][::-1], np.asfortranarray(array)]
    views += [np.broadcast_to(array, (3, *array.shape))]
    if array.ndim:
        views += [array[::2], array[::-1], array[:0]]
    view = data.draw(st.sampled_from(views))
    arrived = crossed(view)
    assert same(arrived, view)
    assert arrived.flags.writeable
    assert arrived.flags.owndata or arrived.base.flags.owndata


TENSORS = {
    "0-d": torch.tensor(-0.0),
    "nan": torch.tensor([math.nan, math.inf, -math.inf]),
    "empty": torch.empty(0, 3, 0),
    "bool": torch.tensor([[True, False]]),
    "bfloat16": torch.tensor([1.5, -2.0], dtype=torch.bfloat16),
    "float16": torch.tensor([1.5, -2.0], dtype=torch.float16),
    "complex": torch.tensor([1 + 2j, 3 - 4j], dtype=torch.complex128),
    "conj": torch.tensor([1 + 2j, 3 - 4j]).conj(),
    "neg": torch.tensor([1 + 2j, 3 - 4j]).conj().imag,
    "expanded": torch.arange(3).expand(4, 3),
    "transposed": torch.arange(6.0).reshape(2, 3).T,
    "strided": torch.arange(20, dtype=torch.int16)[3:17:3],
    "channels last": torch.rand(2, 3, 4, 5).to(memory_format=torch.channels_last),
    "graph": (torch.ones(2, requires_grad=True) * 2),
    "leaf": torch.ones(2, requires_grad=True),
    "parameter": torch.nn.Parameter(torch.ones(2)),
}


@pytest.mark.parametrize("tensor", TENSORS.values(), ids=TENSORS)
def test_tensors_arrive_detached_whatever_their_layout(tensor):
    arrived = crossed(tensor)
    assert type(arrived) is torch.Tensor
    assert same(arrived, tensor.detach() if type(tensor) is torch.Tensor else tensor.data)
    assert not arrived.requires_grad
    arrived.zero_()  # it is its own
    assert arrived.is_contiguous()


@pytest.mark.parametrize("dtype", codec.DTYPES.values(), ids=str)
def test_each_dtype_of_torch_arrives(dtype):
    for tensor in (torch.ones(3, 2).to(dtype), torch.ones(()).to(dtype), torch.empty(0).to(dtype)):
        assert same(crossed(tensor), tensor)


def test_a_generator_goes_on_where_it_was():
    for drawn in (0, 1, 623, 624, 625, 2000):
        generator = torch.Generator().manual_seed(3)
        torch.rand(drawn, generator=generator)
        torch.randn(3, generator=generator)
        arrived = crossed([generator])[0]
        for draw in (torch.rand, torch.randn, torch.randperm):
            assert same(draw(700, generator=arrived), draw(700, generator=generator))


class Colour(enum.IntEnum):
    RED = 3


class Lying(float):
    def __float__(self):
        return 1.0

    def hex(self):
        return "0x1p0"

    def __eq__(self, other):
        return True

    __hash__ = None


SUBCLASSES = {
    "int": (Colour.RED, 3),
    "float": (Lying(2.0), 2.0),
    "complex": (type("C", (complex,), {"__complex__": lambda self: 0j})(1j), 1j),
    "str": (type("S", (str,), {"__str__": lambda self: "x", "encode": None})("a"), "a"),
    "bytes": (type("B", (bytes,), {"__bytes__": lambda self: b"x"})(b"a"), b"a"),
    "list": (type("L", (list,), {"__iter__": lambda self: iter("no")})([1]), [1]),
    "tuple": (collections.namedtuple("Pair", "a b")(1, 2), (1, 2)),
    "size": (torch.Size([2, 3]), (2, 3)),
    "dict": (collections.OrderedDict(a=1), {"a": 1}),
    "default": (collections.defaultdict(list, a=[1]), {"a": [1]}),
    "numpy text": (np.str_("a"), "a"),
    "numpy bytes": (np.bytes_(b"a"), b"a"),
    "array": (type("A", (np.ndarray,), {})(2, "<i4"), None),
    "record": (np.zeros(2).view(np.recarray), np.zeros(2)),
    "masked": (np.ma.array([1.0, 2.0], mask=[0, 1]), np.array([1.0, 2.0])),
}


@pytest.mark.parametrize(("value", "base"), SUBCLASSES.values(), ids=SUBCLASSES)
def test_a_subclass_arrives_as_what_it_is_a_subclass_of(value, base):
    assert same(crossed(value), np.asarray(value) if base is None else base)


def test_two_surrogates_stay_two():
    assert crossed("\ud83d\ude00") == "\ud83d\ude00"
