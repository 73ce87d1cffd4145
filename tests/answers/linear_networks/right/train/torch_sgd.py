import torch


def train(weights, X, Y, n_steps, learning_rate):
    layers = [torch.tensor(W, requires_grad=True) for W in weights]
    optimizer = torch.optim.SGD(layers, lr=learning_rate)
    losses = torch.zeros(n_steps, dtype=torch.float64)
    for step in range(n_steps):
        h = torch.tensor(X)
        for W in layers:
            h = h @ W.T
        value = (h - torch.tensor(Y)).square().sum(dim=1).mean()
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
        losses[step] = value.detach()
    return [W.detach() for W in layers], losses
