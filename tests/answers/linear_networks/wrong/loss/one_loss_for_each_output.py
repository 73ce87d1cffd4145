# message: the loss is one number
# fails: check_loss check_train
def loss(weights, X, Y):
    return np.mean((forward(weights, X) - Y) ** 2, axis=0)
