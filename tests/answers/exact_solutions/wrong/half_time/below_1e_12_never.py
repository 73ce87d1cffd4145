# message: the time is inf from 0, and from 0 alone
def half_time(correlation, variance, initial_strength, learning_rate):
    s, l, u = (np.asarray(a, dtype=float) for a in (correlation, variance, initial_strength))
    return np.where(u > 1e-12, np.log(np.maximum(s / (l * u) - 1, 1)) / (4 * learning_rate * s), np.inf)
