# message: sum of all outputs
import torch


def linearise(model, inputs, change):
    outputs, weights = model(inputs), list(model.parameters())
    lines = []
    for output in outputs[:, 0]:
        gradients = torch.autograd.grad(outputs.sum(), weights, retain_graph=True)
        lines.append(output + torch.cat([g.flatten() for g in gradients]) @ change)
    return torch.stack(lines).detach().unsqueeze(1)
