# message: or is a size fixed?
def expected_denoising_gradients(W21, W32, X, variances):
    W, (n, d) = W32 @ W21, X.shape
    C, V = X.T @ X / n, np.diag(variances)
    G = W @ (X.T @ X / 4 + V) - X.T @ X / 4
    return W32.T @ G, G @ W21.T
