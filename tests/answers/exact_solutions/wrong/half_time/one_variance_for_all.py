# message: each has a correlation, a variance
def half_time(correlation, variance, initial_strength, learning_rate):
    s, l, u = (np.asarray(a, dtype=float) for a in (correlation, variance, initial_strength))
    l = l.flat[0]
    u = np.where(l * u > s / 2, s / l / 2, u)
    return np.log(np.maximum(s / (l * u) - 1, 1)) / (4 * learning_rate * s)
