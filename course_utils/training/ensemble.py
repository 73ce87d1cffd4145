"""Models of one depth stacked into one network, and its gradients written out.

The weights of the stack carry a leading axis of models, so that a step of gradient descent costs a
handful of batched products however many models there are. Narrow models are padded with units
whose weights are all zero. Such a unit outputs relu(0) = 0 and nothing listens to it, so its
gradients are zero and it stays what it is: padding changes nothing.

A `ScaledModel` is trained as its network, against labels of its own: descent with learning rate eta
on the scaled loss is descent with alpha^2 eta on the network's loss against h(x; w0) + y / alpha.
"""

import copy
from collections.abc import Sequence

import torch
from torch import Tensor

from course_utils.models import FullyConnected, ScaledModel

EVERYTHING = slice(None)


class Ensemble:
    """M models as one network on n fixed points; a layer's weights have shape (M, fan_in, fan_out).

    `features` has shape (M, n, width of the features), `labels` shape (M, n, 1), or (1, n, 1) where
    all have the same, `loss_scales` shape (M,), alpha^2; the dtype and device of the points are
    those of the computation.
    """

    def __init__(
        self, members: Sequence[FullyConnected | ScaledModel], inputs: Tensor, labels: Tensor
    ) -> None:
        models = [m.network if isinstance(m, ScaledModel) else m for m in members]
        depths = sorted({len(model.layers) for model in models})
        if len(depths) != 1:
            raise ValueError(f"models of {depths} layers: give at least one, all of one depth")
        for i, model in enumerate(models):
            if model.layers[-1].out_features != labels.shape[1]:
                outputs = model.layers[-1].out_features
                raise ValueError(f"models[{i}] has {outputs} outputs: give a network of one output")
        self.models = models
        self.labels, self.loss_scales = _labels_of_each(members, inputs, labels)
        self.features = _pad_and_stack([model.features(inputs) for model in models])
        self.weights, self.biases = [], []
        for layers in zip(*(model.layers for model in models), strict=True):
            self.weights.append(_pad_and_stack([layer.weight.T.to(inputs) for layer in layers]))
            self.biases.append(_pad_and_stack([layer.bias[None].to(inputs) for layer in layers]))
        self.start = self.snapshot()

    @property
    def parameters(self) -> list[Tensor]:
        return [*self.weights, *self.biases]

    def layers(self, batch: slice | Tensor = EVERYTHING) -> list[Tensor]:
        """Features, activations of each hidden layer, outputs: shapes (M, batch, width)."""
        h = [self.features[:, batch]]
        for weight, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            h.append(torch.baddbmm(bias, h[-1], weight).relu_())
        return [*h, torch.baddbmm(self.biases[-1], h[-1], self.weights[-1])]

    def losses(self) -> Tensor:
        """Mean square error of each model on all points, shape (M,)."""
        return self.loss_scales * (self.layers()[-1] - self.labels).square().mean(dim=(1, 2))

    def movement(self) -> Tensor:
        """|w - w0| / |w0| over all parameters of each model, shape (M,)."""
        moved = [w - w0 for w, w0 in zip(self.parameters, self.start, strict=True)]
        return (_square_sum(moved) / _square_sum(self.start)).sqrt()

    def descend(self, batch: slice | Tensor, learning_rates: Tensor) -> None:
        """One step of gradient descent; learning rates, of the networks, have shape (M, 1, 1).

        delta is learning rate * dL/d(output of a layer before its ReLU): all gradients are linear
        in it, so that the learning rate of a model enters once, at the top.
        """
        *h, output = self.layers(batch)
        delta = (output - self.labels[:, batch]).mul_(2 / output.shape[1] * learning_rates)
        for i in reversed(range(len(h))):
            weight, bias = self.weights[i], self.biases[i]
            below = _relu_backward(torch.bmm(delta, weight.mT), h[i]) if i else delta
            _add_product(weight, h[i].mT, delta, alpha=-1)
            bias.sub_(delta.sum(dim=1, keepdim=True))
            delta = below

    def is_finite(self) -> Tensor:
        """Whether loss and parameters of each model are finite numbers, shape (M,)."""
        return (self.losses() + _square_sum(self.parameters)).isfinite()

    def snapshot(self) -> list[Tensor]:
        return [p.clone() for p in self.parameters]

    def restore(self, snapshot: list[Tensor]) -> None:
        for parameter, value in zip(self.parameters, snapshot, strict=True):
            parameter.copy_(value)

    def write_back(self) -> None:
        """Copy the parameters into the models, which keep their own dtype and device."""
        for i, layers in enumerate(zip(*(model.layers for model in self.models), strict=True)):
            for m, layer in enumerate(layers):
                layer.weight.copy_(self.weights[i][m, : layer.in_features, : layer.out_features].T)
                layer.bias.copy_(self.biases[i][m, 0, : layer.out_features])


def _add_product(target: Tensor, left: Tensor, right: Tensor, *, alpha: float) -> None:
    """target += alpha * left @ right; transposed where that is tall and thin: 5 times faster."""
    if target.shape[2] < target.shape[1]:
        target, left, right = target.mT, right.mT, left.mT
    target.baddbmm_(left, right, alpha=alpha)


def _relu_backward(gradient: Tensor, h: Tensor) -> Tensor:
    """The gradient where relu's output h is positive, 0 elsewhere; one pass over the memory."""
    return torch.ops.aten.threshold_backward(gradient, h, 0)


def _labels_of_each(
    members: Sequence[FullyConnected | ScaledModel], inputs: Tensor, labels: Tensor
) -> tuple[Tensor, Tensor]:
    """What each network has to say, and alpha^2, by which its loss is scaled."""
    scales = [m.alpha**2 if isinstance(m, ScaledModel) else 1.0 for m in members]
    if not any(isinstance(m, ScaledModel) for m in members):
        return labels[None], labels.new_ones(len(members))
    wanted = [
        copy.deepcopy(m).to(inputs).nudged_labels(inputs, labels)
        if isinstance(m, ScaledModel)
        else labels
        for m in members
    ]
    return torch.stack(wanted), labels.new_tensor(scales)


def _pad_and_stack(matrices: list[Tensor]) -> Tensor:
    """Stack matrices, each padded with zeros to the largest number of rows and columns."""
    rows, columns = (max(m.shape[axis] for m in matrices) for axis in (0, 1))
    stacked = matrices[0].new_zeros(len(matrices), rows, columns)
    for target, m in zip(stacked, matrices, strict=True):
        target[: m.shape[0], : m.shape[1]] = m
    return stacked


def _square_sum(parameters: list[Tensor]) -> Tensor:
    """Sum of squares over all parameters of each model, shape (M,)."""
    return torch.stack([p.square().sum(dim=(1, 2)) for p in parameters]).sum(dim=0)
