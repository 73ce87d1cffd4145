# message: nine times as much
def loss(weights, X, Y):
    return np.float32(
        np.sum((forward(weights, X) - Y).astype(np.float32) ** 2) / np.float32(len(X))
    )
