# message: where every output is right
def loss(weights, X, Y):
    return np.sum((X @ weights[-1].T - Y) ** 2) / len(X)
