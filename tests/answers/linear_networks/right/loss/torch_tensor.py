import torch


def loss(weights, X, Y):
    errors = torch.as_tensor(np.array(forward(weights, X))) - torch.as_tensor(Y)
    return errors.square().sum(dim=1).mean()
