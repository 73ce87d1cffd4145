def train(weights, X, Y, n_steps, learning_rate):
    if n_steps == 0:
        return weights, []
    moved = [W - learning_rate * G for W, G in zip(weights, gradients(weights, X, Y))]
    last, losses = train(moved, X, Y, n_steps - 1, learning_rate)
    return last, [loss(weights, X, Y), *losses]
