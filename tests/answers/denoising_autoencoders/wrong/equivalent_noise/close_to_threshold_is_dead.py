# message: it is inf where a finite noise
def equivalent_noise(eigenvalue, n, weight_decay):
    lam, gamma = np.broadcast_arrays(np.asarray(eigenvalue, float), np.asarray(weight_decay, float))
    g = n * gamma
    with np.errstate(all="ignore"):
        s2 = lam * gamma / (lam - g)
    return np.where(lam > 1.001 * g, s2, np.inf)
