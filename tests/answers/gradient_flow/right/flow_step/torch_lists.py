import torch


def flow_step(landscape, points, time_step):
    flat = torch.tensor(points).reshape(-1, 2)
    half = torch.sub(flat, torch.from_numpy(landscape.gradient(flat)), alpha=time_step / 2)
    return (flat - time_step * torch.from_numpy(landscape.gradient(half))).reshape(points.shape).tolist()
