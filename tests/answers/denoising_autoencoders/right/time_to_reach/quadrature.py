from scipy.integrate import quad


def time_to_reach(strength, eigenvalue, initial_strength, n, learning_rate, noise_variance=0.0, weight_decay=0.0):
    """The integral of dt = du / (du/dt), over the odds' logarithm near the end and ln u before."""
    if initial_strength >= strength:
        return 0.0
    g, xi = n * weight_decay, eigenvalue + n * noise_variance
    if xi * strength >= eigenvalue - g:
        return np.inf
    end = (eigenvalue - g) / xi
    y = [np.log(u) - np.log(end - u) for u in (initial_strength, strength)]

    def slow(z):  # du/dz over du/dt
        u = end / (1 + np.exp(-z))
        return u * (1 - u / end) / (2 * u * xi * (end - u))

    edges = np.linspace(*y, 5)
    return n / learning_rate * sum(quad(slow, a, b, epsabs=0, epsrel=1e-12)[0] for a, b in zip(edges, edges[1:]))
