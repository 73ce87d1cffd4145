# message: call the number by another name
def train(weights, X, Y, n_steps, learning_rate):
    losses = []
    for _ in range(n_steps):
        loss = loss(weights, X, Y)
        losses.append(loss)
        weights = [W - learning_rate * G for W, G in zip(weights, gradients(weights, X, Y))]
    return weights, losses
