# message: ValueError: too many values to unpack
# fails: check_gradients check_train
def gradients(weights, X, Y):
    W21, W32 = weights
    hidden = X @ W21.T
    error = 2 / len(X) * (hidden @ W32.T - Y)
    return [W32.T @ error.T @ X, error.T @ hidden]
