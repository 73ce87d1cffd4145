# message: is the quadrature told to be that fine
def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    begin, end = np.log(initial_strength / singular_value), np.log(fraction)
    if begin >= end:
        return 0.0
    slow = lambda y: np.exp((2 / depth - 1) * y) / -np.expm1(y)
    time = integrate.quad(slow, begin, end, epsrel=1e-4)[0]
    return time_constant * time / (depth * singular_value ** (2 - 2 / depth))
