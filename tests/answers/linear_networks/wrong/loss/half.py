# message: this is half of it
def loss(weights, X, Y):
    return np.sum((forward(weights, X) - Y) ** 2) / (2 * len(X))
