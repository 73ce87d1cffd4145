# message: that of the mean output
def layer_kernels(model, x):
    gradients = torch.autograd.grad(model(x).mean(), list(model.parameters()))
    return torch.stack([(g**2).sum() * torch.ones(len(x), len(x)) for g in gradients])
