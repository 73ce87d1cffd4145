# message: for balanced layers
def fixed_point(eigenvalues, n, noise_variance, weight_decay, layers):
    e = np.asarray(eigenvalues)
    s, g = n * noise_variance, n * weight_decay
    if layers == 1:
        d = e + s + g
        return e / np.where(d > 0, d, 1)
    d = np.where(e + s + 2 * g > 0, e + s + 2 * g, 1)
    return e / d
