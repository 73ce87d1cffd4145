def time_to_reach(strength, eigenvalue, initial_strength, n, learning_rate, noise_variance=0.0, weight_decay=0.0):
    """1/u obeys a linear equation: tau d(1/u)/dt = 2 xi - 2 a / u."""
    a, xi = eigenvalue - n * weight_decay, eigenvalue + n * noise_variance
    if initial_strength >= strength:
        return 0.0
    if a <= xi * strength:
        return float("inf")
    start, end = 1 / initial_strength - xi / a, 1 / strength - xi / a
    return float(n / learning_rate * (np.log(start) - np.log(end)) / (2 * a))
