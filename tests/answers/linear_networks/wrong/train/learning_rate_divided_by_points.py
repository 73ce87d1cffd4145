# message: the gradients hold that factor already
def train(weights, X, Y, n_steps, learning_rate):
    weights, losses = [W.copy() for W in weights], []
    for _ in range(n_steps):
        losses.append(loss(weights, X, Y))
        weights = [
            W - learning_rate / len(X) * G for W, G in zip(weights, gradients(weights, X, Y))
        ]
    return weights, losses
