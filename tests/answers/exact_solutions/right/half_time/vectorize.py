def one(s, l, u, eta):
    final = s / l
    if u <= 0:
        return np.inf
    if u >= final / 2:
        return 0.0
    return (np.log(final - u) - np.log(u)) / (4 * eta * s)


def half_time(correlation, variance, initial_strength, learning_rate):
    return np.vectorize(one, otypes=[float])(correlation, variance, initial_strength, learning_rate)
