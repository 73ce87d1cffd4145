def expected_denoising_loss(W21, W32, X, variances):
    """From the second moments of the data."""
    W = W32 @ W21
    C, V, one = X.T @ X / len(X), np.diag(variances), np.eye(len(W))
    return 0.5 * np.trace((one - W) @ C @ (one - W).T + W @ V @ W.T)
