def gradients(weights, X, Y):
    values = [X]
    for W in weights:
        values.append(np.dot(values[-1], W.T))
    delta, result = values[-1] - Y, []
    for l in reversed(range(len(weights))):
        result = [2 / len(X) * np.einsum("ni,nj->ij", delta, values[l]), *result]
        delta = np.dot(delta, weights[l])
    return result
