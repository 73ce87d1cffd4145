# message: is divided by 3
def expected_denoising_loss(W21, W32, X, variances):
    W = W32 @ W21
    return 0.5 * (np.sum((X - X @ W.T) ** 2) / X.shape[1] + variances @ np.sum(W**2, axis=0))
