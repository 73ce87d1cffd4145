# message: ValueError: The truth value
def fixed_point(eigenvalues, n, noise_variance, weight_decay, layers):
    lam = np.atleast_1d(eigenvalues)
    u = np.empty(lam.shape)
    for i in range(len(lam)):
        eps, g = n * noise_variance, n * weight_decay
        top, bottom = (lam[i], lam[i] + eps + g) if layers == 1 else (max(lam[i] - g, 0), lam[i] + eps)
        u[i] = top / bottom if bottom > 0 else 0
    return u
