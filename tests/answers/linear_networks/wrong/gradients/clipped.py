# message: two layers are right, three are not
def gradients(weights, X, Y):
    values = [X]
    for W in weights:
        values.append(values[-1] @ W.T)
    delta = 2 / len(X) * (values[-1] - Y)
    result = []
    for W, below in zip(weights[::-1], values[-2::-1]):
        result.append(np.clip(delta.T @ below, -6, 6))
        delta = delta @ W
    return result[::-1]
