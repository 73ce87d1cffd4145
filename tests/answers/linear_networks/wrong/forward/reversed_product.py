# message: the layers are in the wrong order
def forward(weights, X):
    whole = np.eye(X.shape[1])
    for W in weights:
        whole = whole @ W
    return X @ whole.T
