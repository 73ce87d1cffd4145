def loss(weights, X, Y):
    whole = np.eye(X.shape[1])
    for W in weights:
        whole = W @ whole
    n = len(X)
    c11, c31, c33 = X.T @ X / n, Y.T @ X / n, Y.T @ Y / n
    return np.trace(c33 - 2 * whole @ c31.T + whole @ c11 @ whole.T)
