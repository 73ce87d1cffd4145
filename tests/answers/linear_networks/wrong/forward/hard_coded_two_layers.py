# message: IndexError
# fails: check_forward check_loss check_train
def forward(weights, X):
    return X @ weights[0].T @ weights[1].T
