def fixed_point(eigenvalues, n, noise_variance, weight_decay, layers):
    """The minimum of a quadratic, from its values at three strengths, and u >= 0."""
    lam, s2, gamma = np.broadcast_arrays(eigenvalues, noise_variance, weight_decay)

    def loss(u):
        decay = gamma * u**2 / 2 if layers == 1 else gamma * u
        return lam / n * (1 - u) ** 2 / 2 + s2 * u**2 / 2 + decay

    low, middle, high = loss(0.0), loss(0.5), loss(1.0)
    curvature = 4 * (low - 2 * middle + high)
    slope = (high - low) - curvature / 2
    u = np.divide(-slope, curvature, out=np.zeros(lam.shape), where=curvature > 0)
    return np.clip(np.where(np.less_equal(lam, n * gamma * (layers == 2)), 0, u), 0, 1)
