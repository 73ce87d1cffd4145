"""Curvature of the loss of a small torch model: its Hessian, and the largest eigenvalue of it."""

import torch
from torch import Tensor, nn
from torch.func import grad, jacrev

from course_utils import _validate
from course_utils.models.tangent import _of_parameters

LARGEST = 4000
"""Parameters of a model whose Hessian is still computed: 128 MB in float64."""


def loss_hessian(model: nn.Module, x: Tensor, labels: Tensor) -> Tensor:
    """Second derivatives of the mean square error in the parameters, shape (P, P).

    Parameters
    ----------
    model : with one output and at most `LARGEST` parameters.
    x, labels : shapes (n, d) and (n, 1).

    >>> from course_utils.models import SinusoidalModel
    >>> model, x = SinusoidalModel(2, seed=0), torch.zeros(1, 1)
    >>> loss_hessian(model, x, x)       # 2 phi phi^T for the features cos 0, sin 0, and the bias
    tensor([[2., 0., 2.],
            [0., 0., 0.],
            [2., 0., 2.]])
    """
    outputs, parameters = _of_parameters(model, x)
    _validate.shape("labels", labels, (len(x), 1))
    sizes = [p.numel() for p in parameters.values()]
    if sum(sizes) > LARGEST:
        raise ValueError(f"model has {sum(sizes)} parameters: give one of at most {LARGEST}")
    flat = torch.cat([p.flatten() for p in parameters.values()])

    def loss(w: Tensor) -> Tensor:
        pieces = zip(w.split(sizes), parameters.items(), strict=True)
        named = {name: piece.reshape(p.shape) for piece, (name, p) in pieces}
        return (outputs(named) - labels[:, 0]).square().mean()

    with torch.inference_mode(False):
        return jacrev(grad(loss))(flat).detach()


def sharpness(model: nn.Module, x: Tensor, labels: Tensor) -> float:
    """The largest eigenvalue of the Hessian; descent in a quadratic is stable below 2 / it.

    >>> from course_utils.models import SinusoidalModel
    >>> round(sharpness(SinusoidalModel(2, seed=0), torch.zeros(1, 1), torch.zeros(1, 1)), 4)
    4.0
    """
    hessian = loss_hessian(model, x, labels).double()  # in float32 LAPACK can fail to converge
    return float(torch.linalg.eigvalsh(hessian)[-1])
