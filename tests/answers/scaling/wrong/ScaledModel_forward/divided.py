# message: ScaledModel.forward
import copy

import torch


class ScaledModel(torch.nn.Module):
    def __init__(self, base_model, alpha):
        super().__init__()
        self.alpha = alpha
        self.trained = copy.deepcopy(base_model)
        self.frozen = copy.deepcopy(base_model).requires_grad_(False)

    def step(self, x, y, learning_rate):
        weights = list(self.trained.parameters())
        loss = (self(x) - y).square().mean()
        gradients = torch.autograd.grad(loss, weights)
        with torch.no_grad():
            for w, g in zip(weights, gradients):
                w -= learning_rate * g
        return loss.item()

    def forward(self, x):
        return (self.trained(x) - self.frozen(x)) / self.alpha
