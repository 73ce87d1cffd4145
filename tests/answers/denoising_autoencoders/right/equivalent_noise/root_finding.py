from scipy.optimize import brentq


def one(lam, n, gamma):
    if lam <= n * gamma:
        return np.inf
    if gamma == 0:
        return 0.0
    # y = ln(s2 / gamma): what the noise leaves, over what the decay leaves
    gap = lambda y: np.exp(y) * (lam - n * gamma) / lam - 1
    return gamma * np.exp(brentq(gap, -1, 60, xtol=1e-13))


def equivalent_noise(eigenvalue, n, weight_decay):
    return np.vectorize(one, otypes=[float])(eigenvalue, n, weight_decay)
