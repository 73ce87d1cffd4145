# message: one point is right, five are not
def train(weights, X, Y, n_steps, learning_rate):
    weights, losses = [W.copy() for W in weights], []
    for _ in range(n_steps):
        losses.append(loss(weights, X, Y))
        for x, y in zip(X, Y):
            weights = [
                W - learning_rate * G for W, G in zip(weights, gradients(weights, x[None], y[None]))
            ]
    return weights, losses
