# message: a row for each point
# fails: check_forward check_loss
def forward(weights, X):
    x = X.mean(axis=0)
    for W in weights:
        x = W @ x
    return x
