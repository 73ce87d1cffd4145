import torch


def linearise(model, inputs, change):
    names = [name for name, _ in model.named_parameters()]
    values = tuple(p.detach() for p in model.parameters())
    pieces = change.split([v.numel() for v in values])
    moves = tuple(c.reshape(v.shape) for c, v in zip(pieces, values))

    def call(*weights):
        return torch.func.functional_call(model, dict(zip(names, weights)), (inputs,))

    now, slope = torch.func.jvp(call, values, moves)
    return now + slope
