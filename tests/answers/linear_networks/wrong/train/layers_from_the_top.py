# message: the layers move one after another
def train(weights, X, Y, n_steps, learning_rate):
    weights, losses = [W.copy() for W in weights], []
    for _ in range(n_steps):
        losses.append(loss(weights, X, Y))
        for l in reversed(range(len(weights))):
            weights[l] = weights[l] - learning_rate * gradients(weights, X, Y)[l]
    return weights, losses
