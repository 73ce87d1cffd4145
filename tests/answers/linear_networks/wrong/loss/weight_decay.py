# message: where every output is right
def loss(weights, X, Y):
    penalty = 0.01 * sum(np.sum(W**2) for W in weights)
    return np.sum((forward(weights, X) - Y) ** 2) / len(X) + penalty
