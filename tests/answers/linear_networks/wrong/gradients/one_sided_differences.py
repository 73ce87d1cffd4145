# message: nearly right, but not exact
def gradients(weights, X, Y):
    result = []
    for l, W in enumerate(weights):
        slopes = np.zeros_like(W)
        for entry in np.ndindex(*W.shape):
            moved = [layer.copy() for layer in weights]
            moved[l][entry] += 1e-4
            slopes[entry] = (value(moved, X, Y) - value(weights, X, Y)) / 1e-4
        result.append(slopes)
    return result


def value(weights, X, Y):
    for W in weights:
        X = X @ W.T
    return np.sum((X - Y) ** 2) / len(X)
