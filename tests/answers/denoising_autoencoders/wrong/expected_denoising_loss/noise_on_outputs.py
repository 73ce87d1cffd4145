# message: the noise is added to the outputs
def expected_denoising_loss(W21, W32, X, variances):
    W = W32 @ W21
    n, d = X.shape
    errors = X - X @ W.T
    return np.sum(errors**2) / (2 * n) + variances.sum() / 2
