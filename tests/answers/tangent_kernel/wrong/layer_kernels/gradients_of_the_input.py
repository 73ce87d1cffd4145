# message: with respect to the input x
def layer_kernels(model, x):
    x.requires_grad_()
    g = torch.autograd.grad(model(x).sum(), x)[0]
    return torch.stack([g @ g.T for _ in model.parameters()])
