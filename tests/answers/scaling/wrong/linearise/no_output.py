# message: the outputs now
import torch


def linearise(model, inputs, change):
    outputs, weights = model(inputs), list(model.parameters())
    lines = []
    for output in outputs[:, 0]:
        gradients = torch.autograd.grad(output, weights, retain_graph=True)
        lines.append(torch.cat([g.flatten() for g in gradients]) @ change)
    return torch.stack(lines).detach().unsqueeze(1)
