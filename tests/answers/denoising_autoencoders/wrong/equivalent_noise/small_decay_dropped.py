# message: a small decay should be worth
def equivalent_noise(eigenvalue, n, weight_decay):
    lam, gamma = np.broadcast_arrays(np.asarray(eigenvalue, float), np.asarray(weight_decay, float))
    g = n * gamma
    with np.errstate(all="ignore"):
        s2 = np.where(gamma < 1e-8, 0, lam * gamma / (lam - g))
    return np.where(lam > g, s2, np.inf)
