import torch


def gradients_from_moments(weights, C11, C31):
    leaves = [torch.tensor(W, requires_grad=True) for W in weights]
    c11, c31 = torch.tensor(C11), torch.tensor(C31)
    whole = torch.eye(len(c11), dtype=torch.float64)
    for W in leaves:
        whole = W @ whole
    value = torch.trace(whole @ c11 @ whole.T) - 2 * torch.trace(whole @ c31.T)
    return torch.autograd.grad(value, leaves)
