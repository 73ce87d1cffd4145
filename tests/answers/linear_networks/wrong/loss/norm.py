# message: this is a root
def loss(weights, X, Y):
    return np.linalg.norm(forward(weights, X) - Y)
