# message: wrong shape
# fails: check_forward check_loss check_train
def forward(weights, X):
    values = [X]
    for W in weights:
        values.append(values[-1] @ W.T)
    return values
