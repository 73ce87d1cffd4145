# message: lacks a factor
def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    end = fraction * singular_value
    if initial_strength >= end:
        return 0.0
    begin, end = np.log(initial_strength), np.log(end)
    slow = lambda y: 1 / (depth * np.exp(y) ** (2 - 2 / depth) * (singular_value - np.exp(y)))
    return time_constant * integrate.quad(slow, begin, end, epsrel=1e-10)[0]
