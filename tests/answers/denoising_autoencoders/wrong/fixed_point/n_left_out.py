# message: the noise and the decay are to be multiplied by n
def fixed_point(eigenvalues, n, noise_variance, weight_decay, layers):
    lam, eps, g = np.asarray(eigenvalues), noise_variance, weight_decay
    with np.errstate(all="ignore"):
        u = lam / (lam + eps + g) if layers == 1 else np.maximum(lam - g, 0) / (lam + eps)
    return np.where(lam == 0, 0.0, u)
