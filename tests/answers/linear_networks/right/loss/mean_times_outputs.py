def loss(weights, X, Y):
    return np.mean((forward(weights, X) - Y) ** 2) * Y.shape[1]
