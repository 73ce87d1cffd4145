# message: arrays in, an array of their shape out
def half_time(correlation, variance, initial_strength, learning_rate):
    return 18.3102 if np.ndim(correlation) == 0 else np.array([18.3102, 0.0, np.inf])
