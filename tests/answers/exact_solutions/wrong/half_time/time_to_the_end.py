# message: the time in steps at which the strength is half
def half_time(correlation, variance, initial_strength, learning_rate):
    s, l, u = (np.asarray(a, dtype=float) for a in (correlation, variance, initial_strength))
    return np.log(99 * (s / (l * u) - 1)) / (4 * learning_rate * s)
