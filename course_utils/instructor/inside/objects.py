"""The course's datasets and models as plain values, and back.

An object crosses as the name of its class and what it holds. It is made again without its
constructor, and only of classes that the course defines in `ROOMS`. After a call what an answer
learned or dealt is copied back into what the check holds: a model's parameters, and where a dataset
is in its batches. The data of a check stay its own.
"""

import importlib
from functools import cache
from typing import Any

import torch
from torch import nn

from course_utils.instructor.inside.codec import CodecError, Decoder, Encoder, Node

ROOMS = ("course_utils.data.", "course_utils.models.")
LAYERS = {"Linear": nn.Linear, "ModuleList": nn.ModuleList, "Sequential": nn.Sequential}
"""Layers of torch of which the course's models are made."""
LANDSCAPE = "course_utils.data.landscapes.Landscape"
"""Made of functions: it crosses as its name."""

private: dict[str, Any] = {}
"""Modules of the course that answers may not import, by name, for the objects they are given."""


def encode(value: Any, encoder: Encoder) -> Node | None:
    """The node of a course object; None if it is none."""
    name = name_of(value)
    if name is None:
        return None
    if name == LANDSCAPE:
        return ["o", "landscape", encoder.node(value.name)]
    if isinstance(value, nn.Module):
        return ["m", name, *_module_parts(value, encoder)]
    return ["o", name, encoder.node(vars(value))]


def name_of(value: Any) -> str | None:
    """By which the class of a course object crosses; None if it is none."""
    kind = type(value)
    name = f"{kind.__module__}.{kind.__qualname__}"
    if _is_ours(name):
        return name
    return kind.__name__ if LAYERS.get(kind.__name__) is kind else None


def decode(node: Node, decoder: Decoder) -> Any:
    """A course object from its node."""
    tag, name, *parts = node
    if tag not in ("o", "m") or type(name) is not str:
        raise CodecError(f"no value: unknown tag {tag!r}"[:100])
    if tag == "o" and name == "landscape":
        return _landscape(*(decoder.node(part) for part in parts))
    kind = LAYERS[name] if tag == "m" and name in LAYERS else _class(name)
    if issubclass(kind, nn.Module) is not (tag == "m"):
        raise CodecError("no value: a module that is none")
    values = [decoder.node(part) for part in parts]
    return _made_module(kind, *values) if tag == "m" else _made_object(kind, *values)


def copy_back(target: Any, source: Any) -> None:
    """Take over parameters, or the state of batches, from a `source` of the same class."""
    if type(source) is not type(target) or name_of(target) is None:
        return
    if isinstance(target, nn.Module):
        theirs = dict(source.named_parameters())
        for name, parameter in target.named_parameters():
            new = theirs.get(name)
            if new is not None and new.shape == parameter.shape and new.dtype == parameter.dtype:
                with torch.no_grad():
                    parameter.copy_(new)
        return
    for name, old in vars(target).items():
        new = vars(source).get(name)
        if type(new) is not type(old):
            continue
        if isinstance(old, torch.Generator):
            old.set_state(new.get_state())
        elif isinstance(old, torch.Tensor) and name.startswith("_") and _fits(new, old):
            object.__setattr__(target, name, new)


def _fits(new: torch.Tensor, old: torch.Tensor) -> bool:
    """The same but for the length: what is left of a round grows shorter, and is shuffled anew."""
    return new.dtype == old.dtype and new.ndim == old.ndim and new.shape[1:] == old.shape[1:]


def _module_parts(module: nn.Module, encoder: Encoder) -> list[Node]:
    """Plain attributes, parameters with whether they want gradients, modules within."""
    plain = {k: v for k, v in vars(module).items() if not k.startswith("_") and k != "training"}
    own = [(k, p, p is not None and p.requires_grad) for k, p in module._parameters.items()]
    return [encoder.node(part) for part in (plain, own, dict(module._modules))]


def _made_module(kind: Any, plain: Any, own: Any, within: Any) -> nn.Module:
    if type(own) is not list or any(type(part) is not tuple or len(part) != 3 for part in own):
        raise CodecError("no value: a module whose parameters are none")
    module = kind.__new__(kind)
    nn.Module.__init__(module)
    attributes = _attributes(kind, plain)
    if any(name.startswith("_") or name == "training" for name in attributes):
        raise CodecError("no value: what a module keeps to itself")
    module.__dict__.update(attributes)
    _attributes(kind, {name: None for name, *_ in own})
    for name, value, wants_gradient in own:
        if not (value is None or type(value) is torch.Tensor) or type(wants_gradient) is not bool:
            raise CodecError("no value: a parameter that is none")
        new = None if value is None else nn.Parameter(value, requires_grad=wants_gradient)
        module.register_parameter(name, new)
    for name, child in _attributes(kind, within).items():
        if not isinstance(child, nn.Module):
            raise CodecError("no value: a module within is none")
        module.add_module(name, child)
    return module


def _made_object(kind: Any, values: Any) -> Any:
    made = object.__new__(kind)
    made.__dict__.update(_attributes(kind, values))
    return made


def _landscape(name: Any) -> Any:
    if type(name) is not str:
        raise CodecError("no value: a landscape without a name")
    return _module("course_utils.data.landscapes").landscape(name)


def _attributes(kind: type, values: Any) -> dict[str, Any]:
    """Of an object of this class; none takes the place of a method or a property."""
    if type(values) is not dict or any(type(k) is not str or k[:2] == "__" for k in values):
        raise CodecError("no value: attributes without names")
    if taken := _methods(kind) & values.keys():
        raise CodecError(f"no value: {min(taken)} is no number of a {kind.__name__}")
    return values


@cache
def _methods(kind: type) -> frozenset[str]:
    found = {name: value for room in reversed(kind.__mro__) for name, value in vars(room).items()}
    return frozenset(k for k, v in found.items() if callable(v) or hasattr(type(v), "__get__"))


def _class(name: str) -> Any:
    """A class that a module of the course's rooms defines itself."""
    module_name, _, class_name = name.rpartition(".")
    allowed = _is_ours(name) and name != LANDSCAPE
    kind = getattr(_module(module_name), class_name, None) if allowed else None
    if not isinstance(kind, type) or kind.__module__ != module_name:
        raise CodecError(f"no class of the course: {name!r}"[:100])
    return kind


def _module(name: str) -> Any:
    try:
        return private.get(name) or importlib.import_module(name)
    except ImportError:
        raise CodecError(f"no module of the course: {name!r}"[:100]) from None


def _is_ours(name: str) -> bool:
    return name.startswith(ROOMS) and all(part.isidentifier() for part in name.split("."))
