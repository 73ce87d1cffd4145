# message: a step is W - learning_rate * gradient
def train(weights, X, Y, n_steps, learning_rate):
    weights, losses = [W.copy() for W in weights], []
    for _ in range(n_steps):
        losses.append(loss(weights, X, Y))
        weights[0] = weights[0] - learning_rate * gradients(weights, X, Y)[0]
    return weights, losses
