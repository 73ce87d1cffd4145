# message: it ends at correlation / variance
def half_time(correlation, variance, initial_strength, learning_rate):
    s, l, u = (np.asarray(a, dtype=float) for a in (correlation, variance, initial_strength))
    return np.log(np.maximum(s / u - 1, 1)) / (4 * learning_rate * s)
