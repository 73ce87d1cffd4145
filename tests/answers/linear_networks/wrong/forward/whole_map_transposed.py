# message: the whole map is transposed
def forward(weights, X):
    whole = weights[0]
    for W in weights[1:]:
        whole = W @ whole
    return X @ whole
