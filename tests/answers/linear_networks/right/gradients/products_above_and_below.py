def product(layers, size):
    result = np.eye(size)
    for W in layers:
        result = W @ result
    return result


def gradients(weights, X, Y):
    d, k = X.shape[1], Y.shape[1]
    error = 2 / len(X) * (product(weights, d) @ X.T - Y.T) @ X
    return [
        product(weights[l + 1 :], W.shape[0]).T @ error @ product(weights[:l], d).T
        for l, W in enumerate(weights)
    ]
