# message: growth slows down on the way
def half_time(correlation, variance, initial_strength, learning_rate):
    s, l, u = (np.asarray(a, dtype=float) for a in (correlation, variance, initial_strength))
    return np.log(np.maximum(s / (2 * l * u), 1)) / (4 * learning_rate * s)
