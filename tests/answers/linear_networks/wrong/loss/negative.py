# message: mean over the points of the squared error
def loss(weights, X, Y):
    return -np.sum((forward(weights, X) - Y) ** 2) / len(X)
