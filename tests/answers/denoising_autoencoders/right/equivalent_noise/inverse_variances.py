def equivalent_noise(eigenvalue, n, weight_decay):
    """1 / gamma = n / lam + 1 / s2."""
    with np.errstate(divide="ignore"):
        rest = 1 / np.asarray(weight_decay, dtype=float) - np.divide(n, eigenvalue)
        return np.where(np.multiply(n, weight_decay) < eigenvalue, 1 / rest, np.inf)
