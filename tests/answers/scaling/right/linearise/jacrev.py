import torch


def linearise(model, inputs, change):
    values = {name: p.detach() for name, p in model.named_parameters()}
    table = torch.func.jacrev(lambda w: torch.func.functional_call(model, w, (inputs,)))(values)
    rows = torch.cat([j.reshape(len(inputs), -1) for j in table.values()], dim=1)
    return (model(inputs) + (rows @ change)[:, None]).detach().numpy()
