# message: no decay needs no noise
def equivalent_noise(eigenvalue, n, weight_decay):
    lam, gamma = np.broadcast_arrays(np.asarray(eigenvalue, float), np.asarray(weight_decay, float))
    g = n * gamma
    with np.errstate(all="ignore"):
        s2 = lam * gamma / (lam - g)
    return np.where((lam > g) & (gamma > 0), s2, np.inf)
