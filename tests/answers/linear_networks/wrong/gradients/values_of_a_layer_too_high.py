# message: each of the shape of its layer
def gradients(weights, X, Y):
    values = [X]
    for W in weights:
        values.append(values[-1] @ W.T)
    delta = 2 / len(X) * (values[-1] - Y)
    result = []
    for W, here in zip(weights[::-1], values[::-1]):
        result.insert(0, delta.T @ here)
        delta = delta @ W
    return result
