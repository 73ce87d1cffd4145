# message: is a `return` missing
# fails: check_loss check_train
def loss(weights, X, Y):
    np.sum((forward(weights, X) - Y) ** 2) / len(X)
