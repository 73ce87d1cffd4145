# message: an end of the search
def matching_strength(features, learning_rate, n_steps):
    squares = np.linalg.svd(features, compute_uv=False) ** 2 / len(features)
    dimension = (1 - (1 - 2 * learning_rate * squares) ** n_steps).sum()
    low, high = -100.0, 60.0
    for _ in range(100):
        middle = (low + high) / 2
        if (squares / (squares + np.exp(middle))).sum() > dimension:
            high = middle
        else:
            low = middle
    return np.exp(middle)
