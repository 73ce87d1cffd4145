# message: is a `return` missing
# fails: check_gradients check_train
def gradients(weights, X, Y):
    values = [X]
    for W in weights:
        values.append(values[-1] @ W.T)
    delta = 2 / len(X) * (values[-1] - Y)
    result = []
    for W, below in zip(weights[::-1], values[-2::-1]):
        result.append(delta.T @ below)
        delta = delta @ W
