# message: a mode that starts above half is there already
def half_time(correlation, variance, initial_strength, learning_rate):
    a = np.asarray(variance) * initial_strength / correlation
    return np.log((1 - a) / a) / (4 * learning_rate * np.asarray(correlation))
