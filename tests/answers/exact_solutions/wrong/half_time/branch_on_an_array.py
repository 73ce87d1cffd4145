# message: np.where and np.minimum can
def half_time(correlation, variance, initial_strength, learning_rate):
    a = variance * initial_strength / correlation
    if a >= 0.5:
        return 0.0
    if a == 0:
        return np.inf
    return np.log((1 - a) / a) / (4 * learning_rate * correlation)
