# message: what W makes of the noise
def expected_denoising_loss(W21, W32, X, variances):
    X += np.sqrt(variances)
    return np.sum((X - X @ W21.T @ W32.T) ** 2) / (2 * len(X))
