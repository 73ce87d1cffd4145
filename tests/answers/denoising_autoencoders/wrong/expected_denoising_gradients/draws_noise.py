# message: is not the slope of the loss
def expected_denoising_gradients(W21, W32, X, variances):
    noisy = X + np.sqrt(variances) * np.random.normal(size=X.shape)
    hidden = noisy @ W21.T
    delta = (hidden @ W32.T - X) / len(X)
    return (delta @ W32).T @ noisy, delta.T @ hidden
