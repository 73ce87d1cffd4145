def matching_strength(features, learning_rate, n_steps):
    s2 = np.linalg.svd(features, compute_uv=False) ** 2
    s2 = s2[s2 > 0]
    n = features.shape[0]
    goal = sum(1 - (1 - 2 * learning_rate * v / n) ** n_steps for v in s2)
    low, high = 0.0, 1 / (2 * learning_rate * n_steps)
    for _ in range(200):
        middle = (low + high) / 2
        if sum(v / (v + n * middle) for v in s2) < goal:
            high = middle
        else:
            low = middle
    return (low + high) / 2
