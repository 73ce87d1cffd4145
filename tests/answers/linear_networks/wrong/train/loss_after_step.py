# message: this is the loss after the step
def train(weights, X, Y, n_steps, learning_rate):
    weights, losses = [W.copy() for W in weights], []
    for _ in range(n_steps):
        weights = [W - learning_rate * G for W, G in zip(weights, gradients(weights, X, Y))]
        losses.append(loss(weights, X, Y))
    return weights, losses
