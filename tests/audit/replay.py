"""Answers that know only what the visible part of a check shows: they replay what was right there.

The visible part runs with the solution, and every call and its result is recorded. Three
adversaries then stand in for the answer:

Equal    for equal arguments what was returned for them, else the last result
InTurn   the results in the order of the calls, over and over
Nearest  the result for the nearest arguments of the same shapes, cut or repeated to the shape in
         which the solution would return it

What a call did to its arguments (a model trained in place) is replayed too, and so are errors and
the gradients of a result in the weights of its model. All three pass the visible part. If one
passes the hidden part as well, then what the visible part shows gives a hidden result away.
"""

import contextlib
import copy
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from tests.audit.likeness import Likeness, become, fitted, likeness
from tests.audit.parts import Namespace

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One call of the solution in the visible part."""

    asked: Likeness
    result: Any
    slopes: list[torch.Tensor]
    """Of each number of the result in all weights of the model it belongs to; often none."""
    after: Arguments
    """The arguments that the call changed, as it left them."""
    raised: Exception | None = None


class Recorder:
    """A function that does what another does, and remembers."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function, self.calls = function, list[Call]()

    def __call__(self, arguments: Arguments) -> Any:
        asked, before = likeness(arguments), {k: likeness(v) for k, v in arguments.items()}
        try:
            result = self.function(**arguments)
        except Exception as error:
            self.calls.append(Call(asked, None, [], {}, error))
            raise
        after = {k: v for k, v in arguments.items() if likeness(v) != before[k]}
        slopes = _slopes(result, arguments.get("self"))
        self.calls.append(Call(asked, copied(result), slopes, copied(after)))
        return result


class Adversary:
    """Replays calls; a subclass says which."""

    def __init__(self, own: list[Call], others: list[Call], function: Callable[..., Any]) -> None:
        self.own, self.calls, self.function, self.turn = own, [*own, *others], function, 0

    def __call__(self, arguments: Arguments) -> Any:
        call, shaped = self.choose(likeness(arguments)), self.result_like(arguments)
        self.turn += 1
        if call.raised:
            raise call.raised
        result = copied(call.result) if shaped is None else fitted(call.result, shaped)
        for name, value in call.after.items():
            become(arguments[name], value)
        return _with_slopes(result, call.slopes, arguments.get("self"))

    def choose(self, asked: Likeness) -> Call:
        raise NotImplementedError

    def result_like(self, arguments: Arguments) -> Any:
        """A result of the shape wanted; None if the shape is to stay as it was."""
        return None


class Equal(Adversary):
    def choose(self, asked: Likeness) -> Call:
        return next((call for call in self.calls if call.asked == asked), self.own[-1])


class InTurn(Adversary):
    def choose(self, asked: Likeness) -> Call:
        return self.own[self.turn % len(self.own)]


class Nearest(Adversary):
    def choose(self, asked: Likeness) -> Call:
        alike = [call for call in self.calls if call.asked.shapes == asked.shapes]
        return min(alike or self.calls, key=lambda call: asked.distance(call.asked))

    def result_like(self, arguments: Arguments) -> Any:
        with contextlib.suppress(Exception):
            return self.function(**copied(arguments))
        return None


ADVERSARIES: tuple[type[Adversary], ...] = (Equal, InTurn, Nearest)


def place(namespace: Namespace, answer: str) -> tuple[Any, str]:
    """Where an answer stands: (the namespace, "train"), or (LinSin, "phi") for LinSin_phi."""
    owner, _, method = answer.partition("_")
    if answer not in namespace and inspect.isclass(namespace.get(owner)):
        return namespace[owner], method
    return namespace, answer


def taken(namespace: Namespace, answer: str) -> Callable[..., Any]:
    """The function that stands there."""
    owner, name = place(namespace, answer)
    function: Callable[..., Any] = owner[name] if owner is namespace else getattr(owner, name)
    return function


def put(namespace: Namespace, answer: str, stand_in: Callable[[Arguments], Any]) -> None:
    """Let all calls of the answer go to a stand-in, which gets the arguments by their names."""
    owner, name = place(namespace, answer)
    signature = inspect.signature(taken(namespace, answer))

    def called(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        return stand_in(dict(bound.arguments))

    if owner is namespace:
        namespace[name] = called
    else:
        setattr(owner, name, called)


def copied(value: Any) -> Any:
    """A deep copy without the graphs that tensors hang in."""
    if isinstance(value, torch.Tensor):
        return value.detach().clone()
    if isinstance(value, list | tuple):
        return type(value)(copied(v) for v in value)
    if isinstance(value, dict):
        return {k: copied(v) for k, v in value.items()}
    return copy.deepcopy(value)


def _slopes(result: Any, model: Any) -> list[torch.Tensor]:
    if not (isinstance(model, torch.nn.Module) and isinstance(result, torch.Tensor)):
        return []
    weights = [w for w in model.parameters() if w.requires_grad]
    if not (result.requires_grad and weights):
        return []
    each = [
        torch.autograd.grad(one, weights, retain_graph=True, allow_unused=True)
        for one in result.flatten()
    ]
    zeros = [torch.zeros_like(w) for w in weights]
    rows = [[z if g is None else g for g, z in zip(row, zeros, strict=True)] for row in each]
    return [torch.stack([row[i] for row in rows]) for i in range(len(weights))]


def _with_slopes(result: Any, slopes: list[torch.Tensor], model: Any) -> Any:
    """The same numbers, with these gradients where the weights have the shapes for them."""
    weights = [w for w in model.parameters() if w.requires_grad] if slopes else []
    if [w.shape for w in weights] != [s.shape[1:] for s in slopes] or not slopes:
        return result
    for weight, slope in zip(weights, slopes, strict=True):
        rows = torch.arange(result.numel()) % len(slope)
        change = ((weight - weight.detach()) * slope[rows]).flatten(1).sum(1)
        result = result + change.reshape(result.shape)
    return result
