# message: each kernel contains those before it
def layer_kernels(model, x):
    parameters = list(model.parameters())
    by_point = [torch.autograd.grad(model(point[None])[0, 0], parameters) for point in x]
    kernels = []
    for gradients in zip(*by_point):
        rows = torch.stack([g.flatten() for g in gradients])
        kernels.append(rows @ rows.T)
    return torch.stack(kernels).cumsum(dim=0)
