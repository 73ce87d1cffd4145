def gradients(weights, X, Y):
    total = [np.zeros(W.shape) for W in weights]
    for x, y in zip(X, Y):
        values = [x]
        for W in weights:
            values.append(W @ values[-1])
        delta = 2 * (values[-1] - y)
        for l in range(len(weights) - 1, -1, -1):
            total[l] += np.outer(delta, values[l])
            delta = weights[l].T @ delta
    return tuple(G / len(X) for G in total)
