# message: the weights that it returned are those it was given
def train(weights, X, Y, n_steps, learning_rate):
    moved, losses = weights, []
    for _ in range(n_steps):
        losses.append(loss(moved, X, Y))
        moved = [W - learning_rate * G for W, G in zip(moved, gradients(moved, X, Y))]
    return weights, losses
