# message: the penalty of the noise alone
def expected_denoising_loss(W21, W32, X, variances):
    W = W32 @ W21
    n, d = X.shape
    errors = X - X @ W.T
    return np.sum(W**2 * variances) / 2
