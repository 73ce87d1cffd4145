# message: no decay needs no noise
def equivalent_noise(eigenvalue, n, weight_decay):
    lam, gamma = np.broadcast_arrays(np.asarray(eigenvalue, float), np.asarray(weight_decay, float))
    g = n * gamma
    with np.errstate(all="ignore"):
        s2 = lam * 0.4 / (lam - 0.4 * n)
    return np.where(lam > 0.4 * n, s2, np.inf)
