# message: without noise and decay a mode is learned fully
def fixed_point(eigenvalues, n, noise_variance, weight_decay, layers):
    lam, eps, g = np.broadcast_arrays(np.asarray(eigenvalues, float), n * np.asarray(noise_variance, float),
                                      n * np.asarray(weight_decay, float))
    if layers == 1:
        return lam / (lam + eps + g + 1e-8)
    return np.maximum(lam - g, 0) / (lam + eps + 1e-8)
