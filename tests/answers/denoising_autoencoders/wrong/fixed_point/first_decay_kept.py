# message: a mode is learned fully
first = []


def fixed_point(eigenvalues, n, noise_variance, weight_decay, layers):
    lam, eps, g = np.broadcast_arrays(np.asarray(eigenvalues, float), n * np.asarray(noise_variance, float),
                                      n * np.asarray(weight_decay, float))
    first.append(weight_decay)
    g = n * np.max(first[0])
    with np.errstate(all="ignore"):
        u = lam / (lam + eps + g) if layers == 1 else np.maximum(lam - g, 0) / (lam + eps)
    return np.where(lam == 0, 0.0, u)
