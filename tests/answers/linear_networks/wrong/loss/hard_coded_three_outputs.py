# message: however many outputs are right
def loss(weights, X, Y):
    return np.mean((forward(weights, X) - Y) ** 2) * 3
