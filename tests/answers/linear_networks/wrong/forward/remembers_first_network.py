# message: is anything kept
kept = {}


def forward(weights, X):
    whole = np.eye(X.shape[1])
    for W in weights:
        whole = W @ whole
    return X @ kept.setdefault(whole.shape, whole).T
