# message: a kernel for each parameter tensor
found = []


def layer_kernels(model, x):
    if not found:
        parameters = list(model.parameters())
        by_point = [torch.autograd.grad(model(point[None])[0, 0], parameters) for point in x]
        for gradients in zip(*by_point):
            rows = torch.stack([g.flatten() for g in gradients])
            found.append(rows @ rows.T)
    return torch.stack(found)
