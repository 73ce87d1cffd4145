# message: a strength is not negative
def matching_strength(features, learning_rate, n_steps):
    n = len(features)
    squares = np.linalg.svd(features, compute_uv=False) ** 2 / n
    dimension = (1 - (1 - 2 * learning_rate * squares) ** n_steps).sum()
    low, high = -100.0, 60.0
    for _ in range(100):
        middle = (low + high) / 2
        if (squares / (squares + np.exp(middle))).sum() < dimension:
            high = middle
        else:
            low = middle
    return middle
