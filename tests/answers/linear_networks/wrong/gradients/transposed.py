# message: the gradient for W_1 is transposed
def gradients(weights, X, Y):
    values = [X]
    for W in weights:
        values.append(values[-1] @ W.T)
    delta = 2 / len(X) * (values[-1] - Y)
    result = []
    for W, below in zip(weights[::-1], values[-2::-1]):
        result.append(delta.T @ below)
        delta = delta @ W
    return [g.T if g.shape[0] == g.shape[1] else g for g in result[::-1]]
