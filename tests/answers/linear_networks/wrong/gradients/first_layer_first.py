# message: the last layer comes first
def gradients(weights, X, Y):
    values = [X]
    for W in weights:
        values.append(values[-1] @ W.T)
    delta, result = 2 / len(X) * (values[-1] - Y), []
    for W, below in zip(weights, values):
        result.append(delta.T @ below)
        delta = delta @ W
    return result
