def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    """Closed form: with v = x^(1/D), the integral of v^(1-D) / (1 - v^D)."""
    D, s = depth, singular_value
    x0, x1 = initial_strength / s, fraction
    if x0 >= x1:
        return 0.0

    def clock(x):
        v = x ** (1 / D)
        total = np.log(v) if D == 2 else v ** (2 - D) / (2 - D)
        for j in range(D):
            z = np.exp(2j * np.pi * j / D)
            total -= (z**2 * np.log(1 - v / z)).real / D
        return total

    return time_constant * s ** (2 / D - 2) * (clock(x1) - clock(x0))
