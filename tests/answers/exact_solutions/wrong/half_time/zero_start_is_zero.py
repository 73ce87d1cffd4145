# message: its time is inf
def half_time(correlation, variance, initial_strength, learning_rate):
    s, l, u = (np.asarray(a, dtype=float) for a in (correlation, variance, initial_strength))
    return np.where(u > 0, np.log(np.maximum(s / (l * u) - 1, 1)) / (4 * learning_rate * s), 0.0)
