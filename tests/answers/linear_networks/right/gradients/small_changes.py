def gradients(weights, X, Y):
    def value(layers):
        H = X
        for W in layers:
            H = H @ W.T
        return np.sum((H - Y) ** 2) / len(X)

    result = []
    for l, W in enumerate(weights):
        G = np.zeros_like(W)
        for i, j in np.ndindex(*W.shape):
            up, down = W.copy(), W.copy()
            up[i, j] += 1
            down[i, j] -= 1
            ends = [value([*weights[:l], V, *weights[l + 1 :]]) for V in (up, down)]
            G[i, j] = (ends[0] - ends[1]) / 2
        result.append(G)
    return result
