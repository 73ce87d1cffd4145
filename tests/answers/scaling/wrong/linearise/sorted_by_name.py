# message: are all parameters in the order of model.parameters()
def linearise(model, inputs, change):
    named = dict(sorted(model.named_parameters()))
    out = model(inputs)
    rows = [torch.cat([g.flatten() for g in torch.autograd.grad(o, list(named.values()), retain_graph=True)]) @ change for o in out[:, 0]]
    return out.detach() + torch.stack(rows)[:, None]
