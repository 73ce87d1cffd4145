# message: take the gradient of each by itself
def layer_kernels(model, x):
    gradients = torch.autograd.grad(model(x).sum(), list(model.parameters()))
    return torch.stack([(g**2).sum() * torch.ones(len(x), len(x)) for g in gradients])
