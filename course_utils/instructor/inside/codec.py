"""Values as bytes and back: what may cross between answers and checks.

None, truth values, numbers, text, bytes, lists, tuples, dicts, NumPy arrays and scalars, tensors,
their dtypes and torch's generators; and what `other` knows: the course's datasets and models, and
handles to objects that stay where they are. A subclass arrives as what it is a subclass of, an
array in its dtype and shape, a tensor detached. Nothing that is decoded can run: there is no
pickle, and classes are those of the course.

A message is four bytes of length, a tree as JSON, and the bytes of its arrays, one after the other.
"""

import json
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

DEEPEST, MOST = 40, 200_000
"""Levels of a tree, and its nodes."""
LONGEST_INTEGER = 4000
"""Digits; Python itself refuses to read more than 4300."""
KINDS = "biufc"
"""NumPy's kinds of numbers."""
DTYPES = {
    str(dtype).removeprefix("torch."): dtype
    for dtype in (
        *(torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64),
        *(torch.float16, torch.bfloat16, torch.float32, torch.float64),
        *(torch.complex64, torch.complex128),
    )
}
LARGEST = 48 * 2**20
"""Bytes of all arrays of a message; what `frames` carries is a little more."""
Node = list[Any]


class CodecError(ValueError):
    """What cannot cross, or bytes that are no value."""


class Encoder:
    """`other(value)` is asked for values of other types: a node, or CodecError."""

    def __init__(self, other: Callable[[Any, "Encoder"], Node]) -> None:
        self.other, self.buffers, self.nodes = other, bytearray(), 0

    def message(self, value: Any) -> bytes:
        self.buffers, self.nodes = bytearray(), 0
        try:
            tree = json.dumps(self.node(value), separators=(",", ":")).encode()
        except RecursionError:
            raise CodecError("nested too deep") from None
        return struct.pack(">I", len(tree)) + tree + self.buffers

    def node(self, value: Any, depth: int = 0) -> Node:
        self.nodes += 1
        if depth > DEEPEST or self.nodes > MOST:
            raise CodecError(f"more than {DEEPEST} levels or {MOST} values cannot cross")
        kind = type(value)
        if value is None:
            return ["n"]
        if kind is bool:
            return ["b", value]
        if isinstance(value, np.generic):
            return self._array("S", np.asarray(value))
        if isinstance(value, np.ndarray):
            return self._array("a", np.asarray(value))
        if isinstance(value, torch.Tensor):
            return self._tensor(value)
        if isinstance(value, torch.dtype):
            return ["D", str(value).removeprefix("torch.")]
        if isinstance(value, torch.Generator):
            return ["g", self._tensor(value.get_state())]
        return self._plain(value, depth)

    def _plain(self, value: Any, depth: int) -> Node:
        if isinstance(value, int):
            return ["i", _digits(int.__index__(value))]
        if isinstance(value, float):
            return ["f", float.hex(float.__float__(value))]
        if isinstance(value, complex):
            plain = complex.__complex__(value)
            return ["c", plain.real.hex(), plain.imag.hex()]
        if isinstance(value, str):
            return ["s", str.__str__(value)]
        if isinstance(value, bytes):
            return ["y", *self._bytes(bytes.__getitem__(value, slice(None)))]
        if isinstance(value, (list, tuple)):
            base: Any = list if isinstance(value, list) else tuple
            return [base.__name__[0], [self.node(v, depth + 1) for v in base.__iter__(value)]]
        if isinstance(value, dict):
            pairs = dict.items(value)
            return ["d", [[self.node(part, depth + 1) for part in pair] for pair in pairs]]
        return self.other(value, self)

    def _array(self, tag: str, array: np.ndarray) -> Node:
        if array.dtype.kind not in KINDS:
            raise CodecError(f"an array of dtype {array.dtype} cannot cross: numbers only")
        self._room_for(array.nbytes)
        dtype = array.dtype.newbyteorder("<")
        data = np.ascontiguousarray(array, dtype=dtype).tobytes()
        return [tag, dtype.str, list(array.shape), *self._bytes(data)]

    def _tensor(self, tensor: torch.Tensor) -> Node:
        self._room_for(tensor.numel() * tensor.element_size())
        plain = tensor.detach().resolve_conj().resolve_neg().cpu().contiguous()
        name = str(plain.dtype).removeprefix("torch.")
        if name not in DTYPES or plain.layout is not torch.strided:
            raise CodecError(f"a tensor of dtype {name} cannot cross: numbers only")
        data = plain.reshape(-1).view(torch.uint8).numpy().tobytes() if plain.numel() else b""
        return ["T", name, list(plain.shape), *self._bytes(data)]

    def _bytes(self, data: bytes) -> list[int]:
        """Where they lie among the numbers: offset and length."""
        self._room_for(len(data))
        offset = len(self.buffers)
        self.buffers += data
        return [offset, len(data)]

    def _room_for(self, n_bytes: int) -> None:
        if len(self.buffers) + n_bytes > LARGEST:
            raise CodecError(f"more than {LARGEST >> 20} MB of numbers cannot cross")


