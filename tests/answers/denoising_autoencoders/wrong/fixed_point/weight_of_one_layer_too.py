# message: there is no root to take
def fixed_point(eigenvalues, n, noise_variance, weight_decay, layers):
    e = np.asarray(eigenvalues)
    s, g = n * noise_variance, n * weight_decay
    if layers == 1:
        d = e + s + g
        return np.sqrt(e / np.where(d > 0, d, 1))
    d = np.where(e + s > 0, e + s, 1)
    return np.maximum(e - g, 0) / d
