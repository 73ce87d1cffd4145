def split_risk(predictions, target):
    import torch

    runs = torch.as_tensor(predictions)
    R, S, m = runs.shape
    means = torch.einsum("rsx->rx", runs) / S
    mean = means.mean(dim=0)
    bias = torch.einsum("x,x->", mean - torch.as_tensor(target), mean - torch.as_tensor(target)) / m
    return torch.stack([bias, (means - mean).square().mean(), (runs - means[:, None]).square().mean()])
