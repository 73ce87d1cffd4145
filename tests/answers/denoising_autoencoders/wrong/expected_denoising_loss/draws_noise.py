# message: it draws noise
def expected_denoising_loss(W21, W32, X, variances):
    noisy = X + np.sqrt(variances) * np.random.normal(size=X.shape)
    return np.sum((X - noisy @ W21.T @ W32.T) ** 2) / (2 * len(X))
