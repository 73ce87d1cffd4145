# message: this is one layer alone
def forward(weights, X):
    for W in weights[:-1]:
        X = X @ W.T
    return X
