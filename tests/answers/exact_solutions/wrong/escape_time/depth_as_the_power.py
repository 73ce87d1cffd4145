# message: not D - 1
def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    end = fraction * singular_value
    if initial_strength >= end:
        return 0.0
    rate = lambda u: depth * u ** (depth - 1) * (singular_value - u)
    begin, end = np.log(initial_strength), np.log(end)
    time, _ = integrate.quad(lambda y: np.exp(y) / rate(np.exp(y)), begin, end, epsrel=1e-10)
    return time_constant * time
