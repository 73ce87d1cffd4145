# message: product of the gradients at points i and j
def layer_kernels(model, x):
    parameters = list(model.parameters())
    rows = [[] for _ in parameters]
    for point in x:
        if parameters[0].grad is not None:
            for p in parameters:
                p.grad.zero_()
        model(point[None]).sum().backward()
        for row, p in zip(rows, parameters):
            row.append(p.grad.flatten())
    for p in parameters:
        p.grad = None
    return torch.stack([torch.stack(row) @ torch.stack(row).T for row in rows])
