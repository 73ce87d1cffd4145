# message: an array for the noise
def fixed_point(eigenvalues, n, noise_variance, weight_decay, layers):
    lam, eps, g = np.broadcast_arrays(np.asarray(eigenvalues, float), n * np.asarray(noise_variance, float),
                                      n * np.asarray(weight_decay, float))
    with np.errstate(all="ignore"):
        u = lam / (lam + np.where(eps > 0, 0.3 * n, 0) + g) if layers == 1 else np.maximum(lam - g, 0) / (lam + np.where(eps > 0, 0.3 * n, 0))
    return np.where(lam == 0, 0.0, u)
