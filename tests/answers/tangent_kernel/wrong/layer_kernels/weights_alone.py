# message: weights and biases of a layer are two tensors
def layer_kernels(model, x):
    params = [p for p in model.parameters() if p.dim() == 2]
    out = []
    for p in params:
        rows = [torch.autograd.grad(o, p, retain_graph=True)[0].flatten() for o in model(x)[:, 0]]
        J = torch.stack(rows)
        out.append(J @ J.T)
    return torch.stack(out)
