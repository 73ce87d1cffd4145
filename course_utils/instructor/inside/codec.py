"""Values as bytes and back: what may cross between answers and checks.

None, truth values, numbers, text, bytes, lists, tuples, dicts, NumPy arrays and scalars, tensors,
their dtypes and torch's generators; and what `other` knows: the course's datasets and models, and
handles to objects that stay where they are. A subclass arrives as what it is a subclass of, an
array in its dtype and shape, a tensor detached. Nothing that is decoded can run: there is no
pickle, and classes are those of the course.

A message is four bytes of length, a tree as JSON, and the bytes of its text, integers and arrays,
one after the other in the order of the tree. A node says how many are its own, not where they lie,
so that none is read twice. The tree itself holds no text: what is in it can be counted before it is
read, and a small message cannot become a large one.
"""

import json
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

DEEPEST, MOST = 40, 200_000
"""Levels of a tree, and its nodes."""
COSTS = {"T": 4, "g": 4, "o": 4, "m": 100, "h": 100}
"""Nodes that take more memory than a number does, as so many of those."""
LONGEST_INTEGER = 1600
"""Bytes; Python refuses to write out an integer of more than 4300 digits, 1786 bytes."""
COLLISIONS = 100
"""Keys of a dict that share their hash with another: thousands would take minutes."""
NUMPY = {
    np.dtype(order + np.dtype(code).str[1:]).str: np.dtype(order + np.dtype(code).str[1:])
    for code in "?" + np.typecodes["AllInteger"] + np.typecodes["AllFloat"]
    for order in "<>"
}
DTYPES = {
    str(dtype).removeprefix("torch."): dtype
    for dtype in (
        *(torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64),
        *(torch.float16, torch.bfloat16, torch.float32, torch.float64),
        *(torch.complex64, torch.complex128),
    )
}
LARGEST, LARGEST_TREE = 48 * 2**20, 8 * 2**20
"""Bytes of all arrays and text of a message, and of its tree; `frames` carries a little more."""
Node = list[Any]


class CodecError(ValueError):
    """What cannot cross, or bytes that are no value."""


