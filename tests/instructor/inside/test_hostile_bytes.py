"""Whatever bytes arrive, a value comes of them or a CodecError; nothing grows."""

import json
import tracemalloc

import pytest
import torch

from course_utils.instructor.inside import codec
from course_utils.instructor.inside.codec import CodecError
from tests.instructor.inside import wire
from tests.instructor.inside.wire import allowed, packed, received

BEYOND = 64 * 2**20
"""Bytes that the largest tree may take, whatever its message weighs."""


def harmless(message, at):
    """Whether a value came of it."""
    try:
        value = at.decoder.message(message)
    except CodecError:
        return False
    assert allowed(value), message
    return True


def test_any_bytes():
    at = wire.link()
    for seed in range(2000):
        rng = wire.dice(seed)
        data = rng.randbytes(rng.choice([0, 3, 4, 5, 20, 200]))
        assert not harmless(data, at)
        harmless(packed(data, data), at)
        harmless(packed(bytes(rng.choices(b'[]{},"nbifcsyltdaSTDgomh0123 -.e', k=30)), data), at)


def test_messages_with_a_few_bytes_changed():
    at, values = wire.link(), 0
    messages = [wire.sent(value, wire.encoded) for value in wire.samples()]
    for message in messages:
        assert harmless(message, at)
    for seed in range(4000):
        rng = wire.dice(seed)
        changed = wire.mutated(rng, messages[seed % len(messages)])
        values += harmless(wire.framed(rng, changed), at)
    assert values > 400  # it reaches beyond the first look


def test_trees_of_any_nodes():
    at, values = wire.link(), 0
    for seed in range(4000):
        rng, held = wire.dice(seed), bytearray()
        tree = wire.tree(rng, held)
        values += harmless(packed(tree, held), at)
    assert values > 800


def nested(depth, inner="[]"):
    return f"{'[' * depth}{inner}{']' * depth}".encode()


ADVERSARIAL = {
    "deep lists": nested(100_000),
    "deep nodes": b'["l",[' * 30_000 + b"]]" * 30_000,
    "deep dicts": b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "an endless integer": b'["i",' + b"9" * 10**6 + b"]",
    "a JSON object": b'["d",{"a":["n"],"a":["n"]}]',
    "no end": b'["l",[["n"],',
    "two trees": b'["n"]["n"]',
    "UTF-16": '["n"]'.encode("utf-16"),
    "not ASCII": '["D","é"]'.encode(),
    "NaN for a length": b'["y",NaN]',
    "a list for a tag": b'[["n"]]',
    "a number for a tag": b"[0]",
    "a float beyond all": b'["f","0x1p9999999"]',
    "a float that is none": b'["f",1.5]',
    "a negative length": b'["y",-1]',
    "true for a length": b'["y",true]',
    "more bytes than there are": b'["y",65]',
    "an integer of a million bytes": b'["i",1000000]',
    "a key that cannot be one": b'["d",[[["l",[]],["n"]]]]',
    "a pair of three": b'["d",[[["n"],["n"],["n"]]]]',
    "half a character": b'["s",1]',
    "a truth value of 255": b'["a","|b1",[64],64]',
    "a tensor's truth value of 255": b'["T","bool",[64],64]',
    "a scalar with a shape": b'["S","<f8",[8],64]',
    "no shape": b'["a","<f8",8,64]',
    "a shape of floats": b'["a","<f8",[8.0],64]',
    "a shape that infers": b'["a","<f8",[-1],64]',
    "a shape of too many axes": b'["a","<f8",[' + b"1," * 64 + b"8],64]",
    "a shape that overflows": b'["a","<f8",[4294967296,4294967296,8],64]',
    "a shape that overflows to 0": b'["a","<f8",[4294967296,4294967296],0]',
    "a tensor's shape that overflows": b'["T","float64",[4294967296,4294967296],0]',
    "a shape beyond 64 bits": b'["T","float64",[36893488147419103232],0]',
    "much memory and no data": b'["a","<f8",[1000000000000],0]',
    "a tensor of much memory and no data": b'["T","float32",[1000000000000],0]',
    "half a number": b'["a","<f8",[1],7]',
    "half a tensor": b'["T","float64",[1],7]',
    "a tensor of no dtype": b'["T","float8_e5m2",[64],64]',
    "no dtype": b'["D","nn"]',
    "a generator of 8 bytes": b'["g",8]',
    "no handle": b'["h",0]',
    "a handle of no number": b'["h",-1,"A"]',
    "a handle of a name with a blank": b'["h",0,"A B"]',
    "a handle of a long name": b'["h",0,"' + b"A" * 1000 + b'"]',
} | {
    f"an array of {dtype[:9]!r}": json.dumps(["a", dtype, [1], 8]).encode()
    for dtype in [
        *("O", "|O", "|V8", "V8", "S8", "|S8", "<U2", "M8[ns]", "<M8[ns]", "m8", "f4,f4", "(2,)f4"),
        *("f8", "float64", "a8", "", "f8," * 1000, "{'names':[]}", "<f8\0", "=f8"),
    ]
}


