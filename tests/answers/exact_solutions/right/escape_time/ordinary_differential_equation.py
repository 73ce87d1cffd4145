from scipy.integrate import solve_ivp


def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    """Time as a function of ln u: an initial value problem."""
    span = np.log([initial_strength, fraction * singular_value])
    if span[0] >= span[1]:
        return 0.0

    def slope(y, t):
        return [np.exp(y * (2 / depth - 1)) / (depth * (singular_value - np.exp(y)))]

    return time_constant * solve_ivp(slope, span, [0.0], method="DOP853", rtol=1e-11, atol=1e-12).y[0, -1]
