# message: this is divided by 3
def loss(weights, X, Y):
    return np.sum((forward(weights, X) - Y) ** 2) / X.shape[1]
