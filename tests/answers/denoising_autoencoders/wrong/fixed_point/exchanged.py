# message: noise and decay are exchanged
def fixed_point(eigenvalues, n, noise_variance, weight_decay, layers):
    g, s = n * noise_variance, n * weight_decay
    e = np.asarray(eigenvalues)
    if layers == 1:
        d = e + g + s
        return e / np.where(d > 0, d, 1)
    d = e + s
    return np.maximum(e - g, 0) / np.where(d > 0, d, 1)
