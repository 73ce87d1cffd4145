"""The course's datasets and models as plain values, and back.

An object crosses as the name of its class and what it holds. It is made again without its
constructor, and only of classes that the course defines in `ROOMS`. After a call the numbers that
an answer changed in a dataset or a model are copied back into the one that the check holds.
"""

import importlib
from typing import Any

import torch
from torch import nn

from course_utils.instructor.inside.codec import CodecError, Decoder, Encoder, Node

ROOMS = ("course_utils.data.", "course_utils.models.")
LAYERS = {"Linear": nn.Linear, "ModuleList": nn.ModuleList, "Sequential": nn.Sequential}
"""Layers of torch of which the course's models are made."""

private: dict[str, Any] = {}
"""Modules of the course that answers may not import, by name, for the objects they are given."""


def encode(value: Any, encoder: Encoder) -> Node | None:
    """The node of a course object; None if it is none."""
    kind = type(value)
    name = f"{kind.__module__}.{kind.__qualname__}"
    if name == "course_utils.data.landscapes.Landscape":
        return ["o", "landscape", encoder.node(value.name)]
    if isinstance(value, nn.Module) and (_is_ours(name) or LAYERS.get(kind.__name__) is kind):
        return ["m", name if _is_ours(name) else kind.__name__, *_module_parts(value, encoder)]
    if _is_ours(name):
        return ["o", name, encoder.node(vars(value))]
    return None


def decode(node: Node, decoder: Decoder) -> Any:
    """A course object from its node."""
    tag, name, *parts = node
    if tag == "o" and name == "landscape":
        return _module("course_utils.data.landscapes").landscape(decoder.node(parts[0]))
    if tag not in ("o", "m") or type(name) is not str:
        raise CodecError(f"no value: unknown tag {tag!r}"[:100])
    kind = LAYERS[name] if tag == "m" and name in LAYERS else _class(name)
    if tag == "m":
        return _made_module(kind, parts, decoder)
    if issubclass(kind, nn.Module):
        raise CodecError("no value: a module that is none")
    made = object.__new__(kind)
    made.__dict__.update(_attributes(decoder.node(parts[0])))
    return made


def copy_back(target: Any, source: Any) -> None:
    """Take over the numbers of `source` into `target`, of the same class; keep all else."""
    if isinstance(target, nn.Module):
        theirs = dict(source.named_parameters()) if isinstance(source, nn.Module) else {}
        for name, parameter in target.named_parameters():
            new = theirs.get(name)
            if new is not None and new.shape == parameter.shape and new.dtype == parameter.dtype:
                with torch.no_grad():
                    parameter.copy_(new)
    elif type(source) is type(target) and hasattr(target, "__dict__"):
        for name, old in vars(target).items():
            new = vars(source).get(name)
            if isinstance(old, torch.Generator) and isinstance(new, torch.Generator):
                old.set_state(new.get_state())
            elif type(new) is type(old):
                object.__setattr__(target, name, new)


def _module_parts(module: nn.Module, encoder: Encoder) -> list[Node]:
    """Plain attributes, parameters with whether they want gradients, modules within."""
    plain = {k: v for k, v in vars(module).items() if not k.startswith("_") and k != "training"}
    if isinstance(module, nn.Linear):
        plain = {"in_features": module.in_features, "out_features": module.out_features}
    own = [(k, p, p is not None and p.requires_grad) for k, p in module._parameters.items()]
    return [encoder.node(part) for part in (plain, own, dict(module._modules))]


def _made_module(kind: Any, parts: list[Node], decoder: Decoder) -> nn.Module:
    plain, own, within = (decoder.node(part) for part in parts)
    module = kind.__new__(kind)
    nn.Module.__init__(module)
    module.__dict__.update(_attributes(plain))
    for name, value, wants_gradient in own:
        new = None if value is None else nn.Parameter(value, requires_grad=bool(wants_gradient))
        module.register_parameter(name, new)
    for name, child in within.items():
        if not isinstance(child, nn.Module):
            raise CodecError("no value: a module within is none")
        module.add_module(name, child)
    return module


def _attributes(values: Any) -> dict[str, Any]:
    if type(values) is not dict or any(type(k) is not str or k[:2] == "__" for k in values):
        raise CodecError("no value: attributes without names")
    return values


def _class(name: str) -> Any:
    """A class that a module of the course's rooms defines itself."""
    module_name, _, class_name = name.rpartition(".")
    kind = getattr(_module(module_name), class_name, None) if _is_ours(name) else None
    if not isinstance(kind, type) or kind.__module__ != module_name:
        raise CodecError(f"no class of the course: {name!r}"[:100])
    return kind


def _module(name: str) -> Any:
    try:
        return private.get(name) or importlib.import_module(name)
    except ImportError:
        raise CodecError(f"no module of the course: {name!r}"[:100]) from None


def _is_ours(name: str) -> bool:
    return name.startswith(ROOMS) and name.replace(".", "_").isidentifier()
