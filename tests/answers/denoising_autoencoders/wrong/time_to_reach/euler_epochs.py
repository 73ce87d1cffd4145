# message: the time in epochs until u is 1/2
def time_to_reach(strength, eigenvalue, initial_strength, n, learning_rate, noise_variance=0.0, weight_decay=0.0):
    """Counts steps of the equation."""
    u, epochs = initial_strength, 0
    while u < strength and epochs < 2000:
        u += learning_rate / n * 2 * u * (eigenvalue - n * weight_decay - (eigenvalue + n * noise_variance) * u)
        epochs += 1
    return epochs if epochs < 2000 else np.inf
