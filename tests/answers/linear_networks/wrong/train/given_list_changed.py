# message: it changed the weights that it was given
def train(weights, X, Y, n_steps, learning_rate):
    losses = []
    for _ in range(n_steps):
        losses.append(loss(weights, X, Y))
        slopes = gradients(weights, X, Y)
        for l in range(len(weights)):
            weights[l] = weights[l] - learning_rate * slopes[l]
    return weights, losses
