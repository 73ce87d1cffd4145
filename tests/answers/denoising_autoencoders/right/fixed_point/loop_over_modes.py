def fixed_point(eigenvalues, n, noise_variance, weight_decay, layers):
    together = np.broadcast(eigenvalues, noise_variance, weight_decay)
    ends = []
    for lam, s2, gamma in together:
        top, bottom = (lam, lam + n * s2 + n * gamma) if layers == 1 else (lam - n * gamma, lam + n * s2)
        ends.append(top / bottom if top > 0 else 0.0)
    return np.reshape(ends, together.shape)
