# message: this is twice the gradient
def gradients(weights, X, Y):
    values = [X]
    for W in weights:
        values.append(values[-1] @ W.T)
    delta = 2 * (values[-1] - Y) / len(X)
    result = []
    for W, below in zip(weights[::-1], values[-2::-1]):
        result.insert(0, delta.T @ below)
        delta = 2 * delta @ W
    return result
