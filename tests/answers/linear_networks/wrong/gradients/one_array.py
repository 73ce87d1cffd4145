# message: return a list of arrays
def gradients(weights, X, Y):
    values = [X]
    for W in weights:
        values.append(values[-1] @ W.T)
    delta, result = 2 / len(X) * (values[-1] - Y), []
    for W, below in zip(weights[::-1], values[-2::-1]):
        result.insert(0, delta.T @ below)
        delta = delta @ W
    return np.array(result)
