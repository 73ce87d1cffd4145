# message: one layer: the minimum of the loss
def fixed_point(eigenvalues, n, noise_variance, weight_decay, layers):
    eigenvalues[eigenvalues < n * weight_decay] = 0
    lam, eps, g = eigenvalues, n * noise_variance, n * weight_decay
    u = np.zeros(lam.shape)
    live = lam > 0
    top, bottom = (lam, lam + eps + g) if layers == 1 else (lam - g, lam + eps)
    u[live] = (top / bottom)[live]
    return u
