# message: each layer is transposed
def forward(weights, X):
    for W in weights:
        X = X @ W
    return X
