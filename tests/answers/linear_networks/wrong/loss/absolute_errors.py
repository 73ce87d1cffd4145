# message: these are absolute errors
def loss(weights, X, Y):
    return np.abs(forward(weights, X) - Y).sum() / len(X)