@pytest.mark.parametrize("tree", ADVERSARIAL.values(), ids=ADVERSARIAL)
def test_what_is_no_value_is_refused(tree):
    at = wire.link()
    with pytest.raises(CodecError):
        at.decoder.message(packed(tree, b"\xff" * 64))
    assert at.decoder.message(packed(b'["b",true]')) is True


def test_no_byte_is_read_twice():
    """And so no message can hold more than it weighs."""
    assert received(packed(["l", [["y", 4], ["y", 4]]], b"abcdefgh")) == [b"abcd", b"efgh"]
    with pytest.raises(CodecError, match="missing"):
        received(packed(["l", [["y", 4], ["y", 5]]], b"abcdefgh"))
    with pytest.raises(CodecError, match="missing"):
        received(packed(["l", [["y", 8], ["a", "<f8", [1], 8]]], b"abcdefgh"))


def test_an_empty_array_may_have_any_shape():
    assert received(packed(["a", "<f8", [0, 2**40], 0])).shape == (0, 2**40)
    assert received(packed(["T", "float32", [2**40, 0], 0])).shape == (2**40, 0)


@pytest.mark.parametrize("number", [0, -1, 2**61 - 1])
def test_keys_of_one_hash_are_refused(number):
    keys = [(number + i * (2**61 - 1)) for i in range(2000)]
    lengths = [codec._integer_bytes(key) for key in keys]
    nodes = [[["i", len(data)], ["n"]] for data in lengths]
    with pytest.raises(CodecError, match="alike"):
        received(packed(["d", nodes], b"".join(lengths)))
    few = {-1: "a", -2: "b", 0: "c", "": "d", 2**61 - 1: "e"}
    assert wire.crossed(few) == few


def test_a_generator_cannot_draw_from_beyond_its_state():
    good = torch.Generator().manual_seed(0).get_state().numpy().tobytes()
    assert received(packed(["g", len(good)], good)).get_state().numpy().tobytes() == good
    for left, following in [(624, 2), (1, 625), (600, 600), (1, 2**63), (-1, 0), (700, 0)]:
        bad = bytearray(good)
        bad[8:12] = left.to_bytes(4, "little", signed=True)
        bad[16:24] = following.to_bytes(8, "little")
        with pytest.raises(CodecError):
            received(packed(["g", len(bad)], bytes(bad)))
    for length in (0, 24, len(good) - 8, len(good) + 1):
        with pytest.raises(CodecError):
            received(packed(["g", length], good + b"\0"))


HEAVY = {
    "empty lists": b"[" + b"[]," * 2_600_000 + b"[]]",
    "a JSON object": b"{" + b",".join(b'"%d":1' % i for i in range(500_000)) + b"}",
    "a tree beyond the limit": b'["l",[' + b'["n"],' * 8_000_000 + b'["n"]]]',
    "handles": b'["l",[' + b",".join(b'["h",0,"A%d"]' % i for i in range(150_000)) + b"]]",
    "modules": b'["l",[' + b'["m","Linear",["d",[]],["l",[]],["d",[]]],' * 40_000 + b'["n"]]]',
    "the same bytes again and again": b'["l",[' + b'["y",1048576],' * 50_000 + b'["n"]]]',
}


@pytest.mark.parametrize("tree", HEAVY.values(), ids=HEAVY)
def test_a_message_cannot_become_large(tree):
    message = packed(tree, bytes(2**20))
    tracemalloc.start()
    try:
        harmless(message, wire.link())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4 * len(message) + BEYOND