class Decoder:
    """`other(node, decoder)` is asked for nodes of other tags."""

    def __init__(self, other: Callable[[Node, "Decoder"], Any]) -> None:
        self.other, self.buffers, self.nodes = other, b"", 0

    def message(self, data: bytes) -> Any:
        """The value; CodecError for any bytes that are none."""
        try:
            (length,) = struct.unpack_from(">I", data)
            if 4 + length > len(data):
                raise CodecError("cut short")
            tree = json.loads(data[4 : 4 + length])
            self.buffers, self.nodes = data[4 + length :], 0
            return self.node(tree)
        except CodecError:
            raise
        except (ValueError, TypeError, LookupError, OverflowError, RuntimeError) as error:
            raise CodecError(f"no value: {type(error).__name__}") from None
        except (struct.error, AttributeError, MemoryError) as error:
            raise CodecError(f"no value: {type(error).__name__}") from None

    def node(self, node: Any, depth: int = 0) -> Any:
        self.nodes += 1
        if depth > DEEPEST or self.nodes > MOST or type(node) is not list or not node:
            raise CodecError("no value: the tree is broken, too deep or too large")
        tag, rest = node[0], node[1:]
        if tag in ("l", "t"):
            items = [self.node(item, depth + 1) for item in _a(list, *rest)]
            return items if tag == "l" else tuple(items)
        if tag == "d":
            return {self.node(k, depth + 1): self.node(v, depth + 1) for k, v in _a(list, *rest)}
        if reader := READERS.get(tag):
            return reader(self, *rest)
        return self.other(node, self)

    def _array(self, dtype: str, shape: list[int], offset: int, length: int) -> np.ndarray:
        kind = np.dtype(_a(str, dtype))
        if kind.kind not in KINDS or kind.hasobject:
            raise CodecError(f"no array: dtype {dtype!r}")
        return np.frombuffer(self._bytes(offset, length), kind).reshape(_shape(shape)).copy()

    def _scalar(self, *parts: Any) -> Any:
        return self._array(*parts)[()]

    def _tensor(self, dtype: str, shape: list[int], offset: int, length: int) -> torch.Tensor:
        data = self._bytes(offset, length)
        if not data:
            return torch.empty(0, dtype=DTYPES[dtype]).reshape(_shape(shape))
        flat = torch.frombuffer(bytearray(data), dtype=DTYPES[dtype])
        return flat.reshape(_shape(shape)).clone()

    def _generator(self, state: Node) -> torch.Generator:
        generator = torch.Generator()
        generator.set_state(self._tensor(*state[1:]))
        return generator

    def _bytes(self, offset: int, length: int) -> bytes:
        _a(int, offset), _a(int, length)
        if not 0 <= offset <= offset + length <= len(self.buffers):
            raise CodecError("no value: numbers are missing")
        return self.buffers[offset : offset + length]


READERS: dict[str, Callable[..., Any]] = {
    "n": lambda _: None,
    "b": lambda _, value: _a(bool, value),
    "i": lambda _, digits: _integer(digits),
    "f": lambda _, text: float.fromhex(_a(str, text)),
    "c": lambda _, re, im: complex(float.fromhex(re), float.fromhex(im)),
    "s": lambda _, text: _a(str, text),
    "y": Decoder._bytes,
    "a": Decoder._array,
    "S": Decoder._scalar,
    "T": Decoder._tensor,
    "D": lambda _, name: DTYPES[name],
    "g": Decoder._generator,
}


def _digits(value: int) -> str:
    if abs(value).bit_length() > 3 * LONGEST_INTEGER:
        raise CodecError("an integer of so many digits cannot cross")
    return str(value)


def _integer(digits: str) -> int:
    if len(_a(str, digits)) > LONGEST_INTEGER:
        raise CodecError("no value: an integer of so many digits")
    return int(digits)


def _shape(shape: list[int]) -> list[int]:
    if any(type(n) is not int or n < 0 for n in _a(list, shape)) or len(shape) > 32:
        raise CodecError(f"no shape: {shape!r}"[:100])
    return shape


def _a(kind: type, value: Any) -> Any:
    """The value, if it is exactly of this type."""
    if type(value) is not kind:
        raise CodecError(f"no {kind.__name__}: {type(value).__name__}")
    return value
