# message: a mode may start above its final strength
def half_time(correlation, variance, initial_strength, learning_rate):
    with np.errstate(all="ignore"):
        odds = correlation / (np.asarray(variance) * initial_strength) - 1
        return np.maximum(np.log(odds) / (4 * learning_rate * np.asarray(correlation)), 0)
