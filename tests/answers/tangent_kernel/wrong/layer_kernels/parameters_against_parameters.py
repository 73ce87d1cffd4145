# message: the kernels differ in shape
def layer_kernels(model, x):
    parameters = list(model.parameters())
    by_point = [torch.autograd.grad(model(point[None])[0, 0], parameters) for point in x]
    kernels = []
    for gradients in zip(*by_point):
        rows = torch.stack([g.flatten() for g in gradients])
        kernels.append(rows.T @ rows)
    return kernels
