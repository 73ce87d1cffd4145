# message: this is a root
def loss(weights, X, Y):
    return np.sqrt(np.sum((forward(weights, X) - Y) ** 2) / len(X))
