# message: the gradient for W32 is not the slope
def expected_denoising_gradients(W21, W32, X, variances):
    W, (n, d) = W32 @ W21, X.shape
    C, V = X.T @ X / n, np.diag(variances)
    first = W32.T @ (W @ (C + V) - C)
    W21 -= 0.01 * first
    W = W32 @ W21
    return first, (W @ (C + V) - C) @ W21.T
