"""What tests of the codec share: messages made by hand, and what may come of them."""

import json
import math
import random
import struct

import numpy as np
import torch
from torch import nn

from course_utils import data, models
from course_utils.instructor.inside import codec, objects
from course_utils.instructor.inside.checks import Link, StandIn
from course_utils.instructor.inside.codec import CodecError, Decoder, Encoder


def refuse(value, _=None):
    raise CodecError(f"no value: {type(value).__name__}")


def encoded(value, encoder):
    """A course object; a handle of whatever else, as the process of the answers gives it."""
    return objects.encode(value, encoder) or ["h", 3, type(value).__name__]


def sent(value, other=refuse):
    return Encoder(other).message(value)


def received(message, other=objects.decode):
    return Decoder(other).message(message)


def crossed(value):
    return received(sent(value, encoded))


def packed(tree, buffers=b""):
    """A message of this tree, or of this text of a tree."""
    text = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
    return struct.pack(">I", len(text)) + text + buffers


def text(value):
    """The node of a text, and the bytes that belong to it."""
    return ["s", len(value.encode())], value.encode()


def attributes(**nodes):
    """A dict node whose values are nodes without bytes, and the bytes of its keys."""
    pairs = [[text(k)[0], v] for k, v in nodes.items()]
    return ["d", pairs], b"".join(text(k)[1] for k in nodes)


class Ran(BaseException):
    """Something of a message has run while it was read; the decoder does not catch it."""


def link():
    """The checks' end, which fails if it is made to ask while it reads."""
    made = Link(None)

    def ask(request):
        raise Ran(request)

    made.ask = ask
    return made


PLAIN = {type(None), bool, int, float, complex, str, bytes, torch.dtype}
HELD = {np.ndarray, torch.Tensor, nn.Parameter, torch.Generator, data.Landscape}


def allowed(value):
    """Whether it is made of nothing but what may cross."""
    kind = type(value)
    if kind in PLAIN | HELD or isinstance(value, np.generic) or kind.__bases__ == (StandIn,):
        return True
    if kind in (list, tuple):
        return all(map(allowed, value))
    if kind is dict:
        return all(allowed(k) and allowed(v) for k, v in value.items())
    if kind in objects.LAYERS.values() or kind.__module__.startswith(objects.ROOMS):
        own = vars(value) if not isinstance(value, nn.Module) else dict(value.named_parameters())
        return all(allowed(v) for v in own.values())
    return False


def samples():
    """One value of everything that crosses."""
    rng = np.random.default_rng(0)
    network = models.random_network(3, 2, 2, scale=1.0, seed=0)
    x = rng.normal(size=(6, 3))
    return [
        [None, True, -5, 10**30, 0.5, -0.0, 1j, "text é \ud800", b"bytes", (1, [2, ()])],
        {"a": [1, 2], 2: {"b": None}, (1, "c"): 2.5},
        [x, x.T, x.astype(">f4"), np.float32(1), np.array(True), np.zeros((0, 3), "i2")],
        [torch.ones(2, 3), torch.tensor([True]), torch.zeros((), dtype=torch.bfloat16)],
        [torch.float32, torch.Generator().manual_seed(1), object(), len],
        data.ToyRegression(7, noise_level=0.1, seed=0),
        models.ShallowMLP(3, seed=0),
        models.ScaledModel(models.SinusoidalModel(4, seed=1), 2.0),
        models.PlantedTeacher(4, 3, seed=2),
        [network, models.OneWeightModel(), data.landscape("bowl")],
        [data.moments(x, x), data.spectrum(x, 2), data.Images("digits", x, np.arange(6))],
        {"value": 2.0, "arguments": [None, models.DeepMLP(2, seed=0)]},
        {"error": {"kind": "ValueError", "text": "no", "line": 3, "crossing": False}},
    ]


