def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    a, b = np.log(initial_strength), np.log(fraction * singular_value)
    if a >= b:
        return 0
    n = 20000
    y = np.linspace(a, b, n + 1)
    u = np.exp(y)
    f = u / (depth * u ** (2 - 2 / depth) * (singular_value - u))
    return time_constant * (b - a) / n / 3 * (f[0] + f[-1] + 4 * f[1:-1:2].sum() + 2 * f[2:-1:2].sum())
