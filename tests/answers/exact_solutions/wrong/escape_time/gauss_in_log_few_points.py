# message: to 1e-6 of its value
def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    a, b = np.log(initial_strength), np.log(fraction * singular_value)
    if a >= b:
        return 0.0
    nodes, weights = np.polynomial.legendre.leggauss(12)
    u = np.exp((a + b) / 2 + (b - a) / 2 * nodes)
    f = u / (depth * u ** (2 - 2 / depth) * (singular_value - u))
    return time_constant * (b - a) / 2 * (weights * f).sum()
