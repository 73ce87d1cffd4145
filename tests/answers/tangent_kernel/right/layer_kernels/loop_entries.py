def layer_kernels(model, x):
    n, kernels = len(x), []
    for parameter in model.parameters():
        rows = [torch.autograd.grad(model(x[i : i + 1])[0, 0], parameter)[0].detach().numpy() for i in range(n)]
        kernels.append([[float((rows[i] * rows[j]).sum()) for j in range(n)] for i in range(n)])
    return kernels
