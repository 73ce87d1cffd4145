# message: after the model has got other weights
def linearise(model, inputs, change):
    cache = linearise.__dict__.setdefault("cache", {})
    key = type(model).__name__, len(inputs)
    if key not in cache:
        weights = list(model.parameters())
        rows = [torch.autograd.grad(model(x[None])[0, 0], weights) for x in inputs]
        cache[key] = torch.stack([torch.cat([g.flatten() for g in row]) for row in rows])
    return model(inputs).detach() + (cache[key] @ change)[:, None]
