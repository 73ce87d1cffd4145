# message: ValueError: setting an array element
def train(weights, X, Y, n_steps, learning_rate):
    W, losses = np.array(weights), []
    for _ in range(n_steps):
        losses.append(loss(list(W), X, Y))
        W = W - learning_rate * np.array(gradients(list(W), X, Y))
    return W, losses
