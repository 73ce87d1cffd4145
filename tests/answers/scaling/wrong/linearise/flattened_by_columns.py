# message: flattened by columns
def linearise(model, inputs, change):
    out = model(inputs)
    rows = [torch.cat([g.T.flatten() for g in torch.autograd.grad(o, list(model.parameters()), retain_graph=True)]) @ change for o in out[:, 0]]
    return out.detach() + torch.stack(rows)[:, None]
