# message: it changed the weights that it was given
def train(weights, X, Y, n_steps, learning_rate):
    losses = []
    for _ in range(n_steps):
        losses.append(loss(weights, X, Y))
        for W, G in zip(weights, gradients(weights, X, Y)):
            W -= learning_rate * G
    return weights, losses
