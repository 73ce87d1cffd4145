# message: IndexError
# fails: check_forward check_loss check_train
def forward(weights, X):
    outputs = X @ weights[0].T @ weights[1].T
    return outputs @ weights[2].T if len(weights) == 3 else outputs
