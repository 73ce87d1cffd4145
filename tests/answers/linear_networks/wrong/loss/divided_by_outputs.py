# message: divide by that of the points
def loss(weights, X, Y):
    return np.sum((forward(weights, X) - Y) ** 2) / Y.shape[1]
