# message: a bound
def matching_strength(features, learning_rate, n_steps):
    return 1 / (2 * learning_rate * n_steps)