class Encoder:
    """`other(value)` is asked for values of other types: a node, or CodecError."""

    def __init__(self, other: Callable[[Any, "Encoder"], Node]) -> None:
        self.other, self.buffers, self.nodes, self.depth = other, bytearray(), 0, 0

    def message(self, value: Any) -> bytes:
        self.buffers, self.nodes, self.depth = bytearray(), 0, 0
        tree = json.dumps(self.node(value), separators=(",", ":")).encode()
        if self.nodes > MOST or len(tree) > LARGEST_TREE:
            raise CodecError(f"more than {MOST} values cannot cross")
        return struct.pack(">I", len(tree)) + tree + self.buffers

    def node(self, value: Any) -> Node:
        self.depth += 1
        self.nodes += 1
        if self.depth > DEEPEST or self.nodes > MOST:
            raise CodecError(f"more than {DEEPEST} levels or {MOST} values cannot cross")
        node = self._node(value)
        self.nodes += COSTS.get(node[0], 1) - 1
        self.depth -= 1
        return node

    def _node(self, value: Any) -> Node:
        if value is None:
            return ["n"]
        if type(value) is bool:
            return ["b", value]
        if isinstance(value, np.generic) and not isinstance(value, (str, bytes)):
            return self._array("S", np.asarray(value))
        if isinstance(value, np.ndarray):
            return self._array("a", np.asarray(value))
        if isinstance(value, torch.Tensor):
            return self._tensor(value)
        if isinstance(value, torch.dtype):
            return ["D", _name(value)]
        if isinstance(value, torch.Generator):
            return ["g", *self._bytes(value.get_state().numpy().tobytes())]
        return self._plain(value)

    def _plain(self, value: Any) -> Node:
        if isinstance(value, int):
            return ["i", *self._bytes(_integer_bytes(int.__index__(value)))]
        if isinstance(value, float):
            return ["f", float.hex(float.__float__(value))]
        if isinstance(value, complex):
            plain = complex.__complex__(value)
            return ["c", plain.real.hex(), plain.imag.hex()]
        if isinstance(value, str):
            return ["s", *self._bytes(str.encode(value, "utf-8", "surrogatepass"))]
        if isinstance(value, bytes):
            return ["y", *self._bytes(bytes.__getitem__(value, slice(None)))]
        if isinstance(value, (list, tuple)):
            base: Any = list if isinstance(value, list) else tuple
            return [base.__name__[0], [self.node(v) for v in base.__iter__(value)]]
        if isinstance(value, dict):
            return ["d", [[self.node(part) for part in pair] for pair in dict.items(value)]]
        return self.other(value, self)

    def _array(self, tag: str, array: np.ndarray) -> Node:
        if array.dtype.str not in NUMPY:
            raise CodecError(f"an array of dtype {array.dtype} cannot cross: numbers only")
        self._room_for(array.nbytes)
        return [tag, array.dtype.str, list(array.shape), *self._bytes(array.tobytes())]

    def _tensor(self, tensor: torch.Tensor) -> Node:
        name = _name(tensor.dtype)
        if tensor.layout is not torch.strided or tensor.is_meta:
            raise CodecError("a tensor that is sparse or without numbers cannot cross")
        self._room_for(tensor.numel() * tensor.element_size())
        plain = tensor.detach().resolve_conj().resolve_neg().cpu().contiguous()
        data = plain.reshape(-1).view(torch.uint8).numpy().tobytes() if plain.numel() else b""
        return ["T", name, list(plain.shape), *self._bytes(data)]

    def _bytes(self, data: bytes) -> list[int]:
        """Put them after the others, and say how many they are."""
        self._room_for(len(data))
        self.buffers += data
        return [len(data)]

    def _room_for(self, n_bytes: int) -> None:
        if len(self.buffers) + n_bytes > LARGEST:
            raise CodecError(f"more than {LARGEST >> 20} MB of numbers and text cannot cross")


class Decoder:
    """`other(node, decoder)` is asked for nodes of other tags."""

    def __init__(self, other: Callable[[Node, "Decoder"], Any]) -> None:
        self.other, self.buffers, self.at, self.nodes, self.depth = other, memoryview(b""), 0, 0, 0

    def message(self, data: bytes) -> Any:
        """The value; CodecError for any bytes that are none."""
        try:
            (length,) = struct.unpack_from(">I", data)
            self.buffers, self.at = memoryview(data)[4 + length :], 0
            self.nodes = self.depth = 0
            return self.node(_tree(data[4 : 4 + length], length))
        except CodecError:
            raise
        except Exception as error:  # of any part of Python, NumPy or torch that meets nonsense
            raise CodecError(f"no value: {type(error).__name__}") from None
        finally:
            self.buffers = memoryview(b"")

    def node(self, node: Any) -> Any:
        if type(node) is not list or not node or type(node[0]) is not str:
            raise CodecError("no value: the tree is broken")
        self.depth += 1
        self.nodes += COSTS.get(node[0], 1)
        if self.depth > DEEPEST or self.nodes > MOST:
            raise CodecError("no value: the tree is too deep or too large")
        value = self._value(*node)
        self.depth -= 1
        return value

    def _value(self, tag: str, *parts: Any) -> Any:
        if tag in ("l", "t"):
            items = [self.node(item) for item in _a(list, *parts)]
            return items if tag == "l" else tuple(items)
        if tag == "d":
            pairs = [(self.node(k), self.node(v)) for k, v in _a(list, *parts)]
            if len(pairs) - len({hash(key) for key, _ in pairs}) > COLLISIONS:
                raise CodecError("no value: a dict whose keys are alike")
            return dict(pairs)
        if reader := READERS.get(tag):
            return reader(self, *parts)
        return self.other([tag, *parts], self)

    def _array(self, dtype: str, shape: list[int], length: int) -> np.ndarray:
        if _a(str, dtype) not in NUMPY:
            raise CodecError(f"no array: dtype {dtype!r}"[:100])
        data = self._bytes(length)
        if NUMPY[dtype].kind == "b":
            _truths(data)
        return np.frombuffer(data, NUMPY[dtype]).reshape(_shape(shape)).copy()

    def _scalar(self, dtype: str, shape: list[int], length: int) -> Any:
        if shape != []:
            raise CodecError(f"no shape of a scalar: {shape!r}"[:100])
        return self._array(dtype, shape, length)[()]

    def _tensor(self, dtype: str, shape: list[int], length: int) -> torch.Tensor:
        kind, data = DTYPES[dtype], self._bytes(length)
        if kind is torch.bool:
            _truths(data)
        if not data:
            return torch.empty(0, dtype=kind).reshape(_shape(shape))
        return torch.frombuffer(bytearray(data), dtype=kind).reshape(_shape(shape)).clone()

    def _generator(self, length: int) -> torch.Generator:
        """torch does not ask whether what is left to draw lies within the state's 624 numbers."""
        state, generator = self._bytes(length), torch.Generator()
        _, left, _, following = struct.unpack_from("=QiiQ", state)
        if len(state) != generator.get_state().numel() or left + following > 625:
            raise CodecError("no state of a generator")
        generator.set_state(torch.frombuffer(bytearray(state), dtype=torch.uint8).clone())
        return generator

    def _integer(self, length: int) -> int:
        if _a(int, length) > LONGEST_INTEGER:
            raise CodecError("no value: an integer of so many digits")
        return int.from_bytes(self._bytes(length), "little", signed=True)

    def _text(self, length: int) -> str:
        return str(self._bytes(length), "utf-8", "surrogatepass")

    def _bytes(self, length: int) -> memoryview:
        """The next ones."""
        begin, end = self.at, self.at + _a(int, length)
        if not begin <= end <= len(self.buffers):
            raise CodecError("no value: numbers are missing")
        self.at = end
        return self.buffers[begin:end]


