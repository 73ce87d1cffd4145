# message: numbers and arrays together should broadcast
def half_time(correlation, variance, initial_strength, learning_rate):
    if np.ndim(correlation) == 0:
        return one(correlation, variance, initial_strength if np.ndim(initial_strength) == 0 else initial_strength[0], learning_rate)
    return np.array([one(*mode, learning_rate) for mode in zip(correlation, variance, initial_strength)])


def one(s, l, u, eta):
    if u == 0:
        return np.inf
    return np.log(max(s / (l * u) - 1, 1)) / (4 * eta * s)
