from scipy.optimize import brentq


def time_to_reach(strength, eigenvalue, initial_strength, n, learning_rate, noise_variance=0.0, weight_decay=0.0):
    """The time at which the solution of the chapter is at `strength`, by root finding in the log of the odds."""
    lam, g, eps = eigenvalue, n * weight_decay, n * noise_variance
    if initial_strength >= strength:
        return 0
    end = max(lam - g, 0) / (lam + eps)
    if strength >= end:
        return float("inf")

    def odds(u):
        return np.log(u / end) - np.log1p(-u / end)

    rate = 2 * (lam - g) * learning_rate / n
    gap = lambda x: odds(initial_strength) + x - odds(strength)
    return brentq(gap, 0, 1000, xtol=1e-13, rtol=1e-14) / rate
