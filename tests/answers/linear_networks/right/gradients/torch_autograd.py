import torch


def gradients(weights, X, Y):
    leaves = [torch.tensor(W, requires_grad=True) for W in weights]
    h = torch.tensor(X)
    for W in leaves:
        h = h @ W.T
    (h - torch.tensor(Y)).square().sum(dim=1).mean().backward()
    return [W.grad.numpy() for W in leaves]
