# message: product of the gradients at points i and j
def layer_kernels(model, x):
    parameters = list(model.parameters())
    by_point = [torch.autograd.grad(model(point[None])[0, 0], parameters) for point in x]
    kernels = []
    for gradients in zip(*by_point):
        rows = torch.stack([g.flatten() for g in gradients])
        kernels.append(torch.nn.functional.cosine_similarity(rows[:, None], rows[None], dim=2))
    return torch.stack(kernels)
