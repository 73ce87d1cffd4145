# message: what W makes of the noise
def expected_denoising_loss(W21, W32, X, variances):
    X -= X.mean(axis=0)
    W = W32 @ W21
    n, d = X.shape
    errors = X - X @ W.T
    return np.sum(errors**2) / (2 * n) + np.sum(W**2 * variances) / 2
