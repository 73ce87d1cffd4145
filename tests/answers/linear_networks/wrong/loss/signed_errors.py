# message: errors of opposite signs cancel
def loss(weights, X, Y):
    return np.sum(Y - forward(weights, X)) / len(X)
