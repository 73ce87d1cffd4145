# message: the output for a point x is W_2 W_1 x
def forward(weights, X):
    H = X - X.mean(axis=0)
    for W in weights:
        H = H @ W.T
    return H
