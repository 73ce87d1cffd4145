def expected_denoising_loss(W21, W32, X, variances):
    """Noise of two values for one pixel at a time has the same moments: a mean over 2 d cases."""
    n, d = X.shape
    total = 0.0
    for j in range(d):
        for sign in (1, -1):
            noise = np.zeros(d)
            noise[j] = sign * np.sqrt(d * variances[j])
            total += np.sum((X - (X + noise) @ W21.T @ W32.T) ** 2)
    return total / (2 * d) / (2 * n)
