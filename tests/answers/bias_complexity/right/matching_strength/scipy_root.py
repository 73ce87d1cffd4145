def matching_strength(features, learning_rate, n_steps):
    from scipy.optimize import brentq

    s = np.linalg.svd(features, compute_uv=False)
    n = len(features)
    q = (1 - 2 * learning_rate * s**2 / n) ** float(n_steps)

    def excess(y):
        return (s**2 / (s**2 + n * np.exp(y))).sum() - (1 - q).sum()

    return np.array(np.exp(brentq(excess, -200, np.log(1.01 / (2 * learning_rate * n_steps)), xtol=1e-13, rtol=1e-14)))
