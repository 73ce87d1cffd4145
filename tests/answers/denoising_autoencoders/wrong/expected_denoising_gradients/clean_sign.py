# message: pulls the wrong way
def expected_denoising_gradients(W21, W32, X, variances):
    W = W32 @ W21
    G = (X - X @ W.T).T @ X / len(X) + W * variances
    return W32.T @ G, G @ W21.T
