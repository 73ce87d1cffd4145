# message: nearly right, but not to 1e-6
def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    end = fraction * singular_value
    if initial_strength >= end:
        return 0.0
    u = np.linspace(initial_strength, end, 1001)
    f = 1 / (depth * u ** (2 - 2 / depth) * (singular_value - u))
    return time_constant * ((f[1:] + f[:-1]) / 2 * np.diff(u)).sum()
