def best_stopping_step(deviations, target, noise, n, learning_rate):
    """A hundred steps at a time, by einsum; a whole number as a float."""
    floor = noise**2 / n
    signal = np.square(deviations) * np.square(target)
    last = np.log1p(signal / floor) / -np.log1p(-learning_rate * np.square(deviations))
    best, least = 0.0, np.inf
    for start in range(0, int(np.ceil(last.max())) + 1, 100):
        k = np.arange(start, start + 100)
        q = np.power.outer(1 - learning_rate * np.square(deviations), k)
        risk = np.einsum("i,ik,ik->k", signal, q, q) + floor * np.einsum("ik,ik->k", 1 - q, 1 - q)
        if risk.min() < least:
            best, least = float(k[risk.argmin()]), risk.min()
    return best
