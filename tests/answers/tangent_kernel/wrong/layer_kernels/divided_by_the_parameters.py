# message: divided by the number of parameters
def layer_kernels(model, x):
    params = list(model.parameters())
    out = []
    for p in params:
        J = torch.stack([torch.autograd.grad(o, p, retain_graph=True)[0].flatten() for o in model(x)[:, 0]])
        out.append(J @ J.T / sum(q.numel() for q in params))
    return torch.stack(out)
