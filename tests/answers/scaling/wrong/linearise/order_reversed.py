# message: are all parameters in the order of model.parameters()
def linearise(model, inputs, change):
    weights, output = list(model.parameters())[::-1], model(inputs)
    slopes = []
    for one in output[:, 0]:
        gradient = torch.autograd.grad(one, weights, retain_graph=True)
        slopes.append(torch.cat([g.flatten() for g in gradient]) @ change)
    return output.detach() + torch.stack(slopes)[:, None]
