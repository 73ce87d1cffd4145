def linearise(model, inputs, change):
    weights = {name: p.detach() for name, p in model.named_parameters()}
    pieces = change.split([w.numel() for w in weights.values()])
    along = {name: c.reshape(w.shape) for (name, w), c in zip(weights.items(), pieces)}

    def outputs(weights):
        return torch.func.functional_call(model, weights, (inputs,))

    t = torch.zeros(len(inputs), dtype=torch.float64, requires_grad=True)
    rows = []
    for i in range(len(inputs)):
        moved = {name: weights[name] + t[i] * along[name] for name in weights}
        output = outputs(moved)[i, 0]
        rows.append(output.item() + torch.autograd.grad(output, t)[0][i].item())
    return np.array(rows).reshape(-1, 1)
