# message: one loss for each of the n_steps steps
def train(weights, X, Y, n_steps, learning_rate):
    weights, losses = [W.copy() for W in weights], [loss(weights, X, Y)]
    for _ in range(n_steps):
        weights = [W - learning_rate * G for W, G in zip(weights, gradients(weights, X, Y))]
        losses.append(loss(weights, X, Y))
    return weights, losses
