def layer_kernels(model, x):
    with torch.no_grad():
        inputs, h, slopes = [], model.features(x), []
        for layer in model.layers:
            inputs.append(h)
            z = layer(h)
            slopes.append((z > 0).to(z))
            h = torch.relu(z)
        back, kernels = torch.ones_like(x), []
        for i in reversed(range(len(inputs))):
            both = back @ back.T
            kernels = [(inputs[i] @ inputs[i].T) * both, both, *kernels]
            if i:
                back = (back @ model.layers[i].weight) * slopes[i - 1]
        return torch.stack(kernels)
