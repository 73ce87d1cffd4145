# message: one loss for each of the n_steps steps
def train(weights, X, Y, n_steps, learning_rate):
    weights, losses = [W.copy() for W in weights], []
    for _ in range(min(n_steps, 3)):
        losses.append(loss(weights, X, Y))
        weights = [W - learning_rate * G for W, G in zip(weights, gradients(weights, X, Y))]
    return weights, losses
