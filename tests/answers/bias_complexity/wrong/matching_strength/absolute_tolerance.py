# message: a million steps
def matching_strength(features, learning_rate, n_steps):
    squares = np.linalg.svd(features, compute_uv=False) ** 2 / len(features)
    dimension = (1 - (1 - 2 * learning_rate * squares) ** n_steps).sum()
    low, high = 0.0, 1 / (2 * learning_rate * n_steps)
    while high - low > 1e-8:
        middle = (low + high) / 2
        if (squares / (squares + middle)).sum() < dimension:
            high = middle
        else:
            low = middle
    return (low + high) / 2
