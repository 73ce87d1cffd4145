# message: is a `return` missing
# fails: check_forward check_loss check_train
def forward(weights, X):
    for W in weights:
        X = X @ W.T
