# message: does each step begin where the last one ended
def train(weights, X, Y, n_steps, learning_rate):
    losses = []
    for _ in range(n_steps):
        losses.append(loss(weights, X, Y))
        moved = [W - learning_rate * G for W, G in zip(weights, gradients(weights, X, Y))]
    return moved, losses
