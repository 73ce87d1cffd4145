# message: add up from point to point
def layer_kernels(model, x):
    parameters = list(model.parameters())
    rows = [[] for _ in parameters]
    for point in x:
        model(point[None]).sum().backward()
        for row, p in zip(rows, parameters):
            row.append(p.grad.flatten().clone())
    for p in parameters:
        p.grad = None
    return torch.stack([torch.stack(row) @ torch.stack(row).T for row in rows])
