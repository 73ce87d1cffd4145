def fixed_point(eigenvalues, n, noise_variance, weight_decay, layers):
    lam, s2, gamma = np.broadcast_arrays(*(np.asarray(a, dtype=float) for a in (eigenvalues, noise_variance, weight_decay)))
    per_point = lam / n
    if layers == 1:
        top, bottom = per_point.copy(), per_point + s2 + gamma
    else:
        top, bottom = np.clip(lam - n * gamma, 0, None) / n, per_point + s2
    return np.divide(top, bottom, out=np.zeros(lam.shape), where=bottom != 0)
