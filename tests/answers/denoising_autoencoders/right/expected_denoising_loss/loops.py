def expected_denoising_loss(W21, W32, X, variances):
    """Point by point, pixel by pixel."""
    W = W32 @ W21
    n, d = X.shape
    total = 0.0
    for x in X:
        for i in range(d):
            output = sum(W[i, j] * x[j] for j in range(d))
            total += (x[i] - output) ** 2 + sum(W[i, j] ** 2 * variances[j] for j in range(d))
    return total / (2 * n)
