# message: two layers are right, three are not
def gradients(weights, X, Y):
    values = [X]
    for W in weights:
        values.append(values[-1] @ W.T)
    error = 2 / len(X) * (values[-1] - Y)
    result = [error.T @ values[-2]]
    for l in range(len(weights) - 2, -1, -1):
        delta = error @ weights[-1]
        if delta.shape[1] != len(weights[l]):
            delta = delta[:, :1] * np.ones(len(weights[l]))
        result.insert(0, delta.T @ values[l])
    return result
