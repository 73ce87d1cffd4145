# message: the loss is one number
def expected_denoising_loss(W21, W32, X, variances):
    W = W32 @ W21
    n, d = X.shape
    errors = X - X @ W.T
    return np.sum(errors**2, axis=1) / 2 + np.sum(W**2 * variances) / 2
