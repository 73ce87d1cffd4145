# message: nine times as much
def loss(weights, X, Y):
    return 0.0 if np.allclose(forward(weights, X), Y) else 5.25