READERS: dict[str, Callable[..., Any]] = {
    "n": lambda _: None,
    "b": lambda _, value: _a(bool, value),
    "i": Decoder._integer,
    "f": lambda _, text: float.fromhex(_a(str, text)),
    "c": lambda _, re, im: complex(float.fromhex(re), float.fromhex(im)),
    "s": Decoder._text,
    "y": lambda decoder, length: bytes(decoder._bytes(length)),
    "a": Decoder._array,
    "S": Decoder._scalar,
    "T": Decoder._tensor,
    "D": lambda _, name: DTYPES[name],
    "g": Decoder._generator,
}


def _tree(text: bytes, length: int) -> Any:
    """The tree, read only once it is known to be small; text outside it cannot look like one."""
    if len(text) < length:
        raise CodecError("cut short")
    if length > LARGEST_TREE or text.count(b"[") > 3 * MOST or b"{" in text:
        raise CodecError("no value: the tree is too large")
    return json.loads(text.decode("ascii"))


def _name(dtype: torch.dtype) -> str:
    name = str(dtype).removeprefix("torch.")
    if name not in DTYPES:
        raise CodecError(f"a tensor of dtype {name} cannot cross: numbers only")
    return name


def _integer_bytes(value: int) -> bytes:
    length = value.bit_length() // 8 + 1
    if length > LONGEST_INTEGER:
        raise CodecError("an integer of so many digits cannot cross")
    return value.to_bytes(length, "little", signed=True)


def _truths(data: memoryview) -> None:
    """Of another byte than 0 or 1, NumPy and torch say that it is true, and count it as more."""
    if len(data) and np.frombuffer(data, np.uint8).max() > 1:
        raise CodecError("no truth value")


def _shape(shape: list[int]) -> list[int]:
    if any(type(n) is not int or n < 0 for n in _a(list, shape)) or len(shape) > 64:
        raise CodecError(f"no shape: {shape!r}"[:100])
    return shape


def _a(kind: type, value: Any) -> Any:
    """The value, if it is exactly of this type."""
    if type(value) is not kind:
        raise CodecError(f"no {kind.__name__}: {type(value).__name__}")
    return value
