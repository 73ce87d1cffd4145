# message: gradients of the squared output
def linearise(model, inputs, change):
    out = model(inputs)
    rows = [torch.cat([g.flatten() for g in torch.autograd.grad(o**2, list(model.parameters()), retain_graph=True)]) @ change for o in out[:, 0]]
    return out.detach() + torch.stack(rows)[:, None]
