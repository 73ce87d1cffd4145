# message: is everything in float64
def expected_denoising_loss(W21, W32, X, variances):
    W = W32 @ W21
    n, d = X.shape
    errors = X - X @ W.T
    return np.float32(np.sum(errors**2) / (2 * n)) + np.float32(np.sum(W**2 * variances) / 2)
