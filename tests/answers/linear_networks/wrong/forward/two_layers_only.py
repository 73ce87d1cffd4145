# message: two layers are right, three are not
# fails: check_forward check_loss check_train
def forward(weights, X):
    return X @ weights[0].T @ weights[1].T
