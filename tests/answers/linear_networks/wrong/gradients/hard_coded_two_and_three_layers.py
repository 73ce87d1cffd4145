# message: small changes of the weights
def gradients(weights, X, Y):
    values = [X]
    for W in weights:
        values.append(values[-1] @ W.T)
    delta = 2 / len(X) * (values[-1] - Y)
    result = []
    for W, below in zip(weights[::-1], values[-2::-1]):
        result.append(delta.T @ below)
        delta = delta @ W
    if len(weights) > 3:
        result = [0 * g for g in result]
    return result[::-1]
