# message: a weight decay on each layer
def expected_denoising_gradients(W21, W32, X, variances):
    W, (n, d) = W32 @ W21, X.shape
    C, V = X.T @ X / n, np.diag(variances)
    G = W @ C - C
    return W32.T @ G + W21 @ V, G @ W21.T + V @ W32
