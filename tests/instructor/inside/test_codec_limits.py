"""What is too deep, too large or no value is refused where it is sent."""

import numpy as np
import pytest
import torch

from course_utils.instructor.inside import codec
from course_utils.instructor.inside.codec import CodecError, Encoder
from tests.instructor.inside.wire import crossed, packed, received, refuse, sent


def nested(depth, make=lambda inner: [inner]):
    value = 1
    for _ in range(depth):
        value = make(value)
    return value


def circle():
    around = []
    around.append({"a": (around, around)})
    return around


def test_levels_have_a_limit():
    for make in (lambda v: [v], lambda v: (v,), lambda v: {"k": v}):
        value = nested(codec.DEEPEST - 1, make)
        assert crossed(value) == value
        with pytest.raises(CodecError, match="levels"):
            sent(nested(codec.DEEPEST, make))
    for tree in (["l", []], ["l", [["n"]]]):
        with pytest.raises(CodecError, match="too deep"):
            received(packed(nested(codec.DEEPEST, lambda v, t=tree: ["l", [v if v != 1 else t]])))


def test_nodes_have_a_limit(monkeypatch):
    monkeypatch.setattr(codec, "MOST", 2000)
    value = [None] * (codec.MOST - 1)
    assert crossed(value) == value
    with pytest.raises(CodecError, match="values"):
        sent([*value, None])
    with pytest.raises(CodecError, match="too large"):
        received(packed(["l", [["n"]] * codec.MOST]))
    tensor = torch.zeros(())  # takes the memory of four numbers
    assert len(crossed([tensor] * 499)) == 499
    with pytest.raises(CodecError, match="values"):
        sent([tensor] * 500)
    with pytest.raises(CodecError, match="too large"):
        received(packed(["l", [["T", "bool", [0], 0]] * 500]))


def test_bytes_have_a_limit():
    small = b"a" * (codec.LARGEST // 2)
    assert crossed([small, small]) == [small, small]
    for value in ([small, small, b"a"], ["a" * (codec.LARGEST + 1)], [small, "é" * len(small)]):
        with pytest.raises(CodecError, match="MB"):
            sent(value)
    huge = np.broadcast_to(np.float64(0), (10**6, 10**6))  # of 8 bytes
    with pytest.raises(CodecError, match="MB"):
        sent(huge)
    with pytest.raises(CodecError, match="MB"):
        sent(torch.from_numpy(np.zeros(1)).expand(10**6, 10**6))


def test_integers_have_a_limit():
    most = 2 ** (8 * codec.LONGEST_INTEGER - 1)
    for value in (most - 1, 1 - most, 10**3800, 0, -1, 127, 128, -128, -129):
        assert crossed(value) == value
        assert int(str(value)) == value
    for value in (most, -most * 2):
        with pytest.raises(CodecError, match="digits"):
            sent(value)
    with pytest.raises(CodecError, match="digits"):
        received(packed(["i", 10**6], b"\1" * 10**6))


@pytest.mark.parametrize(
    "value",
    [
        circle(),
        object(),
        {1, 2},
        np.array([object()]),
        np.array(["text"]),
        np.array(["2020-01-01"], "M8[ns]"),
        np.zeros(2, "f8,i4"),
        np.void(b"abc"),
        torch.eye(2).to_sparse(),
        torch.empty(2, device="meta"),
        torch.empty(2, dtype=torch.float8_e5m2),
        torch.float8_e5m2,
        {1: [object()]},
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_cannot_cross_is_refused(value):
    encoder = Encoder(refuse)
    with pytest.raises(CodecError):
        encoder.message(value)
    assert received(encoder.message([1])) == [1]  # and nothing of it is left
