def end(lam, eps, g, layers):
    if lam == 0:
        return 0.0
    match layers:
        case 1:
            return 1 / (1 + (eps + g) / lam)
        case 2:
            return max(0.0, 1 - g / lam) / (1 + eps / lam)


def fixed_point(eigenvalues, n, noise_variance, weight_decay, layers):
    noise, decay = n * np.asarray(noise_variance), n * np.asarray(weight_decay)
    return np.vectorize(end, otypes=[float])(eigenvalues, noise, decay, layers)
