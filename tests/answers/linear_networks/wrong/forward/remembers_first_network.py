# message: the output for a point x is W_2 W_1 x
kept = {}


def forward(weights, X):
    whole = np.eye(X.shape[1])
    for W in weights:
        whole = W @ whole
    return X @ kept.setdefault(whole.shape, whole).T
