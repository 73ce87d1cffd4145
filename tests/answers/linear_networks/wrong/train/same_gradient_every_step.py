# message: over three steps
def train(weights, X, Y, n_steps, learning_rate):
    slopes, losses = gradients(weights, X, Y), []
    for _ in range(n_steps):
        losses.append(loss(weights, X, Y))
        weights = [W - learning_rate * G for W, G in zip(weights, slopes)]
    return weights, losses
