def train(weights, X, Y, n_steps, learning_rate):
    layers, losses = list(weights), []
    for _ in range(n_steps):
        values = [X]
        for W in layers:
            values.append(values[-1] @ W.T)
        error = values[-1] - Y
        losses.append((error**2).sum() / len(X))
        delta = 2 * error / len(X)
        moved = []
        for l in range(len(layers) - 1, -1, -1):
            moved.insert(0, layers[l] - learning_rate * delta.T @ values[l])
            delta = delta @ layers[l]
        layers = moved
    return layers, losses
