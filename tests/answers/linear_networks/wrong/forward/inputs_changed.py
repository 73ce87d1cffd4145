# message: it changed the inputs
# fails: check_forward check_train
def forward(weights, X):
    for W in weights:
        if W.shape[0] == W.shape[1]:
            X @= W.T
        else:
            X = X @ W.T
    return X
