# message: do not square them
def expected_denoising_loss(W21, W32, X, variances):
    W = W32 @ W21
    n, d = X.shape
    errors = X - X @ W.T
    return np.sum(errors**2) / (2 * n) + np.sum((W * variances) ** 2) / 2
