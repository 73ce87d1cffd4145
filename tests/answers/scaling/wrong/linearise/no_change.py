# message: these are the outputs before the change
def linearise(model, inputs, change):
    weights, output = list(model.parameters()), model(inputs)
    slopes = []
    for one in output[:, 0]:
        gradient = torch.autograd.grad(one, weights, retain_graph=True)
        slopes.append(torch.cat([g.flatten() for g in gradient]) @ change)
    now, slope = output.detach(), torch.stack(slopes)[:, None]
    return now
