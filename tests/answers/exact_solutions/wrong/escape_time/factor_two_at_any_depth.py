# message: this is twice the time
def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    begin, end = np.log(initial_strength), np.log(fraction * singular_value)
    if begin >= end:
        return 0.0
    def slow(y):
        u = np.exp(y)
        return u / (2 * u ** (2 - 2 / depth) * (singular_value - u))
    time = integrate.quad(slow, begin, end, epsrel=1e-10)[0]
    return time_constant * time
