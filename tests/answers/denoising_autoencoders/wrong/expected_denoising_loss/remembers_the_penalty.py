# message: kept from the call before
kept = []


def expected_denoising_loss(W21, W32, X, variances):
    W = W32 @ W21
    n, d = X.shape
    errors = X - X @ W.T
    kept.append(np.sum(W**2 * variances) / 2)
    return np.sum(errors**2) / (2 * n) + kept[0]
