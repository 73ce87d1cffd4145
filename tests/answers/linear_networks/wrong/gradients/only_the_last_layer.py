# message: one array for each layer
# fails: check_gradients check_train
def gradients(weights, X, Y):
    H = X
    for W in weights[:-1]:
        H = H @ W.T
    return [2 / len(X) * (H @ weights[-1].T - Y).T @ H]