DTYPES = ["<f8", ">i4", "|b1", "<c16", "O", "|O", "V8", "S3", "U2", "M8[ns]", "f8,i4", "a"]
NAMES = [
    *(
        f"course_utils.models.fully_connected.{name}"
        for name in ("ShallowMLP", "nn.Module", "torch")
    ),
    "course_utils.data.regression.ToyRegression",
    "course_utils.data.regression.TARGETS",
    "course_utils.models.linear.LinearNetwork",
    "course_utils.models.particles.ParticleNetwork",
    "course_utils.data.landscapes.Landscape",
    "course_utils.data..regression.ToyRegression",
    *("os.system", "subprocess.Popen", "torch.nn.modules.container.ModuleDict", "builtins.eval"),
    *("Linear", "Sequential", "ModuleList", "landscape", "bowl", "float32", "bool", "float8_e5m2"),
    *("weight", "layers", "w21", "positions", "map", "_order", "_modules", "__class__", "forward"),
]
JUNK = [None, True, 0, 1, -1, 3, 8, 2**31, 2**63, 2**64, 10**400, 0.5, math.nan, math.inf, "", "x"]
JUNK += [[], [[]], {}, {"n": 1}, [1, 2], [0], [2**62, 4], [-1], ["n"], "0x1p0", "\ud800"]
SHAPES = [[], [1], [2], [0], [2, 1], [0, 2**40], [2**32, 2**32], [-1], [1] * 70, *JUNK]
LENGTHS = [0, 1, 2, 4, 8, 16, -8]
BYTES = [b"[", b"]", b'"', b",", b"-", b"9", b"0", b"{", b"\xff"]


def tree(rng, held, depth=0):
    """A node as a hostile answer might build it, its bytes put into `held`: often almost right."""

    def within(n=4):
        return [tree(rng, held, depth + 1) for _ in range(rng.randrange(n))]

    def name():
        return own(rng.choice(NAMES).encode())

    def own(data):
        held.extend(data)
        return len(data)

    def numbers():
        return rng.choice(LENGTHS) if rng.random() < 0.3 else own(bytes(rng.choice([0, 8, 8, 16])))

    def pairs():
        names = [["s", name()] if rng.random() < 0.9 else tree(rng, held, depth + 1)]
        return [[*names, tree(rng, held, depth + 1)] for _ in range(rng.randrange(2))]

    def parameters():
        wants = rng.choice([["b", True], ["b", False], ["n"]])
        value = rng.choice([["n"], ["T", "float64", [own(bytes(8)) // 8], 8]])
        return [["t", [["s", name()], value, wants]]] if rng.random() < 0.7 else within()

    leaf, tag = depth > 4, rng.choice("nbfciisyyaSTTDhhJ" if rng.random() < 0.6 else "ltdommJ")
    if tag == "J" or (leaf and tag in "ltdom"):
        return rng.choice(JUNK)
    return {
        "n": lambda: ["n"],
        "b": lambda: ["b", rng.random() < 0.5],
        "f": lambda: ["f", rng.choice(["nan", "0x1p0", "-0x0p0", "1e400", "0x1p99999", "no"])],
        "c": lambda: ["c", "0x1p0", rng.choice(["inf", 1])],
        "i": lambda: ["i", numbers()],
        "s": lambda: ["s", name()],
        "y": lambda: [rng.choice("yg"), numbers()],
        "a": lambda: ["a", rng.choice(DTYPES), rng.choice(SHAPES), numbers()],
        "S": lambda: ["S", rng.choice(DTYPES), [], numbers()],
        "T": lambda: ["T", rng.choice([*codec.DTYPES]), rng.choice(SHAPES), numbers()],
        "D": lambda: ["D", rng.choice([*codec.DTYPES, *JUNK])],
        "h": lambda: ["h", rng.choice([0, 1, *JUNK]), rng.choice(["Model", "a b", *NAMES])],
        "l": lambda: ["l", within()],
        "t": lambda: ["t", within()],
        "d": lambda: ["d", pairs()],
        "o": lambda: ["o", rng.choice(NAMES), ["d", pairs()]],
        "m": lambda: ["m", rng.choice(NAMES), ["d", pairs()], ["l", parameters()], ["d", pairs()]],
    }[tag]()


def mutated(rng, message):
    """A few bytes changed, put in, taken out, or moved."""
    message = bytearray(message)
    for _ in range(rng.choice([1, 1, 1, 2, 5])):
        at, n = rng.randrange(len(message) + 1), rng.choice([1, 1, 2, 8, 40])
        if (kind := rng.randrange(5)) == 0:
            message[at:at] = rng.randbytes(n)
        elif kind == 1:
            del message[at : at + n]
        elif kind == 2:
            message[at : at + 1] = rng.choice(BYTES)
        elif kind == 3:
            other = rng.randrange(len(message) + 1)
            message[at : at + n] = message[other : other + n]
        elif message:
            message[at % len(message)] ^= 1 << rng.randrange(8)
    return bytes(message)


def framed(rng, message):
    """With the length of the tree put right again where something was put in or taken out."""
    end = message.rfind(b"]") + 1
    return struct.pack(">I", end - 4) + message[4:] if end > 4 and rng.random() < 0.5 else message


def dice(seed):
    return random.Random(seed)
