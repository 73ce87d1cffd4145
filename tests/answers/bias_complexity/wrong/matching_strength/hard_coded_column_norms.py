# message: other effective dimensions
def matching_strength(features, learning_rate, n_steps):
    n = len(features)
    squares = (features**2).sum(axis=0) / n
    dimension = (1 - (1 - 2 * learning_rate * squares) ** n_steps).sum()
    low, high = -100.0, 60.0
    for _ in range(100):
        middle = (low + high) / 2
        if (squares / (squares + np.exp(middle))).sum() < dimension:
            high = middle
        else:
            low = middle
    return np.exp(middle)
