# message: no ReLU
def forward(weights, X):
    for W in weights[:-1]:
        X = np.maximum(X @ W.T, 0)
    return X @ weights[-1].T
