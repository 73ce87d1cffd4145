def matching_strength(features, learning_rate, n_steps):
    a = np.linalg.svd(features, compute_uv=False) ** 2 / len(features)
    a = a[a > 1e-20 * a.max()]
    dimension = (1 - (1 - 2 * learning_rate * a) ** n_steps).sum()
    y = np.log(1 / (2 * learning_rate * n_steps))
    # The effective dimension is convex in mu where we come from below: damped steps in log mu.
    for _ in range(500):
        r = a / (a + np.exp(y))
        step = (r.sum() - dimension) / (r * (1 - r)).sum()
        y += np.clip(step, -1, 1)
    return float(np.exp(y))
