# message: its time is inf
def half_time(correlation, variance, initial_strength, learning_rate):
    s, l, u = (np.asarray(a, dtype=float) for a in (correlation, variance, initial_strength))
    u = np.maximum(u, 1e-300)
    return np.log(np.maximum(s / (l * u) - 1, 1)) / (4 * learning_rate * s)
