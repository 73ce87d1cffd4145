# message: what the network says now plus its gradient times the change
def linearise(model, inputs, change):
    weights = {name: p.detach() for name, p in model.named_parameters()}
    pieces = change.split([w.numel() for w in weights.values()])
    along = {name: c.reshape(w.shape) for (name, w), c in zip(weights.items(), pieces)}

    def outputs(weights):
        return torch.func.functional_call(model, weights, (inputs,))

    with torch.no_grad():
        up = outputs({name: weights[name] + along[name] for name in weights})
        down = outputs({name: weights[name] - along[name] for name in weights})
        return outputs(weights) + (up - down) / 2
