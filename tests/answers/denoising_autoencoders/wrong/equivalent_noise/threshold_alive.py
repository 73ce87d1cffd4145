# message: dies as well
def equivalent_noise(eigenvalue, n, weight_decay):
    lam, gamma = np.broadcast_arrays(np.asarray(eigenvalue, float), np.asarray(weight_decay, float))
    g = n * gamma
    with np.errstate(all="ignore"):
        s2 = lam * gamma / np.maximum(lam - g, 1e-9)
    return np.where(lam >= g, s2, np.inf)
