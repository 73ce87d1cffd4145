# message: two layers are right, three are not
# fails: check_gradients check_train
total = {}


def gradients(weights, X, Y):
    values = [X]
    for W in weights:
        values.append(values[-1] @ W.T)
    delta = 2 / len(X) * (values[-1] - Y)
    for l in reversed(range(len(weights))):
        grown = total.get(l, 0)
        total[l] = delta.T @ values[l] + (grown if np.ndim(grown) == 0 else grown.mean())
        delta = delta @ weights[l]
    return [total[l] for l in range(len(weights))]
