# message: depth 3
def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    x0, x1, s = initial_strength / singular_value, fraction, singular_value
    if x0 >= x1:
        return 0.0
    if depth == 2:
        return time_constant * np.log(x1 / (1 - x1) * (1 - x0) / x0) / (2 * s)
    return time_constant * (2 * np.arctanh(x1**0.5) - 2 / x1**0.5 - 2 * np.arctanh(x0**0.5) + 2 / x0**0.5) / (4 * s**1.5)
