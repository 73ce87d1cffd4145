def train(weights, X, Y, n_steps, learning_rate):
    weights, losses = [W.copy() for W in weights], []
    for _ in range(n_steps):
        losses.append(loss(weights, X, Y))
        slopes = gradients(weights, X, Y)
        for W, G in zip(weights, slopes):
            W -= learning_rate * np.array(G)
    return weights, losses
