# message: where every output is right
def loss(weights, X, Y):
    return np.sum(forward(weights, X) ** 2) / len(X)
