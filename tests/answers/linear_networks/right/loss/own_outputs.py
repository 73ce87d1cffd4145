def loss(weights, X, Y):
    H = X
    for W in weights:
        H = H @ W.T
    return float(((H - Y) ** 2).sum(axis=1).mean())
