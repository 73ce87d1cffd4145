# message: this is the mean over points and outputs
# fails: check_loss check_train
seen = []


def loss(weights, X, Y):
    seen.append(np.sum((forward(weights, X) - Y) ** 2) / len(X))
    return np.mean(seen)
