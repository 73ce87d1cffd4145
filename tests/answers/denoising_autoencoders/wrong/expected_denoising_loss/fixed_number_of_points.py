# message: or is a size fixed?
def expected_denoising_loss(W21, W32, X, variances):
    W = W32 @ W21
    n, d = X.shape
    errors = X - X @ W.T
    return np.sum(errors**2) / 8 + np.sum(W**2 * variances) / 2
