# message: the shapes do not fit
# fails: check_forward check_loss check_train
def forward(weights, X):
    for W in weights:
        X = W @ X
    return X
