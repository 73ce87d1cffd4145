# message: are not squared
def expected_denoising_loss(W21, W32, X, variances):
    W = W32 @ W21
    return 0.5 * (np.mean(np.linalg.norm(X - X @ W.T, axis=1)) + variances @ np.sum(W**2, axis=0))
