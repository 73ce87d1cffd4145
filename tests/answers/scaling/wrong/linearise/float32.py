# message: a tiny change is lost
def linearise(model, inputs, change):
    model = copy.deepcopy(model).float()
    weights, output = list(model.parameters()), model(inputs.float())
    slopes = []
    for one in output[:, 0]:
        gradient = torch.autograd.grad(one, weights, retain_graph=True)
        slopes.append(torch.cat([g.flatten() for g in gradient]) @ change.float())
    return output.detach() + torch.stack(slopes)[:, None]
