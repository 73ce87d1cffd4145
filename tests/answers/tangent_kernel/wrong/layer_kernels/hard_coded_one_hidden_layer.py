# message: too many values
def layer_kernels(model, x):
    (w, b, v, c), n = model.parameters(), len(x)
    z = (x @ w.T + b).detach()
    active = v.detach() * (z > 0)
    both = active @ active.T
    relu = torch.relu(z)
    return torch.stack([both * (x @ x.T), both, relu @ relu.T, torch.ones(n, n)])
