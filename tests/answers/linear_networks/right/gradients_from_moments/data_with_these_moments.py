def gradients_from_moments(weights, C11, C31):
    X = np.linalg.cholesky(C11).T
    Y = np.linalg.solve(X.T, C31.T)
    values = [X]
    for W in weights:
        values.append(values[-1] @ W.T)
    delta, result = 2 * (values[-1] - Y), []
    for W, below in zip(weights[::-1], values[-2::-1]):
        result.insert(0, (delta.T @ below).tolist())
        delta = delta @ W
    return result
