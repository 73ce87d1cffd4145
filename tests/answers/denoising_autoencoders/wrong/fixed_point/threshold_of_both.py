# message: an array for the noise
def fixed_point(eigenvalues, n, noise_variance, weight_decay, layers):
    lam, eps, g = np.broadcast_arrays(np.asarray(eigenvalues, float), n * np.asarray(noise_variance, float),
                                      n * np.asarray(weight_decay, float))
    with np.errstate(all="ignore"):
        u = lam / (lam + eps + g) if layers == 1 else np.where(lam > g + eps, (lam - g) / (lam + eps), 0)
    return np.where(lam == 0, 0.0, u)
