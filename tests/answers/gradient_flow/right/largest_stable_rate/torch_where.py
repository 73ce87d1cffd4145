import torch


def largest_stable_rate(landscape, points):
    top = torch.linalg.eigvalsh(torch.from_numpy(landscape.hessian(points))).amax(dim=-1)
    return torch.where(top > 0, 2 / top, torch.inf)
