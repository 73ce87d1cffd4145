# message: return two gradients
def expected_denoising_gradients(W21, W32, X, variances):
    W, (n, d) = W32 @ W21, X.shape
    C, V = X.T @ X / n, np.diag(variances)
    G = W @ (C + V) - C
    return np.concatenate([(W32.T @ G).ravel(), (G @ W21.T).ravel()])
