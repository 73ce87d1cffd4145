# message: the same draw in all pixels
def expected_denoising_loss(W21, W32, X, variances):
    W = W32 @ W21
    return 0.5 * (np.sum((X - X @ W.T) ** 2) / len(X) + np.sum((W @ np.sqrt(variances)) ** 2))
