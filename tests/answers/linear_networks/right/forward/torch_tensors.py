import torch


def forward(weights, X):
    h = torch.as_tensor(X)
    for W in weights:
        h = torch.nn.functional.linear(h, torch.as_tensor(W))
    return h.numpy()
