# message: a linear model is its own linearisation
def linearise(model, inputs, change):
    weights, output = list(model.parameters()), model(inputs)
    slopes = []
    for one in output[:, 0]:
        gradient = torch.autograd.grad(one, weights, retain_graph=True)
        flat = torch.cat([g.flatten() * (g.ndim > 1) for g in gradient])
        slopes.append(flat @ change)
    return output.detach() + torch.stack(slopes)[:, None]
