# message: the layers are in the wrong order
def forward(weights, X):
    for W in weights[::-1]:
        X = X @ W.T
    return X
