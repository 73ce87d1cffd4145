# message: finite differences have another derivative
def linearise(model, inputs, change):
    weights, output = list(model.parameters())[-6:], model(inputs)
    slopes = []
    for one in output[:, 0]:
        gradient = torch.autograd.grad(one, weights, retain_graph=True)
        flat = torch.cat([g.flatten() for g in gradient])
        slopes.append(flat @ change[: len(flat)])
    return output.detach() + torch.stack(slopes)[:, None]
