# message: IndexError
def train(weights, X, Y, n_steps, learning_rate):
    weights, losses = [W.copy() for W in weights], []
    for _ in range(n_steps):
        losses.append(loss(weights, X, Y))
        first, second = gradients(weights, X, Y)[0], gradients(weights, X, Y)[1]
        weights = [weights[0] - learning_rate * first, weights[1] - learning_rate * second]
    return weights, losses
