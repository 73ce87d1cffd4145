# message: a row for each point
# fails: check_forward check_loss check_train
def forward(weights, X):
    H = X.T
    for W in weights:
        H = W @ H
    return H
