# message: the time should be right to 1e-6
def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    end = fraction * singular_value
    if initial_strength >= end:
        return 0.0
    n = 4000
    u = np.linspace(initial_strength, end, n + 1)
    f = 1 / (depth * u ** (2 - 2 / depth) * (singular_value - u))
    return time_constant * (end - initial_strength) / n / 3 * (f[0] + f[-1] + 4 * f[1:-1:2].sum() + 2 * f[2:-1:2].sum())
