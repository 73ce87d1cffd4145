def half_time(correlation, variance, initial_strength, learning_rate):
    a = variance * np.asarray(initial_strength) / correlation
    logit = np.where(a < 1e-3, -np.log(a) + np.log1p(-np.minimum(a, 0.5)), 2 * np.arctanh(1 - 2 * np.clip(a, 1e-4, 1 - 1e-4)))
    return np.where(a < 0.5, logit / 4 / learning_rate / correlation, 0.0)
