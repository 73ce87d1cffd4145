# message: one loss for each of the n_steps steps
kept = []


def train(weights, X, Y, n_steps, learning_rate):
    for _ in range(n_steps):
        kept.append(loss(weights, X, Y))
        weights = [W - learning_rate * G for W, G in zip(weights, gradients(weights, X, Y))]
    return weights, kept
