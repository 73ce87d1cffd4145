"""The tangent kernel of a torch model: how a step on one point moves the output at another.

    J_ij = dh(x_i; w) / dw_j,        K = J J^T,        K_ij = grad h(x_i) . grad h(x_j)

`w` are the parameters that want a gradient, in the order of `model.parameters()`, as one vector of
length P. Models have one output. Everything is computed where the model is, in its precision.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.func import functional_call, grad, vjp, vmap

from course_utils import _validate

MEMORY = 2**30
"""Bytes that a result may take, unless told otherwise."""

PIECE = 2**27
"""Bytes that the gradients of the points treated at once take."""

Parameters = dict[str, Tensor]


def jacobian(model: nn.Module, x: Tensor, *, max_bytes: int = MEMORY) -> Tensor:
    """Gradients of the output at each input, shape (n, P).

    Parameters
    ----------
    model : with one output; put one with dropout or batch normalisation into `eval()` first.
    x : inputs, shape (n, d).
    max_bytes : of the result.

    Raises
    ------
    ValueError : for a model in training mode where that matters, one without parameters or with
        several outputs, or a result that is too large: it says how large, and what to call instead.

    >>> from course_utils.models import ShallowMLP
    >>> jacobian(ShallowMLP(10, seed=0), torch.zeros(15, 1)).shape
    torch.Size([15, 31])
    """
    gradients, n_parameters = _gradients(model, x)
    item = x.element_size()
    _fits("the Jacobian", (len(x), n_parameters), item, max_bytes, instead="tangent_kernel")
    chunk = _points_at_once(n_parameters, item)
    return torch.cat([gradients(part) for part in x.split(chunk)])


def tangent_kernel(
    model: nn.Module, x: Tensor, other: Tensor | None = None, *, max_bytes: int = MEMORY
) -> Tensor:
    """K between the inputs x (n, d) and `other` (m, d), or x itself; shape (n, m).

    Gradients are made for a few points at a time, so that besides the result some four times
    `PIECE` is taken, however many points there are.

    Raises
    ------
    ValueError : as `jacobian` does.

    >>> from course_utils.models import SinusoidalModel
    >>> model, x = SinusoidalModel(4, seed=0), torch.zeros(1, 1)
    >>> tangent_kernel(model, x)        # |phi|^2 = 1 + 0 + 1 + 0, and 1 for the bias
    tensor([[3.]])
    """
    gradients, n_parameters = _gradients(model, x)
    columns = x if other is None else other
    _same_kind("other", columns, x)
    item = x.element_size()
    _fits("the kernel", (len(x), len(columns)), item, max_bytes, instead="kernel_product")
    chunk = _points_at_once(n_parameters, item)
    kernel = x.new_empty(len(x), len(columns))
    for i in range(0, len(x), chunk):
        rows = gradients(x[i : i + chunk])
        for j in range(i if other is None else 0, len(columns), chunk):
            block = rows if other is None and i == j else gradients(columns[j : j + chunk])
            products = rows @ block.T
            kernel[i : i + chunk, j : j + chunk] = products
            if other is None:  # the kernel is symmetric
                kernel[j : j + chunk, i : i + chunk] = products.T
    return kernel


def kernel_product(model: nn.Module, x: Tensor) -> Callable[[Tensor], Tensor]:
    """The function v -> K v for v of shape (n,), without K and without J.

    K v = J (J^T v): a backward pass gives the direction J^T v of the weights, and J, which is the
    transpose of the linear map v -> J^T v, a second one through the first. Memory is that of a few
    training steps.

    >>> from course_utils.models import ShallowMLP
    >>> model, x = ShallowMLP(10, seed=0), torch.linspace(-1, 1, 6).unsqueeze(1)
    >>> v = torch.arange(6.0)
    >>> bool(torch.allclose(kernel_product(model, x)(v), tangent_kernel(model, x) @ v, rtol=1e-4))
    True
    """
    outputs, parameters = _of_parameters(model, x)

    def product(v: Tensor) -> Tensor:
        _validate.shape("v", v, (len(x),))
        with torch.inference_mode(False):
            transposed = vjp(outputs, parameters)[1]
            direction, once_more = vjp(transposed, v)[:2]
            return once_more(direction)[0].detach()

    return product


def linearised(model: nn.Module, x: Tensor, change: Tensor) -> Tensor:
    """h(x; w) + J change: outputs of the model's linearisation when w moves by `change` (P,).

    >>> from course_utils.models import ShallowMLP
    >>> model, x = ShallowMLP(10, seed=0), torch.zeros(3, 1)
    >>> linearised(model, x, torch.ones(31)).shape
    torch.Size([3])
    """
    outputs, parameters = _of_parameters(model, x)
    sizes = [p.numel() for p in parameters.values()]
    _validate.shape("change", change, (sum(sizes),))
    pieces = zip(parameters.items(), change.split(sizes), strict=True)
    direction = {name: piece.reshape(p.shape).to(p) for (name, p), piece in pieces}
    with torch.inference_mode(False):
        now, transposed = vjp(outputs, parameters)[:2]
        slope = vjp(transposed, torch.zeros_like(now))[1]
        return (now + slope((direction,))[0]).detach()


def parameter_vector(model: nn.Module) -> Tensor:
    """The parameters that want a gradient as one new vector, shape (P,)."""
    return torch.cat([p.detach().flatten() for p in model.parameters() if p.requires_grad])


def _of_parameters(model: nn.Module, x: Tensor) -> tuple[Callable, Parameters]:
    """The outputs (n,) as a function of the parameters, and the parameters now."""
    parameters, call = _as_function(model, x)
    return lambda parameters: call(parameters, x)[:, 0], parameters


def _gradients(model: nn.Module, x: Tensor) -> tuple[Callable[[Tensor], Tensor], int]:
    """A function that gives the gradients (b, P) of b inputs, and P."""
    parameters, call = _as_function(model, x)
    each = vmap(grad(lambda w, point: call(w, point[None])[0, 0]), in_dims=(None, 0))

    def gradients(points: Tensor) -> Tensor:
        with torch.inference_mode(False):
            by_name = each(parameters, points)
        return torch.cat([g.flatten(start_dim=1) for g in by_name.values()], dim=1)

    return gradients, sum(p.numel() for p in parameters.values())


def _as_function(model: nn.Module, x: Tensor) -> tuple[Parameters, Callable]:
    """The parameters that want a gradient, and the model as a function of them and of inputs."""
    everything = {name: p.detach() for name, p in model.named_parameters()}
    parameters = {k: everything[k] for k, p in model.named_parameters() if p.requires_grad}
    _check(model, x, parameters)
    fixed = everything | dict(model.named_buffers())
    return parameters, lambda w, points: functional_call(model, fixed | w, (points,))


def _check(model: nn.Module, x: Tensor, parameters: Parameters) -> None:
    if not parameters:
        raise ValueError("model has no parameters that want a gradient: there is nothing to train")
    _same_kind("x", x, next(iter(parameters.values())), dimensions=2)
    for name, module in model.named_modules():
        # Layers that draw at random, or look at the whole batch, while in training mode.
        depends = isinstance(
            module, (nn.modules.dropout._DropoutNd, nn.modules.batchnorm._NormBase)
        )
        if depends and module.training:
            kind = type(module).__name__
            raise ValueError(
                f"model is in training mode, and its {kind} {name!r} behaves differently there: "
                "call model.eval() first"
            )
    with torch.no_grad():
        shape = tuple(model(x[:1]).shape)
    if shape != (min(1, len(x)), 1):
        raise ValueError(f"model(x) has shape {shape} for one input: give a model of one output")


def _same_kind(name: str, x: Tensor, like: Tensor, *, dimensions: int | None = None) -> None:
    if x.dtype != like.dtype or x.device != like.device:
        raise ValueError(
            f"{name} is {x.dtype} on {x.device}, the model {like.dtype} on {like.device}: "
            f"give {name}.to(next(model.parameters()))"
        )
    if dimensions is not None:
        _validate.shape(name, x, ("n", "d"))


def _points_at_once(n_parameters: int, item: int) -> int:
    return max(1, PIECE // (n_parameters * item))


def _fits(what: str, shape: tuple[int, int], item: int, max_bytes: int, *, instead: str) -> None:
    needed = shape[0] * shape[1] * item
    if needed > max_bytes:
        raise ValueError(
            f"{what} of shape {shape} needs {needed / 2**30:.3g} GB, and max_bytes={max_bytes!r} "
            f"allows {max_bytes / 2**30:.3g}: allow more, or call course_utils.models.{instead}"
        )
