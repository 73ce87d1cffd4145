def fixed_point(eigenvalues, n, noise_variance, weight_decay, layers):
    """Where the rate changes its sign, by bisection between 0 and 1."""
    lam, eps, g = np.broadcast_arrays(eigenvalues, n * np.asarray(noise_variance), n * np.asarray(weight_decay))
    pulls = (lambda u: lam * (1 - u) - (eps + g) * u) if layers == 1 else (lambda u: lam - g - (lam + eps) * u)
    low, high = np.zeros(lam.shape), np.ones(lam.shape)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = np.where(pulls(middle) > 0, middle, low), np.where(pulls(middle) > 0, high, middle)
    return np.where(pulls(0.0) > 0, high, 0.0)
