def equivalent_noise(eigenvalue, n, weight_decay):
    """u of the decay first; then the noise that ends at u."""
    lam, g = np.broadcast_arrays(eigenvalue, n * np.asarray(weight_decay))
    missing = np.minimum(g / lam, 1.0)  # 1 - u
    noise = np.full(lam.shape, np.inf)
    alive = missing < 1
    noise[alive] = (missing * lam)[alive] / (1 - missing)[alive] / n
    return noise
