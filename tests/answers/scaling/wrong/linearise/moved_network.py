# message: this is the network itself with the new weights
def linearise(model, inputs, change):
    weights = {name: p.detach() for name, p in model.named_parameters()}
    pieces = change.split([w.numel() for w in weights.values()])
    along = {name: c.reshape(w.shape) for (name, w), c in zip(weights.items(), pieces)}

    def outputs(weights):
        return torch.func.functional_call(model, weights, (inputs,))

    return outputs({name: weights[name] + along[name] for name in weights}).detach()
