# message: with two layers
def gradients(weights, X, Y):
    values = [X]
    for W in weights:
        values.append(values[-1] @ W.T)
    error = 2 / len(X) * (values[-1] - Y)
    result = []
    for l, W in enumerate(weights):
        delta = error if l == len(weights) - 1 else error[:, :1] * np.ones(len(W))
        result.append(delta.T @ values[l])
    return result
