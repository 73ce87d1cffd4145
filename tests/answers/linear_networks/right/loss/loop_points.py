def loss(weights, X, Y):
    total = 0.0
    for x, y in zip(X, Y):
        for W in weights:
            x = W @ x
        total += np.linalg.norm(y - x) ** 2
    return total / len(X)
