# message: squares of the singular values
def matching_strength(features, learning_rate, n_steps):
    values = np.linalg.svd(features, compute_uv=False) / len(features)
    dimension = (1 - (1 - 2 * learning_rate * values) ** n_steps).sum()
    low, high = -100.0, 60.0
    for _ in range(100):
        middle = (low + high) / 2
        if (values / (values + np.exp(middle))).sum() < dimension:
            high = middle
        else:
            low = middle
    return np.exp(middle)
