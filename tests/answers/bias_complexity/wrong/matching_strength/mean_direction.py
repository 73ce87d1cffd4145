# message: two directions
def matching_strength(features, learning_rate, n_steps):
    mean = (features**2).sum() / features.shape[1] / len(features)
    q = (1 - 2 * learning_rate * mean) ** n_steps
    return mean * q / (1 - q)
