import torch


def flow_end(starts):
    w = torch.as_tensor(starts, dtype=torch.float64)
    x, y = w[:, 0], w[:, 1]
    u = torch.asinh((x**2 - y**2) / 2) / 2
    side = torch.sign(x + y)
    return torch.stack([side * torch.exp(u), side * torch.exp(-u)], dim=1)
