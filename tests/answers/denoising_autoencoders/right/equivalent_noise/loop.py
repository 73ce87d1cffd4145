def equivalent_noise(eigenvalue, n, weight_decay):
    together = np.broadcast(eigenvalue, n, weight_decay)
    noise = [g * lam / (lam - k * g) if lam > k * g else float("inf") for lam, k, g in together]
    return np.array(noise).reshape(together.shape)
